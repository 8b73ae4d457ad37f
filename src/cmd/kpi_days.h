/* The days of a KPI series, from --from, --to and --every. */
#ifndef VIGIE_KPI_DAYS_H
#define VIGIE_KPI_DAYS_H

#include "base/date.h"
#include "base/diag.h"
#include "base/vec.h"

typedef VEC(day_t) day_list;

/* A day, or the days of a period: 2024-01-31, 2024-01, 2024-W05, 2024-Q1, 2024, FY2024. False:
 * problems say what to write. */
bool days_of_bound(const struct calendar *c, const char *text, struct dayrange *out,
                   struct diags *problems);

/* From the anchor in steps, each counted from the anchor, so that the 31st stays at month ends
 * (2024-01-31, 2024-02-29, 2024-03-31). A month, quarter or year (2024-01, 2024-Q1, 2024, FY2024)
 * stands for its last day, and steps of months go from last day to last day. to NULL: last_day.
 * every: day, week, month, quarter, year; fiscal-month, -quarter and -year are the ends of such
 * periods, from that of --from on; NULL: a month, or the fiscal period of the calendar's table
 * with which the series begins. False: problems say what is wrong. */
bool kpi_days(const struct calendar *c, const char *from, const char *to, const char *every,
              day_t last_day, struct arena *a, day_list *out, struct diags *problems);

/* Of a series that steps by months from a day that not every month has (--from 2026-01-30), and not
 * from the end of a month: a sentence that says which day was taken; NULL for others. */
const char *kpi_days_warning(const char *from, const char *every, const day_list *days,
                             struct arena *a);

#endif
