/* In: the cells of a column. Out: what the column is, and each cell as it is kept. */
#include "import/column.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "base/unit.h"
#include "import/id_cell.h"

/* A column of names, ids and texts stays one, whatever digits stand in it. */
static bool is_name(const struct column *c) {
  return c->field && (c->field->kind == FIELD_TEXT || c->field->kind == FIELD_PERSON);
}

/* ---- counting ------------------------------------------------------------------------- */

/* Reading a cell in all ways is dear: where a thousand were no day, or no number, no more are
 * tried. */
enum { TRIED = 1000 };

static void tally_days(struct tally *t, const struct sheet_cell *cell, struct arena *a) {
  struct moment_cell read[DAY_ORDERS];
  bool is[DAY_ORDERS];
  if (t->n > TRIED && !t->fits[DOUBT_ORDER][DAY_FIRST] && !t->fits[DOUBT_ORDER][MONTH_FIRST])
    return;
  for (int o = 0; o < DAY_ORDERS; o++) {
    is[o] = cell_day(cell, (enum day_order)o, &t->hints[o], &read[o]);
    t->fits[DOUBT_ORDER][o] += is[o];
  }
  if (is[DAY_FIRST] || is[MONTH_FIRST])
    t->timed += read[is[DAY_FIRST] ? DAY_FIRST : MONTH_FIRST].timed;
  if (!is[DAY_FIRST] || !is[MONTH_FIRST] || read[0].day == read[1].day) return;
  if (!t->differ[DOUBT_ORDER]++) t->differs_at[DOUBT_ORDER] = arena_strndup(a, cell->text, cell->n);
}

static void tally_currency(struct tally *t, const struct amount_cell *read, struct arena *a) {
  if (!read->currency) return;
  const char *name = currency_from_code(read->currency, read->n_currency);
  if (!name) name = currency_from_symbol(read->currency, read->n_currency);
  if (!name) name = arena_strndup(a, read->currency, read->n_currency);
  if (!t->currency) t->currency = name;
  t->currencies_differ |= strcmp(t->currency, name) != 0;
}

static void tally_percent(struct tally *t, const struct sheet_cell *cell,
                          const struct amount_cell *read, struct arena *a) {
  bool share = !read->percent && read->value != 0 && fabs(read->value) < 1;
  t->percents += read->percent;
  t->plain += !read->percent && read->value != 0;
  t->shares += share;
  if (read->value > t->largest) t->largest = read->value;
  if (read->percent && !t->a_percent) t->a_percent = arena_strndup(a, cell->text, cell->n);
  if (share && !t->a_share) t->a_share = arena_strndup(a, cell->text, cell->n);
}

static void tally_numbers(struct tally *t, const struct sheet_cell *cell, struct arena *a) {
  struct amount_cell read[NUMBER_POINTS];
  struct moment_cell moment;
  bool is[NUMBER_POINTS];
  if (t->n > TRIED && !t->fits[DOUBT_POINT][0] && !t->fits[DOUBT_POINT][1]) return;
  for (int p = 0; p < NUMBER_POINTS; p++) {
    is[p] = cell_number(cell, (enum number_point)p, &read[p]);
    t->fits[DOUBT_POINT][p] += is[p];
  }
  if (!is[0] && !is[1]) return;
  const struct amount_cell *one = &read[is[POINT_DECIMALS] ? POINT_DECIMALS : COMMA_DECIMALS];
  tally_percent(t, cell, one, a);
  t->serials += cell_serial_day(cell, &moment);
  if (!t->currencies_differ) tally_currency(t, one, a);
  if (is[0] && is[1] && read[0].value != read[1].value && !t->differ[DOUBT_POINT]++)
    t->differs_at[DOUBT_POINT] = arena_strndup(a, cell->text, cell->n);
}

static void tally_value(struct tally *t, const struct sheet_cell *cell, struct arena *a) {
  if (t->many_values || map_get(&t->values, cell->text)) return;
  t->many_values = t->n_kept == VALUES_KEPT;
  if (t->many_values) return;
  const char *text = arena_strndup(a, cell->text, cell->n);
  map_put(&t->values, a, text, (void *)text);
  t->kept[t->n_kept++] = text;
}

void tally_cell(struct column *c, const struct sheet_cell *cell, struct arena *a) {
  struct tally *t = &c->tally;
  bool flag;
  if (cell_is_nothing(cell)) return;
  t->n++;
  t->exact += cell->exact;
  t->flags += cell_flag(cell, &flag);
  t->codes += cell_is_code(cell);
  t->addresses += cell_is_address(cell);
  t->lists += cell_is_list(cell);
  t->ids += cell_is_id(cell);
  t->marks += cell_is_mark(cell);
  t->fractions += cell_is_fraction_of_id(cell);
  if (cell_is_rounded_id(cell) && !t->rounded++)
    t->a_rounded = arena_strndup(a, cell->text, cell->n);
  tally_value(t, cell, a);
  if (is_name(c)) return;
  tally_days(t, cell, a);
  tally_numbers(t, cell, a);
}

/* ---- deciding ------------------------------------------------------------------------- */

/* A column is what all of its cells are, or nearly all of many: the rest are misfits. */
static bool nearly(size_t hits, size_t n) {
  enum { MANY = 20, MISFIT_SHARE = 20 };
  return hits == n || (n >= MANY && hits >= n - n / MISFIT_SHARE);
}

static size_t more(size_t a, size_t b) { return a > b ? a : b; }

static bool says_day(const struct column *c) {
  static const char *const ends[] = {"date", "day", "at", "on", "utc", "jour", "le", "time"};
  if (c->field) return c->field->kind == FIELD_DAY;
  size_t n = strlen(c->name);
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    size_t m = strlen(ends[i]);
    if (n > m && strcmp(c->name + n - m, ends[i]) == 0 && c->name[n - m - 1] == '_') return true;
  }
  return strcmp(c->name, "date") == 0 || strcmp(c->name, "day") == 0;
}

/* What a header promises, or the column was before, is kept as long as any of its cells is it. */
static bool fits(const struct column *c, enum column_is is, size_t hits) {
  enum field_kind said = c->field ? c->field->kind : FIELD_ANY;
  bool promised = (is == IS_DAY && said == FIELD_DAY) || (is == IS_FLAG && said == FIELD_FLAG) ||
                  (is == IS_NUMBER && (said == FIELD_NUMBER || said == FIELD_MONEY)) ||
                  (c->was_known && c->was == is);
  return nearly(hits, c->tally.n) || (promised && hits > 0);
}

static enum column_is kind_of(const struct column *c) {
  const struct tally *t = &c->tally;
  bool was_text = c->was_known && c->was == IS_TEXT && (!c->field || c->field->kind == FIELD_ANY);
  if (!t->n) return c->was_known ? c->was : IS_EMPTY;
  if (is_name(c) || was_text) return IS_TEXT;
  if (fits(c, IS_FLAG, t->flags)) return IS_FLAG;
  if (fits(c, IS_DAY, more(t->fits[DOUBT_ORDER][0], t->fits[DOUBT_ORDER][1]))) return IS_DAY;
  if (says_day(c) && fits(c, IS_DAY, t->serials)) return IS_DAY;
  if (t->codes && t->codes * 2 > t->n) return IS_TEXT;
  if (fits(c, IS_NUMBER, more(t->fits[DOUBT_POINT][0], t->fits[DOUBT_POINT][1]))) return IS_NUMBER;
  return IS_TEXT;
}

/* Of a column that is this, cells may be read in two ways. */
static const struct {
  enum column_is is;
  const char *ask; /* takes the file, the header and the cell */
} doubts[DOUBTS] = {
    [DOUBT_ORDER] = {IS_DAY,
                     "%s: in the column %s, %s may be two days, and no day of the file tells "
                     "which: add --dates day-first or --dates month-first"},
    [DOUBT_POINT] = {IS_NUMBER,
                     "%s: in the column %s, %s may be two numbers, and no number of the file tells "
                     "which: add --decimals point or --decimals comma"},
};

static bool in_doubt(const struct column *c, enum doubt d) {
  return c->is == doubts[d].is && !c->serial;
}

/* The way that fits more cells. */
static int way_of(const struct tally *t, enum doubt d) { return t->fits[d][1] > t->fits[d][0]; }

/* What one column shows is the way of all. */
static void learn_habit(const struct column *columns, size_t n, enum doubt d, struct file_habits *h,
                        struct arena *a) {
  for (size_t i = 0; i < n && !h->of[d].known; i++) {
    const struct tally *t = &columns[i].tally;
    if (in_doubt(&columns[i], d) && t->fits[d][0] != t->fits[d][1])
      h->of[d] = (struct habit){true, way_of(t, d),
                                arena_printf(a, "as in the column %s", columns[i].header)};
  }
}

/* False: nothing tells. */
static bool decide_way(struct column *c, enum doubt d, const struct file_habits *h) {
  const struct tally *t = &c->tally;
  bool was = c->was_known && c->was == doubts[d].is;
  c->way[d] = way_of(t, d);
  if (t->fits[d][0] != t->fits[d][1] || !t->differ[d]) return true;
  c->way[d] = h->of[d].known || !was ? h->of[d].way : c->was_way[d];
  c->why = h->of[d].known ? h->of[d].why : was ? "as in the export before" : NULL;
  return h->of[d].known || was;
}

/* Asks of the first column alone: what is said holds for all. */
static bool decide_ways(struct column *columns, size_t n, enum doubt d, const struct file_habits *h,
                        const char *path, struct diags *problems) {
  for (size_t i = 0; i < n; i++)
    if (in_doubt(&columns[i], d) && !decide_way(&columns[i], d, h))
      return diag_fail(problems, V0708, doubts[d].ask, path, columns[i].header,
                       columns[i].tally.differs_at[d]);
  return true;
}

/* Several words in a cell, such as "Horses;Greyhound", are a choice, and no ids. */
static bool holds_ids(const struct column *c) {
  size_t n = strlen(c->name);
  return c->field ? c->field->role == ROLE_ACCOUNT : n > 4 && strcmp(c->name + n - 4, "_ids") == 0;
}

static bool is_id(const struct column *c) {
  static const enum field_role roles[] = {ROLE_KEY,     ROLE_ACCOUNT, ROLE_SUBSCRIPTION,
                                          ROLE_INVOICE, ROLE_DEAL,    ROLE_PARENT};
  size_t n = strlen(c->name);
  for (size_t i = 0; c->field && i < sizeof roles / sizeof *roles; i++)
    if (c->field->role == roles[i]) return true;
  return !c->field && n > 3 && strcmp(c->name + n - 3, "_id") == 0;
}

static void decide_kind(struct column *c) {
  const struct tally *t = &c->tally;
  c->is = kind_of(c);
  c->is_id |= is_id(c);
  c->serial = c->is == IS_DAY && t->n &&
              !fits(c, IS_DAY, more(t->fits[DOUBT_ORDER][0], t->fits[DOUBT_ORDER][1]));
  c->utc = strstr(c->header, "(UTC)") != NULL || strstr(c->header, "(GMT)") != NULL;
  c->person = (c->field && c->field->kind == FIELD_PERSON) ||
              (c->is == IS_TEXT && !c->field && t->n && nearly(t->addresses, t->n));
  c->list = c->is == IS_TEXT && (t->lists || c->was_list) && holds_ids(c) &&
            nearly(t->lists + t->ids, t->n);
  c->fractions = c->is == IS_TEXT && t->n && t->fractions == t->n;
  c->dropped = c->is == IS_EMPTY && !*c->header;
}

/* 45% is kept as 45, and 0.45 as 0.45: in one column, the second would be a hundredth of what is
 * meant. NULL: it is not so; or what there is beside 45%. */
static const char *percent_against(const struct column *c) {
  const struct tally *t = &c->tally;
  if (c->is != IS_NUMBER) return NULL;
  if (t->percents) return t->shares == t->plain && t->plain ? t->a_share : NULL;
  return c->was_percent && t->plain && t->shares == t->plain ? t->a_share : NULL;
}

static bool check_percents(const struct column *c, const char *path, struct diags *problems) {
  const char *share = percent_against(c);
  if (share && c->tally.percents)
    return diag_fail(problems, V0708,
                     "%s: in the column %s stand %s and %s: write all of them with %%, or none",
                     path, c->header, c->tally.a_percent, share);
  if (share)
    return diag_fail(problems, V0708,
                     "%s: the column %s had %% signs in the export before, and has %s now: export "
                     "it with %% signs, or keep it apart: --map \"%s=%s_share\"",
                     path, c->header, share, c->header, c->name);
  if (c->is == IS_NUMBER && c->was_shares && !c->was_percent && c->tally.percents)
    return diag_fail(problems, V0708,
                     "%s: the column %s held shares such as 0.45 in the export before, and has %s "
                     "now: export it without %% signs, or keep it apart: --map \"%s=%s_percent\"",
                     path, c->header, c->tally.a_percent, c->header, c->name);
  return true;
}

static bool check_ids(const struct column *c, const char *path, struct diags *problems) {
  if (!c->is_id || !c->tally.rounded) return true;
  return diag_fail(
      problems, V0708,
      "%s: in the column %s stands %s: a spreadsheet has rounded that id (%zu of %zu are "
      "so): export again, and import the file without saving it from a spreadsheet",
      path, c->header, c->tally.a_rounded, c->tally.rounded, c->tally.n);
}

bool columns_decide(struct column *columns, size_t n, const struct file_habits *said,
                    const char *path, struct arena *a, struct diags *problems) {
  struct file_habits habits = *said;
  bool ok = true;
  for (size_t i = 0; i < n; i++) decide_kind(&columns[i]);
  for (size_t i = 0; i < n; i++)
    ok &= check_percents(&columns[i], path, problems) && check_ids(&columns[i], path, problems);
  for (int d = 0; d < DOUBTS; d++) {
    learn_habit(columns, n, (enum doubt)d, &habits, a);
    ok &= decide_ways(columns, n, (enum doubt)d, &habits, path, problems);
  }
  return ok;
}

/* ---- keeping -------------------------------------------------------------------------- */

static struct kept_cell kept_text(const char *text, size_t n) {
  return (struct kept_cell){.as = KEPT_TEXT, .text = text, .n = n};
}

static struct kept_cell misfit(struct column *c, const struct sheet_cell *cell, long row,
                               struct arena *a) {
  if (c->misfits < MISFITS_SHOWN)
    c->first_misfits[c->misfits] = (struct misfit){row, arena_strndup(a, cell->text, cell->n)};
  c->misfits++;
  return kept_text(cell->text, cell->n);
}

static struct kept_cell keep_moment(struct column *c, const struct moment_cell *m, bool utc) {
  char day[16];
  int s = (int)(m->microseconds / 1000000);
  day_text(m->day, day);
  int n = m->timed ? snprintf(c->moment, sizeof c->moment, "%sT%02d:%02d:%02d%s", day, s / 3600,
                              s / 60 % 60, s % 60, utc ? "Z" : "")
                   : snprintf(c->moment, sizeof c->moment, "%s", day);
  return kept_text(c->moment, (size_t)n);
}

enum { EPOCH_DIGITS = 9 }; /* seconds since 1970 have as many; days of Excel do not */

/* Has a time in ISO an offset of its own? */
static bool has_offset(const struct sheet_cell *cell) {
  for (size_t i = 11; i < cell->n; i++)
    if (strchr("Z+-", cell->text[i])) return true;
  return false;
}

static struct kept_cell keep_day(struct column *c, const struct sheet_cell *cell, long row,
                                 struct arena *a) {
  struct moment_cell m;
  bool is = c->serial ? cell_serial_day(cell, &m)
                      : cell_day(cell, (enum day_order)c->way[DOUBT_ORDER],
                                 &c->tally.hints[c->way[DOUBT_ORDER]], &m);
  if (!is) return misfit(c, cell, row, a);
  if (m.as_is && (!m.timed || has_offset(cell) || !c->utc)) return kept_text(cell->text, cell->n);
  bool epoch = c->serial && cell->n >= EPOCH_DIGITS;
  return keep_moment(c, &m, c->utc || epoch);
}

static struct kept_cell keep_currency(struct column *c, const struct sheet_cell *cell) {
  struct amount_cell amount;
  const char *code = NULL;
  if (cell_number(cell, (enum number_point)c->way[DOUBT_POINT], &amount) && amount.currency) {
    code = currency_from_code(amount.currency, amount.n_currency);
    if (!code) code = currency_from_symbol(amount.currency, amount.n_currency);
  }
  return code ? kept_text(code, strlen(code)) : (struct kept_cell){.as = KEPT_NOTHING};
}

/* Of a list, store_links.c reads each. */
static struct kept_cell keep_text(const struct column *c, const struct sheet_cell *cell) {
  struct id_text id = id_read(cell->text, cell->n);
  if (c->is_id && !c->list) return kept_text(id.text, id.n);
  return kept_text(cell->text, cell->n - (c->fractions ? 2 : 0));
}

struct kept_cell column_keep(struct column *c, const struct sheet_cell *cell, long row,
                             struct arena *a) {
  struct amount_cell amount;
  bool flag;
  if (cell_is_nothing(cell)) return (struct kept_cell){.as = KEPT_NOTHING};
  if (c->of_currency) return keep_currency(c, cell);
  switch (c->is) {
    case IS_EMPTY: return (struct kept_cell){.as = KEPT_NOTHING};
    case IS_TEXT: return keep_text(c, cell);
    case IS_DAY: return keep_day(c, cell, row, a);
    case IS_FLAG:
      if (!cell_flag(cell, &flag)) return misfit(c, cell, row, a);
      return (struct kept_cell){.as = KEPT_NUMBER, .number = flag};
    case IS_NUMBER:
      if (!cell_number(cell, (enum number_point)c->way[DOUBT_POINT], &amount))
        return misfit(c, cell, row, a);
      return (struct kept_cell){.as = KEPT_NUMBER, .number = amount.value};
  }
  UNREACHABLE("a kind of column");
}
