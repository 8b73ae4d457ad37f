/* What two versions of a policy say differently of one rule. */
#ifndef VIGIE_POLICY_DIFF_H
#define VIGIE_POLICY_DIFF_H

#include "sema/ruleset.h"

/* Lines of thresholds that come into force after the day are taken out: what was in force then is
 * what counts on any later day. */
void policy_hold(struct ruleset *rs, day_t day);

/* On every day the thresholds are what they are on this one. */
void policy_freeze(struct ruleset *rs, day_t day);

/* Has a line of a threshold come into force after `then`, up to `today`? */
bool policy_moved(const struct ruleset *rs, day_t then, day_t today);

/* The rule of the old policy that is this one: of its name, or of one that it had before. NULL:
 * none. old may be NULL. */
const struct rule *policy_rule(const struct ruleset *old, const struct rule *now);

/* "health_alarm 10 → 12; kpi mrr changed": the thresholds in force, on `then` in the old rules
 * and on `today` in the new ones, and the definitions below the condition. NULL: the rule says
 * the same. The rule is of `now`; old NULL, or without a rule of that name: "new". Lives in the
 * arena. */
const char *policy_difference(const struct ruleset *old, const struct rule *now, day_t then,
                              day_t today, struct arena *a);

/* What the rule stands on, each once: "threshold health_alarm", "kpi mrr", "segment self_serve",
 * "attribute account.plan", "entity account", "label account". In the arena. */
name_list policy_below(const struct rule *r, struct arena *a);
/* The same of one term. */
name_list policy_names(const struct term *t, struct arena *a);

/* The words under a span, whatever the blanks, comments and line ends between them; "" of no span.
 * In the arena. */
const char *policy_words(struct span s, struct arena *a);

/* The same of two definitions of a KPI, with the thresholds of one day: "the formula changed;
 * segment paying changed". NULL: what differs is none of what is named below it. */
const char *policy_kpi_difference(const struct kpi *old, const struct kpi *now, day_t day,
                                  struct arena *a);

#endif
