/* Fiscal periods that a table lists. In: its rows. Out: whether they follow each other, and the
 * days of a fiscal month, quarter or year. */
#include "base/fiscal.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/limits.h"

/* ---- numbers --------------------------------------------------------------------------- */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* The digits at the end of a text; 0: it ends with none. */
static size_t digits_at_end(const char *text) {
  size_t n = strlen(text), k = 0;
  while (k < n && is_digit(text[n - 1 - k])) k++;
  return k;
}

bool fiscal_number(const char *text, int least, int most, int *out) {
  size_t n = strlen(text), k = digits_at_end(text);
  if (!k || k > 2 || (n > k && text[n - k - 1] == '.')) return false; /* 1.5 is none */
  *out = atoi(text + n - k);
  return *out >= least && *out <= most;
}

enum { CENTURY = 2000 };

bool fiscal_year_number(const char *text, int *out) {
  size_t n = strlen(text), k = digits_at_end(text);
  /* 2025/26 names two years: nothing says which of them the year is called by */
  for (size_t i = 0; i + k < n; i++)
    if (is_digit(text[i])) return false;
  if (k != 2 && k != 4) return false;
  *out = atoi(text + n - k) + (k == 2 ? CENTURY : 0);
  return *out >= 1;
}

/* ---- the rows ---------------------------------------------------------------------------- */

struct checked {
  const struct calendar *c;
  struct fiscal_period *v;
  size_t n;
  struct arena *a;
  struct diags *problems;
};

static const char *name_of(const struct checked *x, const struct fiscal_period *p) {
  return arena_printf(x->a, "FY%04d-M%02d", p->year, p->part);
}

static const char *day_of(const struct checked *x, day_t d) {
  char text[16];
  return arena_strdup(x->a, day_text(d, text));
}

static int by_first_day(const void *a, const void *b) {
  const struct fiscal_period *x = a, *y = b;
  if (x->first != y->first) return x->first < y->first ? -1 : 1;
  return x->year * 100 + x->part - (y->year * 100 + y->part);
}

#define REFUSE(x, fmt, ...) \
  diag_fail((x)->problems, V0517, "%s: " fmt, (x)->c->fiscal_table, __VA_ARGS__)

static bool follows_in_time(struct checked *x, struct fiscal_period *p,
                            const struct fiscal_period *next) {
  if (p->last == DAY_NONE) p->last = next->first - 1;
  if (p->last < p->first)
    return next->first == p->first ? REFUSE(x, "%s and %s begin on one day, %s", name_of(x, p),
                                            name_of(x, next), day_of(x, p->first))
                                   : REFUSE(x, "%s ends on %s, before it begins on %s",
                                            name_of(x, p), day_of(x, p->last), day_of(x, p->first));
  if (p->last >= next->first)
    return REFUSE(x, "%s, which ends on %s, and %s, which begins on %s, overlap", name_of(x, p),
                  day_of(x, p->last), name_of(x, next), day_of(x, next->first));
  if (p->last + 1 < next->first)
    return REFUSE(x,
                  "between %s, which ends on %s, and %s, which begins on %s, are days without "
                  "a period",
                  name_of(x, p), day_of(x, p->last), name_of(x, next), day_of(x, next->first));
  return true;
}

static bool follows_in_name(struct checked *x, const struct fiscal_period *p,
                            const struct fiscal_period *next) {
  bool same_year = next->year == p->year;
  if (same_year ? next->part != p->part + 1 : next->year != p->year + 1 || next->part != 1)
    return REFUSE(x,
                  "%s begins on %s and %s on %s: the periods of a year are numbered from 1 on, "
                  "without a jump",
                  name_of(x, p), day_of(x, p->first), name_of(x, next), day_of(x, next->first));
  int step = next->quarter - p->quarter;
  if (same_year ? step < 0 || step > 1 : next->quarter > 1)
    return REFUSE(x, "%s lies in quarter %d, and the next period, %s, in quarter %d", name_of(x, p),
                  p->quarter, name_of(x, next), next->quarter);
  return true;
}

static int periods_of(const struct checked *x, int year) {
  int n = 0;
  for (size_t i = 0; i < x->n; i++) n += x->v[i].year == year;
  return n;
}

enum { LEAST_A_YEAR = 12 };

/* A year is over where the next one begins; the last has as many periods as the one before it. */
static bool years_are_whole(struct checked *x) {
  const struct fiscal_period *first = &x->v[0], *last = &x->v[x->n - 1];
  if (first->part != 1 || first->quarter > 1)
    return REFUSE(x, "it begins with %s: its first row must be the first period of a year",
                  name_of(x, first));
  int has = periods_of(x, last->year), before = periods_of(x, last->year - 1);
  int needs = before ? before : LEAST_A_YEAR;
  if (has >= needs) return true;
  return REFUSE(x, "FY%04d has only %d of %d periods: add the others, up to the end of the year",
                last->year, has, needs);
}

/* Rows without a last day: the last of them only closes the one before it. */
static bool close_last(struct checked *x) {
  struct fiscal_period *last = &x->v[x->n - 1];
  if (last->last != DAY_NONE)
    return last->last >= last->first ||
           REFUSE(x, "%s ends on %s, before it begins on %s", name_of(x, last),
                  day_of(x, last->last), day_of(x, last->first));
  if (--x->n) return true;
  return REFUSE(x, "%s stands alone, and nothing says on which day it ends", name_of(x, last));
}

bool calendar_set_fiscal(struct calendar *c, struct arena *a, const struct fiscal_period *rows,
                         size_t n, bool excerpt, struct diags *problems) {
  struct checked x = {c, NEW_N(a, struct fiscal_period, n + 1), n, a, problems};
  CHECK(c->fiscal_table);
  if (!n) return REFUSE(&x, "%s", "it holds no fiscal periods");
  memcpy(x.v, rows, n * sizeof *rows);
  qsort(x.v, n, sizeof *x.v, by_first_day);
  for (size_t i = 0; i + 1 < n; i++)
    if (!follows_in_time(&x, &x.v[i], &x.v[i + 1]) || !follows_in_name(&x, &x.v[i], &x.v[i + 1]))
      return false;
  if (!close_last(&x) || (!excerpt && !years_are_whole(&x))) return false;
  for (size_t i = 1; i < x.n; i++) CHECK(x.v[i - 1].last + 1 == x.v[i].first);
  c->fiscal = x.v;
  c->n_fiscal = x.n;
  return true;
}

/* ---- days -------------------------------------------------------------------------------- */

const struct fiscal_period *fiscal_of_day(const struct calendar *c, day_t d) {
  size_t low = 0, high = c->n_fiscal;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (c->fiscal[middle].last < d) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < c->n_fiscal && c->fiscal[low].first <= d ? &c->fiscal[low] : NULL;
}

static bool in_one(enum period_unit u, const struct fiscal_period *a,
                   const struct fiscal_period *b) {
  if (u == PU_FMONTH) return a == b;
  return a->year == b->year && (u == PU_FYEAR || a->quarter == b->quarter);
}

/* The rows of the period of a unit in which row i lies: the first, and the one after the last. */
static void bounds(const struct calendar *c, enum period_unit u, size_t i, size_t *from,
                   size_t *to) {
  size_t first = i, after = i + 1;
  while (first > 0 && in_one(u, &c->fiscal[first - 1], &c->fiscal[i])) first--;
  while (after < c->n_fiscal && in_one(u, &c->fiscal[after], &c->fiscal[i])) after++;
  *from = first;
  *to = after;
}

static bool is_named(const struct period *p, const struct fiscal_period *row) {
  return row->year == p->year &&
         (p->unit == PU_FYEAR ||
          (p->unit == PU_FMONTH ? row->part == p->part : row->quarter == p->part));
}

bool fiscal_find(const struct period *p, day_t today, const struct calendar *c,
                 struct dayrange *out) {
  CHECK(period_unit_is_fiscal(p->unit) && c->fiscal_table);
  CHECK(p->kind == PERIOD_FIXED || p->kind == PERIOD_RELATIVE);
  size_t i = 0, from, to;
  if (p->kind == PERIOD_FIXED) {
    while (i < c->n_fiscal && !is_named(p, &c->fiscal[i])) i++;
  } else {
    const struct fiscal_period *row = fiscal_of_day(c, today);
    i = row ? (size_t)(row - c->fiscal) : c->n_fiscal;
  }
  if (i == c->n_fiscal) return false;
  bounds(c, p->unit, i, &from, &to);
  int step = p->kind == PERIOD_RELATIVE ? p->step : 0;
  if ((step < 0 && !from) || (step > 0 && to == c->n_fiscal)) return false;
  if (step) bounds(c, p->unit, step < 0 ? from - 1 : to, &from, &to);
  *out = (struct dayrange){c->fiscal[from].first, c->fiscal[to - 1].last};
  return true;
}

const char *fiscal_outside(const struct calendar *c, const struct period *p, day_t day,
                           struct arena *a) {
  char text[32], on[16], from[16], to[16];
  if (!c->n_fiscal)
    return arena_printf(a,
                        "`%s` is a period of the table \"%s\", which a test does not read: give "
                        "its rows with `given calendar start, through, period, quarter, year`",
                        period_text(p, text), c->fiscal_table);
  const char *name =
      p->kind == PERIOD_FIXED || p->step ? period_text(p, text) : period_unit_name(p->unit);
  const char *what = p->kind == PERIOD_FIXED
                         ? arena_printf(a, "there is no %s", name)
                         : arena_printf(a, "there is no %s on %s", name, day_text(day, on));
  return arena_printf(a, "%s: %s: its periods run from %s to %s", c->fiscal_table, what,
                      day_text(c->fiscal[0].first, from),
                      day_text(c->fiscal[c->n_fiscal - 1].last, to));
}
