/* Keys of groups of which a value has another name now: renamed "Pro" to "Premium". */
#ifndef VIGIE_RENAMED_H
#define VIGIE_RENAMED_H

#include "base/arena.h"
#include "judge/verdict.h"

/* The key that items of this key of the rule get, in the arena; NULL: they keep it, for nothing in
 * it was renamed, or the data know the old name alone. */
const char *renamed_key(const struct verdicts *v, const struct rule_verdict *r, const char *key,
                        struct arena *a);

/* The values of such a group, a JSON array, as they are called now; NULL for NULL. */
const char *renamed_values(const struct rule_verdict *r, const char *group_values, struct arena *a);

#endif
