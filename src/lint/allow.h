/* Suppressions: comments that allow a finding, with a reason and, if wanted, a last day.
 *
 *   # lint-allow V1008 until 2026-12-31: the KPI is being renamed
 *
 * on the line before the finding, or at the end of its line. Several codes stand with commas. */
#ifndef VIGIE_LINT_ALLOW_H
#define VIGIE_LINT_ALLOW_H

#include "lint/check.h"

/* Reads the comments of all files into r->allows. */
void allows_read(struct lint *l, struct lint_result *r);
/* Does a comment name the check that runs, at the line of this place? With a reason or without. */
bool allow_names_check(struct lint *l, const struct lint_result *r, struct span at);
/* Takes the allowed findings out of l->findings, then reports comments that are unused, expired or
 * unexplained. */
void allows_apply(struct lint *l, struct lint_result *r);

/* The finding that no check is called so. */
void tell_no_check(struct lint *l, struct span at, const char *word);

#endif
