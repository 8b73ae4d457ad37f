/* After the meeting: the day of the review, written at the thresholds. */
#ifndef VIGIE_REVIEW_DONE_H
#define VIGIE_REVIEW_DONE_H

#include "cmd/args.h"
#include "sema/ruleset.h"

/* Writes `reviewed DAY` at every threshold with a `review` clause, after asking, and nothing else;
 * a threshold that was reviewed on a later day keeps it.
 * The files are read again afterwards: where they are not valid any more, all of them are as they
 * were. What was done or refused is printed. Returns the exit status. */
int review_done(const struct args *args, struct ruleset *rs, day_t day, struct arena *a);

#endif
