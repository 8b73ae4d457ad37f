/* The list of suppressions, for vigie lint --suppressions. */
#ifndef VIGIE_CMD_LINT_ALLOWS_H
#define VIGIE_CMD_LINT_ALLOWS_H

#include "cmd/args.h"
#include "lint/lint.h"

void lint_print_allows(const struct args *args, const struct lint_result *r, struct arena *a);

#endif
