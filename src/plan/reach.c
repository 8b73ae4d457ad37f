/* In: a node of the plan. Out: all nodes that go into it. */
#include "base/check.h"
#include "plan/plan.h"

static void reach_dims(const struct plan *p, int grouping, bool *set) {
  const struct grouping *g = &p->groupings.v[grouping];
  for (size_t i = 0; i < p->domains.v[g->groups].dims->n; i++) plan_reach(p, g->dims[i], set);
}

static void reach_agg(const struct plan *p, const struct plan_agg *g, bool *set) {
  const int inputs[] = {g->visible, g->period, g->where, g->day_of_row, g->first_day};
  for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) plan_reach(p, inputs[i], set);
  for (int i = 0; i < g->n_values; i++) plan_reach(p, g->values[i], set);
  if (g->grouping >= 0) reach_dims(p, g->grouping, set);
}

void plan_reach(const struct plan *p, int node, bool *set) {
  if (node < 0 || set[node]) return;
  CHECK((size_t)node < p->nodes.n);
  const struct node *n = &p->nodes.v[node];
  set[node] = true;
  plan_reach(p, n->a, set);
  plan_reach(p, n->b, set);
  plan_reach(p, n->c, set);
  for (int i = 0; i < n->n_list; i++)
    if (node_lists_node(n, i)) plan_reach(p, n->list[i], set);
  if (n->op == N_AGG) reach_agg(p, n->agg, set);
  if (n->op == N_GROUP) reach_dims(p, n->grouping, set);
}
