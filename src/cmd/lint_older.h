/* vigie lint --since REF, --changed-from FOLDER: what the older version was told. */
#ifndef VIGIE_LINT_OLDER_H
#define VIGIE_LINT_OLDER_H

#include "cmd/args.h"
#include "lint/lint.h"

/* Takes out of r what the older version that args name has as well. Where it has no such files, is
 * not valid or does not fit the dataset, everything stays, and a note says so. False when there is
 * no such version: problems say why. o: how r was found. */
bool lint_keep_since(const struct args *args, struct lint_result *r, const struct ruleset *rs,
                     const struct lint_options *o, struct diags *problems);

#endif
