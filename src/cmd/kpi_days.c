/* The days of a series. In: --from, --to, --every as typed. Out: days. */
#include "cmd/kpi_days.h"

#include <string.h>

enum { DAYS_MAX = 4000 };

/* A day, or the first and last day of a period. */
static bool read_bound(const struct calendar *c, const char *text, struct dayrange *out) {
  struct period p;
  size_t n = strlen(text);
  if (day_parse(text, n, &out->first)) return out->last = out->first, true;
  if (!period_parse_fixed(text, n, &p)) return false;
  *out = period_range(&p, 0, c);
  return true;
}

static struct duration step_of(const char *every) {
  static const struct {
    const char *word;
    enum dur_unit unit;
  } steps[] = {{"day", DUR_DAY},
               {"week", DUR_WEEK},
               {"month", DUR_MONTH},
               {"quarter", DUR_QUARTER},
               {"year", DUR_YEAR}};
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
    if (strcmp(every, steps[i].word) == 0) return (struct duration){1, steps[i].unit};
  return (struct duration){1, DUR_MONTH};
}

bool kpi_days(const struct calendar *c, const char *from, const char *to, const char *every,
              day_t last_day, struct arena *a, day_list *out, struct diags *problems) {
  struct dayrange first = {last_day, last_day}, last = {last_day, last_day};
  if (!from && !to) {
    VEC_PUSH(a, out, last_day);
    return true;
  }
  const char *wrong = from && !read_bound(c, from, &first) ? from
                      : to && !read_bound(c, to, &last)    ? to
                                                           : NULL;
  if (wrong)
    return diag_fail(
        problems, V0704,
        "%s is not a day or a period: write 2024-01-31, 2024-01, 2024-W05, 2024-Q1, 2024, "
        "FY2024 or FY2024-M01",
        wrong);
  if (!from) return diag_fail(problems, V0704, "a series needs its first day: add --from 2024-01");
  struct duration step = step_of(every ? every : "month");
  bool periods = first.first != first.last && duration_is_months(step);
  for (int k = 0;; k++) {
    struct duration by = {step.n * k, step.unit};
    day_t d = periods ? day_shift(c, day_shift(c, first.first, by, 1),
                                  (struct duration){first.last - first.first > 31
                                                        ? (first.last - first.first > 100 ? 12 : 3)
                                                        : 1,
                                                    DUR_MONTH},
                                  1) -
                            1
                      : day_ahead(c, first.last, by);
    if (d > last.last) break;
    if (out->n == DAYS_MAX)
      return diag_fail(problems, V0704,
                       "the series has more than %d steps: choose a longer step with --every",
                       DAYS_MAX);
    VEC_PUSH(a, out, d);
  }
  if (out->n) return true;
  return diag_fail(problems, V0704, "the series is empty: --from %s comes after --to", from);
}
