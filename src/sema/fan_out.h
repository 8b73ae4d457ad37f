/* A number of another row that is counted once for each row: asked by those who look at parts of a
 * value. */
#ifndef VIGIE_FAN_OUT_H
#define VIGIE_FAN_OUT_H

#include "sema/ruleset.h"

/* The first number of another row, or of the company, of which a value is made, when it is made of
 * no number of its own row. NULL: it is none of
 * these. Constants, thresholds and conditions are no such numbers. */
const struct term *repeated_number(struct ruleset *rs, const struct term *value);

#endif
