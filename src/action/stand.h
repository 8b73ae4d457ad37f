/* Items that stand: of which a run can tell, by a number that was kept with each, that it would
 * change nothing of them today.
 *
 * After a run the number of an item, its field `stands`, says what the hit on its row was, and what
 * the policy said of its rule. While both are the same, and the day of `stands_to` has not come,
 * the item is what the steps of life/ would make of it. Where that could depend on anything else
 * (other items, people who are away, a snooze) the number is 0, and the item is looked at. */
#ifndef VIGIE_STAND_H
#define VIGIE_STAND_H

#include "action/item.h"

/* What a rule says of the items that stand today, as a number; 0: its items are always looked at.
 */
uint64_t rule_stands(const struct verdicts *v, const struct rule_verdict *r);

/* Is the owner there today, where the team of the rule asks for that? Then their items of the rule
 * stay with them. */
bool owner_stays(const struct verdicts *v, const struct rule_verdict *r, const char *owner);

/* The number of an item of the rule that is as its hit would have it; rule: of rule_stands. 0 where
 * one of the two is 0. */
uint64_t stands_with(uint64_t rule, uint64_t mark);

/* Is the item, as a run has left it on the day, one that time and its hit alone can change? */
bool item_may_stand(const struct item *i, day_t today);

/* The first day on which time may change the item, or an earlier one; DAY_NONE: none does. */
day_t item_stands_to(const struct verdicts *v, const struct rule_verdict *r, const struct item *i,
                     struct arena *a);

#endif
