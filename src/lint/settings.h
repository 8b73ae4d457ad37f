/* How loud the checks are: the `lint` lines under `project`.
 *
 * A line for a file outranks one for all files. A check that is off says nothing; errors of files
 * and data stay errors. */
#ifndef VIGIE_LINT_SETTINGS_H
#define VIGIE_LINT_SETTINGS_H

#include "lint/check.h"

/* Takes out of l->findings what is off, gives the others their level, and reports lines that name
 * no check or no file, or turn one off without a reason. */
void settings_apply(struct lint *l, struct lint_result *r);

#endif
