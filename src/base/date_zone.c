/* Today, and names of time zones. In: an IANA name ("Europe/Paris") and the clock. Out: a day. */
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

day_t day_today(const char *tz) {
  const char *fixed = getenv("VIGIE_TODAY");
  day_t d;
  if (fixed && day_parse(fixed, strlen(fixed), &d)) return d;
  struct arena *a = arena_new();
  struct zone_clock clock = {.zone = zone_read(a, tz)};
  int64_t now = (int64_t)time(NULL);
  int64_t local = now + zone_clock_offset(&clock, now);
  arena_free(a);
  return day_clamp(floor_div(local, SECONDS_A_DAY));
}
