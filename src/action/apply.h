/* From verdicts to action items: the one entry for `run` (write) and `plan` (look only). */
#ifndef VIGIE_APPLY_H
#define VIGIE_APPLY_H

#include "action/decide.h"

#define STATE_DEFAULT "actions.db" /* where the state is when nobody says */

struct outcome {
  const struct verdicts *verdicts;
  struct decision decision;
  const struct item **open; /* the items that are open after, in the order of items_sort */
  size_t n_open;
  long unknown; /* rows not judged, over the rules that report them */
  bool written; /* false: a plan */
  const char *state_path;
  const char *warning; /* something to be said on standard error; NULL */
};

/* Reads the state, decides, and, when write is true, keeps the result in one transaction. Without
 * write, nothing on disk changes, and a state that does not exist yet counts as empty. False:
 * *message says what to do, the exit status is 2, and the state is as it was. The outcome lives
 * in the arena and borrows from v and state_path. */
bool action_apply(const char *state_path, bool write, const struct verdicts *v, struct arena *a,
                  struct outcome *out, const char **message);

/* Rows of the rule that could not be judged and are to be reported: 0 under `if unknown ignore`
 * and `fire`. */
long unknown_reported(const struct rule_verdict *r);

#endif
