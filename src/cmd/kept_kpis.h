/* The KPIs of which a run keeps what it says. */
#ifndef VIGIE_KEPT_KPIS_H
#define VIGIE_KEPT_KPIS_H

#include "action/published.h"
#include "cmd/args.h"
#include "data/dataset.h"
#include "judge/verdict.h"

struct kept_kpis {
  struct kpi **kpis;
  size_t n;
  struct published_kpi *said; /* of those that have been valued */
  size_t n_said;
};

/* Those of the rule set, in its order. In the arena. */
struct kept_kpis kept_kpis(const struct ruleset *rs, struct arena *a);

/* Takes the values of verdicts whose entry asked for these KPIs. */
void kept_take(const struct ruleset *rs, const struct verdicts *v, struct kept_kpis *k,
               struct arena *a);

/* Values each by itself: of one that cannot be valued nothing is said, and a note says why. */
void kept_value_apart(const struct args *args, struct ruleset *rs, struct dataset *dataset,
                      day_t day, struct kept_kpis *k, struct arena *a);

#endif
