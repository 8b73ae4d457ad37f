/* Range events: what was added to ranges of members, kept as it came, for many target rows and many
 * members of which each row meets few. Members are then read one after the other: the next one is
 * the one before, with what begins there and without what ended.
 *
 * Taking away is exact for whole numbers (counts, money in its smallest unit) alone: others are
 * refused. */
#ifndef VIGIE_RANGE_EVENTS_H
#define VIGIE_RANGE_EVENTS_H

#include "eval/range_sums.h"

struct range_events;

struct range_events *range_events_new(int members, size_t rows);
void range_events_free(struct range_events *x); /* NULL is fine */
/* To the members [from, to) of a target row; from < to. */
void range_events_add(struct range_events *x, size_t row, int from, int to, struct range_sum s);
/* As range_sums_combine. */
void range_events_combine(struct range_events *x, const struct range_events *from,
                          const int32_t *rows);
/* Something could not be kept: a number with decimals, or more than RANGE_EVENTS_MAX. Nothing of x
 * may be read then. */
bool range_events_refused(const struct range_events *x);
/* Once, when all is added. */
void range_events_finish(struct range_events *x);
/* By target row; it holds until the next call. Cheap for a member after the one before. */
const struct range_column *range_events_member(struct range_events *x, int member);

#endif
