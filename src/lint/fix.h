/* Findings that can be corrected without changing what the rules mean. */
#ifndef VIGIE_LINT_FIX_H
#define VIGIE_LINT_FIX_H

#include "lint/lint.h"

/* In: a source and the result of lint. Out: the text with all corrections for it, in the arena of
 * the result; NULL when there are none, or when the tree of the new text is not that of the old
 * one. *n is how many. */
const char *lint_fixed_text(struct source *src, const struct lint_result *r, size_t *n);

#endif
