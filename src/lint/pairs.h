/* Rules that act on the same rows. */
#ifndef VIGIE_LINT_PAIRS_H
#define VIGIE_LINT_PAIRS_H

#include "lint/check.h"

/* Calls visit(ctx, l, narrow, wide) for each rule `narrow` whose rows are all rows of another rule `wide` of
 * the same entity: the first such `wide` for each, an equal one before a wider one. same: both conditions say
 * the same (the later rule is then `narrow`). Pairs are looked for among rules that speak of the same things.
 */
typedef void (*pair_visit)(struct lint *l, const struct rule_facts *narrow, const struct rule_facts *wide,
                           bool same);
void rule_pairs(struct lint *l, pair_visit visit);

bool same_due(const struct rule *x, const struct rule *y);

#endif
