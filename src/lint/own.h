/* Checks of the company: its `define NAME` with `reject` lines (sema/own_check.h), run over the
 * declarations of the rule files. */
#ifndef VIGIE_LINT_OWN_H
#define VIGIE_LINT_OWN_H

#include "lint/check.h"
#include "sema/own_check.h"

/* Makes l->own, a check for each. */
void own_gather(struct lint *l);
/* Finds what they reject. */
void own_run(struct lint *l);

/* The declarations of the kind: how many, where one is, what it is called in a message. */
size_t own_count(const struct lint *l, enum own_subject s);
struct span own_place(const struct lint *l, enum own_subject s, size_t i);
const char *own_name(struct lint *l, enum own_subject s, size_t i);
/* All of them as rows of the entities of the rule set about rules; the caller closes it. */
struct dataset *own_dataset(struct lint *l);

#endif
