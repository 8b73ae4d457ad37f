/* Accumulators: rows of one domain put together into the rows of another.
 *
 * One accumulator per N_AGG node and chunk. Fed with any number of the chunk's rows; it writes to
 * nothing but itself and the chunk (its texts, its groups). Finished once, which makes the node's
 * held column. */
#ifndef VIGIE_ACCUMULATE_H
#define VIGIE_ACCUMULATE_H

#include "eval/chunk.h"
#include "eval/evaluation.h"
#include "eval/range_sums.h"

struct accumulator;

struct accumulator *accumulator_new(struct evaluation *ev, int node);
void accumulator_feed(struct accumulator *x, struct chunk *f);
/* Makes held[node]; frees the accumulator. f: the chunk that it was fed with. */
void accumulator_finish(struct accumulator *x, struct chunk *f);

/* For the rows of the chunk that are in mask: the target row each goes to, or -1. Rows that are
 * groups are numbered by the chunk (chunk_group_rows). Of a tree a row goes to several: ask for
 * level 0, 1, … with the same `out` until false comes back; of others only level 0 is true. */
bool accumulator_targets(struct evaluation *ev, int node, struct chunk *f, const uint64_t *mask,
                         int level, int32_t *out);
/* Makes held[node] from what came together elsewhere (range_aggregate_group.c): the sums of n
 * target rows; rows behind them have nothing. touched: of groups, becomes the column's; otherwise
 * NULL. */
void accumulator_make(struct evaluation *ev, int node, const struct range_column *sums, size_t n,
                      uint64_t *touched);

/* Groups that came up since an aggregate was finished have no rows of it: gives them that result.
 */
void accumulators_extend(struct evaluation *ev);

#endif
