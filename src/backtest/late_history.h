/* Rows whose history begins within the span of a backtest: they were there, and no rule could
 * judge them. */
#ifndef VIGIE_LATE_HISTORY_H
#define VIGIE_LATE_HISTORY_H

#include "base/vec.h"
#include "data/dataset.h"
#include "sema/hindsight.h"

enum { LATE_KEYS_SHOWN = 3 };

struct late_history {
  const struct attr *attr;
  long rows;
  day_t begins;                      /* the first record of the first of them */
  const char *keys[LATE_KEYS_SHOWN]; /* the first by their keys; as many as rows, at most */
};
typedef VEC(struct late_history) late_history_list;

/* Of these histories: the rows that were there on the day `since`, and whose first record is of a
 * day after `from`, up to `today`. Histories without such rows are left out. Each costs a scan of
 * two columns of its table. Texts live in the arena. False: problems say what is wrong with the
 * data. */
bool late_histories(const struct ruleset *rs, struct dataset *dataset, const attr_list *of,
                    day_t since, day_t from, day_t today, struct arena *a, late_history_list *out,
                    struct diags *problems);

/* "account.health of 5 rows (A-1, A-2, A-3 and 2 more), from 2025-06-02 on"; "" of none. In the
 * arena. */
const char *late_histories_text(const late_history_list *list, struct arena *a);

#endif
