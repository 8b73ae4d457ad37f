/* Sets of values: what a comparison leaves of a number, a day, a text.
 *
 * A set is a union of intervals of numbers, or a list of texts, or all texts but those of a list.
 * Sets live in the arena given. */
#ifndef VIGIE_LINT_RANGE_H
#define VIGIE_LINT_RANGE_H

#include <stdbool.h>

#include "base/vec.h"

struct interval {
  double lo, hi;
  bool lo_open, hi_open;
};

struct set {
  bool text;                  /* a set of texts, not of numbers */
  VEC(struct interval) parts; /* sorted, disjoint */
  VEC(const char *) names;    /* texts */
  bool but;                   /* all texts but names */
};

struct set set_all(bool text);
struct set set_interval(struct arena *a, double lo, bool lo_open, double hi, bool hi_open);
struct set set_point(struct arena *a, double v);
struct set set_text(struct arena *a, const char *text);
/* Of one of them each; points are sorted where they stand. */
struct set set_points(struct arena *a, double *v, size_t n);
struct set set_texts(struct arena *a, const char *const *texts, size_t n);
struct set set_not(struct arena *a, const struct set *s);
struct set set_and(struct arena *a, const struct set *x, const struct set *y);
struct set set_or(struct arena *a, const struct set *x, const struct set *y);
bool set_empty(const struct set *s);
bool set_within(const struct set *x, const struct set *y); /* x has nothing that y has not */
/* Only whole numbers remain: bounds move to the nearest one inside. */
struct set set_whole(struct arena *a, const struct set *s);

#endif
