/* Thresholds on their day. In: a threshold, a domain and a day. Out: a node that picks each row's
 * value. */
#include "base/decimal.h"
#include "plan/plan.h"
#include "sema/threshold_line.h"

static int value_node(struct plan *p, const struct threshold_line *l, const struct term *t,
                      int domain) {
  if (unit_class(t->type.unit) == CLASS_TXT) {
    struct node text = node_make(N_TXT, COL_TXT, domain);
    text.type = t->type;
    text.text = l->value.text;
    return node_add(p, text);
  }
  struct node n = node_make(N_NUM, COL_NUM, domain);
  n.k = l->value.num;
  n.type = t->type;
  /* A bare number took the unit of what it stands against there. */
  if (t->threshold->bare && t->type.unit == U_MONEY)
    n.k = decimal_minor(n.k, currency_minor(t->type.currency));
  return node_add(p, n);
}

/* A test says only what matters to it. */
static int told_or_not_in(struct plan *p, int condition, int domain) {
  struct node doubt = node_make(N_COLUMN, COL_BOOL, domain),
              pick = node_make(N_IF, COL_BOOL, domain),
              or_else = node_make(N_ELSE, COL_BOOL, domain);
  doubt.cell = (struct cell){.column = p->excerpt, .what = p->excerpt, .type = {.unit = U_FLAG}};
  pick.a = node_add(p, doubt);
  pick.b = node_add(p, node_make(N_UNKNOWN, COL_BOOL, domain));
  pick.c = node_bool(p, domain, false);
  or_else.a = condition;
  or_else.b = node_add(p, pick);
  return node_add(p, or_else);
}

/* The condition of a segment seen from the rows of a domain; -1 where the segment is not reached.
 */
static int segment_condition(struct plan *p, struct segment *s, int domain, day_t day) {
  struct entity *here = plan_entity(p, domain);
  edge_path way = {0};
  if (!here || find_way(p->arena, here, s->entity, &way) != WAY_ONE) return -1;
  int top = plan_entity_domain(p, s->entity, way.n > 0);
  int n = plan_term(p, s->term, top, day);
  if (p->excerpt) n = told_or_not_in(p, n, top);
  for (size_t i = way.n; i-- > 0;) {
    p->nodes.v[n].keep = true;
    struct node g = node_make(N_GATHER, COL_BOOL, plan_entity_domain(p, way.v[i]->child, i > 0));
    g.a = n;
    g.edge = plan_edge(p, way.v[i]);
    n = node_add(p, g);
  }
  return n;
}

/* Every entry that the line names is what its path holds; paths without one may hold anything. */
static int entries_condition(struct plan *p, const struct threshold_line *l, const struct term *t,
                             int domain, day_t day) {
  int all = -1;
  for (size_t i = 0; i < l->entries.n; i++) {
    struct node entry = node_make(N_TXT, COL_TXT, domain),
                eq = node_make(N_CMPTXT, COL_BOOL, domain);
    entry.text = l->entries.v[i];
    eq.a = plan_term(p, t->list.v[i], domain, day);
    eq.b = node_add(p, entry);
    eq.sub = OP_EQ;
    eq.scale = 1;
    all = node_and(p, all, node_add(p, eq));
  }
  return all;
}

line_choices plan_threshold_lines(struct plan *p, const struct term *t, int domain, day_t day) {
  line_choices choices = {0};
  struct line_choice base = {.condition = -1};
  scope_list scopes = threshold_scopes_on(t->threshold, day, p->arena);
  for (size_t i = 0; i < scopes.n; i++) {
    const struct threshold_line *any = scopes.v[i].first;
    struct line_choice c = {.line = scopes.v[i].now, .rank = threshold_line_rank(any)};
    if (is_base_line(any)) base.line = c.line;
    if (is_base_line(any) || !c.line) continue;
    c.condition = any->entries.n ? entries_condition(p, any, t, domain, day)
                                 : segment_condition(p, any->segment, domain, day);
    if (c.condition < 0) continue;
    VEC_PUSH(p->arena, &choices, c);
    size_t at = choices.n - 1;
    for (; at > 0 && choices.v[at - 1].rank < c.rank; at--) choices.v[at] = choices.v[at - 1];
    choices.v[at] = c;
  }
  if (base.line) VEC_PUSH(p->arena, &choices, base);
  return choices;
}

int plan_threshold(struct plan *p, const struct term *t, int domain, day_t day) {
  line_choices choices = plan_threshold_lines(p, t, domain, day);
  bool has_base = choices.n && choices.v[choices.n - 1].condition < 0;
  size_t n = choices.n - has_base;
  enum column_kind col = unit_class(t->type.unit) == CLASS_TXT ? COL_TXT : COL_NUM;
  int fallback = has_base ? value_node(p, choices.v[n].line, t, domain)
                          : node_add(p, node_make(N_UNKNOWN, col, domain));
  if (!n) return fallback;
  struct node x = node_make(N_PICK, col, domain);
  x.n_list = (int)n * 3 + 1;
  x.list = NEW_N(p->arena, int, x.n_list);
  for (size_t i = 0; i < n; i++) {
    x.list[i * 3] = choices.v[i].condition;
    x.list[i * 3 + 1] = value_node(p, choices.v[i].line, t, domain);
    x.list[i * 3 + 2] = choices.v[i].rank;
  }
  x.list[n * 3] = fallback;
  x.text = t->threshold->name;
  x.span = t->threshold->span;
  return node_add(p, x);
}
