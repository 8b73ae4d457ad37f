/* Families: accumulators over one table that differ only in the days they look at, such as those
 * of a series over 365 days. A row is looked at once, and goes to the members whose days it
 * meets, however many members there are.
 *
 * Members have the same function (sum, avg, count, share), value, condition and target; ranges of
 * days in them may differ, and move forward from member to member. Their results are those of
 * accumulators of their own. */
#ifndef VIGIE_FAMILY_H
#define VIGIE_FAMILY_H

#include "eval/evaluation.h"

struct family;

/* Sorts N_AGG nodes over one domain into families. In: nodes[n]. Out: the families (in the
 * evaluation's arena; NULL at the end), and in nodes[0 .. *rest) those that belong to none, in
 * their order. */
struct family **families_of(struct evaluation *ev, int *nodes, size_t n, size_t *rest);
void family_feed(struct family *x, struct chunk *f);
/* Makes held[node] of every member; frees what the family holds. */
void family_finish(struct family *x);

#endif
