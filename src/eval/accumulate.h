/* Accumulators: rows of one domain put together into the rows of another.
 *
 * One accumulator per N_AGG node. Fed with chunks of the source domain, any number; finished
 * once, which makes the node's held column. */
#ifndef VIGIE_ACCUMULATE_H
#define VIGIE_ACCUMULATE_H

#include "eval/evaluation.h"

struct accumulator;

struct accumulator *accumulator_new(struct evaluation *ev, int node);
void accumulator_feed(struct accumulator *x, struct chunk *f);
/* Makes held[node]; frees the accumulator. */
void accumulator_finish(struct accumulator *x);

/* For the rows of the chunk that are in mask: the target row each goes to, or -1. Of groups, new
 * ones come up. */
void accumulator_targets(struct evaluation *ev, int node, struct chunk *f, const uint64_t *mask,
                         int32_t *out);
/* The result of one target row, from elsewhere (family.c), before accumulator_finish. touched:
 * for groups. */
void accumulator_put(struct accumulator *x, size_t row, double sum, uint32_t seen, uint32_t of,
                     bool touched);

/* Groups that came up since an aggregate was finished have no rows of it: gives them that result.
 */
void accumulators_extend(struct evaluation *ev);

#endif
