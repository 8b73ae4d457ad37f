/* `settled when` that reads `opened`: each item decides it for itself.
 *
 * Rows do not have the day on which an item opened, and on the days of a backtest nobody knows it
 * yet when they are judged. So what rows have of the condition, its parts without `opened`, is
 * computed as ever, as columns; the rest is decided here, from their values and the day. */
#ifndef VIGIE_OPENED_H
#define VIGIE_OPENED_H

#include "base/vec.h"
#include "judge/verdict.h"
#include "sema/ruleset.h"

/* The parts of the condition that rows have, outermost, in the order in which they are written. */
void parts_of_rows(struct arena *a, const struct term *condition, term_list *out);

/* Is the condition true on the day for an item that opened on `opened`? values: of those parts. */
bool settled_since(const struct calendar *c, day_t day, const struct term *condition,
                   const struct value *values, day_t opened);

#endif
