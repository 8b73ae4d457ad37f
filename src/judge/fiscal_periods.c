/* The fiscal periods of the calendar. In: the table it names. Out: its rows in the rule set's
 * calendar, checked. */
#include "base/fiscal.h"

#include "base/text.h"
#include "judge/judge.h"

enum { START, PERIOD, YEAR, MOST_COLUMNS = 5, QUARTERS = 4, PERIODS = 13 };

struct fiscal_rows {
  struct ruleset *rs;
  struct diags *problems;
  int end, quarter; /* columns of the scan; -1: none */
  size_t row;       /* read so far */
  VEC(struct fiscal_period) list;
};

static bool refuse(const struct fiscal_rows *x, const char *column, const struct str *text,
                   const char *wanted) {
  return diag_fail(x->problems, V0517, "%s: in row %zu the column %s holds %s%.60s%s: %s",
                   x->rs->fiscal.table, x->row, column, text ? "\"" : "",
                   text ? text->s : "nothing", text ? "\"" : "", wanted);
}

static const struct str *text_at(const struct batch *b, int column, size_t i) {
  return bit_get(b->columns[column].valid, i) ? b->columns[column].txt[i] : NULL;
}

static bool take_numbers(struct fiscal_rows *x, const struct batch *b, size_t i,
                         struct fiscal_period *p) {
  const struct fiscal_source *f = &x->rs->fiscal;
  const struct str *year = text_at(b, YEAR, i), *part = text_at(b, PERIOD, i);
  const struct str *quarter = x->quarter < 0 ? NULL : text_at(b, x->quarter, i);
  if (!year || !fiscal_year_number(year->s, &p->year))
    return refuse(x, f->year, year, "a fiscal year is written 2026 or FY2026");
  if (!part || !fiscal_number(part->s, 1, PERIODS, &p->part))
    return refuse(x, f->period, part,
                  "a period is written with its number in the year, 1 to 13: 3, P03 or 2026-03");
  if (x->quarter >= 0 && (!quarter || !fiscal_number(quarter->s, 1, QUARTERS, &p->quarter)))
    return refuse(x, f->quarter, quarter, "a quarter is written 1 to 4, Q1 or 2026-Q1");
  return true;
}

static bool take_row(struct fiscal_rows *x, const struct batch *b, size_t i) {
  const struct fiscal_source *f = &x->rs->fiscal;
  struct fiscal_period p = {.last = DAY_NONE};
  x->row++;
  if (!bit_get(b->columns[START].valid, i))
    return refuse(x, f->start, NULL, "each period has a first day");
  p.first = (day_t)b->columns[START].num[i];
  if (x->end >= 0) {
    if (!bit_get(b->columns[x->end].valid, i))
      return refuse(x, f->end, NULL, "each period has an end");
    p.last = (day_t)b->columns[x->end].num[i] - !f->through;
  }
  if (!take_numbers(x, b, i, &p)) return false;
  VEC_PUSH(x->rs->arena, &x->list, p);
  return true;
}

static bool take_rows(void *ctx, const struct batch *b) {
  struct fiscal_rows *x = ctx;
  for (size_t i = 0; i < b->n; i++)
    if (!take_row(x, b, i)) return false;
  return true;
}

bool load_fiscal_periods(struct ruleset *rs, struct dataset *dataset, struct diags *problems) {
  const struct fiscal_source *f = &rs->fiscal;
  if (!f->table) return true;
  struct fiscal_rows x = {.rs = rs, .problems = problems, .end = -1, .quarter = -1};
  struct scan_column c[MOST_COLUMNS] = {
      [START] = {.column = f->start, .kind = CELL_DATE, .what = "start", .form = f->form},
      [PERIOD] = {.column = f->period, .kind = CELL_TEXT, .what = "period"},
      [YEAR] = {.column = f->year, .kind = CELL_TEXT, .what = "year"}};
  size_t n = YEAR + 1;
  if (f->quarter) {
    x.quarter = (int)n;
    c[n++] = (struct scan_column){.column = f->quarter, .kind = CELL_TEXT, .what = "quarter"};
  }
  if (f->end) {
    x.end = (int)n;
    c[n++] =
        (struct scan_column){.column = f->end, .kind = CELL_DATE, .what = "end", .form = f->form};
  }
  struct scan s = {.table = f->table,
                   .columns = c,
                   .n_columns = n,
                   .key_column = -1,
                   .tz = rs->tz,
                   .take = take_rows,
                   .ctx = &x};
  return dataset_scan(dataset, &s, problems) &&
         calendar_set_fiscal(&rs->calendar, rs->arena, x.list.v, x.list.n, false, problems);
}
