/* The charts of the page: SVG with a viewBox, in classes of page.css alone, so that dark and print
 * need no second picture. Each has a sentence for who cannot see it. */
#ifndef VIGIE_REPORT_SVG_H
#define VIGIE_REPORT_SVG_H

#include "report/html.h"

/* ---- svg_lines.c: a few lines over days, each named beside its end ---------------------- */

enum { SVG_REFS_MAX = 3 };

struct svg_line {
  const char *name;       /* beside the last value; "" for the only line */
  bool red;               /* its band is */
  const struct value *at; /* one a day */
};
struct svg_ref {     /* a dashed line: what is not to be crossed, or to be reached */
  const char *text;  /* "floor 100%" */
  const char *class; /* "floor", "goal" */
  double at;         /* in the unit of the values */
};
struct svg_lines {
  const char *title;
  const day_t *days;
  size_t n_days;
  struct svg_line lines[REPORT_LINES_MAX];
  size_t n_lines;
  struct svg_ref refs[SVG_REFS_MAX];
  size_t n_refs;
  bool from_zero;
};
/* False: no value is known, and nothing was drawn. */
bool svg_lines(struct html *h, const struct svg_lines *x);

/* ---- svg_bars.c: one bar in a cell ------------------------------------------------------ */

/* From one share of the whole width to another (0 to 1). */
struct svg_span {
  double from, to;
  const char *class;
};
/* Spans, then ticks (levels), over a hairline at `one` (below 0: none). */
void svg_bar(struct html *h, const struct svg_span *spans, size_t n, double tick, double one);

/* ---- svg_renewals.c: stems, day by amount ----------------------------------------------- */

/* Wide: with months, sums and names; else for small screens. */
void svg_renewals(struct html *h, const struct renewals *x, bool wide);

#endif
