/* In: a rule set. Out: the result of each of its tests, and what they reached. */
#include "test/suite.h"

#include <string.h>

#include "test/day.h"

static void run_test(struct ruleset *rs, const struct test *t, bool coverage, struct arena *keep,
                     struct suite *out) {
  struct arena *a = arena_new();
  struct test_result r = {.test = t};
  struct test_day *days = NEW_N(a, struct test_day, t->steps.n);
  const struct item *items = NULL;
  size_t n = 0;
  const struct calendar calendar = rs->calendar;
  if (t->calendar) rs->calendar = *t->calendar;
  for (size_t i = 0; i < t->steps.n; i++) {
    day_run(&days[i], rs, t, i, items, n, a, keep);
    day_check(&days[i], &r);
    if (coverage) coverage_add(&out->coverage, &days[i]);
    items = days[i].items;
    n = days[i].n_items;
  }
  for (size_t i = 0; i < t->steps.n; i++) day_close(&days[i]);
  rs->calendar = calendar;
  arena_free(a);
  out->failed += r.failures.n > 0;
  VEC_PUSH(keep, &out->results, r);
}

void suite_run(struct ruleset *rs, const char *pattern, bool coverage, struct arena *a,
               struct suite *out) {
  *out = (struct suite){0};
  coverage_init(&out->coverage, rs, a);
  for (size_t i = 0; i < rs->tests.n; i++)
    if (!pattern || strstr(rs->tests.v[i]->name, pattern))
      run_test(rs, rs->tests.v[i], coverage, a, out);
}
