/* The days of a series. In: --from, --to, --every as typed. Out: days. */
#include "cmd/kpi_days.h"

#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/fiscal.h"

enum { DAYS_MAX = 4000, MONTHS_A_YEAR = 12 };

/* ---- bounds ---------------------------------------------------------------------------- */

/* --from or --to: the days of a period, or one day. */
struct bound {
  struct dayrange days;
  struct period period; /* of a day: PERIOD_RELATIVE */
};

static bool read_bound(const struct calendar *c, const char *text, struct bound *out,
                       struct diags *problems) {
  size_t n = strlen(text);
  *out = (struct bound){.period.kind = PERIOD_RELATIVE};
  if (day_parse(text, n, &out->days.first)) return out->days.last = out->days.first, true;
  if (!period_parse_fixed(text, n, &out->period))
    return diag_fail(
        problems, V0704,
        "%s is not a day or a period: write 2024-01-31, 2024-01, 2024-W05, 2024-Q1, 2024, "
        "FY2024 or FY2024-M01",
        text);
  if (out->period.unit == PU_WEEK && c->week_start != 1)
    return diag_fail(problems, V0704,
                     "%s is a week that starts on a Monday, and the calendar's weeks do not: write "
                     "the last day of the week",
                     text);
  if (period_find(&out->period, 0, c, &out->days)) return true;
  return diag_fail(problems, V0517, "%s", fiscal_outside(c, &out->period, 0, problems->arena));
}

bool days_of_bound(const struct calendar *c, const char *text, struct dayrange *out,
                   struct diags *problems) {
  struct bound b;
  bool good = read_bound(c, text, &b, problems);
  if (good) *out = b.days;
  return good;
}

/* A period of the calendar's table: one that is no number of months. */
static bool is_listed(const struct calendar *c, const struct bound *b) {
  return c->fiscal_table && b->period.kind == PERIOD_FIXED && period_unit_is_fiscal(b->period.unit);
}

/* ---- steps ------------------------------------------------------------------------------- */

static const struct step {
  const char *word;
  enum dur_unit unit;      /* of as many as are counted from the first day */
  enum period_unit fiscal; /* PERIOD_UNITS: none; otherwise the ends of such periods */
} steps[] = {{"day", DUR_DAY, PERIOD_UNITS},
             {"week", DUR_WEEK, PERIOD_UNITS},
             {"month", DUR_MONTH, PERIOD_UNITS},
             {"quarter", DUR_QUARTER, PERIOD_UNITS},
             {"year", DUR_YEAR, PERIOD_UNITS},
             {"fiscal-month", DUR_MONTH, PU_FMONTH},
             {"fiscal-quarter", DUR_QUARTER, PU_FQUARTER},
             {"fiscal-year", DUR_YEAR, PU_FYEAR}};

static const struct step *step_of(const char *every) {
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
    if (strcmp(every, steps[i].word) == 0) return &steps[i];
  UNREACHABLE("a step that opt.def does not list");
}

/* The step that is not said: a month, or the fiscal period of the table with which it begins. */
static const struct step *step_unsaid(const struct calendar *c, const struct bound *first) {
  size_t i = 0;
  enum period_unit unit = is_listed(c, first) ? first->period.unit : PERIOD_UNITS;
  if (unit == PERIOD_UNITS) return step_of("month");
  while (steps[i].fiscal != unit) i++;
  return &steps[i];
}

struct series {
  const struct calendar *c;
  const struct step *step;
  struct bound first;
  day_t last; /* no day comes after it */
  struct arena *a;
  day_list *out;
  struct diags *problems;
};

static bool add_day(struct series *s, day_t d) {
  if (s->out->n == DAYS_MAX)
    return diag_fail(s->problems, V0704,
                     "the series has more than %d steps: choose a longer step with --every",
                     DAYS_MAX);
  VEC_PUSH(s->a, s->out, d);
  return true;
}

/* The last day of each fiscal period, from the one in which the first day of --from lies. */
static bool fiscal_days(struct series *s) {
  const struct period p = {.kind = PERIOD_RELATIVE, .unit = s->step->fiscal};
  struct dayrange r;
  for (day_t at = s->first.days.first; at <= s->last; at = r.last + 1) {
    if (!period_find(&p, at, s->c, &r))
      return diag_fail(s->problems, V0517, "%s", fiscal_outside(s->c, &p, at, s->a));
    if (r.last > s->last) break;
    if (!add_day(s, r.last)) return false;
  }
  return true;
}

/* From the start of the year (a fiscal year may start on the 31st) to the end of the first period:
 * so many months. */
static int months_until(const struct series *s, day_t *year) {
  bool fiscal = period_unit_is_fiscal(s->first.period.unit);
  const struct period p = {.kind = PERIOD_RELATIVE, .unit = fiscal ? PU_FYEAR : PU_YEAR};
  int n = 1;
  *year = period_range(&p, s->first.days.first, s->c).first;
  while (day_shift(s->c, *year, (struct duration){n, DUR_MONTH}, 1) <= s->first.days.last) n++;
  CHECK(n <= MONTHS_A_YEAR);
  return n;
}

/* Day k of a series of periods: the last of the one k steps after the first. Each is counted from
 * the start of the year, so that months from the 31st end on the 27th, the 30th, the 29th. */
static day_t period_end(const struct series *s, struct duration by) {
  day_t year;
  int n = months_until(s, &year) + duration_months(by);
  return day_shift(s->c, year, (struct duration){n, DUR_MONTH}, 1) - 1;
}

/* Is the series one of months, quarters or years that are named? A week has no such steps. */
static bool steps_through_periods(const struct series *s) {
  return s->first.period.kind == PERIOD_FIXED && s->first.period.unit != PU_WEEK &&
         duration_is_months((struct duration){1, s->step->unit});
}

static bool counted_days(struct series *s) {
  const struct dayrange *r = &s->first.days;
  bool months = duration_is_months((struct duration){1, s->step->unit});
  if (months && is_listed(s->c, &s->first))
    return diag_fail(s->problems, V0704,
                     "the fiscal periods of %s are no calendar months: step through them with "
                     "--every fiscal-month",
                     s->c->fiscal_table);
  for (int k = 0;; k++) {
    struct duration by = {k, s->step->unit};
    day_t d = steps_through_periods(s) ? period_end(s, by) : day_ahead(s->c, r->last, by);
    if (d > s->last) return true;
    if (!add_day(s, d)) return false;
  }
}

bool kpi_days(const struct calendar *c, const char *from, const char *to, const char *every,
              day_t last_day, struct arena *a, day_list *out, struct diags *problems) {
  struct bound last = {.days = {last_day, last_day}};
  struct series s = {.c = c, .first = last, .a = a, .out = out, .problems = problems};
  if (!from && !to) {
    VEC_PUSH(a, out, last_day);
    return true;
  }
  if (from && !read_bound(c, from, &s.first, problems)) return false;
  if (to && !read_bound(c, to, &last, problems)) return false;
  if (!from) return diag_fail(problems, V0704, "a series needs its first day: add --from 2024-01");
  s.last = last.days.last;
  s.step = every ? step_of(every) : step_unsaid(c, &s.first);
  if (!(s.step->fiscal == PERIOD_UNITS ? counted_days : fiscal_days)(&s)) return false;
  if (out->n) return true;
  if (s.step->fiscal != PERIOD_UNITS && s.first.days.first <= s.last)
    return diag_fail(problems, V0704, "the series is empty: no %s ends between --from %s and --to",
                     period_unit_name(s.step->fiscal), from);
  return diag_fail(problems, V0704, "the series is empty: --from %s comes after --to", from);
}

/* ---- a day that not every month has -------------------------------------------------------- */

static int day_of_month(day_t d) {
  int year, month, day;
  day_to_civil(d, &year, &month, &day);
  return day;
}

const char *kpi_days_warning(const char *from, const char *every, const day_list *days,
                             struct arena *a) {
  char text[16], began[16];
  const struct step *step = step_of(every ? every : "month");
  day_t first;
  bool months =
      step->fiscal == PERIOD_UNITS && duration_is_months((struct duration){1, step->unit});
  if (!from || !months || !day_parse(from, strlen(from), &first) || day_is_month_end(first))
    return NULL;
  for (size_t i = 1; i < days->n; i++) {
    if (day_of_month(days->v[i]) == day_of_month(first)) continue;
    return arena_printf(a,
                        "the series begins on %s, and not every month has a day %d: %s stands for "
                        "it. Ends of months are compared with --from %.7s",
                        day_text(first, began), day_of_month(first), day_text(days->v[i], text),
                        began);
  }
  return NULL;
}
