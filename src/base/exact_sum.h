/* Sums of numbers with decimals that come out the same whatever the order of what is added: what
 * rounding takes away is kept beside the sum (TwoSum of Knuth) and added at the end. So rows that
 * lie on one machine or on several give the same bytes; only where more than some 2^50 of the last
 * digits cancel out could two orders still differ. */
#ifndef VIGIE_EXACT_SUM_H
#define VIGIE_EXACT_SUM_H

#include <math.h>

static inline void exact_add(double *sum, double *rest, double v) {
  double s = *sum, t = s + v, z = t - s;
  *rest += (s - (t - z)) + (v - z);
  *sum = t;
}

/* Past all numbers the rest is none. */
static inline double exact_sum(double sum, double rest) {
  return isfinite(rest) ? sum + rest : sum;
}

#endif
