/* The days on which a table has rows: 22 kilobytes for five centuries. */
#ifndef VIGIE_DAY_SET_H
#define VIGIE_DAY_SET_H

#include "base/date.h"
#include "base/date_civil.h"
#include "data/column.h"

enum { DAY_SET_FIRST = -36524, DAY_SET_DAYS = 178048 }; /* 1870-01-01, and the days from it on */

static inline day_t moment_day(double moment) {
  return (day_t)floor_div((int64_t)moment, MICROSECONDS_A_DAY);
}

struct day_set {
  uint64_t days[DAY_SET_DAYS / 64];
};

/* Adds the known days of a column of n rows. Days outside of them are left out. */
void day_set_add(struct day_set *s, const struct column *c, size_t n);
/* The days of moments. */
void day_set_add_moments(struct day_set *s, const struct column *began, size_t n);
void day_set_join(struct day_set *s, const struct day_set *other);
/* The last day on or before `day`; DAY_NONE: none. */
day_t day_set_last(const struct day_set *s, day_t day);
/* How often the table is filled, as seen from its day `newest`: the longest gap between two of its
 * days in the year that ends then, in days; *n: how many days it has in that year. */
int day_set_longest_gap(const struct day_set *s, day_t newest, int *n);

#endif
