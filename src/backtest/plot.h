/* A plot of a count over the days of a replay, for a terminal. */
#ifndef VIGIE_PLOT_H
#define VIGIE_PLOT_H

#include <stdio.h>

#include "base/arena.h"
#include "base/date.h"

struct plot {
  const day_t *days; /* ascending */
  const long *counts;
  size_t n;
  int width; /* of the terminal */
};

/* Bars of eighths of a line, the counts at the left, the months below. Where there are more days
 * than columns, a column is the most of its days. Nothing for counts that are all 0. */
void plot_print(FILE *f, const struct plot *p, struct arena *a);

#endif
