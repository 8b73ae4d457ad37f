/* Findings in the formats of others: build servers, code hosts, editors. */
#ifndef VIGIE_LINT_REPORT_H
#define VIGIE_LINT_REPORT_H

#include <stdio.h>

#include "lint/lint.h"

/* The findings, which are sorted. suppressed: how many were allowed. All write one whole
 * document. */
void report_json(FILE *out, struct lint_result *r);
void report_sarif(FILE *out, struct lint_result *r, const char *version); /* SARIF 2.1.0 */
void report_github(FILE *out, struct lint_result *r);                     /* ::warning file=… */
void report_checkstyle(FILE *out, struct lint_result *r);
/* a test case a file, a failure a finding */
void report_junit(FILE *out, struct lint_result *r);

/* A path from the root of the git repository that it lies in, as code hosts show it; elsewhere as
 * it was written, without "./". The formats of others have such paths; text and JSON those that
 * were written. Looked up once for each path, which must outlive r. */
const char *report_path(struct lint_result *r, const char *path);

/* First and last place of a finding, from 1; false: it has none. */
struct place_range {
  const char *file; /* as written */
  int line, col, end_line, end_col;
};
bool report_place(struct arena *a, struct span s, struct place_range *out);

#endif
