/* Two versions of a policy, name by name: does "kpi mrr" mean the same in both? A KPI that was
 * renamed with `was` is one KPI, and goes by its new name. */
#ifndef VIGIE_ALIKE_H
#define VIGIE_ALIKE_H

#include "sema/ruleset.h"

struct versions {
  const struct ruleset *old, *now;
  day_t day; /* of thresholds, the lines that have come by this day are compared */
  struct arena *a;
};

/* A term of the old version with the names that its KPIs have in the new one. Never NULL, unless t
 * is. In the arena. */
const struct term *as_now(const struct versions *v, const struct term *t);

/* Are both one formula? Of the old version and of the new one; NULL is the same as NULL alone. */
bool same_term(const struct versions *v, const struct term *old, const struct term *now);

/* Do declarations of the kind say the same of how rows and days are read? name NULL: all of the
 * kind. */
bool same_frame(const struct versions *v, enum clause_kind kind, const char *name);

/* The first name below the two terms (as policy_names says them) that means another thing in one of
 * the versions, or nothing; NULL: there is none. */
const char *changed_below(const struct versions *v, const struct term *old, const struct term *now);
/* "has changed", "is new", "is gone": of a name of changed_below. */
const char *change_word(const struct versions *v, const char *kind_and_name);

/* Do both split by the same? *changed: which attribute or entity that could matter is read in
 * another way ("attribute account.plan"); NULL where they split by other things. */
bool same_groups(const struct versions *v, const dim_list *old, const dim_list *now,
                 const char **changed);

#endif
