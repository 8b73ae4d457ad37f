/* Time zones, beside the C library's own answers for the same zone and instant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/zone.h"
#include "base/zone_rule.h"

static void use_zone(const char *tz) {
  setenv("TZ", tz, 1);
  tzset();
}

static int32_t library_offset(int64_t instant) {
  time_t t = (time_t)instant;
  struct tm local;
  assert_non_null(localtime_r(&t, &local));
  return (int32_t)local.tm_gmtoff;
}

static void same_offset(const char *name, struct zone_span s, int64_t instant) {
  if (s.from > instant || s.until <= instant)
    fail_msg("%s: %lld is not inside its span", name, (long long)instant);
  int32_t want = library_offset(instant);
  if (s.offset != want)
    fail_msg("%s at %lld: %d, the library says %d", name, (long long)instant, s.offset, want);
}

enum { YEAR = 31556952, STEP = 9 * 86400 + 5 * 3600 + 17 };

/* Every span from 1905 to 2095: its first and last second, and instants in between. */
static void the_library_agrees(void **state) {
  (void)state;
  static const char *const zones[] = {
      "Europe/Paris",      "Europe/London",       "Europe/Dublin",     "America/New_York",
      "America/Sao_Paulo", "America/Nuuk",        "America/St_Johns",  "Asia/Kolkata",
      "Asia/Tehran",       "Asia/Jerusalem",      "Asia/Gaza",         "Africa/Casablanca",
      "Africa/Monrovia",   "Australia/Lord_Howe", "Pacific/Apia",      "Pacific/Kiritimati",
      "Pacific/Chatham",   "Antarctica/Troll",    "America/Santiago",  "Asia/Tokyo",
      "Etc/GMT+12",        "Asia/Kathmandu",      "America/Anchorage", "UTC"};
  struct arena *a = arena_new();
  for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
    const struct zone *z = zone_read(a, zones[i]);
    if (!z) fail_msg("%s is not known", zones[i]);
    use_zone(arena_printf(a, ":%s", zones[i]));
    int64_t last = 125LL * YEAR;
    for (int64_t t = -65LL * YEAR; t < last; t += STEP)
      same_offset(zones[i], zone_span_at(z, t), t);
    for (int64_t t = -65LL * YEAR; t < last;) {
      struct zone_span s = zone_span_at(z, t);
      same_offset(zones[i], s, t);
      if (s.until >= last) break;
      same_offset(zones[i], s, s.until - 1);
      t = s.until;
    }
  }
  arena_free(a);
}

static void rules_of_every_form(void **state) {
  (void)state;
  static const char *const rules[] = {
      "UTC0",
      "EST5EDT,M3.2.0,M11.1.0",
      "CET-1CEST,M3.5.0,M10.5.0/3",
      "<+0330>-3:30",
      "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
      "IST-2IDT,M3.4.4/26,M10.5.0",
      "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
      "AAA3BBB,J60/0,J300/2:30",
      "AAA-3BBB,59,300/-2:00:30",
  };
  for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
    struct zone_rule r;
    if (!zone_rule_parse(rules[i], &r)) fail_msg("%s is no rule", rules[i]);
    use_zone(rules[i]);
    for (int64_t t = 45LL * YEAR; t < 75LL * YEAR; t += STEP)
      same_offset(rules[i], zone_rule_span(&r, t), t);
  }
}

static void summer_time_all_year(void **state) {
  (void)state;
  struct zone_rule r;
  assert_true(zone_rule_parse("EST5EDT,0/0,J365/25", &r));
  for (int64_t t = 50LL * YEAR; t < 52LL * YEAR; t += 3599)
    assert_int_equal(zone_rule_span(&r, t).offset, -4 * 3600);
}

static void texts_that_are_no_rules(void **state) {
  (void)state;
  static const char *const bad[] = {"",
                                    "CE-1",
                                    "CET",
                                    "CET-1CEST",
                                    "CET-1CEST,M3.5.0",
                                    "CET-1CEST,M13.5.0,M10.5.0",
                                    "CET-1CEST,M3.6.0,M10.5.0",
                                    "CET-1CEST,M3.5.7,M10.5.0",
                                    "CET-1CEST,J0,J5",
                                    "CET-1CEST,366,5",
                                    "CET-1CEST,M3.5.0,M10.5.0/168",
                                    "CET-1CEST,M3.5.0,M10.5.0/3x",
                                    "<+03-3",
                                    "CET-1:60",
                                    "CET-999999999999"};
  struct zone_rule r;
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    if (zone_rule_parse(bad[i], &r)) fail_msg("took %s", bad[i]);
}

/* A good file that is cut, or one byte of it changed: refused or read, never more. */
static void damaged_files(void **state) {
  (void)state;
  unsigned char bytes[8192];
  FILE *f = fopen("/usr/share/zoneinfo/Europe/Paris", "rb");
  assert_non_null(f);
  size_t n = fread(bytes, 1, sizeof bytes, f);
  fclose(f);
  char folder[] = "/tmp/vigie-zone-XXXXXX";
  assert_non_null(mkdtemp(folder));
  setenv("TZDIR", folder, 1);
  struct arena *a = arena_new();
  char *path = arena_printf(a, "%s/Here", folder);
  for (size_t i = 0; i < n; i += i < 64 ? 1 : 7) {
    unsigned char kept = bytes[i];
    bytes[i] ^= 0xFF;
    for (int cut = 0; cut < 2; cut++) {
      assert_non_null(f = fopen(path, "wb"));
      assert_int_equal(fwrite(bytes, 1, cut ? i : n, f), cut ? i : n);
      fclose(f);
      const struct zone *z = zone_read(a, "Here");
      if (cut) assert_null(z);
      if (z) zone_span_at(z, 50LL * YEAR);
    }
    bytes[i] = kept;
  }
  assert_null(zone_read(a, "Elsewhere"));
  assert_non_null(zone_read(a, "UTC"));
  unlink(path);
  rmdir(folder);
  unsetenv("TZDIR");
  arena_free(a);
}

static void *other_thread(void *name) {
  struct arena *a = arena_new();
  struct zone_clock c = {.zone = zone_read(a, name)};
  int64_t sum = 0;
  for (int64_t t = 0; t < 60LL * YEAR; t += 86400) sum += zone_clock_offset(&c, t);
  arena_free(a);
  return (void *)(intptr_t)sum;
}

static void two_threads_with_two_zones(void **state) {
  (void)state;
  static char paris[] = "Europe/Paris", tokyo[] = "Asia/Tokyo";
  use_zone("America/New_York");
  pthread_t one, two;
  void *sum_one, *sum_two;
  assert_int_equal(pthread_create(&one, NULL, other_thread, paris), 0);
  assert_int_equal(pthread_create(&two, NULL, other_thread, tokyo), 0);
  pthread_join(one, &sum_one);
  pthread_join(two, &sum_two);
  assert_ptr_equal(sum_one, other_thread(paris));
  assert_ptr_equal(sum_two, other_thread(tokyo));
  assert_string_equal(getenv("TZ"), "America/New_York");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_library_agrees),   cmocka_unit_test(rules_of_every_form),
      cmocka_unit_test(summer_time_all_year), cmocka_unit_test(texts_that_are_no_rules),
      cmocka_unit_test(damaged_files),        cmocka_unit_test(two_threads_with_two_zones),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
