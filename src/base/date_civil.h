/* What the date files share among themselves: unchecked arithmetic and digits. Everyone else uses
 * date.h.
 *
 * Days here are int64_t and may lie outside DAY_MIN..DAY_MAX (year 0 or 10000 as a stepping
 * stone); day_clamp brings them back. */
#ifndef VIGIE_DATE_CIVIL_H
#define VIGIE_DATE_CIVIL_H

#include "base/date.h"

/* Rounds towards minus infinity, as months and weeks before 1970 need. b > 0. */
static inline int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); }

static inline day_t day_clamp(int64_t d) {
  return d < DAY_MIN ? DAY_MIN : d > DAY_MAX ? DAY_MAX : (day_t)d;
}

static inline bool is_leap_year(int64_t y) { return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0); }

/* month 1..12 */
static inline int days_in_month(int64_t year, int month) {
  static const signed char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap_year(year) ? 29 : days[month - 1];
}

/* Days since 1970-01-01. Counts years from March, so that the leap day is the last of its year,
 * and eras of 400 years, which all have 146,097 days. */
static inline int64_t civil_days(int64_t year, int month, int day) {
  year -= month <= 2;
  int64_t era = floor_div(year, 400);
  int64_t year_of_era = year - era * 400;
  int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
         719468;
}

/* Months as one number, so that adding months is adding integers: year * 12 + month - 1. The day
 * is clipped to the length of the month it lands in (31 April is 30 April). */
static inline int64_t month_days(int64_t month_index, int day) {
  int64_t year = floor_div(month_index, 12);
  int month = (int)(month_index - year * 12) + 1;
  int last = days_in_month(year, month);
  return civil_days(year, month, day < last ? day : last);
}

/* The number that n decimal digits write; -1 when one of them is no digit. */
static inline int digits(const char *s, int n) {
  int value = 0;
  for (int i = 0; i < n; i++) {
    unsigned digit = (unsigned char)s[i] - (unsigned)'0';
    if (digit > 9) return -1;
    value = value * 10 + (int)digit;
  }
  return value;
}

#endif
