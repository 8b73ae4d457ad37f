/* In which order a plan runs: every table once, whatever many nodes read it, unless one scan
 * needs another's result. */
#ifndef VIGIE_SCHEDULE_H
#define VIGIE_SCHEDULE_H

#include "eval/evaluation.h"

/* Puts the nodes that the roots need into the set (by node), and notes the relations they follow.
 * How many bytes the columns of the new ones take comes back. */
size_t schedule_mark(struct evaluation *ev, bool *set, const int *roots, size_t n);
/* By node: is it made of the columns of its table, and of held tables, alone, so that nothing has
 * to be made for it first? */
bool *plain_nodes(const struct plan *p, struct arena *a);
/* Frees the columns that are not needed (ev->needed) and can be made again. */
void schedule_forget(struct evaluation *ev);
/* Scans and accumulates until every needed node is held or can be computed from held ones.
 */
bool schedule_run(struct evaluation *ev);

#endif
