/* The days of a table. In: columns of days. Out: the last one before a day, and the gaps. */
#include "eval/day_set.h"

#include <math.h>

enum { YEAR = 365 };

static void add(struct day_set *s, int64_t at) {
  if (at >= 0 && at < DAY_SET_DAYS) bit_set(s->days, (size_t)at);
}

/* Rows that follow each other often have the same day: that is added once. */
void day_set_add(struct day_set *s, const struct column *c, size_t n) {
  double last = NAN;
  for (size_t i = 0; i < n; i++) {
    if (c->num[i] == last || !bit_get(c->valid, i)) continue;
    last = c->num[i];
    add(s, (int64_t)last - DAY_SET_FIRST);
  }
}

void day_set_add_moments(struct day_set *s, const struct column *began, size_t n) {
  double last = NAN;
  for (size_t i = 0; i < n; i++) {
    if (began->num[i] == last || !bit_get(began->valid, i)) continue;
    last = began->num[i];
    add(s, (int64_t)moment_day(last) - DAY_SET_FIRST);
  }
}

void day_set_join(struct day_set *s, const struct day_set *other) {
  for (size_t w = 0; w < DAY_SET_DAYS / 64; w++) s->days[w] |= other->days[w];
}

static bool has(const struct day_set *s, int64_t at) {
  return at >= 0 && at < DAY_SET_DAYS && bit_get(s->days, (size_t)at);
}

day_t day_set_last(const struct day_set *s, day_t day) {
  int64_t at = (int64_t)day - DAY_SET_FIRST;
  if (at >= DAY_SET_DAYS) at = DAY_SET_DAYS - 1;
  while (at >= 0 && !has(s, at)) at -= at % 64 == 63 && !s->days[at / 64] ? 64 : 1;
  return at < 0 ? DAY_NONE : (day_t)(at + DAY_SET_FIRST);
}

int day_set_longest_gap(const struct day_set *s, day_t newest, int *n) {
  int64_t last = (int64_t)newest - DAY_SET_FIRST, later = last;
  int longest = 0;
  *n = 0;
  for (int64_t at = last; at > last - YEAR; at--) {
    if (!has(s, at)) continue;
    if (later - at > longest) longest = (int)(later - at);
    later = at;
    ++*n;
  }
  return longest;
}
