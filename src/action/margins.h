/* How far an item lies beyond the bounds of its rule: its field `margins`, a JSON array with a
 * number, in the unit of value.num, or null for each comparison of rule_verdict.measured. */
#ifndef VIGIE_MARGINS_H
#define VIGIE_MARGINS_H

#include "base/arena.h"
#include "judge/verdict.h"

/* The margins of a row on which the rule acts, in the arena; `before` itself where they are the
 * same (NULL: there are none). NULL: its condition compares no numbers. */
const char *margins_text(const struct rule_verdict *r, const struct hit *h, const char *before,
                         struct arena *a);

/* Why the row is worse than it was at these margins: one has grown by a tenth, and by what is
 * printed at least. NULL: it is not. */
const char *margins_worse(const struct rule_verdict *r, const struct hit *h, const char *before,
                          struct arena *a);

#endif
