/* Kept histories: the records of an attribute without ends, read once for all days of a request and
 * kept in the order of their days. A day's column is that of the day before with the records that
 * began since, so a year of days costs each record once, and no table is read twice. */
#ifndef VIGIE_KEPT_HISTORY_H
#define VIGIE_KEPT_HISTORY_H

#include "eval/evaluation.h"

struct kept_history;

/* For days from `first` to `last` of the attribute's rows. Free it with kept_history_free. */
struct kept_history *kept_history_new(const struct attr *attr, enum column_kind kind, size_t rows,
                                      day_t first, day_t last);
void kept_history_free(struct kept_history *x); /* NULL is fine */
/* Value i of the column, of a record of the row that began then. */
void kept_history_add(struct kept_history *x, size_t row, double began, const struct column *v,
                      size_t i);
/* There were more than HISTORY_KEPT_MAX: nothing of x may be read. */
bool kept_history_refused(const struct kept_history *x);
/* Once, when all is added. */
void kept_history_finish(struct kept_history *x);
/* The column of the day, `first` at least and `last` at most, into *out, which is empty; rows whose
 * value is no value because two records of one time differ are added to ties. Cheap for a day after
 * the one before. */
void kept_history_day(struct kept_history *x, day_t day, struct materialised *out, uint64_t *ties);

#endif
