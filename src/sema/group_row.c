/* Values of the row whose key names a group. In: `quota` or `csm.quota`, where groups are of the
 * rows of csm. Out: the value of that row, as an aggregate over the one row with the key. */
#include <string.h>

#include "sema/sema.h"

struct entity *entity_of_dim(const struct ruleset *rs, const struct dim *d) {
  const name_list *path = &d->path->path;
  const char *name = path->v[path->n - 1];
  struct entity *ent = map_get(&rs->entity_names, name), *home = NULL;
  if (d->of != PU_DAY) return NULL;
  if (ent) return ent;
  for (size_t i = 0; i < rs->entities.n; i++) {
    const struct edge *up = edge_named(rs->entities.v[i], name);
    if (!up || !up->is_role) continue;
    if (home && home != up->parent) return NULL; /* of two kinds: which is meant? */
    home = up->parent;
  }
  return home;
}

static bool is_number_of(struct ruleset *rs, struct entity *ent, const char *name) {
  struct attr *at = entity_attr(ent, name);
  struct kpi *k = at ? NULL : entity_kpi(rs, ent, name);
  if (at) return unit_class(at->type.unit) == CLASS_NUM;
  const struct term *t = k ? kpi_term(rs, k, k->span) : NULL;
  return t && is_number(t);
}

/* The entity that has the name, for the group of the scope; NULL: none, or several. */
static struct entity *owner_of_name(const struct scope *sc, const struct expr *e) {
  const char *name = e->path.v[e->path.n - 1];
  struct entity *found = NULL;
  for (size_t i = 0; i < sc->dims->n; i++) {
    const struct dim *d = &sc->dims->v[i];
    const char *dim = d->path->path.v[d->path->path.n - 1];
    struct entity *ent = entity_of_dim(sc->rs, d);
    if (!ent || !ent->key || !is_number_of(sc->rs, ent, name)) continue;
    if (e->path.n == 2 && e->path.v[0] != dim) continue;
    if (found) return NULL;
    found = ent;
  }
  return found;
}

/* A key stands once: the greatest of the one value is that value, and unknown where no row has the
 * key. */
struct term *value_of_groups_row(const struct scope *sc, const struct expr *e, bool *found) {
  *found = false;
  if (sc->ent || !sc->dims || e->path.n > 2) return NULL;
  struct entity *ent = owner_of_name(sc, e);
  if (!ent) return NULL;
  *found = true;
  struct expr *of = expr_new(sc->rs->arena, E_AGG, e->span),
              *value = expr_new(sc->rs->arena, E_PATH, e->span);
  VEC_PUSH(sc->rs->arena, &value->path, e->path.v[e->path.n - 1]);
  VEC_PUSH(sc->rs->arena, &of->list, value);
  of->op = AGG_MAX;
  of->name = ent->name;
  of->name_span = e->span;
  struct term *t = type_aggregate(sc, of);
  if (t) t->agg->of_group = true;
  return t;
}
