/* Only what changed: findings in declarations that stand word for word in an older version are
 * left out. */
#ifndef VIGIE_LINT_CHANGED_H
#define VIGIE_LINT_CHANGED_H

#include "lint/lint.h"

/* The older version is the folder dir, or, with dir NULL, what git has under ref. False when it
 * cannot be read: problems say why. Takes findings out of r. */
bool lint_keep_changed(struct ruleset *rs, struct lint_result *r, const char *ref, const char *dir,
                       struct diags *problems);

#endif
