/* Aggregates. In: `sum of x over set …` as a term, a domain and a day. Out: the node of its
 * results, with the nodes that say which rows of the set are put together. */
#include <string.h>

#include "base/check.h"
#include "plan/plan.h"

int plan_grouping(struct plan *p, int source, int groups) {
  const dim_list *dims = p->domains.v[groups].dims;
  struct grouping g = {source, groups, NEW_N(p->arena, int, dims->n)};
  for (size_t i = 0; i < dims->n; i++) {
    struct term *t = dim_term(p->rs, plan_entity(p, source), &dims->v[i], (struct span){0});
    g.dims[i] = t ? plan_term(p, t, source, p->domains.v[groups].dims_day)
                  : node_unknown(p, source, COL_TXT);
  }
  for (size_t i = 0; i < p->groupings.n; i++)
    if (p->groupings.v[i].source == source && p->groupings.v[i].groups == groups &&
        (!dims->n || memcmp(p->groupings.v[i].dims, g.dims, dims->n * sizeof *g.dims) == 0))
      return (int)i;
  VEC_PUSH(p->arena, &p->groupings, g);
  return (int)p->groupings.n - 1;
}

/* Of all rows of the source, whatever the day. */
static struct plan_agg *agg_of_all(struct plan *p, enum agg_fn fn, int source) {
  struct plan_agg *g = NEW(p->arena, struct plan_agg);
  *g = (struct plan_agg){.fn = fn,
                         .source = source,
                         .visible = -1,
                         .period = -1,
                         .where = -1,
                         .day_of_row = -1,
                         .first_day = -1,
                         .grouping = -1,
                         .day = DAY_NONE};
  return g;
}

int plan_group_sizes(struct plan *p, int grouping) {
  const struct grouping *x = &p->groupings.v[grouping];
  struct node n = node_make(N_AGG, COL_NUM, x->groups);
  n.agg = agg_of_all(p, AGG_COUNT, x->source);
  n.agg->values = NEW(p->arena, int);
  n.agg->grouping = grouping;
  return node_add(p, n);
}

/* The first day of the entity in the whole dataset: before it an aggregate over it is unknown. */
static int first_day(struct plan *p, int source) {
  const struct life *l = &p->domains.v[source].entity->life;
  if (p->excerpt || !l->from || l->absence) return -1;
  struct plan_agg *g = agg_of_all(p, AGG_MIN, source);
  g->n_values = 1;
  g->values = NEW(p->arena, int);
  g->values[0] = plan_life_day(p, source, false);
  struct node n = node_make(N_AGG, COL_NUM, 0);
  n.agg = g;
  n.keep = true;
  return node_add(p, n);
}

static int aggregate_in(struct plan *p, const struct agg *t, enum column_kind col, int domain,
                        day_t day, struct span span) {
  struct dayrange r;
  if (t->has_period && !plan_period(p, &t->period, day, &r)) return node_unknown(p, domain, col);
  int source = plan_entity_domain(p, t->entity, false);
  struct plan_agg *g = NEW(p->arena, struct plan_agg);
  *g = (struct plan_agg){.fn = t->fn,
                         .percentile = t->percentile,
                         .source = source,
                         .day = day,
                         .day_of_row = -1,
                         .grouping = -1};
  g->until = day;
  /* what is loaded late is left out, on every day alike */
  int late = p->excerpt ? 0 : p->domains.v[source].entity->life.complete_after;
  g->visible = plan_alive(p, source, day - late, false);
  g->period = g->where = -1;
  if (t->segment) g->where = plan_term(p, t->segment->term, source, day);
  if (t->has_period) {
    g->period = node_range(p, plan_life_day(p, source, false), r.first, r.last);
    if (r.last < day) g->until = r.last;
  }
  int condition = t->where ? plan_term(p, t->where, source, day) : -1;
  /* Of a share the condition is what is counted, among the rows of the set. */
  bool counts = t->fn == AGG_SHARE;
  if (!counts) g->where = node_and(p, g->where, condition);
  g->n_values = counts ? 1 : (int)t->values.n;
  g->values = NEW_N(p->arena, int, g->n_values + 1);
  if (counts)
    g->values[0] = condition;
  else
    for (size_t i = 0; i < t->values.n; i++)
      g->values[i] = plan_term(p, t->values.v[i], source, day);
  if (t->fn == AGG_LATEST) g->day_of_row = plan_life_day(p, source, false);
  g->first_day = first_day(p, source);
  if (p->domains.v[domain].kind == DOM_ENTITY) {
    g->n_path = (int)t->path.n;
    g->path = NEW_N(p->arena, const struct plan_edge *, g->n_path + 1);
    for (int i = 0; i < g->n_path; i++) g->path[i] = plan_edge(p, t->path.v[i]);
    g->up = t->up ? plan_edge(p, t->up) : NULL;
    g->here = t->here;
    CHECK(!g->up || (domain == source && p->domains.v[source].materialised));
  }
  if (p->domains.v[domain].kind == DOM_GROUPS) g->grouping = plan_grouping(p, source, domain);
  struct node n = node_make(N_AGG, col, domain);
  n.agg = g;
  n.span = span;
  return node_add(p, n);
}

int plan_aggregate(struct plan *p, const struct term *t, int domain, day_t day) {
  bool whole = t->agg->for_all || (p->domains.v[domain].kind == DOM_ENTITY && !t->agg->to);
  struct span span = t->src ? t->src->span : (struct span){0};
  if (!whole) return aggregate_in(p, t->agg, column_kind_of(&t->type), domain, day, span);
  return node_scalar(p, aggregate_in(p, t->agg, column_kind_of(&t->type), 0, day, span), domain);
}
