/* Periods. In: "this fiscal quarter", "2026-Q3", "last 30d" as a struct, and today. Out: first
 * and last day. */
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "base/date.h"
#include "base/date_civil.h"
#include "base/fiscal.h"

static const struct {
  const char *name;
  int months; /* in one of it; 0: counted in days */
  int days;   /* in one of it; 0: counted in months */
  bool fiscal;
} units[] = {
    [PU_DAY] = {"day", 0, 1, false},
    [PU_WEEK] = {"week", 0, 7, false},
    [PU_MONTH] = {"month", 1, 0, false},
    [PU_QUARTER] = {"quarter", 3, 0, false},
    [PU_YEAR] = {"year", 12, 0, false},
    [PU_FMONTH] = {"fiscal month", 1, 0, true},
    [PU_FQUARTER] = {"fiscal quarter", 3, 0, true},
    [PU_FYEAR] = {"fiscal year", 12, 0, true},
};

enum { FISCAL_MONTHS_MOST = 13, DAYS_A_WEEK = 7 };

const char *period_unit_name(enum period_unit u) {
  return u == PERIOD_UNITS ? "no period" : units[u].name;
}

const char *period_unit_plural(enum period_unit u) {
  static const char *const names[] = {[PU_DAY] = "days",
                                      [PU_WEEK] = "weeks",
                                      [PU_MONTH] = "months",
                                      [PU_QUARTER] = "quarters",
                                      [PU_YEAR] = "years",
                                      [PU_FMONTH] = "fiscal months",
                                      [PU_FQUARTER] = "fiscal quarters",
                                      [PU_FYEAR] = "fiscal years"};
  return u == PERIOD_UNITS ? "no periods" : names[u];
}

enum period_unit period_unit_from_name(const char *name) {
  int u = 0;
  while (u < PERIOD_UNITS && strcmp(units[u].name, name) != 0) u++;
  return (enum period_unit)u;
}

bool period_unit_is_fiscal(enum period_unit u) { return u != PERIOD_UNITS && units[u].fiscal; }

/* The Monday of the first ISO week of a year: the week of 4 January. */
static int64_t iso_year_start(int year) {
  day_t fourth = day_from_civil(year, 1, 4);
  return (int64_t)fourth - day_weekday(fourth) + 1;
}

static int iso_weeks(int year) {
  day_t last = day_from_civil(year, 12, 28); /* always in the last week */
  return (int)(((int64_t)last - iso_year_start(year)) / DAYS_A_WEEK) + 1;
}

/* What may stand after the year and a hyphen: a letter, two digits or one, of which unit. */
static const struct {
  char letter; /* 0: none */
  bool fiscal;
  int width, most;
  enum period_unit unit;
} parts[] = {
    {'Q', false, 1, 4, PU_QUARTER},
    {'W', false, 2, 53, PU_WEEK},
    {0, false, 2, 12, PU_MONTH},
    {'Q', true, 1, 4, PU_FQUARTER},
    {'M', true, 2, FISCAL_MONTHS_MOST, PU_FMONTH},
};

/* "YYYY", or "YYYY-" and a part. */
static bool parse_year_part(const char *s, size_t n, bool fiscal, struct period *out) {
  if (n < 4) return false;
  int year = digits(s, 4);
  *out = (struct period){.kind = PERIOD_FIXED, .unit = fiscal ? PU_FYEAR : PU_YEAR, .year = year};
  if (n == 4 || year < 1) return year >= 1;
  for (size_t i = 0; s[4] == '-' && i < sizeof parts / sizeof *parts; i++) {
    size_t lead = parts[i].letter ? 6 : 5;
    if (parts[i].fiscal != fiscal || n != lead + (size_t)parts[i].width) continue;
    if (parts[i].letter && s[5] != parts[i].letter) continue;
    out->part = digits(s + lead, parts[i].width);
    out->unit = parts[i].unit;
    return out->part >= 1 && out->part <= parts[i].most &&
           (out->unit != PU_WEEK || out->part <= iso_weeks(year));
  }
  return false;
}

bool period_parse_fixed(const char *s, size_t n, struct period *out) {
  if (n > 2 && s[0] == 'F' && s[1] == 'Y') return parse_year_part(s + 2, n - 2, true, out);
  return parse_year_part(s, n, false, out);
}

/* A grid of equal steps in months: step k starts `months * k` months after the anchor, each
 * computed from the anchor, so that quarters of a year that starts on 31 May start on 31 Aug, 30
 * Nov and 28 Feb. */
struct grid {
  int months;
  int64_t anchor; /* month index of step 0 */
  int day;        /* on which a step starts */
};

static struct grid unit_grid(enum period_unit u, const struct calendar *c) {
  bool fiscal = units[u].fiscal;
  return (struct grid){units[u].months, fiscal ? c->fy_month - 1 : 0, fiscal ? c->fy_day : 1};
}

static int64_t grid_start(const struct grid *g, int64_t step) {
  return month_days(g->anchor + g->months * step, g->day);
}

static int64_t grid_step_of(const struct grid *g, day_t d) {
  int year, month, day;
  day_to_civil(d, &year, &month, &day);
  int64_t step = floor_div((int64_t)year * 12 + month - 1 - g->anchor, g->months);
  return grid_start(g, step) > d ? step - 1 : step;
}

static struct dayrange range_of(int64_t first, int64_t after) {
  return (struct dayrange){day_clamp(first), day_clamp(after - 1)};
}

static struct dayrange relative_range(const struct period *p, day_t today,
                                      const struct calendar *c) {
  int days = units[p->unit].days;
  if (days) {
    int into = (day_weekday(today) - c->week_start + DAYS_A_WEEK) % DAYS_A_WEEK;
    int64_t start = (int64_t)today - (days == DAYS_A_WEEK ? into : 0) + (int64_t)days * p->step;
    return range_of(start, start + days);
  }
  struct grid g = unit_grid(p->unit, c);
  int64_t step = grid_step_of(&g, today) + p->step;
  return range_of(grid_start(&g, step), grid_start(&g, step + 1));
}

/* FY2026 of a year that crosses the new year may be the one that ends in 2026. A fiscal year that
 * starts on 1 January ends in the year it starts in: both namings agree. */
static int named_later(enum period_unit u, const struct calendar *c) {
  return units[u].fiscal && c->fy_by_end && (c->fy_month != 1 || c->fy_day != 1);
}

static struct dayrange fixed_range(const struct period *p, const struct calendar *c) {
  if (p->unit == PU_WEEK) {
    int64_t monday = iso_year_start(p->year) + (int64_t)DAYS_A_WEEK * (p->part - 1);
    return range_of(monday, monday + DAYS_A_WEEK);
  }
  struct grid g = unit_grid(p->unit, c);
  int64_t year = p->year - named_later(p->unit, c);
  int64_t step = year * (12 / g.months) + (p->part ? p->part - 1 : 0);
  return range_of(grid_start(&g, step), grid_start(&g, step + 1));
}

/* Is it a period that the calendar's table lists? */
static bool is_listed(const struct period *p, const struct calendar *c) {
  bool named = p->kind == PERIOD_FIXED || p->kind == PERIOD_RELATIVE;
  return named && c->fiscal_table && period_unit_is_fiscal(p->unit);
}

bool period_find(const struct period *p, day_t today, const struct calendar *c,
                 struct dayrange *out) {
  *out = period_range(p, today, c);
  return !is_listed(p, c) || out->first <= out->last;
}

struct dayrange period_range(const struct period *p, day_t today, const struct calendar *c) {
  CHECK(p->unit != PERIOD_UNITS);
  struct dayrange listed = {DAY_MAX, DAY_MIN};
  if (is_listed(p, c)) return fiscal_find(p, today, c, &listed), listed;
  if (p->kind == PERIOD_FIXED) return fixed_range(p, c);
  if (today == DAY_NONE) return (struct dayrange){DAY_MAX, DAY_MIN};
  today = day_clamp(today);
  if (p->kind == PERIOD_RELATIVE) return relative_range(p, today, c);
  if (p->kind == PERIOD_NEXT) return (struct dayrange){today + 1, day_ahead(c, today, p->dur)};
  day_t before = day_back(c, today, p->dur);
  return (struct dayrange){before == DAY_MIN ? DAY_MIN : before + 1, today};
}

static void fixed_text(const struct period *p, char *buf) {
  int n = snprintf(buf, 32, "%s%04d", units[p->unit].fiscal ? "FY" : "", p->year);
  for (size_t i = 0; p->part && i < sizeof parts / sizeof *parts; i++)
    if (parts[i].unit == p->unit)
      snprintf(buf + n, 32 - (size_t)n, "-%.1s%0*d", parts[i].letter ? &parts[i].letter : "",
               parts[i].width, p->part);
}

char *period_text(const struct period *p, char *buf) {
  char dur[16];
  switch (p->kind) {
    case PERIOD_LAST: snprintf(buf, 32, "last %s", duration_text(p->dur, dur)); break;
    case PERIOD_NEXT: snprintf(buf, 32, "next %s", duration_text(p->dur, dur)); break;
    case PERIOD_RELATIVE:
      snprintf(buf, 32, "%s %s",
               p->step < 0   ? "previous"
               : p->step > 0 ? "next"
                             : "this",
               period_unit_name(p->unit));
      break;
    case PERIOD_FIXED: fixed_text(p, buf); break;
  }
  return buf;
}

static struct period iso_week_of(day_t d) {
  int64_t thursday = (int64_t)d - day_weekday(d) + 4; /* lies in the year of its week */
  int year, month, day;
  day_to_civil((day_t)thursday, &year, &month, &day);
  int week = (int)((thursday - iso_year_start(year)) / DAYS_A_WEEK) + 1;
  return (struct period){.kind = PERIOD_FIXED, .unit = PU_WEEK, .year = year, .part = week};
}

static struct period listed_period(enum period_unit u, const struct fiscal_period *row) {
  CHECK(row);
  int part = u == PU_FMONTH ? row->part : u == PU_FQUARTER ? row->quarter : 0;
  return (struct period){.kind = PERIOD_FIXED, .unit = u, .year = row->year, .part = part};
}

struct period period_of_day(enum period_unit u, day_t d, const struct calendar *c) {
  CHECK(u != PERIOD_UNITS && u != PU_DAY && d != DAY_NONE);
  d = day_clamp(d);
  if (c->fiscal_table && units[u].fiscal) return listed_period(u, fiscal_of_day(c, d));
  if (u == PU_WEEK) return iso_week_of(d);
  struct grid g = unit_grid(u, c);
  int64_t step = grid_step_of(&g, d), each = 12 / g.months, year = floor_div(step, each);
  return (struct period){.kind = PERIOD_FIXED,
                         .unit = u,
                         .year = (int)year + named_later(u, c),
                         .part = each == 1 ? 0 : (int)(step - year * each) + 1};
}

char *period_name_of_day(enum period_unit u, day_t d, const struct calendar *c, char *buf) {
  if (u == PU_DAY) return day_text(d, buf);
  if (c->fiscal_table && units[u].fiscal && !fiscal_of_day(c, d)) return NULL;
  if (u == PU_WEEK && c->week_start != 1)
    return day_text(relative_range(&(struct period){.unit = PU_WEEK}, d, c).first, buf);
  struct period p = period_of_day(u, d, c);
  return period_text(&p, buf);
}
