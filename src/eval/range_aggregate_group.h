/* Range aggregate groups: accumulators over one table that differ only in the days they look at,
 * such as those of a series over 365 days. A row is looked at once, and goes to the members whose
 * days it meets, however many members there are.
 *
 * Members have the same function (sum, avg, count, share), value, condition and target; ranges of
 * days in them may differ, and move forward from member to member. Their results are those of
 * accumulators of their own. */
#ifndef VIGIE_RANGE_AGGREGATE_GROUP_H
#define VIGIE_RANGE_AGGREGATE_GROUP_H

#include "eval/chunk.h"
#include "eval/evaluation.h"
#include "eval/range_sums.h"

struct range_aggregate_group;

/* Is it of a kind that a group can have? */
bool range_aggregate_suits(const struct evaluation *ev, int node);
/* Sorts N_AGG nodes over one domain into groups. In: nodes[n]. Out: the groups (in the
 * evaluation's arena; NULL at the end), and in nodes[0 .. *rest) those that belong to none, in
 * their order. keep: what comes together stays for members that are needed later. */
struct range_aggregate_group **range_aggregate_groups_of(struct evaluation *ev, int *nodes,
                                                         size_t n, bool keep, size_t *rest);
/* A state of the group, to be fed and then finished; each thread that feeds holds its own. */
struct range_sums *range_aggregate_group_state(const struct range_aggregate_group *x);
/* Writes to the state and to the chunk (its groups), and to nothing else. */
void range_aggregate_group_feed(const struct range_aggregate_group *x, struct range_sums *s,
                                struct chunk *f);
/* Makes held[node] of every member, from what was fed with the chunk; of a group that keeps, only
 * of those that are needed, and the others as range_aggregate_groups_make is called. The state is
 * the group's now. Where it could not be kept, the members stand alone and are not made yet. */
void range_aggregate_group_finish(struct range_aggregate_group *x, struct range_sums *s,
                                  struct chunk *f);
/* Makes held[node] of every member that is kept and needed. */
void range_aggregate_groups_make(struct evaluation *ev);
/* What a group keeps; its members are no longer kept. NULL is fine. */
void range_aggregate_group_free(struct range_aggregate_group *x);

#endif
