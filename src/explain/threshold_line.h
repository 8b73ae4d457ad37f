/* Which line of a threshold counts. */
#ifndef VIGIE_THRESHOLD_LINE_H
#define VIGIE_THRESHOLD_LINE_H

#include "sema/ruleset.h"

/* The latest line of a segment (NULL: the base) or entry that has come by the day; NULL: none
 * has. */
const struct threshold_line *threshold_line_on(const struct threshold *t, const struct segment *s,
                                               const char *entry, day_t day);
/* How particular a segment is: 1, and one more for each segment around it; 0 for the base. */
int segment_rank(const struct segment *s);

#endif
