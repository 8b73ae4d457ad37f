/* Who uses a threshold, whatever stands between: KPIs, attributes, segments, other thresholds. */
#ifndef VIGIE_THRESHOLD_USE_H
#define VIGIE_THRESHOLD_USE_H

#include "sema/ruleset.h"

struct threshold_use {
  /* rules, then targets that are checked: their items may differ with its value. A text of a `do`
   * opens no items. */
  name_list rules;
  name_list colors;    /* KPIs whose green, amber or red moves with it */
  name_list deadlines; /* of `rules`: those whose due day moves with it */
};

/* Borrows the names of the rule set; the lists live in the arena. */
struct threshold_use threshold_use(const struct ruleset *rs, const struct threshold *th,
                                   struct arena *a);

/* Does the threshold stand below the segment? Then it can have no line for it. */
bool segment_uses_threshold(const struct ruleset *rs, const struct segment *s,
                            const struct threshold *th, struct arena *a);

#endif
