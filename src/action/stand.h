/* Items that stand: of which a run can tell, by a number that was kept with each, that it would
 * change nothing of them today.
 *
 * After a run the number of an item, its field `stands`, says what the hit on its row was, and what
 * the policy said of its rule. While both are the same, and the day of `stands_to` has not come,
 * the item is what the steps of life/ would make of it. Where that could depend on anything else
 * (other items, people who are away, a snooze) the number is 0, and the item is looked at. */
#ifndef VIGIE_STAND_H
#define VIGIE_STAND_H

#include "action/ledger.h"

/* What a run reads of the items that stand: not one by one, but those of a rule and an owner
 * together. All of them are to do, and of the team and the priority that the rule says. */
struct standing_group {
  const struct rule_verdict *rule;
  const char *owner; /* NULL: nobody */
  long n, late, acknowledged;
  day_t due;    /* the first; DAY_NONE: none has any */
  day_t opened; /* of the first */
  bool touched; /* a person has touched one, or acknowledged it */
};

/* The rows of an entity that have such an item, as bits by row. */
struct standing_rows {
  const struct rule_verdict *rule; /* one of the entity */
  uint64_t *has;
  long n; /* how many */
};

struct items_standing {
  long n;
  const struct standing_group *groups;
  size_t n_groups;
  const struct standing_rows *rows;
  size_t n_rows;
  struct ledger money;   /* of all of them */
  const int64_t *others; /* numbers of living items to look at, in the order in which they came */
  size_t n_others;
  int64_t last; /* the highest number of a living item */
};

/* Whether one of them (NULL: there are none) is of the row of this key; asks the data. */
bool standing_has_row(const struct items_standing *s, const struct verdicts *v,
                      const struct rule_verdict *r, const char *key);

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
