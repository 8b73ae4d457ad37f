/* From verdicts to action items: the one entry for `run` (write) and `plan` (look only). */
#ifndef VIGIE_APPLY_H
#define VIGIE_APPLY_H

#include "action/decide.h"
#include "action/published.h"
#include "action/queue.h"
#include "action/stand.h"
#include "base/diag.h"
#include "syntax/ast.h"

struct move_count; /* state.h */

#define STATE_DEFAULT "actions.db" /* where the state is when nobody says */

struct outcome {
  const struct verdicts *verdicts;
  struct decision decision;
  const struct item *before; /* of a look, as they were: what decide() took */
  size_t n_before;
  day_t since; /* the day of the run before; DAY_NONE: there was none */
  /* the items that are open after, in the order of items_sort; of a brief request without those
   * that stand */
  const struct item **open;
  size_t n_open;
  struct items_standing standing;
  const struct move_count *moves; /* what people did since the run before */
  size_t n_moves;
  /* of every person with a living item, by team; of a brief request that is kept there are none */
  struct queue *queues;
  size_t n_queues;
  long usual_openings; /* of the last runs, the median; -1: too few to say */
  long unknown;        /* rows not judged, over the rules that report them */
  bool written;        /* false: a plan */
  const char *state_path;
  const name_list *hindsight; /* columns that the rules read with hindsight; NULL: none */
};

enum apply_mode {
  APPLY_LOOK,   /* nothing on disk changes; a state that does not exist yet counts as empty */
  APPLY_WRITE,  /* keeps the result in one transaction */
  APPLY_REPLAY, /* the same, in a state of replays alone; nobody is told, nothing published */
};

struct apply_request {
  const char *state_path;
  enum apply_mode mode;
  const struct verdicts *verdicts;
  const char *only; /* the rule that was judged alone; NULL: all were */
  bool baseline;    /* what would open is taken as the baseline */
  /* of items that stand (stand.h) nobody reads more than the fields of seen.def */
  bool brief;
  /* of struct deciding; NULL: the policy is that of the run before */
  const struct verdicts *old;
  const char *const *differs;
  const struct published_kpi *published; /* what the run says of the KPIs that are kept */
  size_t n_published;
  const char *files; /* the rule files, to be kept with the run: JSON of {path, text} */
};

/* Reads the state, decides, and keeps the result as the mode says. False: problems hold why
 * (V06xx; V0608 for a day before the newest run), and the state is as it was. A look at an
 * earlier day adds the warning V0609. The outcome lives in the arena and borrows
 * from v and state_path. */
bool action_apply(const struct apply_request *q, struct arena *a, struct outcome *out,
                  struct diags *problems);

/* Rows of the rule that could not be judged and are to be reported: 0 under `if unknown ignore`
 * and `fire`. */
long unknown_reported(const struct rule_verdict *r);

#endif
