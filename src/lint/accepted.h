/* The findings that a team lives with: an old policy begins with many, and only new ones are shown.
 *
 * They stand in lint-accepted.json beside the rules, one a line, and git keeps it. A finding is
 * known by its identity (identity.h), so lines may move. */
#ifndef VIGIE_LINT_ACCEPTED_H
#define VIGIE_LINT_ACCEPTED_H

#include "lint/lint.h"

/* Where they stand: beside the file, or in the folder, that path names. */
const char *accepted_path(struct arena *a, const char *path);

/* Takes the accepted findings out of r, and counts them; r->gone has those of the file that are no
 * more. Nothing happens where there is no such file. False when it cannot be read: problems say
 * why. with_data: findings against a dataset could come up, so that one that did not is gone. */
bool accepted_apply(struct lint_result *r, const struct ruleset *rs, const char *path,
                    bool with_data, struct diags *problems);

/* The findings of r as such a file, in *out. with_data: as above; without, those of the file that
 * are against a dataset stay in it. False when the file that is there cannot be read. */
bool accepted_text(struct lint_result *r, const struct ruleset *rs, const char *path,
                   bool with_data, const char **out, struct diags *problems);

#endif
