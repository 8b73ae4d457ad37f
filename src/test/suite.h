/* Test blocks run: each day of a test is judged, its items live on, and what came is held against
 * what was expected.
 *
 * Everything here lives in the arena given to suite_run. */
#ifndef VIGIE_TEST_SUITE_H
#define VIGIE_TEST_SUITE_H

#include "action/item.h"
#include "base/arena.h"
#include "sema/test_case.h"
#include "test/coverage.h"

/* One line of a rule taken apart on a row. */
struct shown_part {
  int depth;
  const char *text;
  enum truth truth;
  const char *values; /* "health = 65, health_alarm = 10"; "" */
};

struct shown_row {        /* a rule on a row and a day */
  const char *rule, *row; /* row: "Acme", a group, or "company" */
  day_t day;
  VEC(struct shown_part) parts;
};

struct failure {
  struct span span; /* the `expect`, or the test */
  const char *message;
  VEC(struct shown_row) rows;
};

struct test_result {
  const struct test *test;
  VEC(struct failure) failures;
  VEC(const char *) notes; /* worth saying of a test that passes too */
};

struct suite {
  VEC(struct test_result) results;
  size_t failed;
  struct coverage coverage;
};

/* Runs the tests whose name contains pattern (NULL: all); coverage is only filled in when it is
 * asked for. */
void suite_run(struct ruleset *rs, const char *pattern, bool coverage, struct arena *a,
               struct suite *out);

#endif
