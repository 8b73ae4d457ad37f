/* In: what became of exports. Out: sentences for the person who typed the command, or JSON. */
#include "cmd/import_said.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/terminal.h"
#include "base/text.h"

enum { NAMES_SHOWN = 8 };

/* ---- what the file is ----------------------------------------------------------------- */

static const char *kind_text(const struct column *c) {
  switch (c->is) {
    case IS_EMPTY: return "empty";
    case IS_FLAG: return "yes or no";
    case IS_DAY: return c->tally.timed ? "time" : "day";
    case IS_NUMBER: return c->tally.percents ? "percent" : "number";
    default: return c->person ? "person" : c->list ? "ids" : "text";
  }
}

static const char *example_text(const struct column *c) {
  return c->tally.n_kept ? c->tally.kept[0] : "";
}

/* What was decided where it was not plain. */
static const char *decided_text(const struct column *c, struct arena *a) {
  const char *text = "";
  if (c->is == IS_DAY && !c->serial && c->tally.differ[DOUBT_ORDER])
    text = c->way[DOUBT_ORDER] == DAY_FIRST ? "day first" : "month first";
  if (c->is == IS_NUMBER && c->tally.differ[DOUBT_POINT])
    text = c->way[DOUBT_POINT] == COMMA_DECIMALS ? "decimal comma" : "decimal point";
  if (c->utc) text = "UTC";
  return c->why ? arena_printf(a, "%s%s%s", text, *text ? ", " : "", c->why) : text;
}

static int widest(const struct export *e, bool header) {
  int most = 0;
  for (size_t i = 0; i < e->n; i++) {
    const char *text = header ? e->columns[i].header : e->columns[i].name;
    if (e->columns[i].of_currency) continue;
    int w = text_width(text, strlen(text));
    if (w > most) most = w;
  }
  return most > 32 ? 32 : most;
}

static void pad(const char *text, int width) {
  text_print_safe(stdout, text, strlen(text));
  for (int w = text_width(text, strlen(text)); w < width; w++) putchar(' ');
}

static void say_columns(const struct export *e, struct arena *a) {
  int headers = widest(e, true), names = widest(e, false);
  for (size_t i = 0; i < e->n; i++) {
    const struct column *c = &e->columns[i];
    if (c->of_currency) continue;
    printf("    ");
    pad(c->header, headers);
    printf("  ");
    pad(c->name, names);
    const char *decided = decided_text(c, a), *example = example_text(c);
    printf("  %s", kind_text(c));
    if (*decided || *example) printf("%*s", 11 - (int)strlen(kind_text(c)), "");
    if (*decided) printf("(%s)%s", decided, *example ? " " : "");
    text_print_safe(stdout, example, strlen(example) > 32 ? 32 : strlen(example));
    putchar('\n');
  }
}

/* Customers, and one column of numbers beside them, are mostly their scores. */
static void say_may_be_scores(const struct export *e, struct arena *a) {
  const char **words = NEW_N(a, const char *, e->n + 1);
  const struct field **found = NEW_N(a, const struct field *, e->n + 1);
  const struct column *score = NULL;
  size_t customers = 0, numbers = 0, known = 0;
  for (size_t i = 0; i < e->n; i++) words[i] = text_word(a, e->columns[i].header);
  fields_of(THING_health, words, e->n, found, a);
  for (size_t i = 0; i < e->n; i++) {
    enum field_role r = found[i] ? found[i]->role : ROLES;
    customers += r == ROLE_ACCOUNT || r == ROLE_ACCOUNT_NAME;
    if (e->columns[i].is != IS_NUMBER || r == ROLE_ACCOUNT) continue;
    score = &e->columns[i], known = r == ROLE_HEALTH, numbers++;
  }
  if (!customers || numbers != 1) return;
  const char *map = known ? "" : arena_printf(a, "%s=health", score->header);
  text_print_line(stdout, "  if %s is a score of these customers, say health=%s%s%s", score->header,
                  text_shell_word(a, e->path), known ? "" : " --map ",
                  known ? "" : text_shell_word(a, map));
}

static void say_file(const struct stored *s, struct arena *a) {
  const struct export *e = s->export;
  const char *what = e->thing == THING_UNKNOWN ? NULL : thing_of(e->thing)->table;
  const char *is = !what       ? "rows of a kind that is not known"
                   : e->vendor ? arena_printf(a, "an export of %s from %s", what, e->vendor)
                               : arena_printf(a, "an export of %s", what);
  text_print_line(stdout, "%s: %s, %s%s%s", e->path, is, e->walk.facts.kind,
                  e->walk.facts.encoding ? " in " : "",
                  e->walk.facts.encoding ? e->walk.facts.encoding : "");
  if (e->walk.facts.others)
    text_print_line(stdout, "  it has other sheets, too; this is %s (--sheet names another)",
                    e->walk.facts.sheet);
  if (e->walk.facts.recoded)
    text_print_line(
        stdout, "  %zu %s written in Windows-1252 among rows in UTF-8, the first on line %ld",
        e->walk.facts.recoded, plural((long)e->walk.facts.recoded, "row is", "rows are"),
        e->walk.facts.recoded_first);
  if (s->new_table) say_columns(e, a);
  if (s->new_table && !what) say_may_be_scores(e, a);
  if (e->key_why)
    text_print_line(stdout, "  the key is %s: %s", e->columns[e->key].name, e->key_why);
  bool scores = e->thing == THING_account && export_role(e, ROLE_HEALTH) != NO_COLUMN;
  if (e->key == NO_COLUMN && scores)
    text_print_line(stdout,
                    "  no column names a customer: with a list of the customers beside it, "
                    "this is their health");
  else if (e->key == NO_COLUMN)
    text_print_line(stdout, "  no column names a row: rows are added, none is changed or ended");
}

/* ---- what was left, and what is to look at -------------------------------------------- */

static const char *some_names(const char *const *names, size_t n, struct arena *a) {
  const char *text = "";
  for (size_t i = 0; i < n && i < NAMES_SHOWN; i++)
    text = arena_printf(a, "%s%s%s", text, i ? ", " : "", names[i]);
  return n > NAMES_SHOWN ? arena_printf(a, "%s and %zu more", text, n - NAMES_SHOWN) : text;
}

static void say_misfits(const struct export *e, struct arena *a) {
  for (size_t i = 0; i < e->n; i++) {
    const struct column *c = &e->columns[i];
    const char *where = "";
    for (size_t m = 0; m < c->misfits && m < MISFITS_SHOWN; m++)
      where = arena_printf(a, "%s%sline %ld, \"%s\"", where, m ? "; " : "", c->first_misfits[m].row,
                           c->first_misfits[m].text);
    if (c->misfits > MISFITS_SHOWN) where = arena_printf(a, "%s; …", where);
    if (c->misfits)
      text_print_line(stdout, "  %s: %zu of %zu cells %s no %s, and kept as written: %s", c->header,
                      c->misfits, c->tally.n, plural((long)c->misfits, "is", "are"),
                      c->is == IS_DAY ? "day" : kind_text(c), where);
  }
}

/* What one sum adds up was of one currency until now. */
static void say_currencies(const struct stored *s) {
  const struct export *e = s->export;
  for (size_t i = 0; i < e->n; i++)
    if (e->columns[i].tally.currencies_differ)
      text_print_line(stdout,
                      "  %s is in several currencies: %s_currency says which; where rules add it "
                      "up, their entity has to name that column",
                      e->columns[i].header, e->columns[i].name);
}

static void say_misses(const struct stored *s, struct arena *a) {
  for (size_t i = 0; i < s->n_misses && i < NAMES_SHOWN; i++) {
    const struct stored_miss *m = &s->misses[i];
    bool person = !m->no_account;
    const char *why = person && m->twice ? "several in people are called so"
                      : person           ? "nobody in people is called so"
                      : m->twice         ? "several accounts may be meant"
                                         : arena_printf(a, "no account %s", m->no_account);
    text_print_line(stdout, "  %s \"%s\": %s (%zu %s)", m->column, m->name, why, m->rows,
                    plural((long)m->rows, "row", "rows"));
  }
  if (s->n_misses > NAMES_SHOWN)
    text_print_line(stdout, "  and %zu more names", s->n_misses - NAMES_SHOWN);
}

static void say_left(const struct export *e) {
  for (size_t i = 0; i < e->walk.n_left; i++)
    text_print_line(stdout, "  left out, for it is no row: line %ld, \"%s\"",
                    e->walk.left[i].number, e->walk.left[i].text);
}

/* ---- what changed --------------------------------------------------------------------- */

static const char *changes_text(const struct stored *s, struct arena *a) {
  const char *text = "";
  for (size_t i = 0; i < s->n_changes; i++)
    text = arena_printf(a, "%s%s%s %zu", text, i ? ", " : "", s->changes[i].column,
                        s->changes[i].cells);
  return text;
}

static void say_rows(const struct stored *s, struct arena *a) {
  const char *table = s->export->table;
  if (s->new_table) {
    text_print_line(stdout, "  %zu %s into %s", s->rows, plural((long)s->rows, "row", "rows"),
                    table);
  } else if (!s->added && !s->changed && !s->gone && !s->back) {
    text_print_line(stdout, "  %s: nothing has changed (%zu %s)", table, s->rows,
                    plural((long)s->rows, "row", "rows"));
  } else {
    const char *text = arena_printf(a, "  %s: %zu new", table, s->added);
    if (s->changed)
      text = arena_printf(a, "%s, %zu changed (%s)", text, s->changed, changes_text(s, a));
    if (s->gone) text = arena_printf(a, "%s, %zu gone", text, s->gone);
    if (s->back) text = arena_printf(a, "%s, %zu back", text, s->back);
    text_print_line(stdout, "%s, %zu as before", text, s->same);
  }
  if (s->n_new_columns)
    text_print_line(stdout, "  new columns: %s", some_names(s->new_columns, s->n_new_columns, a));
  if (s->n_left_columns)
    text_print_line(stdout, "  not in this export, and kept as they were: %s",
                    some_names(s->left_columns, s->n_left_columns, a));
  for (size_t i = 0; i < s->export->n; i++) {
    const struct column *c = &s->export->columns[i];
    if (!c->links) continue;
    text_print_line(stdout, "  %s: several ids stand in a cell; %zu %s in %s", c->header,
                    c->n_links, plural((long)c->n_links, "is", "are"), c->links);
  }
}

static void say_lent(const struct stored *s, struct arena *a) {
  const char *text = "";
  for (size_t i = 0; i < s->n_lent; i++)
    text = arena_printf(a, "%s%s%s", text, i ? ", " : "", s->lent[i]->name);
  if (s->n_lent) text_print_line(stdout, "  accounts have from here: %s", text);
}

/* By what the rows lead to customers, where it is not plain. */
static void say_customers(const struct stored *s) {
  const struct export *e = s->export;
  bool ids = export_role(e, ROLE_ACCOUNT) != NO_COLUMN;
  if (e->thing == THING_health && !s->account_by)
    text_print_line(stdout,
                    "  there is no list of customers: with one beside it, this is their health");
  if (!s->account_by || !ids || !s->accounts_of) return;
  const char *header = e->columns[export_role(e, ROLE_ACCOUNT)].header;
  if (s->account_from)
    text_print_line(stdout, "  %s %s: %zu of %zu rows are linked by %s", header, s->account_why,
                    s->accounts_found, s->accounts_of, s->account_from);
  else if (!s->accounts_found)
    text_print_line(stdout, "  %s: none of them is an account, so nothing leads from here to one",
                    header);
}

void say_import(const struct imported *x, bool dry, struct arena *a) {
  for (size_t i = 0; i < x->n; i++) {
    say_file(&x->stored[i], a);
    say_rows(&x->stored[i], a);
    say_left(x->stored[i].export);
    say_misfits(x->stored[i].export, a);
    say_currencies(&x->stored[i]);
    say_customers(&x->stored[i]);
    say_lent(&x->stored[i], a);
    say_misses(&x->stored[i], a);
  }
  if (dry) printf("Nothing was written.\n");
}

/* ---- JSON ----------------------------------------------------------------------------- */

static json_t *columns_json(const struct export *e) {
  json_t *list = json_array();
  for (size_t i = 0; i < e->n; i++) {
    const struct column *c = &e->columns[i];
    json_array_append_new(
        list, json_pack("{s:s, s:s, s:s, s:I, s:I}", "header", c->header, "column", c->name, "is",
                        kind_text(c), "filled", (json_int_t)c->tally.n, "misfits",
                        (json_int_t)c->misfits));
  }
  return list;
}

static json_t *misses_json(const struct stored *s) {
  json_t *list = json_array();
  for (size_t i = 0; i < s->n_misses; i++)
    json_array_append_new(
        list,
        json_pack("{s:s, s:s, s:I, s:b}", "column", s->misses[i].column, "name", s->misses[i].name,
                  "rows", (json_int_t)s->misses[i].rows, "several", s->misses[i].twice));
  return list;
}

static json_t *changes_json(const struct stored *s) {
  json_t *list = json_object();
  for (size_t i = 0; i < s->n_changes; i++)
    json_object_set_new(list, s->changes[i].column, json_integer((json_int_t)s->changes[i].cells));
  return list;
}

static json_t *stored_json(const struct stored *s) {
  const struct export *e = s->export;
  return json_pack(
      "{s:s, s:s?, s:s?, s:s, s:s?, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:o}", "file", e->path,
      "vendor", e->vendor, "thing", e->thing == THING_UNKNOWN ? NULL : thing_of(e->thing)->id,
      "table", e->table, "key", e->key == NO_COLUMN ? NULL : e->columns[e->key].name, "rows",
      (json_int_t)s->rows, "added", (json_int_t)s->added, "changed", (json_int_t)s->changed, "gone",
      (json_int_t)s->gone, "back", (json_int_t)s->back, "changes", changes_json(s), "columns",
      columns_json(e), "misses", misses_json(s));
}

void say_import_json(const struct imported *x, day_t day) {
  char text[16];
  json_t *list = json_array();
  for (size_t i = 0; i < x->n; i++) json_array_append_new(list, stored_json(&x->stored[i]));
  json_t *all = json_pack("{s:s, s:o}", "day", day_text(day, text), "imports", list);
  json_dumpf(all, stdout, JSON_INDENT(2));
  putchar('\n');
  json_decref(all);
}
