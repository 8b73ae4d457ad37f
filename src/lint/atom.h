/* From one comparison to what it says: between condition.c, which takes conditions apart, and
 * atom.c. */
#ifndef VIGIE_LINT_ATOM_H
#define VIGIE_LINT_ATOM_H

#include "lint/condition.h"

/* prefix: the way to the parent row that the term is read on ("" for the row itself). */
const struct atom *atom_of(struct subjects *s, const struct term *t, bool negated,
                           const char *prefix);

#endif
