/* Time zones and today. In: an IANA name ("Europe/Paris") and an instant. Out: seconds east of
 * UTC, or a day.
 *
 * The C library knows the rules of the zones, but only for the zone of the whole process, and
 * slowly. So it is asked once for each zone and UTC day, under a lock, and the answers are kept
 * per thread: a column of six million instants costs a few hundred questions. */
#include "base/date.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/date_civil.h"

enum { SECONDS_A_DAY = 86400, ZONE_NAME = 64, ZONE_SLOTS = 1024 };

#define OFFSET_CHANGES INT32_MAX /* the clocks change on that UTC day: ask for each instant */

/* A name that stays inside the zone folder: no dots, no leading slash. right/ counts leap
 * seconds, which the instants of databases do not. */
static bool zone_name_sane(const char *tz) {
  size_t n = strspn(tz, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/");
  return n > 0 && n < ZONE_NAME && !tz[n] && tz[0] != '/' && strncmp(tz, "right/", 6) != 0;
}

bool tz_known(const char *tz) {
  if (!tz || !zone_name_sane(tz)) return false;
  if (strcmp(tz, "UTC") == 0) return true; /* also on a machine without zone files */
  const char *folder = getenv("TZDIR");
  char path[4096], magic[4] = {0};
  int n =
      snprintf(path, sizeof path, "%s/%s", folder && *folder ? folder : "/usr/share/zoneinfo", tz);
  if (n < 0 || (size_t)n >= sizeof path) return false;
  FILE *f = fopen(path, "rb");
  if (!f) return false;
  bool is_zone = fread(magic, 1, sizeof magic, f) == sizeof magic && memcmp(magic, "TZif", 4) == 0;
  fclose(f);
  return is_zone;
}

/* The one place where the zone of the process is switched, and put back. */
static int32_t ask_offset(const char *tz, int64_t instant) {
  static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  char name[ZONE_NAME + 1];
  snprintf(name, sizeof name, ":%s", tz);
  pthread_mutex_lock(&lock);
  const char *found = getenv("TZ");
  char *before = found ? xstrdup(found) : NULL;
  setenv("TZ", name, 1);
  tzset();
  time_t t = (time_t)instant;
  struct tm local = {0};
  int32_t offset = localtime_r(&t, &local) ? (int32_t)local.tm_gmtoff : 0;
  if (before) {
    setenv("TZ", before, 1);
  } else {
    unsetenv("TZ");
  }
  tzset();
  pthread_mutex_unlock(&lock);
  free(before);
  return offset;
}

struct zone_cache {
  char name[ZONE_NAME];
  bool known;
  struct {
    bool filled;
    int32_t day, offset;
  } slot[ZONE_SLOTS];
};

static _Thread_local struct zone_cache cache;

int32_t zone_offset(const char *tz, int64_t instant) {
  if (!tz || !*tz || strlen(tz) >= ZONE_NAME) return 0;
  if (strcmp(cache.name, tz) != 0) {
    memset(&cache, 0, sizeof cache);
    memcpy(cache.name, tz, strlen(tz));
    cache.known = tz_known(tz) && strcmp(tz, "UTC") != 0;
  }
  if (!cache.known) return 0;
  int64_t day = floor_div(instant, SECONDS_A_DAY);
  size_t i = (size_t)(day - floor_div(day, ZONE_SLOTS) * ZONE_SLOTS);
  if (!cache.slot[i].filled || cache.slot[i].day != day) {
    int32_t morning = ask_offset(tz, day * SECONDS_A_DAY);
    int32_t evening = ask_offset(tz, (day + 1) * SECONDS_A_DAY - 1);
    cache.slot[i].filled = true;
    cache.slot[i].day = (int32_t)day;
    cache.slot[i].offset = morning == evening ? morning : OFFSET_CHANGES;
  }
  int32_t offset = cache.slot[i].offset;
  return offset == OFFSET_CHANGES ? ask_offset(tz, instant) : offset;
}

day_t day_today(const char *tz) {
  const char *fixed = getenv("VIGIE_TODAY");
  day_t d;
  if (fixed && day_parse(fixed, strlen(fixed), &d)) return d;
  int64_t now = (int64_t)time(NULL);
  return day_clamp(floor_div(now + zone_offset(tz, now), SECONDS_A_DAY));
}
