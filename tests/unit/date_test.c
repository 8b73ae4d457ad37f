/* Dates, durations, business days, periods, time zones. In: nothing. Out: cmocka's verdict. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/date_format.h"
#include "base/zone.h"

static day_t D(const char *iso) {
  day_t d = DAY_NONE;
  if (!day_parse(iso, strlen(iso), &d)) fail_msg("not a date: %s", iso);
  return d;
}

static void assert_day(day_t got, const char *want) {
  char buf[11];
  assert_string_equal(day_text(got, buf), want);
}

static void assert_range(struct dayrange r, const char *first, const char *last) {
  assert_day(r.first, first);
  assert_day(r.last, last);
}

static void every_day_survives_a_round_trip(void **state) {
  (void)state;
  assert_int_equal(day_from_civil(1970, 1, 1), 0);
  assert_int_equal(day_from_civil(1, 1, 1), DAY_MIN);
  assert_int_equal(day_from_civil(9999, 12, 31), DAY_MAX);
  int year = 1, month = 1, day = 0;
  for (day_t d = DAY_MIN; d <= DAY_MAX; d++) {
    int y, m, n;
    day_to_civil(d, &y, &m, &n);
    bool next_day = y == year && m == month && n == day + 1;
    bool next_month = n == 1 && (m == month + 1 || (m == 1 && month == 12 && y == year + 1));
    if (!(next_day || next_month) || day_from_civil(y, m, n) != d)
      fail_msg("day %d is %d-%d-%d", d, y, m, n);
    year = y;
    month = m;
    day = n;
  }
}

static void dates_that_do_not_exist_are_refused(void **state) {
  (void)state;
  assert_int_equal(day_from_civil(2026, 2, 29), DAY_NONE);
  assert_int_not_equal(day_from_civil(2028, 2, 29), DAY_NONE);
  assert_int_equal(day_from_civil(1900, 2, 29), DAY_NONE);
  assert_int_not_equal(day_from_civil(2000, 2, 29), DAY_NONE);
  assert_int_equal(day_from_civil(2026, 4, 31), DAY_NONE);
  assert_int_equal(day_from_civil(2026, 0, 1), DAY_NONE);
  assert_int_equal(day_from_civil(2026, 13, 1), DAY_NONE);
  assert_int_equal(day_from_civil(2026, 1, 0), DAY_NONE);
  assert_int_equal(day_from_civil(0, 1, 1), DAY_NONE);
  assert_int_equal(day_from_civil(10000, 1, 1), DAY_NONE);
}

static void only_the_exact_iso_form_parses(void **state) {
  (void)state;
  static const char *const bad[] = {"31/12/2026",  "2026-3-1",   "2026-03-1",  "26-03-01",
                                    "2026/03/01",  "2026-02-30", "0000-00-00", "2026-03-01 ",
                                    " 2026-03-01", "2026-03-0a", "",           "+026-03-01"};
  day_t d = 42;
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    if (day_parse(bad[i], strlen(bad[i]), &d)) fail_msg("accepted %s", bad[i]);
    if (day_parse_cell(bad[i], strlen(bad[i]), NULL, &d)) fail_msg("accepted cell %s", bad[i]);
  }
  assert_int_equal(d, 42);
  assert_true(day_parse("2026-03-01", 10, &d));
  assert_day(d, "2026-03-01");
}

static void weekdays_are_iso(void **state) {
  (void)state;
  assert_int_equal(day_weekday(0), 4);
  assert_int_equal(day_weekday(D("2026-03-01")), 7);
  assert_int_equal(day_weekday(D("2026-03-02")), 1);
  assert_int_equal(day_weekday(D("1969-12-31")), 3);
  assert_int_equal(day_weekday(DAY_MIN), 1);
}

static const char *cell(const char *text, const char *tz) {
  static char buf[11];
  day_t d;
  struct arena *a = arena_new();
  struct zone_clock clock = {.zone = zone_read(a, tz)};
  bool good = day_parse_cell(text, strlen(text), &clock, &d);
  arena_free(a);
  return good ? day_text(d, buf) : "refused";
}

static void cells_may_carry_a_time(void **state) {
  (void)state;
  assert_string_equal(cell("2026-03-01", NULL), "2026-03-01");
  assert_string_equal(cell("2026-03-01 23:59", "Europe/Paris"), "2026-03-01");
  assert_string_equal(cell("2026-03-01T23:59:59", "Europe/Paris"), "2026-03-01");
  assert_string_equal(cell("2026-03-01T23:59:59.123456", NULL), "2026-03-01");
  assert_string_equal(cell("2026-03-01 23:59:60", NULL), "2026-03-01");
  static const char *const bad[] = {
      "2026-03-01T",           "2026-03-01  10:00",      "2026-03-01 24:00",
      "2026-03-01 10:60",      "2026-03-01 10:00:",      "2026-03-01 10:00:00.",
      "2026-03-01 1:00",       "2026-03-01 10:00 pm",    "2026-03-01 10:00+2",
      "2026-03-01 10:00+02:0", "2026-03-01 10:00z",      "2026-03-01 10:00Z ",
      "2026-03-01 10:00+24",   "2026-03-01 10:00+02:60", "2026-03-01t10:00",
      "2026-02-30 10:00",      "2026-03-01 10:00+0:00",  "2026-03-01 10:00.5",
      "2026-03-01-10:00:00",   "31/12/2026 10:00"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    if (strcmp(cell(bad[i], NULL), "refused") != 0) fail_msg("accepted %s", bad[i]);
}

static void an_offset_moves_the_instant_to_the_zone(void **state) {
  (void)state;
  assert_string_equal(cell("2026-03-01T23:30:00Z", NULL), "2026-03-01");
  assert_string_equal(cell("2026-03-01T23:30:00Z", "Europe/Paris"), "2026-03-02");
  assert_string_equal(cell("2026-03-01T22:59:59Z", "Europe/Paris"), "2026-03-01");
  assert_string_equal(cell("2026-07-01T22:00Z", "Europe/Paris"), "2026-07-02"); /* summer time */
  assert_string_equal(cell("2026-03-01 00:30:00+02:00", NULL), "2026-02-28");
  assert_string_equal(cell("2026-03-01 00:30:00+0200", NULL), "2026-02-28");
  assert_string_equal(cell("2026-03-01 00:30:00.5+02", NULL), "2026-02-28");
  assert_string_equal(cell("2026-12-31 20:00:00-05:00", "America/New_York"), "2026-12-31");
  assert_string_equal(cell("2026-12-31 20:00:00-05:00", "UTC"), "2027-01-01");
  assert_string_equal(cell("2026-01-01T10:30Z", "Pacific/Kiritimati"), "2026-01-02");
  assert_string_equal(cell("2026-03-01T23:30:00Z", "Mars/Olympus"), "2026-03-01");
  assert_string_equal(cell("9999-12-31T23:30-01:00", NULL), "refused");
  assert_string_equal(cell("0001-01-01T00:30+01:00", NULL), "refused");
}

static void the_days_when_clocks_change_are_exact(void **state) {
  (void)state;
  /* Midnight in Sao Paulo did not exist on 2018-11-04; until then it was UTC-3, then UTC-2. */
  assert_string_equal(cell("2018-11-04T02:59:59Z", "America/Sao_Paulo"), "2018-11-03");
  assert_string_equal(cell("2018-11-04T03:00:00Z", "America/Sao_Paulo"), "2018-11-04");
  assert_string_equal(cell("2018-11-05T01:59:59Z", "America/Sao_Paulo"), "2018-11-04");
  assert_string_equal(cell("2018-11-05T02:00:00Z", "America/Sao_Paulo"), "2018-11-05");
  /* Samoa had no 2011-12-30. */
  assert_string_equal(cell("2011-12-30T09:59:59Z", "Pacific/Apia"), "2011-12-29");
  assert_string_equal(cell("2011-12-30T10:00:00Z", "Pacific/Apia"), "2011-12-31");
}

static const char *written_in(const char *text, const char *format, const char *tz,
                              const char *source) {
  static char buf[11];
  struct arena *a = arena_new();
  struct zone_clock company = {.zone = tz ? zone_read(a, tz) : NULL},
                    of_column = {.zone = source ? zone_read(a, source) : NULL};
  struct day_clocks clocks = {&company, source ? &of_column : NULL};
  struct day_format f;
  day_t d;
  int64_t time;
  bool read = day_format_read(format, &f);
  if (read && day_format_is_number(&f))
    read = day_from_number(&f, strtod(text, NULL), &clocks, &d, &time);
  else
    read = read && day_from_text(&f, text, strlen(text), &clocks, &d, &time);
  arena_free(a);
  return read ? day_text(d, buf) : "refused";
}

static const char *written(const char *text, const char *format) {
  return written_in(text, format, NULL, NULL);
}

static void written_formats(void **state) {
  (void)state;
  static const char *const rows[][3] = {
      {"31-12-2026", "DD-MM-YYYY", "2026-12-31"},
      {"12/31/26", "MM/DD/YY", "2026-12-31"},
      {"31.12.99", "DD.MM.YY", "2099-12-31"},
      {"20261231", "YYYYMMDD", "2026-12-31"},
      {"2026年12月31", "YYYY年MM月DD", "2026-12-31"},
      {"12-31-2026", "DD-MM-YYYY", "refused"},
      {"1-3-2026", "DD-MM-YYYY", "refused"},
      {"31-12-2026 ", "DD-MM-YYYY", "refused"},
      {"31-12-202", "DD-MM-YYYY", "refused"},
      {"31/12/2026", "DD-MM-YYYY", "refused"},
      {"", "DD-MM-YYYY", "refused"},
      {"2026-12", "YYYY-MM", "2026-12-01"},
      {"12/2026", "MM/YYYY", "2026-12-01"},
      {"202612", "YYYYMM", "2026-12-01"},
      {"2026-13", "YYYY-MM", "refused"},
      {"2026-12-01", "YYYY-MM", "refused"},
      {"3/1/2026", "M/D/YYYY", "2026-03-01"},
      {"03/01/2026", "M/D/YYYY", "2026-03-01"},
      {"13/1/2026", "M/D/YYYY", "refused"},
      {"003/1/2026", "M/D/YYYY", "refused"},
      {"1 Mar 2026", "D MMM YYYY", "2026-03-01"},
      {"1er mars 2026", "D MMMM YYYY", "2026-03-01"},
      {"2er mars 2026", "D MMMM YYYY", "refused"},
      {"15 ao\xc3\xbbt 2026", "D MMM YYYY", "2026-08-15"},
      {"15 AO\xc3\x9bT 2026", "D MMM YYYY", "2026-08-15"},
      {"15 aou\xcc\x82t 2026", "D MMM YYYY", "2026-08-15"},
      {"15 d\xc3\xa9"
       "c. 2026",
       "D MMM YYYY", "2026-12-15"},
      {"1 marble 2026", "D MMM YYYY", "refused"},
      {"15 juillet 2026", "D MMM YYYY", "2026-07-15"},
      {"January 5, 2026", "MMMM D, YYYY", "2026-01-05"},
      {"05-JAN-26", "DD-MMM-YY", "2026-01-05"},
      {"3/1/2026 11:59 PM", "M/D/YYYY h:mm a", "2026-03-01"},
      {"3/1/2026 12:00\u202f"
       "AM",
       "M/D/YYYY h:mm a", "2026-03-01"},
      {"3/1/2026 13:00 PM", "M/D/YYYY h:mm a", "refused"},
      {"3/1/2026 0:10 AM", "M/D/YYYY h:mm a", "refused"},
      {"3/1/2026 24:00", "M/D/YYYY H:mm", "refused"},
      {"2026-03-01T10:00:00.123+02:00", "YYYY-MM-DDTHH:mm:ss.SZ", "2026-03-01"},
      {"1767225600", "epoch seconds", "2026-01-01"},
      {"0", "epoch seconds", "refused"},
      {"-86400", "epoch seconds", "1969-12-31"},
      {"1767225599999", "epoch milliseconds", "2025-12-31"},
      {"1767225600", "epoch milliseconds", "refused"},
      {"1767225600000", "epoch seconds", "refused"},
      {"46082", "excel", "2026-03-01"},
      {"46082.999", "excel", "2026-03-01"},
      {"59", "excel", "1900-02-28"},
      {"60", "excel", "refused"},
      {"61", "excel", "1900-03-01"},
      {"1", "excel", "1900-01-01"},
      {"0", "excel", "refused"},
      {"20260301", "excel", "refused"},
      {"2461100.5", "julian", "2026-03-01"},
      {"2461101.49999999", "julian", "2026-03-02"},
      {"2461101.49", "julian", "2026-03-01"},
      {"2026-03-01T23:00:00-08:00", "day as written", "2026-03-01"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    assert_string_equal(written(rows[i][0], rows[i][1]), rows[i][2]);
  static const char *const bad[] = {"",
                                    "DD-MM",
                                    "DMYYYY",
                                    "DD-MM-YYY",
                                    "DD-MM-YYYY-YY",
                                    "DD-DD-MM-YYYY",
                                    "dd-mm-yyyy",
                                    "YYYY-MM-DD HH:MM",
                                    "DDD-MM-YYYY",
                                    "DD-MM-YYYYY",
                                    "YYYY-MM-DD0",
                                    "M/D/YYYY h:mm",
                                    "M/D/YYYY H:mm a",
                                    "epoch",
                                    "M/D/YYYY mm",
                                    ", day as written"};
  struct day_format f;
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    if (day_format_read(bad[i], &f)) fail_msg("accepted format %s", bad[i]);
}

static void times_move_from_their_zone(void **state) {
  (void)state;
  const char *ny = "America/New_York", *us = "M/D/YYYY h:mm a";
  assert_string_equal(written_in("2026-02-01 03:30:00", NULL, ny, "UTC"), "2026-01-31");
  assert_string_equal(written_in("2026-02-01 03:30:00", NULL, ny, NULL), "2026-02-01");
  assert_string_equal(written_in("2026-02-01", NULL, ny, "UTC"), "2026-02-01");
  assert_string_equal(written_in("2/1/2026 3:30 AM", us, ny, "UTC"), "2026-01-31");
  assert_string_equal(written_in("2026-02-01T03:30:00Z", NULL, "UTC", ny), "2026-02-01");
  assert_string_equal(written_in("2026-01-31 22:30", NULL, "UTC", ny), "2026-02-01");
  assert_string_equal(written_in("1769916600", "epoch seconds", ny, NULL), "2026-01-31");
  assert_string_equal(written_in("46054.1", "excel", ny, "UTC"), "2026-01-31");
  assert_string_equal(written_in("1772323200", "epoch seconds, day as written", ny, NULL),
                      "2026-03-01");
}

static void a_written_day_is_read_again(void **state) {
  (void)state;
  static const char *const formats[] = {NULL,
                                        "M/D/YYYY h:mm a",
                                        "D MMMM YYYY",
                                        "DD-MMM-YY",
                                        "epoch seconds",
                                        "epoch milliseconds",
                                        "excel",
                                        "julian",
                                        "day as written",
                                        "YYYY-MM-DD HH:mm:ss.SSSZ",
                                        "epoch seconds, day as written"};
  static const char *const zones[] = {"UTC", "Pacific/Auckland", "America/Los_Angeles"};
  struct arena *a = arena_new();
  for (size_t z = 0; z < 3; z++)
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
      for (day_t d = day_from_civil(2024, 2, 20); d < day_from_civil(2024, 4, 20); d++) {
        struct zone_clock company = {.zone = zone_read(a, zones[z])};
        struct day_clocks clocks = {&company, NULL};
        struct day_format f;
        char text[DAY_WRITTEN_MAX], iso[11];
        assert_true(day_format_read(formats[i], &f));
        day_write(&f, d, &clocks, text);
        assert_string_equal(written_in(text, formats[i], zones[z], NULL), day_text(d, iso));
      }
  arena_free(a);
}

static void zones_are_known_by_their_iana_name(void **state) {
  (void)state;
  assert_true(tz_known("Europe/Paris"));
  assert_true(tz_known("UTC"));
  assert_true(tz_known("America/Argentina/Buenos_Aires"));
  static const char *const bad[] = {"",
                                    "Europe",
                                    "Europe/Pari",
                                    "/etc/localtime",
                                    "../../../etc/passwd",
                                    "zone.tab",
                                    "CET-1CEST,M3",
                                    "right/UTC",
                                    ":UTC"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    if (tz_known(bad[i])) fail_msg("knows %s", bad[i]);
  assert_false(tz_known(NULL));
}

static void today_can_be_fixed_and_leaves_the_process_zone_alone(void **state) {
  (void)state;
  setenv("VIGIE_TODAY", "2026-03-01", 1);
  assert_day(day_today("Europe/Paris"), "2026-03-01");
  setenv("VIGIE_TODAY", "1/3/2026", 1);
  setenv("TZ", "Asia/Tokyo", 1);
  tzset();
  day_t clock = (day_t)(time(NULL) / 86400);
  day_t today = day_today(NULL);
  assert_in_range(today, clock, clock + 1);
  unsetenv("VIGIE_TODAY");
  assert_in_range(day_today("Pacific/Kiritimati"), clock, clock + 2);
  assert_string_equal(getenv("TZ"), "Asia/Tokyo");
  assert_int_equal(timezone, -9 * 3600);
  unsetenv("TZ");
  tzset();
}

static void durations(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int n, days, months;
    enum dur_unit unit;
  } good[] = {{"60d", 60, 60, -1, DUR_DAY},
              {"2w", 2, 14, -1, DUR_WEEK},
              {"3mo", 3, -1, 3, DUR_MONTH},
              {"2q", 2, -1, 6, DUR_QUARTER},
              {"1y", 1, -1, 12, DUR_YEAR},
              {"5bd", 5, -1, -1, DUR_BDAY},
              {"1000000d", 1000000, 1000000, -1, DUR_DAY},
              {"0d", 0, 0, -1, DUR_DAY}};
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
    struct duration d;
    char buf[16];
    assert_true(duration_parse(good[i].text, strlen(good[i].text), &d));
    assert_int_equal(d.n, good[i].n);
    assert_int_equal(d.unit, good[i].unit);
    assert_int_equal(duration_days(d), good[i].days);
    assert_int_equal(duration_months(d), good[i].months);
    assert_int_equal(duration_is_months(d), good[i].months >= 0);
    assert_string_equal(duration_text(d, buf), good[i].text);
  }
  static const char *const bad[] = {
      "",     "d",   "60",   "3m",   "1000001d", "99999999999999999999d",
      "60 d", "-1d", "1.5d", "60dd", "2W"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    struct duration d;
    if (duration_parse(bad[i], strlen(bad[i]), &d)) fail_msg("accepted %s", bad[i]);
  }
}

static day_t shift(const struct calendar *c, const char *from, const char *by, int sign) {
  struct duration d;
  assert_true(duration_parse(by, strlen(by), &d));
  return day_shift(c, D(from), d, sign);
}

static void month_steps_clip(void **state) {
  (void)state;
  struct calendar c;
  calendar_init(&c);
  assert_day(shift(&c, "2026-01-31", "1mo", +1), "2026-02-28");
  assert_day(shift(&c, "2028-01-31", "1mo", +1), "2028-02-29");
  /* from its anchor, not through February */
  assert_day(shift(&c, "2026-01-31", "2mo", +1), "2026-03-31");
  assert_day(shift(&c, "2026-03-31", "1mo", -1), "2026-02-28");
  assert_day(shift(&c, "2026-01-15", "1mo", -1), "2025-12-15");
  assert_day(shift(&c, "2028-02-29", "1y", +1), "2029-02-28");
  assert_day(shift(&c, "2025-11-30", "1q", +1), "2026-02-28");
  assert_day(shift(&c, "2026-03-01", "2w", -1), "2026-02-15");
  assert_day(shift(&c, "2026-03-01", "7d", +1), "2026-03-08"); /* a Sunday stays */
}

static void business_days_skip_weekends(void **state) {
  (void)state;
  struct calendar c;
  calendar_init(&c);
  assert_day(shift(&c, "2026-03-06", "3bd", +1), "2026-03-11"); /* Friday to Wednesday */
  assert_day(shift(&c, "2026-03-07", "1bd", +1), "2026-03-09"); /* Saturday to Monday */
  assert_day(shift(&c, "2026-03-08", "5bd", +1), "2026-03-13");
  assert_day(shift(&c, "2026-03-09", "5bd", +1), "2026-03-16");
  assert_day(shift(&c, "2026-03-09", "1bd", -1), "2026-03-06"); /* Monday back to Friday */
  assert_day(shift(&c, "2026-03-08", "1bd", -1), "2026-03-06");
  assert_day(shift(&c, "2026-03-07", "6bd", -1), "2026-02-27");
  assert_day(shift(&c, "2026-03-07", "0bd", +1), "2026-03-07");
}

/* The definition, one day at a time. */
static day_t walk(const struct calendar *c, day_t d, int n, int sign) {
  while (n > 0) {
    d += sign;
    n -= calendar_is_business(c, d);
  }
  return d;
}

static void business_days_skip_holidays(void **state) {
  (void)state;
  struct arena *a = arena_new();
  struct calendar c;
  calendar_init(&c);
  day_t days[] = {D("2026-12-25"), D("2027-01-01"), D("2026-12-25"), D("2026-12-26"),
                  DAY_NONE,        D("2026-12-28"), D("2026-12-29")};
  calendar_set_holidays(&c, a, days, sizeof days / sizeof *days);
  assert_int_equal(c.n_holidays, 5);
  assert_false(calendar_is_business(&c, D("2026-12-25")));
  assert_false(calendar_is_business(&c, D("2026-12-27")));
  assert_true(calendar_is_business(&c, D("2026-12-24")));
  assert_day(shift(&c, "2026-12-24", "1bd", +1), "2026-12-30");
  assert_day(shift(&c, "2026-12-25", "3bd", +1), "2027-01-04");
  assert_day(shift(&c, "2026-12-30", "1bd", -1), "2026-12-24");
  for (day_t d = D("2026-12-01"); d < D("2027-01-20"); d++) {
    for (int n = 0; n < 40; n++) {
      struct duration by = {n, DUR_BDAY};
      assert_int_equal(day_shift(&c, d, by, +1), walk(&c, d, n, +1));
      assert_int_equal(day_shift(&c, d, by, -1), walk(&c, d, n, -1));
    }
  }
  calendar_set_holidays(&c, a, NULL, 0);
  assert_true(calendar_is_business(&c, D("2026-12-25")));
  arena_free(a);
}

static void shifts_saturate(void **state) {
  (void)state;
  struct calendar c;
  calendar_init(&c);
  static const char *const by[] = {"1000000d", "1000000w", "1000000mo", "1000000q", "1000000y"};
  for (size_t i = 0; i < sizeof by / sizeof *by; i++) {
    assert_int_equal(shift(&c, "9000-01-01", by[i], +1), DAY_MAX);
    assert_int_equal(shift(&c, "1000-01-01", by[i], -1), DAY_MIN);
  }
  assert_int_equal(shift(&c, "9000-01-01", "1000000bd", +1), DAY_MAX);
  assert_int_equal(shift(&c, "1000-01-01", "1000000bd", -1), DAY_MIN);
  for (enum dur_unit u = DUR_DAY; u <= DUR_BDAY; u++) {
    assert_int_equal(day_shift(&c, DAY_NONE, (struct duration){1, u}, +1), DAY_NONE);
    assert_int_equal(day_shift(&c, DAY_MAX, (struct duration){INT32_MAX, u}, +1), DAY_MAX);
    assert_int_equal(day_shift(&c, DAY_MAX, (struct duration){INT32_MIN, u}, -1), DAY_MAX);
    assert_int_equal(day_shift(&c, DAY_MIN, (struct duration){INT32_MAX, u}, -1), DAY_MIN);
  }
}

static struct dayrange fixed(const struct calendar *c, const char *text) {
  struct period p;
  char buf[32];
  if (!period_parse_fixed(text, strlen(text), &p)) fail_msg("not a period: %s", text);
  assert_string_equal(period_text(&p, buf), text);
  return period_range(&p, DAY_NONE, c);
}

static struct dayrange relative(const struct calendar *c, int step, enum period_unit unit,
                                const char *today) {
  struct period p = {.kind = PERIOD_RELATIVE, .step = step, .unit = unit};
  return period_range(&p, D(today), c);
}

static void fixed_periods(void **state) {
  (void)state;
  struct calendar c;
  calendar_init(&c);
  assert_range(fixed(&c, "2026"), "2026-01-01", "2026-12-31");
  assert_range(fixed(&c, "2026-Q3"), "2026-07-01", "2026-09-30");
  assert_range(fixed(&c, "2028-02"), "2028-02-01", "2028-02-29");
  assert_range(fixed(&c, "FY2026"), "2026-01-01", "2026-12-31");
  assert_range(fixed(&c, "9999"), "9999-01-01", "9999-12-31");
  c.fy_by_end = true; /* 1 January: both namings agree */
  assert_range(fixed(&c, "FY2026"), "2026-01-01", "2026-12-31");
  static const char *const bad[] = {
      "",          "26",         "0000",     "2026-Q5",   "2026-Q0",  "2026-13",
      "2026-00",   "2026-q1",    "fy2026",   "FY",        "FY26",     "FY2026-03",
      "FY2026-Q",  "2026-3",     "2025-W53", "2026-W54",  "2026-W00", "FY2026-M14",
      "FY2026-M1", "2026-03-01", "2026Q3x",  "FY2026-Q11"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    struct period p;
    if (period_parse_fixed(bad[i], strlen(bad[i]), &p)) fail_msg("accepted %s", bad[i]);
  }
}

static void weeks_by_name_and_by_first_day(void **state) {
  (void)state;
  struct calendar c;
  calendar_init(&c);
  assert_range(fixed(&c, "2026-W01"), "2025-12-29", "2026-01-04");
  assert_range(fixed(&c, "2026-W53"), "2026-12-28", "2027-01-03");
  assert_range(relative(&c, 0, PU_WEEK, "2027-01-03"), "2026-12-28", "2027-01-03");
  c.week_start = 7;
  assert_range(relative(&c, 0, PU_WEEK, "2027-01-03"), "2027-01-03", "2027-01-09");
  assert_range(relative(&c, -1, PU_WEEK, "2027-01-02"), "2026-12-20", "2026-12-26");
}

static void fiscal_years_by_start_and_by_end(void **state) {
  (void)state;
  struct calendar c;
  calendar_init(&c);
  c.fy_month = 4;
  assert_range(fixed(&c, "FY2026"), "2026-04-01", "2027-03-31");
  assert_range(fixed(&c, "FY2026-Q4"), "2027-01-01", "2027-03-31");
  c.fy_by_end = true;
  assert_range(fixed(&c, "FY2026"), "2025-04-01", "2026-03-31");
  assert_range(fixed(&c, "FY2026-Q1"), "2025-04-01", "2025-06-30");
  assert_range(relative(&c, 0, PU_FQUARTER, "2026-03-01"), "2026-01-01", "2026-03-31");
  assert_range(relative(&c, +1, PU_FQUARTER, "2026-03-01"), "2026-04-01", "2026-06-30");
  assert_range(relative(&c, 0, PU_FYEAR, "2026-03-31"), "2025-04-01", "2026-03-31");
  assert_range(relative(&c, 0, PU_FYEAR, "2026-04-01"), "2026-04-01", "2027-03-31");
  assert_range(relative(&c, -1, PU_FYEAR, "2026-04-01"), "2025-04-01", "2026-03-31");
  c.fy_day = 6; /* the British tax year */
  assert_range(fixed(&c, "FY2026-Q1"), "2025-04-06", "2025-07-05");
  assert_range(relative(&c, 0, PU_FQUARTER, "2026-04-05"), "2026-01-06", "2026-04-05");
  assert_range(relative(&c, 0, PU_FQUARTER, "2026-04-06"), "2026-04-06", "2026-07-05");
  assert_range(fixed(&c, "FY2026-M01"), "2025-04-06", "2025-05-05");
  assert_range(fixed(&c, "FY2026-M12"), "2026-03-06", "2026-04-05");
  assert_range(relative(&c, 0, PU_FMONTH, "2026-04-05"), "2026-03-06", "2026-04-05");
  assert_range(relative(&c, -1, PU_FMONTH, "2026-04-06"), "2026-03-06", "2026-04-05");
  c = (struct calendar){.fy_month = 5, .fy_day = 31};
  assert_range(fixed(&c, "FY2026-M10"), "2027-02-28", "2027-03-30");
  assert_range(fixed(&c, "FY2026-Q3"), "2026-11-30", "2027-02-27");
  assert_range(fixed(&c, "FY2026-Q4"), "2027-02-28", "2027-05-30");
  c = (struct calendar){.fy_month = 2, .fy_day = 29}; /* refused in rule files; harmless here */
  assert_range(fixed(&c, "FY2027"), "2027-02-28", "2028-02-28");
  assert_range(fixed(&c, "FY2028"), "2028-02-29", "2029-02-27");
}

static void relative_periods(void **state) {
  (void)state;
  struct calendar c;
  calendar_init(&c);
  assert_range(relative(&c, 0, PU_DAY, "2026-03-01"), "2026-03-01", "2026-03-01");
  assert_range(relative(&c, 0, PU_WEEK, "2026-03-01"), "2026-02-23",
               "2026-03-01"); /* a Sunday ends its week */
  assert_range(relative(&c, +1, PU_WEEK, "2026-03-01"), "2026-03-02", "2026-03-08");
  /* 2020-W53 */
  assert_range(relative(&c, 0, PU_WEEK, "2021-01-03"), "2020-12-28", "2021-01-03");
  assert_range(relative(&c, -1, PU_WEEK, "2021-01-04"), "2020-12-28", "2021-01-03");
  assert_range(relative(&c, -1, PU_MONTH, "2026-01-31"), "2025-12-01", "2025-12-31");
  assert_range(relative(&c, +1, PU_MONTH, "2026-01-31"), "2026-02-01", "2026-02-28");
  assert_range(relative(&c, -1, PU_QUARTER, "2026-03-31"), "2025-10-01", "2025-12-31");
  assert_range(relative(&c, 0, PU_YEAR, "2026-12-31"), "2026-01-01", "2026-12-31");
  assert_range(relative(&c, +1, PU_YEAR, "9999-06-01"), "9999-12-31", "9999-12-31");
  assert_range(relative(&c, -1, PU_MONTH, "0001-01-01"), "0001-01-01", "0001-01-01");
}

static void rolling_periods(void **state) {
  (void)state;
  struct calendar c;
  calendar_init(&c);
  struct period p = {.kind = PERIOD_LAST, .dur = {30, DUR_DAY}};
  assert_range(period_range(&p, D("2026-03-01"), &c), "2026-01-31", "2026-03-01");
  p.dur = (struct duration){1, DUR_MONTH};
  assert_range(period_range(&p, D("2026-03-31"), &c), "2026-03-01", "2026-03-31");
  p.dur = (struct duration){1, DUR_BDAY}; /* Sunday + 1bd is Monday: Monday alone */
  assert_range(period_range(&p, D("2026-03-09"), &c), "2026-03-09", "2026-03-09");
  p.dur = (struct duration){1000000, DUR_YEAR};
  assert_range(period_range(&p, D("2026-03-01"), &c), "0001-01-01", "2026-03-01");
  p.dur = (struct duration){0, DUR_DAY};
  struct dayrange none = period_range(&p, D("2026-03-01"), &c);
  assert_true(none.first > none.last);
  p = (struct period){.kind = PERIOD_NEXT, .dur = {60, DUR_DAY}};
  assert_range(period_range(&p, D("2026-03-01"), &c), "2026-03-02", "2026-04-30");
  none = period_range(&p, DAY_MAX, &c);
  assert_true(none.first > none.last);
  none = period_range(&p, DAY_NONE, &c);
  assert_true(none.first > none.last);
}

static void periods_read_as_they_are_written(void **state) {
  (void)state;
  char buf[32];
  struct period p = {.kind = PERIOD_LAST, .dur = {30, DUR_DAY}};
  assert_string_equal(period_text(&p, buf), "last 30d");
  p.kind = PERIOD_NEXT;
  assert_string_equal(period_text(&p, buf), "next 30d");
  p = (struct period){.kind = PERIOD_RELATIVE, .unit = PU_FQUARTER, .step = -1};
  assert_string_equal(period_text(&p, buf), "previous fiscal quarter");
  p.step = 0;
  assert_string_equal(period_text(&p, buf), "this fiscal quarter");
  p = (struct period){.kind = PERIOD_FIXED, .unit = PU_FQUARTER, .year = 2026, .part = 1};
  assert_string_equal(period_text(&p, buf), "FY2026-Q1");
  assert_string_equal(period_unit_name(PU_WEEK), "week");
}

/* ---- looking back and ahead ----------------------------------------------------------- */

static const struct duration all_kinds[] = {
    {0, DUR_DAY},     {1, DUR_DAY},   {30, DUR_DAY},   {2, DUR_WEEK},
    {1, DUR_MONTH},   {3, DUR_MONTH}, {11, DUR_MONTH}, {1, DUR_QUARTER},
    {4, DUR_QUARTER}, {1, DUR_YEAR},  {4, DUR_YEAR},   {0, DUR_BDAY},
    {1, DUR_BDAY},    {2, DUR_BDAY},  {5, DUR_BDAY},   {23, DUR_BDAY}};

static struct calendar with_holidays(struct arena *a) {
  struct calendar c;
  calendar_init(&c);
  const day_t holidays[] = {D("2024-01-01"), D("2024-05-01"), D("2024-12-25"), D("2024-12-26"),
                            D("2026-04-06"), D("2026-05-01"), D("2026-05-03")};
  calendar_set_holidays(&c, a, holidays, sizeof holidays / sizeof *holidays);
  return c;
}

/* The definition itself, looked for day by day. */
static day_t latest_that_reaches(const struct calendar *c, day_t today, struct duration by) {
  day_t d = today + 1;
  while (day_shift(c, d, by, 1) > today) d--;
  return d;
}

static void looking_back_is_the_latest_day_that_reaches_today(void **state) {
  (void)state;
  struct arena *a = arena_new();
  struct calendar c = with_holidays(a);
  for (size_t k = 0; k < sizeof all_kinds / sizeof *all_kinds; k++)
    for (day_t d = D("2023-11-01"); d <= D("2026-06-30"); d++) {
      day_t want = latest_that_reaches(&c, d, all_kinds[k]), got = day_back(&c, d, all_kinds[k]);
      char at[16], was[16], by[16];
      if (got != want)
        fail_msg("%s before %s is %s", duration_text(all_kinds[k], by), day_text(d, at),
                 day_text(got, was));
    }
  arena_free(a);
}

static void the_days_of_the_ruling(void **state) {
  (void)state;
  struct arena *a = arena_new();
  struct calendar c = with_holidays(a);
  const struct duration month = {1, DUR_MONTH}, two = {2, DUR_BDAY};
  assert_day(day_back(&c, D("2026-02-28"), month), "2026-01-31");
  assert_day(day_back(&c, D("2026-04-30"), month), "2026-03-31");
  assert_day(day_back(&c, D("2026-03-31"), month), "2026-02-28");
  assert_day(day_back(&c, D("2026-04-08"), two), "2026-04-06");
  assert_day(day_ahead(&c, D("2026-02-28"), month), "2026-03-31");
  assert_day(day_ahead(&c, D("2026-01-30"), month), "2026-02-28");
  assert_day(day_back(&c, DAY_MIN, month), "0001-01-01");
  assert_day(day_ahead(&c, DAY_MAX, month), "9999-12-31");
  assert_int_equal(day_back(&c, DAY_NONE, month), DAY_NONE);
  arena_free(a);
}

static void business_days_between_are_those_counted_one_by_one(void **state) {
  (void)state;
  struct arena *a = arena_new();
  struct calendar c = with_holidays(a);
  day_t from = D("2026-03-28");
  int32_t n = 0;
  for (day_t to = from; to <= D("2026-06-30"); to++) {
    if (to > from) n += calendar_is_business(&c, to);
    assert_int_equal(calendar_business_days(&c, from, to), n);
    assert_int_equal(calendar_business_days(&c, to, from), -n);
  }
  arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_day_survives_a_round_trip),
      cmocka_unit_test(looking_back_is_the_latest_day_that_reaches_today),
      cmocka_unit_test(the_days_of_the_ruling),
      cmocka_unit_test(business_days_between_are_those_counted_one_by_one),
      cmocka_unit_test(dates_that_do_not_exist_are_refused),
      cmocka_unit_test(only_the_exact_iso_form_parses),
      cmocka_unit_test(weekdays_are_iso),
      cmocka_unit_test(cells_may_carry_a_time),
      cmocka_unit_test(an_offset_moves_the_instant_to_the_zone),
      cmocka_unit_test(the_days_when_clocks_change_are_exact),
      cmocka_unit_test(written_formats),
      cmocka_unit_test(times_move_from_their_zone),
      cmocka_unit_test(a_written_day_is_read_again),
      cmocka_unit_test(zones_are_known_by_their_iana_name),
      cmocka_unit_test(today_can_be_fixed_and_leaves_the_process_zone_alone),
      cmocka_unit_test(durations),
      cmocka_unit_test(month_steps_clip),
      cmocka_unit_test(business_days_skip_weekends),
      cmocka_unit_test(business_days_skip_holidays),
      cmocka_unit_test(shifts_saturate),
      cmocka_unit_test(fixed_periods),
      cmocka_unit_test(fiscal_years_by_start_and_by_end),
      cmocka_unit_test(weeks_by_name_and_by_first_day),
      cmocka_unit_test(relative_periods),
      cmocka_unit_test(rolling_periods),
      cmocka_unit_test(periods_read_as_they_are_written),
  };
  return cmocka_run_group_tests_name("dates", tests, NULL, NULL);
}
