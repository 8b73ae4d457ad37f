/* In: the cells of a column. Out: what the column is, and each cell as it is kept. */
#include "import/column.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "base/unit.h"

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
  if (t->n > TRIED && !t->days[DAY_FIRST] && !t->days[MONTH_FIRST]) return;
  for (int o = 0; o < DAY_ORDERS; o++) {
    is[o] = cell_day(cell, (enum day_order)o, &t->hints[o], &read[o]);
    t->days[o] += is[o];
  }
  if (is[DAY_FIRST] || is[MONTH_FIRST])
    t->timed += read[is[DAY_FIRST] ? DAY_FIRST : MONTH_FIRST].timed;
  if (!is[DAY_FIRST] || !is[MONTH_FIRST] || read[0].day == read[1].day) return;
  if (!t->days_differ++) t->differs_at = arena_strndup(a, cell->text, cell->n);
}

static void tally_currency(struct tally *t, const struct amount_cell *read, struct arena *a) {
  if (!read->currency) return;
  const char *name = currency_from_code(read->currency, read->n_currency);
  if (!name) name = currency_from_symbol(read->currency, read->n_currency);
  if (!name) name = arena_strndup(a, read->currency, read->n_currency);
  if (!t->currency) t->currency = name;
  t->currencies_differ |= strcmp(t->currency, name) != 0;
}

static void tally_numbers(struct tally *t, const struct sheet_cell *cell, struct arena *a) {
  struct amount_cell read[NUMBER_POINTS];
  struct moment_cell moment;
  bool is[NUMBER_POINTS];
  if (t->n > TRIED && !t->numbers[0] && !t->numbers[1]) return;
  for (int p = 0; p < NUMBER_POINTS; p++) {
    is[p] = cell_number(cell, (enum number_point)p, &read[p]);
    t->numbers[p] += is[p];
  }
  if (!is[0] && !is[1]) return;
  const struct amount_cell *one = &read[is[POINT_DECIMALS] ? POINT_DECIMALS : COMMA_DECIMALS];
  t->percents += one->percent;
  t->serials += cell_serial_day(cell, &moment);
  if (!t->currencies_differ) tally_currency(t, one, a);
  if (is[0] && is[1] && read[0].value != read[1].value && !t->numbers_differ++)
    t->differs_at = arena_strndup(a, cell->text, cell->n);
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
  if (fits(c, IS_DAY, more(t->days[0], t->days[1]))) return IS_DAY;
  if (says_day(c) && fits(c, IS_DAY, t->serials)) return IS_DAY;
  if (t->codes && t->codes * 2 > t->n) return IS_TEXT;
  if (fits(c, IS_NUMBER, more(t->numbers[0], t->numbers[1]))) return IS_NUMBER;
  return IS_TEXT;
}

/* Which of two readings fits more cells; undecided where both fit as many and some differ. */
static bool fits_more(const size_t hits[2], size_t differ, int *out) {
  *out = hits[1] > hits[0];
  return hits[0] != hits[1] || !differ;
}

static void learn_habits(struct column *columns, size_t n, struct file_habits *h, struct arena *a) {
  for (size_t i = 0; i < n; i++) {
    struct column *c = &columns[i];
    const struct tally *t = &c->tally;
    int way;
    if (c->is == IS_DAY && !h->order_known && t->days[0] != t->days[1]) {
      fits_more(t->days, t->days_differ, &way);
      h->order_known = true;
      h->order = (enum day_order)way;
      h->order_why = arena_printf(a, "as in the column %s", c->header);
    }
    if (c->is == IS_NUMBER && !h->point_known && t->numbers[0] != t->numbers[1]) {
      fits_more(t->numbers, t->numbers_differ, &way);
      h->point_known = true;
      h->point = (enum number_point)way;
      h->point_why = arena_printf(a, "as in the column %s", c->header);
    }
  }
}

#define AS_BEFORE "as in the export before"

static bool decide_order(struct column *c, const struct file_habits *h, const char *path,
                         struct diags *problems) {
  int way;
  if (fits_more(c->tally.days, c->tally.days_differ, &way)) {
    c->order = (enum day_order)way;
    return true;
  }
  bool was = c->was_known && c->was == IS_DAY;
  c->order = h->order_known || !was ? h->order : c->was_order;
  c->why = h->order_known ? h->order_why : was ? AS_BEFORE : NULL;
  return h->order_known || was ||
         diag_fail(problems, V0708,
                   "%s: in the column %s, %s may be two days, and no day of the file tells which: "
                   "add --dates day-first or --dates month-first",
                   path, c->header, c->tally.differs_at);
}

static bool decide_point(struct column *c, const struct file_habits *h, const char *path,
                         struct diags *problems) {
  int way;
  if (fits_more(c->tally.numbers, c->tally.numbers_differ, &way)) {
    c->point = (enum number_point)way;
    return true;
  }
  bool was = c->was_known && c->was == IS_NUMBER;
  c->point = h->point_known || !was ? h->point : c->was_point;
  c->why = h->point_known ? h->point_why : was ? AS_BEFORE : NULL;
  return h->point_known || was ||
         diag_fail(problems, V0708,
                   "%s: in the column %s, %s may be two numbers, and no number of the file tells "
                   "which: add --decimals point or --decimals comma",
                   path, c->header, c->tally.differs_at);
}

/* Several words in a cell, such as "Horses;Greyhound", are a choice, and no ids. */
static bool holds_ids(const struct column *c) {
  size_t n = strlen(c->name);
  return c->field ? c->field->role == ROLE_ACCOUNT : n > 4 && strcmp(c->name + n - 4, "_ids") == 0;
}

static void decide_kind(struct column *c) {
  const struct tally *t = &c->tally;
  c->is = kind_of(c);
  c->serial = c->is == IS_DAY && t->n && !fits(c, IS_DAY, more(t->days[0], t->days[1]));
  c->utc = strstr(c->header, "(UTC)") != NULL || strstr(c->header, "(GMT)") != NULL;
  c->person = (c->field && c->field->kind == FIELD_PERSON) ||
              (c->is == IS_TEXT && !c->field && t->n && nearly(t->addresses, t->n));
  c->list = c->is == IS_TEXT && t->lists && holds_ids(c) && nearly(t->lists + t->ids, t->n);
  c->dropped = c->is == IS_EMPTY && !*c->header;
}

bool columns_decide(struct column *columns, size_t n, struct file_habits *habits, const char *path,
                    struct arena *a, struct diags *problems) {
  bool ok = true;
  for (size_t i = 0; i < n; i++) decide_kind(&columns[i]);
  learn_habits(columns, n, habits, a);
  for (size_t i = 0; i < n && ok; i++)
    if (columns[i].is == IS_DAY && !columns[i].serial)
      ok = decide_order(&columns[i], habits, path, problems);
  bool days = ok;
  ok = true;
  for (size_t i = 0; i < n && ok; i++)
    if (columns[i].is == IS_NUMBER) ok = decide_point(&columns[i], habits, path, problems);
  return days && ok;
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
                      : cell_day(cell, c->order, &c->tally.hints[c->order], &m);
  if (!is) return misfit(c, cell, row, a);
  if (m.as_is && (!m.timed || has_offset(cell) || !c->utc)) return kept_text(cell->text, cell->n);
  bool epoch = c->serial && cell->n >= EPOCH_DIGITS;
  return keep_moment(c, &m, c->utc || epoch);
}

static struct kept_cell keep_currency(struct column *c, const struct sheet_cell *cell) {
  struct amount_cell amount;
  const char *code = NULL;
  if (cell_number(cell, c->point, &amount) && amount.currency) {
    code = currency_from_code(amount.currency, amount.n_currency);
    if (!code) code = currency_from_symbol(amount.currency, amount.n_currency);
  }
  return code ? kept_text(code, strlen(code)) : (struct kept_cell){.as = KEPT_NOTHING};
}

struct kept_cell column_keep(struct column *c, const struct sheet_cell *cell, long row,
                             struct arena *a) {
  struct amount_cell amount;
  bool flag;
  if (cell_is_nothing(cell)) return (struct kept_cell){.as = KEPT_NOTHING};
  if (c->of_currency) return keep_currency(c, cell);
  switch (c->is) {
    case IS_EMPTY: return (struct kept_cell){.as = KEPT_NOTHING};
    case IS_TEXT: return kept_text(cell->text, cell->n);
    case IS_DAY: return keep_day(c, cell, row, a);
    case IS_FLAG:
      if (!cell_flag(cell, &flag)) return misfit(c, cell, row, a);
      return (struct kept_cell){.as = KEPT_NUMBER, .number = flag};
    case IS_NUMBER:
      if (!cell_number(cell, c->point, &amount)) return misfit(c, cell, row, a);
      return (struct kept_cell){.as = KEPT_NUMBER, .number = amount.value};
  }
  UNREACHABLE("a kind of column");
}
