/* Partial values: those that went without some row.
 *
 * An aggregate is partial where some of its rows could not be judged, or were judged by partial
 * values. What is computed from a partial value is partial: of several operands the one with the
 * smallest share of its rows says how much (`2 of 5 rows` before `9 of 10`). A choice is as
 * partial as its condition and the branch that it took; a condition that one full side decides is
 * full; whether a value is known is never partial. */
#ifndef VIGIE_PARTIAL_H
#define VIGIE_PARTIAL_H

#include "eval/chunk.h"
#include "eval/evaluation.h"

/* By node of the plan, in the arena: can it ever be partial? Aggregates, and what is made of
 * them. */
bool *partial_nodes(const struct plan *p, struct arena *a);
/* The rows of the chunk for which the node is partial, as bits, the chunk's; NULL: none. */
const uint64_t *chunk_partial(struct chunk *f, int node);
/* The rows and of_rows of a value that stands in row i of the chunk; 0 and 0: it is full. */
void chunk_rows_behind(struct chunk *f, int node, size_t i, struct value *v);
/* Of a full value too: how many rows went into it, of how many. 0 and 0: no rows were put together.
 */
struct rows_behind chunk_all_rows_behind(struct chunk *f, int node, size_t i);

#endif
