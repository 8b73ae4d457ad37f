/* A value of a threshold written into its file, as one dated line. */
#ifndef VIGIE_TUNE_WRITE_H
#define VIGIE_TUNE_WRITE_H

#include "backtest/tune.h"
#include "cmd/args.h"

/* Adds `from DAY = VALUE because "…"` under the threshold of the tuning, after asking; the day and
 * the reason are those of args. The files are read again afterwards: where they are not valid any
 * more, the line is taken back. What was done or refused is printed. Returns the exit status;
 * nothing is changed unless it is EXIT_CLEAN. */
int tune_write(const struct args *args, struct ruleset *rs, const struct tuning *t,
               const char *value, struct arena *a);

#endif
