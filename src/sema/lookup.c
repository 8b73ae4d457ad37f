/* What is declared, looked up. In: a name, an entity. Out: what has the name, and the way that
 * leads to it; nothing is reported. */
#include <stdint.h>
#include <string.h>

#include "base/intern.h"
#include "sema/dims.h"
#include "sema/sema.h"

/* ---- relations ------------------------------------------------------------------------ */

enum { WAY_MAX = 8 };

static int ways_up(struct arena *a, struct entity *from, const struct entity *to, edge_path *now,
                   edge_path *found, int depth) {
  int ways = 0;
  for (size_t i = 0; i < from->edges.n && depth < WAY_MAX && ways < 2; i++) {
    struct edge *e = from->edges.v[i];
    if (!e->parent || e->parent == from || e->is_role) continue;
    now->n = (size_t)depth;
    VEC_PUSH(a, now, e);
    if (e->parent == to) {
      if (!ways++) {
        found->n = 0;
        for (size_t k = 0; k < now->n; k++) VEC_PUSH(a, found, now->v[k]);
      }
    } else {
      edge_path deeper = {0};
      ways += ways_up(a, e->parent, to, now, &deeper, depth + 1);
      if (deeper.n && ways == 1) *found = deeper;
    }
  }
  return ways;
}

enum way find_way(struct arena *a, struct entity *child, const struct entity *ancestor,
                  edge_path *out) {
  *out = (edge_path){0};
  if (!child) return WAY_NONE;
  if (child == ancestor) return WAY_ONE;
  for (size_t i = 0; i < child->edges.n; i++)
    if (child->edges.v[i]->parent == ancestor && !child->edges.v[i]->is_role) {
      VEC_PUSH(a, out, child->edges.v[i]);
      return WAY_ONE;
    }
  edge_path now = {0};
  int ways = ways_up(a, child, ancestor, &now, out, 0);
  return ways == 0 ? WAY_NONE : ways == 1 ? WAY_ONE : WAY_TWO;
}

struct edge *edge_named(const struct entity *ent, const char *name) {
  for (size_t i = 0; ent && i < ent->edges.n; i++)
    if (ent->edges.v[i]->parent && ent->edges.v[i]->name == name) return ent->edges.v[i];
  return NULL;
}

struct attr *entity_attr(const struct entity *ent, const char *name) {
  return ent && name ? (struct attr *)pointer_map_get(&ent->by_name, name) : NULL;
}

void entity_add_attr(struct arena *a, struct entity *ent, struct attr *at) {
  VEC_PUSH(a, &ent->attrs, at);
  if (at->name && !entity_attr(ent, at->name)) pointer_map_put(&ent->by_name, a, at->name, at);
}

struct kpi *entity_kpi(const struct ruleset *rs, const struct entity *ent, const char *name) {
  struct kpi *k = map_get(&rs->kpi_names, name);
  return k && k->entity == ent && ent ? k : NULL;
}

struct entity *set_entity(struct ruleset *rs, const char *name, struct segment **segment) {
  *segment = NULL;
  struct entity *e = map_get(&rs->entity_names, name);
  if (e) return e;
  *segment = map_get(&rs->segment_names, name);
  return *segment ? (*segment)->entity : NULL;
}

/* ---- names ---------------------------------------------------------------------------- */

bool has_name(const struct ruleset *rs, const struct entity *ent, const char *name) {
  return ent && (entity_attr(ent, name) || entity_kpi(rs, ent, name));
}

const struct entity *entity_with(const struct ruleset *rs, const char *name) {
  for (size_t i = 0; i < rs->entities.n; i++)
    if (has_name(rs, rs->entities.v[i], name)) return rs->entities.v[i];
  return NULL;
}

bool names_something(const struct ruleset *rs, const char *name) {
  return name && entity_with(rs, intern(rs->arena, name));
}

bool leads_to_something(const struct ruleset *rs, const name_list *path) {
  const char *name = path->v[path->n - 1];
  if (entity_with(rs, name)) return true;
  const struct entity *ent = path->n == 1 ? map_get(&rs->entity_names, name) : NULL;
  if (ent && ent->key) return true;
  bool key = strcmp(name, "key") == 0, label = strcmp(name, "label") == 0;
  for (size_t i = 0; i < rs->entities.n; i++) {
    const struct entity *e = rs->entities.v[i];
    const struct edge *up = edge_named(e, name);
    if (up && up->parent->key && (path->n > 1 || up->is_role)) return true;
    if (path->n > 1 && ((key && e->key) || (label && e->label))) return true;
  }
  return false;
}

/* ---- dimensions ----------------------------------------------------------------------- */

const char *path_text(const name_list *path, struct arena *a) {
  const char *out = path->v[0];
  for (size_t i = 1; i < path->n; i++) out = arena_printf(a, "%s.%s", out, path->v[i]);
  return out;
}

static const char *attr_name(const struct dim *d) { return d->path->path.v[d->path->path.n - 1]; }

/* `label` and `key` say nothing without the thing whose they are: seller.label. */
static bool is_of_every_row(const char *name) {
  return strcmp(name, "label") == 0 || strcmp(name, "key") == 0;
}

const char *dim_name(const dim_list *dims, size_t i, struct arena *a) {
  const struct dim *d = &dims->v[i];
  bool shared = false;
  for (size_t k = 0; k < dims->n; k++)
    shared |= k != i && strcmp(attr_name(&dims->v[k]), attr_name(d)) == 0;
  bool of_parent = d->path->path.n > 1 && is_of_every_row(attr_name(d));
  const char *name = shared || of_parent ? path_text(&d->path->path, a) : attr_name(d);
  return d->of == PU_DAY ? name : arena_printf(a, "%s of %s", period_unit_name(d->of), name);
}

const char *dims_name(const dim_list *dims, struct arena *a) {
  const char *out = dim_name(dims, 0, a);
  for (size_t i = 1; i < dims->n; i++) out = arena_printf(a, "%s, %s", out, dim_name(dims, i, a));
  return out;
}

bool same_dim(const struct dim *a, const struct dim *b) {
  const name_list *x = &a->path->path, *y = &b->path->path;
  if (a->of != b->of || strcmp(attr_name(a), attr_name(b)) != 0) return false;
  if (x->n == 1 || y->n == 1) return true;
  for (size_t i = 0; x->n == y->n && i < x->n; i++)
    if (strcmp(x->v[i], y->v[i]) != 0) return false;
  return x->n == y->n;
}
