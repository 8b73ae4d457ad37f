/* The dimensions of grouped KPIs and rules, for sema and plan. */
#ifndef VIGIE_DIMS_H
#define VIGIE_DIMS_H

#include "sema/ruleset.h"

/* The value of a `by` path on a row of ent: an attribute of its own, of the nearest parent, or a
 * dotted path. NULL: not reachable; reported when at.src is set. */
struct term *dim_term(struct ruleset *rs, struct entity *ent, const struct dim *d, struct span at);

/* The name of dimension i: the attribute's, or the dotted path where another dimension has the
 * same attribute name. In the arena. */
const char *dim_name(const dim_list *dims, size_t i, struct arena *a);
/* The attribute that a dimension splits by, where values of it were renamed; NULL: none were. */
const struct attr *dim_renamed(const struct ruleset *rs, const struct dim *d);
/* All of them: "plan, region". In the arena. */
const char *dims_name(const dim_list *dims, struct arena *a);
/* Do two dimensions, of one rule set or of two, split alike? `region` is the `account.region` that
 * it reaches. */
bool same_dim(const struct dim *a, const struct dim *b);

/* The ways from child to ancestor through belongs-to without a role: the direct edge, or the only
 * indirect one; an empty path when both are one. */
typedef VEC(struct edge *) edge_path;
enum way { WAY_NONE, WAY_ONE, WAY_TWO };
enum way find_way(struct arena *a, struct entity *child, const struct entity *ancestor,
                  edge_path *out);

/* The edge that rows of ent follow by that name: a parent's, or a role. NULL: none. */
struct edge *edge_named(const struct entity *ent, const char *name);

/* The names joined by dots, as written; in the arena. */
const char *path_text(const name_list *path, struct arena *a);

#endif
