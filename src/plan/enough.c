/* Enough rows. In: a KPI that `needs N rows`, a domain and a day. Out: the node of its value there,
 * unknown where its aggregates put fewer rows together. */
#include "plan/plan.h"

static int smaller(struct plan *p, int a, int b) {
  if (a < 0 || b < 0 || a == b) return a < 0 ? b : a;
  struct node less = node_make(N_CMPNUM, COL_BOOL, p->nodes.v[a].domain);
  less.a = a;
  less.b = b;
  less.sub = OP_LT;
  less.scale = 1;
  struct node n = node_make(N_IF, COL_NUM, less.domain);
  n.a = node_add(p, less);
  n.b = a;
  n.c = b;
  return node_add(p, n);
}

/* How many rows the aggregate puts together: those that belong, with values that are known. */
static int rows_of_aggregate(struct plan *p, int node) {
  struct node n = p->nodes.v[node], count = node_make(N_AGG, COL_NUM, n.domain);
  if (n.agg->fn == AGG_COUNT) return node;
  count.agg = NEW(p->arena, struct plan_agg);
  *count.agg = *n.agg;
  count.agg->fn = AGG_COUNT;
  count.agg->percentile = 0;
  count.agg->n_values = 0;
  count.agg->day_of_row = -1;
  for (int i = 0; i < n.agg->n_values; i++) {
    struct node known = node_make(N_KNOWN, COL_BOOL, n.agg->source);
    known.a = n.agg->values[i];
    count.agg->where = node_and(p, count.agg->where, node_add(p, known));
  }
  count.span = n.span;
  return node_add(p, count);
}

static int rows_behind(struct plan *p, int node, bool *been);

/* Of a node that reads another row: the same of that row's number of rows. */
static int rows_elsewhere(struct plan *p, struct node n) {
  bool *been = NEW_N(p->arena, bool, p->nodes.n);
  n.a = rows_behind(p, n.a, been);
  if (n.a < 0) return -1;
  p->nodes.v[n.a].keep = true;
  n.col = COL_NUM;
  n.type = (struct type){0};
  n.keep = false;
  return node_add(p, n);
}

/* The smallest number of rows of the aggregates that a node is made of, as a node beside it; -1:
 * it is made of none, or of what has `been` met. */
static int rows_behind(struct plan *p, int node, bool *been) {
  if (node < 0 || been[node]) return -1;
  been[node] = true;
  struct node n = p->nodes.v[node]; /* nodes move when one is added */
  switch (n.op) {
    case N_AGG: return rows_of_aggregate(p, node);
    case N_GATHER:
    case N_SCALAR:
    case N_OF_GROUP:
    case N_WITH: return rows_elsewhere(p, n);
    case N_ENOUGH: return rows_behind(p, n.a, been);
    case N_KNOWN:
    case N_GROUP: return -1;
    default: break;
  }
  const int operands[] = {n.a, n.b, n.c};
  int least = -1;
  for (int i = 0; i < 3; i++) least = smaller(p, least, rows_behind(p, operands[i], been));
  for (int i = 0; i < n.n_list; i++)
    if (node_lists_node(&n, i)) least = smaller(p, least, rows_behind(p, n.list[i], been));
  return least;
}

int plan_kpi(struct plan *p, const struct kpi *k, int domain, day_t day) {
  int value = plan_term(p, k->term, domain, day);
  if (!k->needs) return value;
  bool *been = NEW_N(p->arena, bool, p->nodes.n);
  int rows = rows_behind(p, value, been);
  if (rows < 0) return value; /* a constant after all */
  struct node n = node_make(N_ENOUGH, p->nodes.v[value].col, domain);
  n.a = value;
  n.b = rows;
  n.k = k->needs;
  n.type = k->term->type;
  n.span = p->nodes.v[value].span;
  return node_add(p, n);
}
