/* The result of tests, for people, programs and build servers. */
#ifndef VIGIE_TEST_REPORT_H
#define VIGIE_TEST_REPORT_H

#include <stdio.h>

#include "test/suite.h"

struct report_style {
  bool quiet;    /* only tests that fail */
  bool coverage; /* what no test reaches, too */
};

/* One line a test; below one that fails, what was expected and what came, with the value under
 * every part. a is for scratch work. */
void test_report_text(FILE *f, const struct suite *s, const struct report_style *style,
                      struct arena *a);
/* {"tests": [...], "passed": n, "failed": n, "coverage": {...}} */
void test_report_json(FILE *f, const struct suite *s, const struct report_style *style,
                      struct arena *a);
/* The XML that build servers read: a suite a rule file, a case a test. */
void test_report_junit(FILE *f, const struct suite *s, struct arena *a);

/* ---- for the files of test/ ----------------------------------------------------------- */
const char *truth_word(enum truth t); /* "true", "false", "unknown" */
void print_shown_row(FILE *f, const struct shown_row *r, const char *indent);
void test_report_coverage(FILE *f, const struct coverage *c, struct arena *a);

#endif
