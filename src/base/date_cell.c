/* Dates and times as ISO writes them. In: the bytes of a cell, and time zones. Out: a day. */
#include "base/date.h"

#include "base/date_civil.h"
#include "base/date_moment.h"
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

bool moment_offset(const char *s, const char *end, int *out) {
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

bool moment_read_iso(const char *s, size_t n, struct moment *out) {
  struct moment m = {0};
  if (n == 10) {
    if (!day_parse(s, n, &m.day)) return false;
    *out = m;
    return true;
  }
  if (n < 16 || (s[10] != 'T' && s[10] != ' ') || !day_parse(s, 10, &m.day)) return false;
  const char *p = s + 11, *end = s + n;
  m.seconds = parse_time(&p, end, &m.micro);
  m.timed = true;
  m.offset = p != end;
  if (m.seconds < 0 || (m.offset && !moment_offset(p, end, &m.east))) return false;
  *out = m;
  return true;
}

/* A time of a zone as an instant: the offset of the instant that it would be with the offset of
 * UTC, then of that one. In the hour that is there twice, the first or the second; either is of
 * the same day nearly everywhere. */
static int64_t instant_of(struct zone_clock *zone, int64_t local) {
  int64_t near = local - zone_clock_offset(zone, local);
  return local - zone_clock_offset(zone, near);
}

bool moment_day(const struct moment *m, bool as_written, const struct day_clocks *clocks,
                day_t *day, int64_t *microseconds) {
  int64_t local = (int64_t)m->day * SECONDS_A_DAY + m->seconds;
  if (!as_written && (m->offset || (m->timed && clocks->source))) {
    local = m->offset ? local - m->east : instant_of(clocks->source, local);
    local += clocks->company ? zone_clock_offset(clocks->company, local) : 0;
  } else if (m->seconds == SECONDS_A_DAY) {
    local--; /* a leap second is of the day that it ends */
  }
  int64_t on = floor_div(local, SECONDS_A_DAY);
  if (on < DAY_MIN || on > DAY_MAX) return false;
  *day = (day_t)on;
  *microseconds = (local - on * SECONDS_A_DAY) * MICROSECONDS + m->micro;
  return true;
}

bool moment_parse_cell(const char *s, size_t n, struct zone_clock *clock, day_t *day,
                       int64_t *microseconds) {
  struct moment m;
  struct day_clocks clocks = {.company = clock};
  *microseconds = 0;
  if (n == 10) return day_parse(s, n, day);
  return moment_read_iso(s, n, &m) && moment_day(&m, false, &clocks, day, microseconds);
}

bool day_parse_cell(const char *s, size_t n, struct zone_clock *clock, day_t *out) {
  int64_t microseconds;
  return moment_parse_cell(s, n, clock, out, &microseconds);
}
