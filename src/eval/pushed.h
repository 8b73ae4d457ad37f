/* Aggregates that the dataset works out itself, where its rows are (data/grouped.h), instead of
 * handing the rows of a long table over. */
#ifndef VIGIE_PUSHED_H
#define VIGIE_PUSHED_H

#include "data/grouped.h"
#include "eval/evaluation.h"

/* The N_AGG nodes over a domain that streams by, in their order. GROUPED_DONE: held[node] of each
 * is made, and all that a scan would have noted of the table is noted. GROUPED_NOT: nothing is; one
 * of them, or a row, wants a scan. GROUPED_FAILED: see ev->error. */
enum grouped_answer push_aggregates(struct evaluation *ev, int domain, const int *nodes, size_t n);

/* pushed_formula.c: the value of a node over rows of the domain, in the arena; NULL: it cannot be
 * said so. */
const struct formula *pushed_formula(const struct evaluation *ev, int node, struct arena *a);

#endif
