/* Civil dates. In: years, months, days, or ISO text. Out: days since 1970-01-01, and back. */
#include "base/date.h"

#include <string.h>
#include <strings.h>

#include "base/check.h"
#include "base/date_civil.h"

day_t day_from_civil(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12) return DAY_NONE;
  if (day < 1 || day > days_in_month(year, month)) return DAY_NONE;
  return (day_t)civil_days(year, month, day);
}

void day_to_civil(day_t d, int *year, int *month, int *day) {
  int64_t shifted = (int64_t)d + 719468; /* days since 0000-03-01 */
  int64_t era = floor_div(shifted, 146097);
  int64_t day_of_era = shifted - era * 146097;
  int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t from_march = (5 * day_of_year + 2) / 153;
  *day = (int)(day_of_year - (153 * from_march + 2) / 5 + 1);
  *month = (int)(from_march < 10 ? from_march + 3 : from_march - 9);
  *year = (int)(year_of_era + era * 400 + (*month <= 2));
}

int day_weekday(day_t d) {
  int64_t since_monday = (int64_t)d + 3; /* 1970-01-01 was a Thursday */
  return (int)(since_monday - floor_div(since_monday, 7) * 7) + 1;
}

static const char *const weekdays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday"};
enum { DAYS_A_WEEK = sizeof weekdays / sizeof *weekdays };

const char *weekday_name(int weekday) {
  CHECK(weekday >= 1 && weekday <= DAYS_A_WEEK);
  return weekdays[weekday - 1];
}

int weekday_named(const char *name, size_t n) {
  for (int i = 0; n && i < DAYS_A_WEEK; i++)
    if (n <= strlen(weekdays[i]) && strncasecmp(weekdays[i], name, n) == 0) return i + 1;
  return 0;
}

bool day_parse(const char *s, size_t n, day_t *out) {
  if (n != 10 || s[4] != '-' || s[7] != '-') return false;
  day_t d = day_from_civil(digits(s, 4), digits(s + 5, 2), digits(s + 8, 2));
  if (d == DAY_NONE) return false;
  *out = d;
  return true;
}

static char *put_digits(char *p, int value, int n) {
  for (int i = n - 1; i >= 0; i--, value /= 10) p[i] = (char)('0' + value % 10);
  return p + n;
}

char *day_text(day_t d, char *buf) {
  int year, month, day;
  day_to_civil(day_clamp(d), &year, &month, &day);
  char *p = put_digits(buf, year, 4);
  *p++ = '-';
  p = put_digits(p, month, 2);
  *p++ = '-';
  *put_digits(p, day, 2) = 0;
  return buf;
}
