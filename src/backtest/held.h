/* The policy of the step before, judged on the data of today: where it would still ask, an item
 * that is over closed because a threshold has another value, not by the data. */
#ifndef VIGIE_HELD_H
#define VIGIE_HELD_H

#include "action/item.h"
#include "judge/judge.h"

struct held {
  const struct verdicts *old;  /* NULL: nothing differs of a rule that has living items */
  const char *const *differs;  /* by rule of today's verdicts; NULL: it does not */
  struct judgement *judgement; /* what `old` reads from, until held_end */
  struct arena *arena;
};

/* then: the day of the step before. items: what lives since then. rs is as it was when this
 * returns; held_end frees what *out holds, and has to follow. False: problems say what is wrong
 * with the data. */
bool held_begin(struct ruleset *rs, struct dataset *dataset, const struct verdicts *today,
                day_t then, const struct item *items, size_t n_items, struct held *out,
                struct diags *problems);
void held_end(struct held *h);

#endif
