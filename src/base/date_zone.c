/* Today, and names of time zones. In: an IANA name ("Europe/Paris") and the clock. Out: a day. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/date_civil.h"
#include "base/zone.h"

bool tz_known(const char *tz) {
  struct arena *a = arena_new();
  bool known = zone_read(a, tz) != NULL;
  arena_free(a);
  return known;
}

const char *tz_help(const char *otherwise) {
  return tz_known("Europe/Paris") ? otherwise
                                  : "this machine has no files of time zones: install the package "
                                    "tzdata, or say in the environment variable TZDIR where they "
                                    "are";
}

static struct wall wall_at(const char *tz, int64_t now) {
  struct arena *a = arena_new();
  struct zone_clock clock = {.zone = zone_read(a, tz)};
  int64_t local = now + zone_clock_offset(&clock, now);
  arena_free(a);
  return (struct wall){
      .day = day_clamp(floor_div(local, SECONDS_A_DAY)),
      .minute = (int)(local - floor_div(local, SECONDS_A_DAY) * SECONDS_A_DAY) / 60,
      .instant = now};
}

/* "2026-03-02 09:30": nothing of where it is, so that a test is the same everywhere. */
static bool wall_fixed(const char *text, struct wall *out) {
  int hour, minute, end = 0;
  if (!text || strlen(text) < 16 || !day_parse(text, 10, &out->day) ||
      sscanf(text + 10, " %2d:%2d%n", &hour, &minute, &end) != 2 || text[10 + end])
    return false;
  out->minute = hour * 60 + minute;
  out->instant = (int64_t)out->day * SECONDS_A_DAY + out->minute * 60;
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
}

struct wall wall_now(const char *tz) {
  struct wall w;
  if (wall_fixed(getenv("VIGIE_NOW"), &w)) return w;
  w = wall_at(tz, (int64_t)time(NULL));
  w.day = day_today(tz);
  return w;
}

bool wall_now_fits(void) {
  const char *fixed = getenv("VIGIE_NOW");
  struct wall w;
  return !fixed || !*fixed || wall_fixed(fixed, &w);
}

const char *utc_text(int64_t instant, struct arena *a) {
  time_t t = (time_t)instant;
  struct tm tm;
  char text[40] = "";
  if (gmtime_r(&t, &tm)) strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
  return arena_strdup(a, text);
}

day_t day_today(const char *tz) {
  const char *fixed = getenv("VIGIE_TODAY");
  day_t d;
  if (fixed && day_parse(fixed, strlen(fixed), &d)) return d;
  return wall_at(tz, (int64_t)time(NULL)).day;
}
