/* A condition with what stands behind its names: its segments, and the lines of its thresholds that
 * are in force on a day. */
#ifndef VIGIE_SPELLED_H
#define VIGIE_SPELLED_H

#include "sema/ruleset.h"

/* A term that is true exactly where t is true; `not_true`: exactly where t is false. They are asked
 * apart, because a value that is not known makes neither true: where it cannot be told in which
 * segment a row is, its threshold is not known, and so is what is compared with it. Thresholds
 * within a formula, a sum or a stretch of days stay as they are. In the arena. */
struct term *spelled_out(const struct term *t, bool not_true, day_t day, struct arena *a);

#endif
