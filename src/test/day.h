/* One day of a test: the rules judged on its dataset, and the items after it. Shared by the files
 * of test/. */
#ifndef VIGIE_TEST_DAY_H
#define VIGIE_TEST_DAY_H

#include "action/decide.h"
#include "judge/judge.h"
#include "test/suite.h"
#include "test/trace.h"

struct test_day {
  struct arena *a;    /* of the test: gone when it has run */
  struct arena *keep; /* of its results */
  struct ruleset *rs;
  const struct test_step *step;
  struct plan *plan;
  struct dataset *dataset;
  struct judge_entry entry;
  struct judgement *judgement;
  struct verdicts *verdicts;
  struct trace *traces; /* by rule */
  int *value_nodes;     /* by expectation: the node of its KPI; -1 */
  int *value_domains;
  const struct item *items; /* after the day */
  size_t n_items;
  const char *error; /* why the day could not be judged; NULL */
};

/* Judges the day of t->steps.v[at]; before: the items of the days before. Free it with day_close,
 * after the last use of its items. */
void day_run(struct test_day *d, struct ruleset *rs, const struct test *t, size_t at,
             const struct item *before, size_t n_before, struct arena *a, struct arena *keep);
void day_close(struct test_day *d);

/* ---- check.c -------------------------------------------------------------------------- */
/* Holds the day against what its step expects; failures and notes go to the result. */
void day_check(struct test_day *d, struct test_result *r);

/* ---- show.c --------------------------------------------------------------------------- */
/* The rule on a row of its domain. */
struct shown_row show_row(struct test_day *d, const struct trace *t, int32_t row);
/* The rows of the domain that are there: at most max of them into out; how many there are comes
 * back. */
size_t rows_there(struct test_day *d, const struct trace *t, int32_t *out, size_t max);

#endif
