/* The company's calendar: business days and steps through time. In: a day and a duration. Out: a
 * day. */
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/date.h"
#include "base/date_civil.h"
#include "base/limits.h"

enum { FRIDAY = 5, WORKDAYS_A_WEEK = 5, LAST_DAY = 31 };

void calendar_init(struct calendar *c) {
  *c = (struct calendar){.fy_month = 1, .fy_day = 1, .week_start = 1};
}

static int compare_days(const void *a, const void *b) {
  day_t x = *(const day_t *)a, y = *(const day_t *)b;
  return (x > y) - (x < y);
}

void calendar_set_holidays(struct calendar *c, struct arena *a, const day_t *days, size_t n) {
  day_t *sorted = NEW_N(a, day_t, n);
  size_t kept = 0;
  for (size_t i = 0; i < n; i++)
    if (days[i] != DAY_NONE) sorted[kept++] = days[i];
  qsort(sorted, kept, sizeof *sorted, compare_days);
  size_t unique = 0;
  for (size_t i = 0; i < kept; i++)
    if (unique == 0 || sorted[unique - 1] != sorted[i]) sorted[unique++] = sorted[i];
  for (size_t i = 1; i < unique; i++) CHECK(sorted[i - 1] < sorted[i]);
  c->holidays = sorted;
  c->n_holidays = unique;
}

/* How many holidays lie before the day: also the index of the first one that does not. */
static size_t holidays_before(const struct calendar *c, int64_t d) {
  size_t low = 0, high = c->n_holidays;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (c->holidays[middle] < d) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

bool calendar_is_business(const struct calendar *c, day_t d) {
  if (day_weekday(d) > FRIDAY) return false;
  size_t i = holidays_before(c, d);
  return i == c->n_holidays || c->holidays[i] != d;
}

/* Holidays from first to last that are no weekend days anyway. */
static int64_t lost_workdays(const struct calendar *c, int64_t first, int64_t last) {
  int64_t lost = 0;
  for (size_t i = holidays_before(c, first); i < c->n_holidays && c->holidays[i] <= last; i++)
    lost += day_weekday(c->holidays[i]) <= FRIDAY;
  return lost;
}

/* d moved by n > 0 weekdays, as if there were no holidays. */
static int64_t weekday_shift(day_t d, int64_t n, int sign) {
  int64_t weeks = n / WORKDAYS_A_WEEK, rest = n % WORKDAYS_A_WEEK, at = d;
  int weekday = day_weekday(d);
  /* Counting forward from a weekend is counting from its Friday; backward, from its Monday. */
  if (weekday > FRIDAY) at += sign > 0 ? FRIDAY - weekday : 8 - weekday;
  if (weekday > FRIDAY) weekday = sign > 0 ? FRIDAY : 1;
  bool over_weekend = sign > 0 ? weekday + rest > FRIDAY : weekday - rest < 1;
  return at + sign * (weeks * 7 + rest + (over_weekend ? 2 : 0));
}

/* Steps over weekdays, then makes up for the holidays met on the way, until none is met: the last
 * stretch has no holiday in it, so it ends on a business day. */
static day_t business_shift(const struct calendar *c, day_t d, int64_t n, int sign) {
  while (n > 0) {
    int64_t to = weekday_shift(d, n, sign);
    if (to <= DAY_MIN || to >= DAY_MAX) return day_clamp(to);
    n = sign > 0 ? lost_workdays(c, (int64_t)d + 1, to) : lost_workdays(c, to, (int64_t)d - 1);
    d = (day_t)to;
  }
  return d;
}

day_t day_shift(const struct calendar *c, day_t d, struct duration by, int sign) {
  if (d == DAY_NONE) return DAY_NONE;
  d = day_clamp(d);
  int64_t n = by.n;
  if (n < 0) {
    n = -n;
    sign = -sign;
  }
  if (by.unit == DUR_BDAY) return business_shift(c, d, n, sign);
  by.n = n > INT32_MAX ? INT32_MAX : (int32_t)n;
  if (!duration_is_months(by)) return day_clamp(d + (int64_t)sign * duration_days(by));
  int year, month, day;
  day_to_civil(d, &year, &month, &day);
  int64_t index = (int64_t)year * 12 + month - 1 + (int64_t)sign * duration_months(by);
  return day_clamp(month_days(index, day));
}

bool day_is_month_end(day_t d) {
  int year, month, day;
  day_to_civil(d, &year, &month, &day);
  return d == month_days((int64_t)year * 12 + month - 1, LAST_DAY);
}

/* d moved by months; the last day of a month stays one. */
static day_t month_end_shift(day_t d, int64_t months) {
  int year, month, day;
  day_to_civil(d, &year, &month, &day);
  int64_t index = (int64_t)year * 12 + month - 1 + months;
  return day_clamp(month_days(index, day_is_month_end(d) ? LAST_DAY : day));
}

day_t day_back(const struct calendar *c, day_t d, struct duration by) {
  if (d == DAY_NONE) return DAY_NONE;
  if (by.n < 0) return day_ahead(c, d, (struct duration){-by.n, by.unit});
  d = day_clamp(d);
  if (duration_is_months(by)) return month_end_shift(d, -(int64_t)duration_months(by));
  /* The nth business day up to d has n - 1 more after it; the day before it has n. */
  if (by.unit == DUR_BDAY && by.n > 0)
    return day_clamp((int64_t)business_shift(c, d + 1, by.n, -1) - 1);
  return day_shift(c, d, by, -1);
}

day_t day_ahead(const struct calendar *c, day_t d, struct duration by) {
  if (d == DAY_NONE) return DAY_NONE;
  if (by.n < 0) return day_back(c, d, (struct duration){-by.n, by.unit});
  return duration_is_months(by) ? month_end_shift(day_clamp(d), duration_months(by))
                                : day_shift(c, d, by, 1);
}

day_t day_moved(const struct calendar *c, day_t d, double length, enum dur_unit unit, int sign) {
  if (!(fabs(length) <= (double)DURATION_MAX * 12) || length != floor(length)) return DAY_NONE;
  struct duration by = {(int32_t)fabs(length), unit};
  int way = length < 0 ? -1 : 1;
  return sign == 0 && way > 0 ? day_ahead(c, d, by) : day_shift(c, d, by, sign ? way * sign : way);
}

/* Weekdays from 1970-01-01 (a Thursday) up to and with d. */
static int64_t weekdays_until(int64_t d) {
  int64_t monday = d + 3; /* days since Monday 1969-12-29 */
  int64_t weeks = floor_div(monday, 7), rest = monday - weeks * 7 + 1;
  return weeks * WORKDAYS_A_WEEK + (rest > WORKDAYS_A_WEEK ? WORKDAYS_A_WEEK : rest);
}

int32_t calendar_business_days(const struct calendar *c, day_t from, day_t to) {
  CHECK(from != DAY_NONE && to != DAY_NONE);
  if (to < from) return -calendar_business_days(c, to, from);
  return (int32_t)(weekdays_until(to) - weekdays_until(from) -
                   lost_workdays(c, (int64_t)from + 1, to));
}
