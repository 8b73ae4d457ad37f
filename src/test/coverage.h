/* What the tests have reached: each rule both ways, each branch of `and` and `or` both ways, each
 * threshold line. */
#ifndef VIGIE_TEST_COVERAGE_H
#define VIGIE_TEST_COVERAGE_H

#include "sema/ruleset.h"

struct branch_coverage {
  const char *text;
  struct span span;
  long yes, no; /* rows on which it was true, false */
};

struct rule_coverage {
  const struct rule *rule;
  long fired, silent, unknown; /* rows on which its condition was true, false, unknown */
  VEC(struct branch_coverage) branches;
};

struct threshold_coverage {
  const struct threshold *threshold;
  long *used; /* by line: rows for which it gave the value */
};

struct coverage {
  VEC(struct rule_coverage) rules; /* in the order of the rule set */
  /* likewise; only those that a rule's condition names */
  VEC(struct threshold_coverage) thresholds;
};

struct test_day;
void coverage_init(struct coverage *c, const struct ruleset *rs, struct arena *a);
void coverage_add(struct coverage *c, struct test_day *d);

/* Things that can be reached (each rule fired and silent, each branch true and false, each
 * threshold line), and how many were. */
void coverage_count(const struct coverage *c, long *reached, long *all);
double coverage_percent(const struct coverage *c); /* 100 when there is nothing to reach */

#endif
