/* The life of items replayed: what a policy would have asked on the days of a span, from nothing.
 *
 * Nothing is read from a state or written to one, and nobody is told. People are absent: items
 * close by the data alone, or a fixed time after their start. Each day is judged by the policy of
 * its day (thresholds with dated lines), on what the data say of that day today. */
#ifndef VIGIE_REPLAY_H
#define VIGIE_REPLAY_H

#include "action/item.h"
#include "judge/judge.h"

/* What became of an item of the replay. */
struct past_item {
  const char *rule, *entity, *key;
  const char *label;                                  /* NULL: none */
  const char *account, *account_entity, *account_key; /* as in struct item */
  const char *team, *owner;                           /* the last; NULL: none */
  day_t opened, started, closed;                      /* DAY_NONE: never */
  enum item_state state;                              /* at the end */
  bool not_asked; /* closed because a threshold has another value, not by the data */
};

/* What a person had before them on a day: to do and waiting together. */
struct past_queue {
  const char *team, *owner;
  int capacity; /* 0: not said */
  long demand;
};

struct past_day {
  day_t day;
  const long *open; /* living items, by rule of the replayed */
  const struct past_queue *queues;
  size_t n_queues;
};

/* One policy over all days. */
struct replayed {
  const char *const *rules; /* the names of rules and checked targets, in their order */
  size_t n_rules;
  VEC(struct past_item) items; /* by number: the first is #1 */
  VEC(struct past_day) days;
};

/* Values that are wanted of a day beside the policies: nodes of the plan. */
struct replay_look {
  day_t day;
  const int *nodes;
  size_t n_nodes;
};

struct replay_request {
  struct dataset *dataset;
  struct plan *plan;               /* may hold the nodes of the looks */
  struct ruleset *const *policies; /* each with its calendar filled from the dataset */
  size_t n_policies;
  const day_t *days; /* ascending */
  size_t n_days;
  struct duration handled;         /* each item is done so long after its start; n 0: by nobody */
  const struct replay_look *looks; /* by day, ascending */
  size_t n_looks;
  /* reads the nodes of look i (verdicts_evaluation); NULL without looks */
  bool (*look)(void *ctx, size_t i, const struct verdicts *v, struct diags *problems);
  void *look_ctx;
  struct arena *arena; /* of what comes out */
  void (*progress)(void *ctx, const char *what);
  void *progress_ctx;
};

/* out: room for one for each policy. All policies share the scans of the tables. False: problems
 * say what is wrong with the data. */
bool replay(const struct replay_request *r, struct replayed *out, struct diags *problems);

#endif
