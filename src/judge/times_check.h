/* Times that may move their days. A day is exported as midnight in UTC, and becomes the day before
 * west of Greenwich; a time of UTC without an offset is taken for one of the company. */
#ifndef VIGIE_TIMES_CHECK_H
#define VIGIE_TIMES_CHECK_H

#include "data/dataset.h"
#include "sema/ruleset.h"

struct times_check;

/* Of a scan's columns, which outlive it; it lives in the rule set's arena. */
struct times_check *times_check_new(struct ruleset *rs, const struct scan_column *columns,
                                    size_t n);
/* Takes a row as it is stored: a scan's `look`. */
void times_check_look(void *ctx, const struct raw_cell *row);
/* Warns (V0513), once all rows are taken. */
void times_check_report(const struct times_check *t, const char *table, struct diags *to);

#endif
