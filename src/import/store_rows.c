/* The rows of an export into its table. In: rows, and what is there. Out: rows that are new,
 * changed or gone, each change written down. */
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "import/store_db.h"

/* No text has it. */
#define BETWEEN_CELLS "\x1f"

typedef VEC(char) text_buffer; /* used row after row: as long as the longest */

struct writing {
  struct store *s;
  struct store_table t;
  struct export *e;
  char day_text[16];
  struct stored *said;
  struct diags *problems;
  sqlite3_stmt *find, *add, *change, *note, *see, *back, *take_held;
  struct store_links *links;
  text_buffer text;
  struct kept_cell *cells; /* of the row, with addresses for names */
  struct kept_cell key;
  size_t *changed;   /* cells of each column */
  struct map owners; /* names looked up -> who_is */
  long line;
};

/* ---- texts ---------------------------------------------------------------------------- */

static void put(struct writing *x, const char *text, size_t n) {
  for (size_t i = 0; i < n; i++) VEC_PUSH(x->s->a, &x->text, text[i]);
}

/* Numbers alike are one text, whether they come from a file or from the table. */
static void put_number(struct writing *x, double v) {
  char digits[32];
  int n = snprintf(digits, sizeof digits, "%.15g", v);
  put(x, digits, (size_t)n);
}

static void put_cell(struct writing *x, const struct kept_cell *c) {
  if (c->as == KEPT_NUMBER) put_number(x, c->number);
  if (c->as == KEPT_TEXT) put(x, c->text, c->n);
}

static struct kept_cell text_so_far(const struct writing *x) {
  return (struct kept_cell){.as = KEPT_TEXT, .text = x->text.v, .n = x->text.n};
}

/* ---- statements ----------------------------------------------------------------------- */

static const char *names_list(struct writing *x, const char *each) {
  const char *list = "";
  for (size_t i = 0; i < x->e->n; i++)
    list = arena_printf(x->s->a, "%s%s%s%s", list, i ? ", " : "",
                        sql_name(x->s->a, x->e->columns[i].name), each);
  return list;
}

static const char *marks(struct writing *x, size_t n) {
  const char *list = "?";
  for (size_t i = 1; i < n; i++) list = arena_printf(x->s->a, "%s, ?", list);
  return list;
}

static bool prepare_keyed(struct writing *x) {
  struct arena *a = x->s->a;
  const char *table = sql_name(a, x->e->table), *key = sql_name(a, x->t.key);
  const char *history = sql_name(a, x->t.history);
  return store_prepare(x->s,
                       arena_printf(a, "SELECT gone_on, imported_on, %s FROM %s WHERE %s = ?1",
                                    names_list(x, ""), table, key),
                       &x->find, x->problems) &&
         store_prepare(x->s,
                       arena_printf(a, "UPDATE %s SET %s WHERE %s = ?%zu", table,
                                    names_list(x, " = ?"), key, x->e->n + 1),
                       &x->change, x->problems) &&
         store_prepare(x->s,
                       arena_printf(a,
                                    "INSERT INTO %s VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO "
                                    "UPDATE SET value = excluded.value",
                                    history),
                       &x->note, x->problems) &&
         store_prepare(x->s, "INSERT INTO seen VALUES (?1)", &x->see, x->problems) &&
         store_prepare(x->s,
                       arena_printf(a, "UPDATE %s SET gone_on = NULL WHERE %s = ?1", table, key),
                       &x->back, x->problems);
}

static bool prepare_keyless(struct writing *x) {
  return store_prepare(x->s, "UPDATE held SET n = n - 1 WHERE text = ?1 AND n > 0", &x->take_held,
                       x->problems);
}

/* The rows that the table has, as texts, and how often. */
static bool hold_rows(struct writing *x) {
  sqlite3_stmt *read, *hold;
  bool ok = true;
  if (x->t.is_new) return true;
  if (!store_prepare(x->s,
                     arena_printf(x->s->a, "SELECT %s FROM %s", names_list(x, ""),
                                  sql_name(x->s->a, x->e->table)),
                     &read, x->problems))
    return false;
  if (!store_prepare(x->s, "INSERT INTO held VALUES (?1, 1) ON CONFLICT DO UPDATE SET n = n + 1",
                     &hold, x->problems)) {
    sqlite3_finalize(read);
    return false;
  }
  while (ok && sqlite3_step(read) == SQLITE_ROW) {
    x->text.n = 0;
    for (int i = 0; i < (int)x->e->n; i++) {
      bool text = sqlite3_column_type(read, i) == SQLITE_TEXT;
      if (text)
        put(x, (const char *)sqlite3_column_text(read, i), (size_t)sqlite3_column_bytes(read, i));
      else if (sqlite3_column_type(read, i) != SQLITE_NULL)
        put_number(x, sqlite3_column_double(read, i));
      put(x, BETWEEN_CELLS, 1);
    }
    const struct kept_cell row = text_so_far(x);
    bind_kept(hold, 1, &row);
    ok = store_step(x->s, hold, x->problems);
  }
  sqlite3_finalize(read);
  sqlite3_finalize(hold);
  return ok;
}

static bool prepare(struct writing *x) {
  struct arena *a = x->s->a;
  bool second = x->t.key && x->e->key_second != NO_COLUMN;
  const char *sql =
      arena_printf(a, "INSERT INTO %s (%s%s, imported_on) VALUES (%s)", sql_name(a, x->e->table),
                   second ? "row_key, " : "", names_list(x, ""), marks(x, x->e->n + 1 + second));
  x->links = store_links_begin(x->s, x->e, &x->t);
  return store_exec(x->s, "DELETE FROM seen; DELETE FROM held", x->problems) &&
         store_prepare(x->s, sql, &x->add, x->problems) &&
         (x->t.key ? prepare_keyed(x) : prepare_keyless(x) && hold_rows(x));
}

static void finish(struct writing *x) {
  sqlite3_stmt *all[] = {x->find, x->add, x->change, x->note, x->see, x->back, x->take_held};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) sqlite3_finalize(all[i]);
  if (x->links) store_links_end(x->links);
}

/* ---- names of people ------------------------------------------------------------------ */

struct who_is {               /* called so */
  const char *name, *address; /* as store_address says */
};

static const struct who_is *look_up(struct writing *x, const struct kept_cell *c) {
  x->text.n = 0;
  put(x, c->text, c->n);
  put(x, "", 1);
  const struct who_is *known = map_get(&x->owners, x->text.v);
  if (known) return known;
  struct who_is *w = NEW(x->s->a, struct who_is);
  w->name = arena_strdup(x->s->a, x->text.v);
  w->address = store_address(x->s, w->name);
  map_put(&x->owners, x->s->a, w->name, w);
  return w;
}

static void name_owner(struct writing *x, size_t at) {
  struct kept_cell *c = &x->cells[at];
  const struct sheet_cell as_cell = {c->text, c->n, false};
  if (!x->s->people_known || c->as != KEPT_TEXT || cell_is_address(&as_cell)) return;
  const struct who_is *w = look_up(x, c);
  if (w->address && *w->address)
    *c = (struct kept_cell){.as = KEPT_TEXT, .text = w->address, .n = strlen(w->address)};
  else
    store_miss(x->s, x->said, x->e->columns[at].name, w->name, w->address != NULL);
}

/* ---- rows with a key ------------------------------------------------------------------ */

static bool make_key(struct writing *x) {
  const struct kept_cell *first = &x->cells[x->e->key];
  if (first->as == KEPT_NOTHING)
    return diag_fail(x->problems, V0709, "%s, line %ld: there is no %s, which names the row",
                     x->e->path, x->line, x->e->columns[x->e->key].header);
  x->key = *first;
  if (x->e->key_second == NO_COLUMN) return true;
  x->text.n = 0;
  put_cell(x, first);
  put(x, "|", 1);
  put_cell(x, &x->cells[x->e->key_second]);
  x->key = text_so_far(x);
  return true;
}

static bool seen_twice(struct writing *x) {
  const struct kept_cell key = x->key;
  if (key.as == KEPT_NUMBER) {
    x->text.n = 0;
    put_cell(x, &key);
  }
  const struct kept_cell shown = key.as == KEPT_NUMBER ? text_so_far(x) : key;
  return diag_fail(x->problems, V0709,
                   "%s, line %ld: a row above is %s %.*s, too: a row has a key of its own",
                   x->e->path, x->line, x->e->columns[x->e->key].header, (int)shown.n, shown.text);
}

static bool see(struct writing *x) {
  bind_kept(x->see, 1, &x->key);
  int rc = sqlite3_step(x->see);
  sqlite3_reset(x->see);
  if (rc == SQLITE_CONSTRAINT) return seen_twice(x);
  return rc == SQLITE_DONE || store_fail(x->s, x->problems);
}

static bool add_row(struct writing *x) {
  int at = 1;
  bool ok = true;
  if (x->t.key && x->e->key_second != NO_COLUMN) ok = bind_kept(x->add, at++, &x->key);
  for (size_t i = 0; i < x->e->n; i++) ok &= bind_kept(x->add, at++, &x->cells[i]);
  sqlite3_bind_text(x->add, at, x->day_text, -1, SQLITE_STATIC);
  x->said->added++;
  int rc = ok ? sqlite3_step(x->add) : SQLITE_ERROR;
  sqlite3_reset(x->add);
  if (rc == SQLITE_CONSTRAINT) return seen_twice(x);
  return rc == SQLITE_DONE || store_fail(x->s, x->problems);
}

enum { FIND_GONE, FIND_SINCE, FIND_CELLS };

/* A cell of a row that stands there since another day had another value until today. */
static bool note_cell(struct writing *x, const char *column, const struct kept_cell *now,
                      int before_at) {
  bind_kept(x->note, 1, &x->key);
  sqlite3_bind_text(x->note, 2, x->day_text, -1, SQLITE_STATIC);
  sqlite3_bind_text(x->note, 3, column, -1, SQLITE_STATIC);
  bind_kept(x->note, 4, now);
  sqlite3_bind_value(x->note, 5, sqlite3_column_value(x->find, before_at));
  return store_step(x->s, x->note, x->problems);
}

static bool note_changes(struct writing *x, bool *any) {
  const char *since = (const char *)sqlite3_column_text(x->find, FIND_SINCE);
  bool today = since && strcmp(since, x->day_text) == 0;
  for (size_t i = 0; i < x->e->n; i++) {
    int at = FIND_CELLS + (int)i;
    if (same_kept(x->find, at, &x->cells[i])) continue;
    *any = true;
    x->changed[i]++;
    if (!today && !note_cell(x, x->e->columns[i].name, &x->cells[i], at)) return false;
  }
  return true;
}

static bool come_back(struct writing *x) {
  const struct kept_cell nothing = {.as = KEPT_NOTHING};
  x->said->back++;
  bind_kept(x->back, 1, &x->key);
  return note_cell(x, "gone_on", &nothing, FIND_GONE) && store_step(x->s, x->back, x->problems);
}

static bool change_row(struct writing *x) {
  bool ok = true;
  for (size_t i = 0; i < x->e->n; i++) ok &= bind_kept(x->change, (int)i + 1, &x->cells[i]);
  ok &= bind_kept(x->change, (int)x->e->n + 1, &x->key);
  x->said->changed++;
  return ok && store_step(x->s, x->change, x->problems);
}

static bool take_keyed(struct writing *x) {
  bool any = false, ok = true;
  if (!make_key(x)) return false;
  if (x->t.is_new) return add_row(x);
  if (!see(x)) return false;
  bind_kept(x->find, 1, &x->key);
  int rc = sqlite3_step(x->find);
  if (rc == SQLITE_DONE) {
    ok = add_row(x);
  } else if (rc == SQLITE_ROW) {
    bool gone = sqlite3_column_type(x->find, FIND_GONE) != SQLITE_NULL;
    ok = note_changes(x, &any) && (!gone || come_back(x)) && (!any || change_row(x));
    x->said->same += !any && !gone;
  } else {
    ok = store_fail(x->s, x->problems);
  }
  sqlite3_reset(x->find);
  return ok;
}

/* ---- rows without one ----------------------------------------------------------------- */

/* A file may hold a row several times: then the table holds it as often. The table held what it
 * holds before this file; each row of the file takes one of these, or is new. */
static bool take_keyless(struct writing *x) {
  x->text.n = 0;
  for (size_t i = 0; i < x->e->n; i++) {
    put_cell(x, &x->cells[i]);
    put(x, BETWEEN_CELLS, 1);
  }
  const struct kept_cell row = text_so_far(x);
  bind_kept(x->take_held, 1, &row);
  if (!x->t.is_new && !store_step(x->s, x->take_held, x->problems)) return false;
  if (x->t.is_new || !sqlite3_changes(x->s->db)) return add_row(x);
  x->said->same++;
  return true;
}

/* ---- all of them ---------------------------------------------------------------------- */

static bool take(void *ctx, long row, const struct kept_cell *cells) {
  struct writing *x = ctx;
  memcpy(x->cells, cells, x->e->n * sizeof *cells);
  x->line = row;
  x->said->rows++;
  for (size_t i = 0; i < x->e->n; i++)
    if (x->e->columns[i].person) name_owner(x, i);
  if (!store_links_row(x->links, x->cells, x->problems)) return false;
  if (!(x->t.key ? take_keyed(x) : take_keyless(x))) return x->problems->errors < IMPORT_ERRORS_MAX;
  return true;
}

static bool note_gone(struct writing *x) {
  struct arena *a = x->s->a;
  const char *table = sql_name(a, x->e->table), *key = sql_name(a, x->t.key);
  const char *missing = arena_printf(
      a, "gone_on IS NULL AND NOT EXISTS (SELECT 1 FROM seen WHERE seen.key = %s.%s)", table, key);
  return store_exec(
      x->s,
      arena_printf(a,
                   "INSERT INTO %s SELECT %s, '%s', 'gone_on', '%s', NULL FROM %s WHERE %s AND "
                   "imported_on <> '%s' ON CONFLICT DO UPDATE SET value = excluded.value;"
                   "UPDATE %s SET gone_on = '%s' WHERE %s",
                   sql_name(a, x->t.history), key, x->day_text, x->day_text, table, missing,
                   x->day_text, table, x->day_text, missing),
      x->problems);
}

/* A third of all rows gone at once is mostly an export of a part. */
static bool is_part(int64_t before, int64_t gone) {
  enum { FEW = 10, SHARE = 3 };
  return gone > FEW && gone * SHARE > before;
}

/* Is it to ask whether they are gone? `before` rows were there. */
static bool ask_of_gone(struct writing *x, int64_t before, int64_t gone) {
  if (gone == before && gone > 1)
    return diag_fail(x->problems, V0709,
                     "%s: none of the %lld rows of %s is in it: are their ids written otherwise in "
                     "this export? Add --part when it holds others, or --whole when all are gone",
                     x->e->path, (long long)before, x->e->table);
  if (x->t.other_file && gone)
    return diag_fail(
        x->problems, V0709,
        "%s: %lld %s of %s not in it, and %s was imported for the same day: add --part "
        "when both hold a part, or --whole when the rows are gone",
        x->e->path, (long long)gone, plural((long)gone, "row", "rows"),
        arena_printf(x->s->a, "%s %s", x->e->table, gone == 1 ? "is" : "are"), x->t.other_file);
  return !is_part(before, gone) ||
         diag_fail(
             x->problems, V0709,
             "%s: %lld of the %lld rows of %s are not in it: add --part when the export holds "
             "only a part, then they stay; or --whole when they are gone",
             x->e->path, (long long)gone, (long long)before, x->e->table);
}

static bool end_missing(struct writing *x, enum export_holds holds) {
  struct arena *a = x->s->a;
  int64_t living, gone;
  bool of_days = x->e->key_second != NO_COLUMN; /* what was on another day was, all the same */
  if (!x->t.key || x->t.is_new || holds == HOLDS_PART || (of_days && holds != HOLDS_ALL))
    return true;
  const char *table = sql_name(a, x->e->table);
  const char *counted = arena_printf(a, "SELECT count(*) FROM %s WHERE gone_on IS NULL", table);
  const char *missing =
      arena_printf(a, "%s AND NOT EXISTS (SELECT 1 FROM seen WHERE seen.key = %s.%s)", counted,
                   table, sql_name(a, x->t.key));
  if (!store_number(x->s, counted, &living, x->problems) ||
      !store_number(x->s, missing, &gone, x->problems))
    return false;
  int64_t before = living - (int64_t)x->said->added - (int64_t)x->said->back;
  if (holds == HOLDS_UNSAID && !ask_of_gone(x, before, gone)) return false;
  x->said->gone = (size_t)gone;
  return !gone || note_gone(x);
}

static void say_changes(struct writing *x) {
  x->said->changes = NEW_N(x->s->a, struct stored_change, x->e->n + 1);
  for (size_t i = 0; i < x->e->n; i++)
    if (x->changed[i])
      x->said->changes[x->said->n_changes++] =
          (struct stored_change){x->e->columns[i].name, x->changed[i]};
}

bool store_export(struct store *s, struct export *e, day_t day, enum export_holds holds,
                  struct stored *out, struct diags *problems) {
  struct writing x = {.s = s, .e = e, .said = out, .problems = problems};
  int before = problems->errors;
  *out = (struct stored){.export = e};
  day_text(day, x.day_text);
  x.cells = NEW_N(s->a, struct kept_cell, e->n + 1);
  x.changed = NEW_N(s->a, size_t, e->n + 1);
  bool ok = store_table_ready(s, e, day, &x.t, out, problems) && prepare(&x) &&
            export_read(e, s->a, take, &x, problems) && problems->errors == before &&
            end_missing(&x, holds);
  if (ok) say_changes(&x);
  finish(&x);
  return ok && store_table_views(s, &x.t, out, problems) &&
         store_table_note(s, &x.t, day, out, problems) &&
         (e->thing != THING_person || store_people_read(s, problems));
}
