/* A plot of a number over days, for a terminal. */
#ifndef VIGIE_BASE_PLOT_H
#define VIGIE_BASE_PLOT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/date.h"

struct plot {
  const day_t *days;    /* ascending */
  const double *values; /* as people read them: 12.5 for 12.5%; NAN: not known, and left blank */
  size_t n;
  const char *unit; /* behind the numbers at the left: "%"; "": none */
  bool from_zero;   /* counts and money; else the lowest line is just below the least value */
  int width;        /* of the terminal */
};

/* Bars of eighths of a line, the numbers at the left, the months below. Where there are more days
 * than columns, a column is the most of its days; where there are few, a day is several columns.
 * Nothing for values that are all 0, or of which none is known. */
void plot_print(FILE *f, const struct plot *p, struct arena *a);
/* One bar a value, between the least and the most of them; NAN: not known, and a dot. In the
 * arena. */
const char *plot_sparkline(const double *values, size_t n, struct arena *a);

#endif
