/* The backtests of two versions of a policy side by side: what `vigie diff --from --to` adds.
 *
 * Both versions lived through the same days, held against the same outcome (the old version's), in
 * one pass over the data. */
#ifndef VIGIE_TWO_BACKTESTS_H
#define VIGIE_TWO_BACKTESTS_H

#include "backtest/backtest.h"

/* A rule or a checked target in both versions; one of the two may be NULL. */
struct two_scores {
  const char *name; /* in the new version, where it has it */
  const struct score *old, *now;
};

struct two_loads {
  const char *owner;
  int capacity; /* of the new version, where they are in it */
  long weeks_before, weeks_after;
};

typedef VEC(const struct onset *) onset_list;

struct two_backtests {
  const struct backtest *old, *now;
  VEC(struct two_scores) rules; /* in the order of the new version, then those of the old alone */
  struct two_scores together;
  /* onsets that one version catches and the other does not, most money first */
  onset_list old_alone, now_alone;
  VEC(struct two_loads) loads; /* people who are over capacity for more or fewer weeks */
  const name_list *hindsight;  /* columns that one of them read so; NULL: none */
};

/* old_rules, now_rules: what was replayed. The backtests are borrowed; the rest lives in the
 * arena. */
struct two_backtests two_backtests_of(const struct backtest *old, const struct backtest *now,
                                      const struct ruleset *old_rules,
                                      const struct ruleset *now_rules, struct arena *a);

#endif
