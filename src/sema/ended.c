/* Rows that have ended. In: terms. Out: the aggregates that count them. */
#include "sema/ended.h"

#include "base/map.h"

/* Is it made of columns of the row alone? What a KPI puts together of other rows ends with them. */
static bool of_columns(const struct term *t) {
  if (!t) return true;
  if (t->kind == T_KPI || t->kind == T_AGG || t->kind == T_IF || t->kind == T_AGO) return false;
  for (size_t i = 0; i < t->list.n; i++)
    if (!of_columns(t->list.v[i])) return false;
  return of_columns(t->a) && of_columns(t->b) && of_columns(t->c);
}

bool counts_ended_rows(const struct term *t) {
  if (t->kind != T_AGG) return false;
  const struct agg *g = t->agg;
  if (!g->entity || !g->entity->life.ends || !g->entity->life.until || g->has_period ||
      g->segment || g->up)
    return false;
  if (g->fn == AGG_SHARE) return true; /* its condition stands above the line alone */
  if (g->where) return false;
  if (g->fn != AGG_SUM && g->fn != AGG_MIN && g->fn != AGG_MAX) return true;
  for (size_t i = 0; i < g->values.n; i++)
    if (!of_columns(g->values.v[i])) return false;
  return true;
}

static const struct term *find(const struct term *t, struct map *seen, struct arena *a);

static const struct term *find_in(const term_list *list, struct map *seen, struct arena *a) {
  const struct term *found = NULL;
  for (size_t i = 0; i < list->n && !found; i++) found = find(list->v[i], seen, a);
  return found;
}

static const struct term *find(const struct term *t, struct map *seen, struct arena *a) {
  if (!t) return NULL;
  if (counts_ended_rows(t)) return t;
  const struct term *found = find(t->a, seen, a);
  if (!found) found = find(t->b, seen, a);
  if (!found) found = find(t->c, seen, a);
  if (!found) found = find_in(&t->list, seen, a);
  if (!found && t->kind == T_AGG) found = find_in(&t->agg->values, seen, a);
  if (!found && t->kind == T_AGG) found = find(t->agg->where, seen, a);
  if (found || t->kind != T_KPI || map_get(seen, t->kpi->name)) return found;
  map_put(seen, a, t->kpi->name, t->kpi);
  return find(t->kpi->term, seen, a);
}

const struct term *find_ended_rows(const struct term *t) {
  struct arena *a = arena_new();
  struct map seen = {0};
  const struct term *found = find(t, &seen, a);
  arena_free(a);
  return found;
}
