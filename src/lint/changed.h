/* Only what a change has caused: findings that an older version has too are left out. */
#ifndef VIGIE_LINT_CHANGED_H
#define VIGIE_LINT_CHANGED_H

#include "lint/lint.h"

/* Takes out of r the findings that the older version has as well: the same check, in the same
 * declaration, about the same words (identity.h), wherever the lines are. A finding in a line that
 * nobody touched stays when the change made it. */
void lint_keep_new(struct lint_result *r, const struct ruleset *rs, const struct lint_result *older,
                   const struct ruleset *older_rs);

#endif
