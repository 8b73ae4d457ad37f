/* Rules of time zones. In: a text as POSIX writes TZ. Out: the offset at an instant. */
#include "base/zone_rule.h"

#include <string.h>

#include "base/check.h"
#include "base/date_civil.h"

enum { NAME_LEAST = 3 };

/* ---- reading -------------------------------------------------------------------------- */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

/* CET, or <+0330>. */
static bool skip_name(const char **s) {
  const char *p = *s;
  if (*p == '<') {
    p += strcspn(p, ">");
    if (*p != '>') return false;
    *s = p + 1;
    return true;
  }
  while (is_letter(*p)) p++;
  bool good = p - *s >= NAME_LEAST;
  *s = p;
  return good;
}

static bool read_number(const char **s, int least, int most, int *out) {
  int n = 0;
  if (!is_digit(**s)) return false;
  for (; is_digit(**s) && n <= most; ++*s) n = n * 10 + (**s - '0');
  *out = n;
  return n >= least && n <= most;
}

/* hh[:mm[:ss]] with a sign; hours up to 167, as rules that a week's day cannot say need. */
static bool read_time(const char **s, int32_t *out) {
  static const int unit[] = {3600, 60, 1};
  int sign = **s == '-' ? -1 : 1, part;
  *s += **s == '-' || **s == '+';
  *out = 0;
  for (int i = 0; i < 3; i++) {
    if (i > 0 && *(*s)++ != ':') return false;
    if (!read_number(s, 0, i ? 59 : 167, &part)) return false;
    *out += sign * part * unit[i];
    if (**s != ':') return true;
  }
  return true;
}

/* ,M3.5.0/2 or ,J60 or ,59 */
static bool read_change(const char **s, struct zone_change *c) {
  *c = (struct zone_change){.kind = CHANGE_DAY, .time = 2 * 3600};
  if (*(*s)++ != ',') return false;
  if (**s == 'M') {
    ++*s;
    c->kind = CHANGE_WEEKDAY;
    if (!read_number(s, 1, 12, &c->month) || *(*s)++ != '.' || !read_number(s, 1, 5, &c->week) ||
        *(*s)++ != '.' || !read_number(s, 0, 6, &c->day))
      return false;
  } else if (**s == 'J') {
    ++*s;
    c->kind = CHANGE_JULIAN;
    if (!read_number(s, 1, 365, &c->day)) return false;
  } else if (!read_number(s, 0, 365, &c->day)) {
    return false;
  }
  if (**s != '/') return true;
  ++*s;
  return read_time(s, &c->time);
}

bool zone_rule_parse(const char *s, struct zone_rule *out) {
  int32_t west;
  *out = (struct zone_rule){0};
  if (!skip_name(&s) || !read_time(&s, &west)) return false;
  out->standard = -west; /* POSIX counts westwards */
  if (!*s) return true;
  out->changes = true;
  out->summer = out->standard + 3600;
  if (!skip_name(&s)) return false;
  if (*s != ',') {
    if (!read_time(&s, &west)) return false;
    out->summer = -west;
  }
  return read_change(&s, &out->begin) && read_change(&s, &out->end) && !*s;
}

/* ---- the offset at an instant --------------------------------------------------------- */

/* The day of the change in that year, in days since 1970-01-01. */
static int64_t change_day(const struct zone_change *c, int64_t year) {
  switch (c->kind) {
    case CHANGE_DAY: return civil_days(year, 1, 1) + c->day;
    case CHANGE_JULIAN: /* 29 February is never counted */
      return civil_days(year, 1, 1) + c->day - 1 + (c->day >= 60 && is_leap_year(year));
    case CHANGE_WEEKDAY: break;
    default: UNREACHABLE("a kind of change");
  }
  int64_t first = civil_days(year, c->month, 1);
  int64_t weekday = first + 4 - floor_div(first + 4, 7) * 7; /* 1970-01-01 was a Thursday, 4 */
  int64_t day = (c->day - weekday + 7) % 7 + (c->week - 1) * 7;
  if (day >= days_in_month(year, c->month)) day -= 7;
  return first + day;
}

static int64_t change_instant(const struct zone_change *c, int64_t year, int32_t offset_before) {
  return change_day(c, year) * SECONDS_A_DAY + c->time - offset_before;
}

static int64_t year_of(int64_t instant) {
  int year, month, day;
  day_to_civil(day_clamp(floor_div(instant, SECONDS_A_DAY)), &year, &month, &day);
  return year;
}

/* The changes of the year before to the year after, in order; an end at the very moment of a
 * beginning comes first, so that summer time goes on. */
struct zone_span zone_rule_span(const struct zone_rule *r, int64_t instant) {
  struct zone_span span = {INT64_MIN, INT64_MAX, r->standard};
  if (!r->changes) return span;
  int64_t year = year_of(instant);
  for (int64_t y = year - 1; y <= year + 1; y++) {
    int64_t begin = change_instant(&r->begin, y, r->standard);
    int64_t end = change_instant(&r->end, y, r->summer);
    const struct zone_span both[] = {{end, 0, r->standard}, {begin, 0, r->summer}};
    for (int i = 0; i < 2; i++) {
      if (both[i].from <= instant && both[i].from >= span.from) {
        span.from = both[i].from;
        span.offset = both[i].offset;
      } else if (both[i].from > instant && both[i].from < span.until) {
        span.until = both[i].from;
      }
    }
  }
  return span;
}
