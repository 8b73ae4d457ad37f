/* Fiscal periods that a table lists: 4-4-5 weeks, 13 periods, years of 52 or 53 weeks. In: a row a
 * period. Out: a checked list in the calendar, and the days of a fiscal month, quarter or year. */
#ifndef VIGIE_FISCAL_H
#define VIGIE_FISCAL_H

#include "base/date.h"
#include "base/diag.h"

/* One row of the table. */
struct fiscal_period {
  day_t first, last; /* both inclusive; last DAY_NONE: up to the day before the next row's first */
  int year, quarter, part; /* FY2026, 1..4 (0: the table names none), 1..13 within the year */
};

/* The numbers of a year ("2026", "FY26"), a quarter ("3", "Q3", "FY2026-Q3") and a period ("7",
 * "P07", "2026-07"): the digits at the end. False: there are none, or they are out of bounds. */
bool fiscal_number(const char *text, int least, int most, int *out);
bool fiscal_year_number(const char *text, int *out);

/* Checks n rows in any order, sorts them, and gives them to the calendar, which must name the
 * table (c->fiscal_table). Years must be whole unless it is an excerpt, a test's. Rows without a
 * last day: the last one only says where the one before it ends. False: problems say what is wrong
 * with the table (V0517), and the calendar is as it was. The rows stay the caller's. */
bool calendar_set_fiscal(struct calendar *c, struct arena *a, const struct fiscal_period *rows,
                         size_t n, bool excerpt, struct diags *problems);

/* The days of a fiscal period by the calendar's table, as for period_find; p is a fiscal one. */
bool fiscal_find(const struct period *p, day_t today, const struct calendar *c,
                 struct dayrange *out);
/* The row in which a day lies; NULL: none does. */
const struct fiscal_period *fiscal_of_day(const struct calendar *c, day_t d);

/* Why a day has no fiscal period, for a reader: which table, which days it covers. In the arena. */
const char *fiscal_outside(const struct calendar *c, const struct period *p, day_t day,
                           struct arena *a);

#endif
