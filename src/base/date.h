/* Civil dates, durations, periods and business days. Pure arithmetic: no clock but day_today.
 *
 * A day is a count of days since 1970-01-01 (proleptic Gregorian). DAY_NONE is "no such day".
 * Nothing here allocates except calendar_set_holidays, which keeps its array in the arena given. */
#ifndef VIGIE_DATE_H
#define VIGIE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct zone_clock;

typedef int32_t day_t;
#define DAY_NONE INT32_MIN
#define DAY_MIN (-719162) /* 0001-01-01 */
#define DAY_MAX 2932896   /* 9999-12-31 */

/* year 1..9999, month 1..12, day 1..31; DAY_NONE when there is no such date. */
day_t day_from_civil(int year, int month, int day);
void day_to_civil(day_t d, int *year, int *month, int *day);
int day_weekday(day_t d);              /* 1 = Monday .. 7 = Sunday */
const char *weekday_name(int weekday); /* "Monday" */
/* The weekday that is called so, in whatever letters; of n letters as many count. 0: none. */
int weekday_named(const char *name, size_t n);

/* "2026-03-01" exactly (10 bytes); false otherwise, *out untouched. */
bool day_parse(const char *s, size_t n, day_t *out);

/* What a database cell may hold: an ISO date, alone or followed by a time ("T" or one space,
 * hh:mm, optional :ss, optional fraction) and an optional offset ("Z", "+02:00", "+0200", "+02").
 * With an offset, the instant is converted to the zone of the clock (zone.h; NULL: UTC). Without
 * one, the time is dropped. False when the text is anything else (blanks around it too), *out
 * untouched. Fast for the plain 10-byte form; safe on several threads, each with its clock. */
bool day_parse_cell(const char *s, size_t n, struct zone_clock *clock, day_t *out);
enum { SECONDS_A_DAY = 86400 };
#define MICROSECONDS_A_DAY (SECONDS_A_DAY * INT64_C(1000000))
/* The same, with the microseconds since that day's midnight: 0 where no time stands. */
bool moment_parse_cell(const char *s, size_t n, struct zone_clock *clock, day_t *day,
                       int64_t *microseconds);

/* "2026-03-01" into buf (11 bytes at least); returns buf. Days outside 0001..9999 print as the
 * nearest one inside. */
char *day_text(day_t d, char *buf);

/* Today in the time zone (NULL or unknown: UTC). A date in the environment variable VIGIE_TODAY
 * wins over the clock, so that tests can be repeated; anything else in it is ignored. tz_known
 * tells whether the machine knows the IANA name ("Europe/Paris"); "UTC" is always known. */
day_t day_today(const char *tz);

/* What a clock on the wall shows there. VIGIE_NOW="2026-03-02 09:30" stands still. */
struct wall {
  day_t day;
  int minute;      /* of the day */
  int64_t instant; /* seconds since 1970-01-01T00:00Z */
};
struct wall wall_now(const char *tz);
/* Is VIGIE_NOW, where it is set, written so? Otherwise it would be another hour than was meant. */
bool wall_now_fits(void);
/* "2026-03-02T09:30:00Z", in the arena. */
const char *utc_text(int64_t instant, struct arena *a);
bool tz_known(const char *tz);
/* What to say of a zone that is not known: `otherwise`, unless this machine knows none at all. */
const char *tz_help(const char *otherwise);

/* ---- durations ------------------------------------------------------------------------ */

enum dur_unit { DUR_DAY, DUR_WEEK, DUR_MONTH, DUR_QUARTER, DUR_YEAR, DUR_BDAY };

struct duration {
  int32_t n; /* how many; never negative in source */
  enum dur_unit unit;
};

/* 60d 2w 3mo 2q 1y 5bd, the whole text; false when it is not one (or is above 1,000,000). */
bool duration_parse(const char *s, size_t n, struct duration *out);
char *duration_text(struct duration d, char *buf); /* "60d"; 16 bytes at least */
const char *dur_unit_name(enum dur_unit u);        /* "months", "business days" */
bool dur_unit_from_name(const char *name, enum dur_unit *out);
/* What a length of time is counted in: days, months or business days; and how many of these one of
 * the unit is: 3 months for a quarter. */
enum dur_unit dur_unit_base(enum dur_unit u);
int dur_unit_size(enum dur_unit u);
bool duration_is_months(struct duration d); /* months, quarters, years */
/* days and weeks in days; -1 for the others */
int32_t duration_days(struct duration d);
/* months, quarters, years in months; -1 for the others */
int32_t duration_months(struct duration d);

/* ---- the company's calendar ----------------------------------------------------------- */

struct calendar {
  int fy_month, fy_day;  /* first day of the fiscal year; 1 and 1 by default */
  bool fy_by_end;        /* FY2026 ends in 2026 (true) or starts in 2026 (false, the default) */
  int week_start;        /* the first day of `this week`: 1 = Monday (the default) .. 7 = Sunday */
  const day_t *holidays; /* sorted, unique */
  size_t n_holidays;
  /* The table that lists the fiscal periods; NULL: they are counted from fy_month and fy_day. */
  const char *fiscal_table;
  const struct fiscal_period *fiscal; /* its rows, each beginning where the one before ends */
  size_t n_fiscal;                    /* 0: the table was not read */
};

void calendar_init(struct calendar *c);
/* Copies, sorts and dedupes the days into the arena. */
void calendar_set_holidays(struct calendar *c, struct arena *a, const day_t *days, size_t n);
bool calendar_is_business(const struct calendar *c, day_t d);

/* d moved by sign (+1 or -1) times the duration. Month steps clip (31 Jan + 1mo = 28 Feb).
 * Business days count strictly after (before) the start. Saturates at DAY_MIN and DAY_MAX.
 * DAY_NONE stays. */
day_t day_shift(const struct calendar *c, day_t d, struct duration by, int sign);

/* Looking back from a day: the latest D with D + by <= d. All that looks back means this: `ago`,
 * `over`, `in last`, `for`, `older than`. So a month before 28 February is 31 January, before 31
 * March 28 February; two business days before a Wednesday after a holiday is that holiday.
 * Shifts compose: (E 1mo ago) 1mo ago looks back twice. Saturates; DAY_NONE stays. */
day_t day_back(const struct calendar *c, day_t d, struct duration by);
/* Looking ahead from a day, for `within` and `in next`: as day_shift, but months from the last
 * day of a month reach the last day of a month. */
day_t day_ahead(const struct calendar *c, day_t d, struct duration by);
/* d moved by so many of the unit, back where length is negative, sign (+1 or -1) times; sign 0:
 * ahead, as day_ahead, where it is positive. DAY_NONE: a length with a fraction, or past any
 * calendar, moves no day. */
day_t day_moved(const struct calendar *c, day_t d, double length, enum dur_unit unit, int sign);
/* Business days that the calendar counts in (from, to]; negative where to < from, DAY_NONE is a
 * broken promise. */
int32_t calendar_business_days(const struct calendar *c, day_t from, day_t to);
bool day_is_month_end(day_t d);

/* ---- periods -------------------------------------------------------------------------- */

enum period_unit {
  PU_DAY,
  PU_WEEK,
  PU_MONTH,
  PU_QUARTER,
  PU_YEAR,
  PU_FMONTH,
  PU_FQUARTER,
  PU_FYEAR,
  PERIOD_UNITS /* none: what a `fiscal week` is read as, which sema refuses */
};

enum period_kind {
  PERIOD_LAST,     /* last 30d: today-30d < D <= today */
  PERIOD_NEXT,     /* next 60d: today < D <= today+60d */
  PERIOD_RELATIVE, /* this (0), previous (-1), next (+1) unit */
  PERIOD_FIXED,    /* 2026-Q3, 2026-03, 2026, 2026-W53, FY2026, FY2026-Q1, FY2026-M01 */
};

struct period {
  enum period_kind kind;
  struct duration dur; /* LAST, NEXT */
  /* LAST, NEXT inside a define: the parameter that stands for dur; NULL elsewhere */
  const char *dur_name;
  enum period_unit unit; /* RELATIVE, FIXED */
  int step;              /* RELATIVE: -1, 0, +1 */
  /* FIXED: the year as written; quarter 1..4, month 1..12 (a fiscal one to 13) or week 1..53, 0
   * for a whole year */
  int year, part;
};

struct dayrange {
  day_t first, last; /* both inclusive; first > last is empty */
};

/* "2026-Q3" "2026-03" "2026" "2026-W53" "FY2026" "FY2026-Q1" "FY2026-M01": the whole text; false
 * when it is none of them. A week 53 is one only in years that have it. */
bool period_parse_fixed(const char *s, size_t n, struct period *out);

/* The unit that is called so ("fiscal quarter"); PERIOD_UNITS: none is. */
enum period_unit period_unit_from_name(const char *name);
bool period_unit_is_fiscal(enum period_unit u);

/* The days of the period, seen from today, cut to DAY_MIN..DAY_MAX; empty when today is DAY_NONE
 * and matters. `this week` begins on the calendar's first day of the week, a named one is an ISO
 * week; quarter and year are calendar ones; fiscal ones follow the calendar (a fiscal year that
 * starts on 04-06 has quarters and months that start on the 6th), or its table. */
struct dayrange period_range(const struct period *p, day_t today, const struct calendar *c);
/* The same where it may be that there is none: a fiscal period that the calendar's table does not
 * hold. False then, and *out is empty, as it is for period_range. */
bool period_find(const struct period *p, day_t today, const struct calendar *c,
                 struct dayrange *out);

/* The fixed period of a unit that a day lies in: 2026-01, 2026-Q1, FY2026-M01. The day lies in
 * one (period_find). */
struct period period_of_day(enum period_unit u, day_t d, const struct calendar *c);
/* Its name; buf as for period_text. A day is itself; a week of a calendar whose weeks start on
 * another day than Monday has no name but its first day. NULL: the day lies in no period. */
char *period_name_of_day(enum period_unit u, day_t d, const struct calendar *c, char *buf);

/* As written in the language: "last 30d", "this fiscal quarter", "FY2026-Q1". buf: 32 bytes at
 * least. */
char *period_text(const struct period *p, char *buf);
const char *period_unit_name(enum period_unit u);   /* "fiscal quarter" */
const char *period_unit_plural(enum period_unit u); /* "fiscal quarters" */

#endif
