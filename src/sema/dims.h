/* The dimensions of grouped KPIs and rules, for sema and plan. */
#ifndef VIGIE_DIMS_H
#define VIGIE_DIMS_H

#include "sema/ruleset.h"

/* The value of a `by` path on a row of ent: an attribute of its own, of the nearest parent, or a
 * dotted path. NULL: not reachable; told when at.src is set. */
struct term *dim_term(struct ruleset *rs, struct entity *ent, const struct dim *d, struct span at);

/* The ways from child to ancestor through belongs-to: the direct edge, or the only indirect one;
 * an empty path when both are one. */
typedef VEC(struct edge *) edge_path;
enum way { WAY_NONE, WAY_ONE, WAY_TWO };
enum way find_way(struct arena *a, struct entity *child, const struct entity *ancestor,
                  edge_path *out);

#endif
