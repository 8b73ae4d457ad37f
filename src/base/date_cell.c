/* Dates as database cells hold them. In: the bytes of a cell, and a time zone or a written
 * format. Out: a day. */
#include "base/date.h"

#include "base/date_civil.h"
#include "base/zone.h"

enum { MICROSECONDS = 1000000 };

/* The digits of a fraction of a second at *p, as microseconds; moves *p behind them. */
static int parse_fraction(const char **p, const char *end) {
  int micro = 0, scale = MICROSECONDS;
  for (; *p < end && digits(*p, 1) >= 0; ++*p)
    if (scale > 1) micro += digits(*p, 1) * (scale /= 10);
  return micro;
}

/* Reads hh:mm[:ss[.fraction]] at *p; moves *p behind it. Seconds since midnight, or -1; the
 * fraction in *micro. */
static int parse_time(const char **p, const char *end, int *micro) {
  const char *s = *p;
  if (end - s < 5 || s[2] != ':') return -1;
  int hour = digits(s, 2), minute = digits(s + 3, 2), second = 0;
  s += 5;
  if (s < end && *s == ':') {
    if (end - s < 3) return -1;
    second = digits(s + 1, 2);
    s += 3;
    if (s < end && (*s == '.' || *s == ',')) {
      const char *fraction = ++s;
      *micro = parse_fraction(&s, end);
      if (s == fraction) return -1;
    }
  }
  /* 60 is a leap second */
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return -1;
  *p = s;
  return hour * 3600 + minute * 60 + second;
}

/* Z, +hh, +hhmm, +hh:mm, up to the end of the text. Seconds east of UTC in *out. */
static bool parse_offset(const char *s, const char *end, int *out) {
  size_t n = (size_t)(end - s);
  if (n == 1 && *s == 'Z') {
    *out = 0;
    return true;
  }
  if (n != 3 && n != 5 && n != 6) return false;
  if (*s != '+' && *s != '-') return false;
  if (n == 6 && s[3] != ':') return false;
  int hour = digits(s + 1, 2), minute = n == 3 ? 0 : digits(end - 2, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return false;
  int east = hour * 3600 + minute * 60;
  *out = *s == '-' ? -east : east;
  return true;
}

bool moment_parse_cell(const char *s, size_t n, struct zone_clock *clock, day_t *day,
                       int64_t *microseconds) {
  *microseconds = 0;
  if (n == 10) return day_parse(s, n, day);
  day_t written;
  if (n < 16 || (s[10] != 'T' && s[10] != ' ') || !day_parse(s, 10, &written)) return false;
  const char *p = s + 11, *end = s + n;
  int micro = 0, seconds = parse_time(&p, end, &micro), east = 0;
  if (seconds < 0) return false;
  int64_t local = (int64_t)written * SECONDS_A_DAY + seconds;
  if (p != end) {
    if (!parse_offset(p, end, &east)) return false;
    local -= east;
    local += clock ? zone_clock_offset(clock, local) : 0;
  } else if (seconds == SECONDS_A_DAY) {
    local--; /* a leap second is of the day that it ends */
  }
  int64_t on = floor_div(local, SECONDS_A_DAY);
  if (on < DAY_MIN || on > DAY_MAX) return false;
  *day = (day_t)on;
  *microseconds = (local - on * SECONDS_A_DAY) * MICROSECONDS + micro;
  return true;
}

bool day_parse_cell(const char *s, size_t n, struct zone_clock *clock, day_t *out) {
  int64_t microseconds;
  return moment_parse_cell(s, n, clock, out, &microseconds);
}

/* One step through a format: how many letters the field at f has (DD, MM, YYYY, YY), 0 for a
 * separator, -1 for a letter or digit that means nothing (so that "D/M/YYYY" or "hh:mm" is
 * refused rather than never matching). */
static int format_field(const char *f) {
  int run = 1;
  switch (*f) {
    case 'D':
    case 'M':
    case 'Y':
      while (f[run] == *f) run++;
      return run == 2 || (*f == 'Y' && run == 4) ? run : -1;
    default: break;
  }
  bool letter = (*f >= 'a' && *f <= 'z') || (*f >= 'A' && *f <= 'Z');
  return letter || digits(f, 1) >= 0 ? -1 : 0;
}

bool day_format_valid(const char *format) {
  int day = 0, month = 0, year = 0;
  for (const char *f = format; *f;) {
    int field = format_field(f);
    if (field < 0) return false;
    if (field == 0) {
      f++;
      continue;
    }
    day += *f == 'D';
    month += *f == 'M';
    year += *f == 'Y';
    f += field;
  }
  return day <= 1 && month == 1 && year == 1;
}

bool day_parse_format(const char *s, size_t n, const char *format, day_t *out) {
  int year = 0, month = 0, day = 1; /* a month written without a day is its first day */
  const char *p = s, *end = s + n;
  for (const char *f = format; *f;) {
    int field = format_field(f);
    if (field < 0) return false;
    if (field == 0) {
      if (p == end || *p++ != *f++) return false;
      continue;
    }
    if (end - p < field) return false;
    int value = digits(p, field);
    if (value < 0) return false;
    if (*f == 'D') day = value;
    if (*f == 'M') month = value;
    if (*f == 'Y') year = field == 2 ? 2000 + value : value;
    p += field;
    f += field;
  }
  day_t d = p == end ? day_from_civil(year, month, day) : DAY_NONE;
  if (d == DAY_NONE) return false;
  *out = d;
  return true;
}
