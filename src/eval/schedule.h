/* In which order a plan runs: every table once, whatever many nodes read it, unless one scan
 * needs another's result. */
#ifndef VIGIE_SCHEDULE_H
#define VIGIE_SCHEDULE_H

#include "eval/evaluation.h"

/* Marks the nodes that the roots need, and the relations they follow. */
void schedule_mark(struct evaluation *ev, const int *roots, size_t n);
/* Loads, scans and accumulates until every needed node is held or can be computed from held ones.
 */
bool schedule_run(struct evaluation *ev);

#endif
