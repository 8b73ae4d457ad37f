/* Terms to nodes. In: a term, a domain and a day. Out: the node whose column is the term's value
 * there that day. */
#include <math.h>

#include "base/check.h"
#include "base/fiscal.h"
#include "base/limits.h"
#include "plan/plan.h"
#include "sema/threshold_line.h"

/* lower() is on the stack once for each step down; what it calls keeps its nodes to itself. */
#define APART __attribute__((noinline))

enum column_kind column_kind_of(const struct type *t) {
  switch (unit_class(t->unit)) {
    case CLASS_TXT: return COL_TXT;
    case CLASS_BOOL: return COL_BOOL;
    default: return COL_NUM;
  }
}

static int unary(struct plan *p, enum node_op op, enum column_kind col, int a) {
  struct node n = node_make(op, col, p->nodes.v[a].domain);
  n.a = a;
  return node_add(p, n);
}

static int binary(struct plan *p, enum node_op op, enum column_kind col, int sub, int a, int b) {
  struct node n = node_make(op, col, p->nodes.v[a].domain);
  n.a = a;
  n.b = b;
  n.sub = (enum op)sub;
  n.scale = 1;
  return node_add(p, n);
}

static int typed_number(struct plan *p, int domain, double k, struct type type) {
  struct node n = node_make(N_NUM, COL_NUM, domain);
  n.k = k;
  n.type = type;
  return node_add(p, n);
}

static int choose(struct plan *p, enum node_op op, enum column_kind col, int a, int b, int c) {
  struct node n = node_make(op, col, p->nodes.v[a].domain);
  n.a = a;
  n.b = b;
  n.c = c;
  return node_add(p, n);
}

static int number_node(struct plan *p, int domain, double k) {
  return typed_number(p, domain, k, (struct type){0});
}

int node_unknown(struct plan *p, int domain, enum column_kind col) {
  return node_add(p, node_make(N_UNKNOWN, col, domain));
}

APART static int constant(struct plan *p, const struct value *v, int domain) {
  if (!v->known) return node_unknown(p, domain, column_kind_of(&v->type));
  if (unit_class(v->type.unit) == CLASS_BOOL) return node_bool(p, domain, v->num != 0);
  if (unit_class(v->type.unit) == CLASS_NUM || unit_class(v->type.unit) == CLASS_DAY)
    return typed_number(p, domain, v->num, v->type);
  struct node n = node_make(N_TXT, COL_TXT, domain);
  n.text = v->text;
  return node_add(p, n);
}

/* ---- columns and the life of rows ----------------------------------------------------- */

static int column_node(struct plan *p, int domain, struct cell cell, struct span span) {
  struct node n = node_make(N_COLUMN, column_kind_of(&cell.type), domain);
  n.cell = cell;
  n.type = cell.type;
  n.span = span;
  return node_add(p, n);
}

static int raw_life_day(struct plan *p, int domain, bool until) {
  const struct entity *ent = p->domains.v[domain].entity;
  const struct life *l = &ent->life;
  struct cell c = {.column = until ? l->until : l->from,
                   .form = until ? l->until_form : l->from_form,
                   .type = {.unit = U_DATE}};
  c.what = until ? (l->through ? "through" : "until") : ent->event ? "at" : "from";
  return column_node(p, domain, c, ent->life_span);
}

int plan_life_day(struct plan *p, int domain, bool until) {
  int day = raw_life_day(p, domain, until);
  if (!p->domains.v[domain].entity->life.until) return day;
  struct node n = node_make(N_DATED, COL_NUM, domain);
  /* the last day of an interval of no days is the one before its first */
  int none = p->domains.v[domain].entity->life.through ? 1 : 0;
  n.a = day;
  n.b = raw_life_day(p, domain, !until);
  n.lo = until ? -INFINITY : -none;
  n.hi = until ? none : INFINITY;
  n.type = (struct type){.unit = U_DATE};
  return node_add(p, n);
}

/* from <= day and, with an end, day < until (or day <= through). */
int plan_alive(struct plan *p, int domain, day_t day, bool with_end) {
  const struct life *l = &p->domains.v[domain].entity->life;
  if (!l->from || (l->absence && !with_end)) return -1; /* an absence is no life */
  int born = node_range(p, plan_life_day(p, domain, false), DAY_MIN, day);
  if (!with_end || !l->until) return born;
  int end = plan_life_day(p, domain, true);
  int open = unary(p, N_NOT, COL_BOOL, unary(p, N_KNOWN, COL_BOOL, end));
  int later = node_range(p, end, (double)day + (l->through ? 0 : 1), DAY_MAX);
  return node_and(p, born, binary(p, N_OR, COL_BOOL, 0, open, later));
}

/* Who has neither day is not away; with one of them the other is missing, and it is not known. */
static int absent(struct plan *p, int domain, day_t day) {
  int from = unary(p, N_KNOWN, COL_BOOL, raw_life_day(p, domain, false));
  int until = unary(p, N_KNOWN, COL_BOOL, raw_life_day(p, domain, true));
  return node_and(p, binary(p, N_OR, COL_BOOL, 0, from, until), plan_alive(p, domain, day, true));
}

int plan_exists(struct plan *p, int domain, day_t day) {
  const struct domain *d = &p->domains.v[domain];
  return d->kind == DOM_ENTITY ? plan_alive(p, domain, day, d->entity->life.ends) : -1;
}

int plan_label(struct plan *p, int domain) {
  const struct entity *ent = p->domains.v[domain].entity;
  if (!ent || !ent->label) return -1;
  return column_node(p, domain,
                     (struct cell){.column = ent->label,
                                   .what = "label",
                                   .form = lenient_form(&ent->key_form),
                                   .type = {.unit = U_TEXT}},
                     ent->label_span);
}

static int attr_column(struct plan *p, const struct attr *at, int domain) {
  struct cell c = {.column = at->column,
                   .what = at->name,
                   .type = at->type,
                   .form = at->form,
                   .percent = at->percent_column,
                   .currency_column = at->currency_column};
  return column_node(p, domain, c, at->span);
}

/* Has the day come from which the attribute is known? True or false, never unknown: what has no
 * day has not happened. -1: it is known on every day. */
static int attr_day_come(struct plan *p, const struct attr *at, int domain, day_t day) {
  if (!at->known_from) return -1;
  int from = attr_column(p, at->known_from, domain);
  return node_and(p, unary(p, N_KNOWN, COL_BOOL, from), node_range(p, from, DAY_MIN, day));
}

APART static int attribute(struct plan *p, const struct attr *at, int domain, day_t day) {
  if (at->kind == ATTR_COMPUTED) return plan_term(p, at->term, domain, day);
  if (at->kind == ATTR_ACTIVE && at->entity->life.absence) return absent(p, domain, day);
  if (at->kind == ATTR_ACTIVE) return plan_alive(p, domain, day, true);
  if (at->kind == ATTR_COLUMN) {
    int value = attr_column(p, at, domain), come = attr_day_come(p, at, domain, day);
    enum column_kind col = column_kind_of(&at->type);
    return come < 0 ? value : choose(p, N_IF, col, come, value, node_unknown(p, domain, col));
  }
  p->domains.v[domain].materialised = true;
  struct node n = node_make(N_HISTORY, column_kind_of(&at->type), domain);
  n.attr = at;
  n.day = day;
  n.span = at->span;
  return node_add(p, n);
}

/* ---- other domains -------------------------------------------------------------------- */

int node_scalar(struct plan *p, int company_node, int domain) {
  if (domain == 0) return company_node;
  p->nodes.v[company_node].keep = true;
  struct node n = node_make(N_SCALAR, p->nodes.v[company_node].col, domain);
  n.a = company_node;
  return node_add(p, n);
}

/* Node a, of the parent that the edge leads to. */
static int gather(struct plan *p, const struct plan_edge *edge, int a, int domain) {
  p->nodes.v[a].keep = true;
  struct node n = node_make(N_GATHER, p->nodes.v[a].col, domain);
  n.a = a;
  n.edge = edge;
  return node_add(p, n);
}

APART static int parent(struct plan *p, const struct term *t, int domain, day_t day) {
  const struct plan_edge *e = plan_edge(p, t->edge);
  return gather(p, e, plan_term(p, t->a, e->parent, day), domain);
}

static bool reaches_all_dims(const struct kpi *k, const dim_list *dims) {
  for (size_t i = 0; i < dims->n; i++) {
    bool found = false;
    for (size_t j = 0; j < k->dims.n; j++) found |= same_dim(&k->dims.v[j], &dims->v[i]);
    if (!found) return false;
  }
  return true;
}

static int constant(struct plan *p, const struct value *v, int domain);
static int dimension(struct plan *p, const struct term *t, int domain);

/* What a test gives of the company on the day; computed: where it gives nothing. */
static int given_total(struct plan *p, const struct kpi *k, day_t day, int computed) {
  for (size_t i = p->given_totals.n; i-- > 0;) {
    const struct given_total *g = &p->given_totals.v[i];
    if (strcmp(g->kpi->name, k->name) != 0 || g->day != day || g->group) continue;
    return g->value.known ? constant(p, &g->value, 0)
                          : node_unknown(p, 0, column_kind_of(&k->term->type));
  }
  return computed;
}

/* Which dimension of the groups is each of the KPI? False: they are not those that it is split by.
 */
static bool find_dims(const struct kpi *k, const struct domain *groups, int *dims) {
  if (groups->dims->n != k->dims.n) return false;
  for (size_t i = 0; i < k->dims.n; i++) {
    dims[i] = 0;
    while ((size_t)dims[i] < groups->dims->n && !same_dim(&groups->dims->v[dims[i]], &k->dims.v[i]))
      dims[i]++;
    if ((size_t)dims[i] == groups->dims->n) return false;
  }
  return true;
}

/* Is a group the one that is given? One of an unknown value is called `unknown`; of another it is
 * known that it is not. */
static int is_given_group(struct plan *p, const struct given_total *g, const int *dims,
                          int groups) {
  int all = -1;
  for (size_t i = 0; i < g->kpi->dims.n; i++) {
    struct value name = {.known = true, .type = {.unit = U_TEXT}, .text = g->group[i]};
    struct term dim = {.kind = T_DIM, .type = {.unit = U_TEXT}, .dim = dims[i]};
    int at = dimension(p, &dim, groups), known = unary(p, N_KNOWN, COL_BOOL, at);
    all = node_and(
        p, all,
        strcmp(g->group[i], "unknown") == 0
            ? unary(p, N_NOT, COL_BOOL, known)
            : node_and(p, known,
                       binary(p, N_CMPTXT, COL_BOOL, OP_EQ, at, constant(p, &name, groups))));
  }
  return all;
}

/* The same of groups, each by the values that it is of. */
static int given_groups(struct plan *p, const struct kpi *k, int groups, day_t day, int computed) {
  int *dims = NEW_N(p->arena, int, k->dims.n + 1);
  if (!find_dims(k, &p->domains.v[groups], dims)) return computed;
  for (size_t i = 0; i < p->given_totals.n; i++) {
    const struct given_total *g = &p->given_totals.v[i];
    if (strcmp(g->kpi->name, k->name) != 0 || g->day != day || !g->group) continue;
    if (g->kpi->dims.n != k->dims.n) continue;
    enum column_kind col = column_kind_of(&k->term->type);
    int same = is_given_group(p, g, dims, groups);
    int value = g->value.known ? constant(p, &g->value, groups) : node_unknown(p, groups, col);
    computed = choose(p, N_IF, col, same, value, computed);
    const char **names = NEW_N(p->arena, const char *, k->dims.n + 1);
    for (size_t d = 0; d < k->dims.n; d++) names[dims[d]] = g->group[d];
    VEC_PUSH(p->arena, &p->given_groups, ((struct given_group){groups, computed, names}));
  }
  return computed;
}

static int split_kpi(struct plan *p, const struct kpi *k, int groups, day_t day) {
  p->in_kpi++;
  int n = plan_kpi(p, k, groups, day);
  p->in_kpi--;
  return p->given_totals.n ? given_groups(p, k, groups, day, n) : n;
}

struct own_group plan_own_group(struct plan *p, const struct kpi *k, int domain, day_t day) {
  struct own_group o = {.groups = plan_group_domain(p, &k->dims, day)};
  o.value = split_kpi(p, k, o.groups, day);
  struct node n = node_make(N_GROUP, COL_NUM, domain);
  n.grouping = plan_grouping(p, domain, o.groups);
  n.a = plan_group_sizes(p, n.grouping);
  o.group = node_add(p, n);
  return o;
}

/* A row may be of a group of which the KPI has met no row: there too it has a value, a count of 0.
 * So the groups of the rows are among those that are held. */
static int own_group_kpi(struct plan *p, const struct kpi *k, int domain, day_t day) {
  struct own_group o = plan_own_group(p, k, domain, day);
  enum column_kind col = p->nodes.v[o.value].col;
  struct node with = node_make(N_WITH, col, o.groups), n = node_make(N_OF_GROUP, col, domain);
  with.a = o.value;
  with.b = p->nodes.v[o.group].a;
  n.a = node_add(p, with);
  p->nodes.v[n.a].keep = true;
  n.b = o.group;
  return node_add(p, n);
}

/* A KPI of the company. In a grouping it is computed for each group when it is split that way, or
 * when it is part of a KPI that is; on a row it is that of the row's own group when it is split;
 * otherwise it is its total. */
APART static int company_kpi(struct plan *p, const struct term *t, int domain, day_t day) {
  const struct domain *d = &p->domains.v[domain];
  const struct kpi *k = t->kpi;
  if (!t->for_all && d->kind == DOM_GROUPS && (p->in_kpi || reaches_all_dims(k, d->dims)))
    return split_kpi(p, k, domain, day);
  if (!t->for_all && d->kind == DOM_ENTITY && k->dims.n) return own_group_kpi(p, k, domain, day);
  return node_scalar(p, given_total(p, k, day, plan_kpi(p, k, 0, day)), domain);
}

/* A KPI of a row: what a test gives for the day wins. */
APART static int row_kpi(struct plan *p, const struct kpi *k, int domain, day_t day) {
  int computed = plan_kpi(p, k, domain, day);
  for (size_t i = 0; i < p->given_kpis.n; i++) {
    const struct given_kpi *s = &p->given_kpis.v[i];
    if (s->kpi != k || s->day != day) continue;
    int given = column_node(p, domain, s->given, k->span),
        value = column_node(p, domain, s->value, k->span);
    return choose(p, N_IF, column_kind_of(&k->term->type), given, value, computed);
  }
  return computed;
}

/* ---- what has not happened yet -------------------------------------------------------- */

/* Has the day come from which the date is known? -1: there is no such day. Of a date that has not
 * come every comparison with a day is false, and judged: a deal that is open was not closed in
 * January. */
static int day_come(struct plan *p, const struct term *t, int domain, day_t day) {
  if (t->kind == T_ATTR && t->attr->kind == ATTR_COMPUTED)
    return day_come(p, t->attr->term, domain, day);
  if (t->kind == T_ATTR) return attr_day_come(p, t->attr, domain, day);
  if (t->kind == T_KPI && t->kpi->entity && !p->given_kpis.n)
    return day_come(p, t->kpi->term, domain, day);
  if (t->kind == T_AGO)
    return day_come(p, t->a, domain, day_back(&p->rs->calendar, day, term_duration(t, day)));
  if (t->kind == T_ELSE) {
    int a = day_come(p, t->a, domain, day), b = day_come(p, t->b, domain, day);
    return a < 0 || b < 0 ? -1 : binary(p, N_OR, COL_BOOL, 0, a, b);
  }
  if (t->kind != T_PARENT) return -1;
  const struct plan_edge *e = plan_edge(p, t->edge);
  int a = day_come(p, t->a, e->parent, day);
  return a < 0 ? -1 : gather(p, e, a, domain);
}

/* ---- operators ------------------------------------------------------------------------ */

static int arith(struct plan *p, const struct term *t, int a, int b) {
  struct node n = node_make(N_ARITH, COL_NUM, p->nodes.v[a].domain);
  n.a = a;
  n.b = b;
  n.sub = (enum op)t->op;
  n.scale = 1;
  /* Money is in minor units: 10 leads / 500.00 EUR is a number a euro, not a cent. */
  if (t->op == OP_DIV && t->b->type.unit == U_MONEY && t->a->type.unit != U_MONEY)
    n.scale = currency_minor(t->b->type.currency);
  return node_add(p, n);
}

static int compare_columns(struct plan *p, const struct term *t, int a, int b) {
  enum column_kind col = p->nodes.v[a].col;
  return binary(p,
                col == COL_TXT    ? N_CMPTXT
                : col == COL_BOOL ? N_CMPBOOL
                                  : N_CMPNUM,
                COL_BOOL, t->op, a, b);
}

/* A date that has not come is neither before nor after another, nor the same. */
APART static int compare(struct plan *p, const struct term *t, int domain, day_t day) {
  int a = plan_term(p, t->a, domain, day);
  int b = plan_term(p, t->b, domain, day), same = compare_columns(p, t, a, b);
  if (t->op == OP_NE || t->a->type.unit != U_DATE || t->b->type.unit != U_DATE) return same;
  return node_and(p, node_and(p, day_come(p, t->a, domain, day), day_come(p, t->b, domain, day)),
                  same);
}

APART static int movement(struct plan *p, const struct term *t, int domain, day_t day) {
  int now = plan_term(p, t->a, domain, day),
      past = plan_term(p, t->a, domain, day_back(&p->rs->calendar, day, term_duration(t, day)));
  enum move m = (enum move)t->op;
  int diff =
      binary(p, N_ARITH, COL_NUM, OP_SUB, m == MOVE_DROP ? past : now, m == MOVE_DROP ? now : past);
  return m == MOVE_CHANGE ? unary(p, N_ABS, COL_NUM, diff) : diff;
}

APART static int relative_movement(struct plan *p, const struct term *t, int domain, day_t day) {
  struct node n = node_make(N_RELMOVE, COL_BOOL, domain);
  n.a = plan_term(p, t->a, domain, day);
  n.b = plan_term(p, t->a, domain, day_back(&p->rs->calendar, day, term_duration(t, day)));
  n.c = plan_term(p, t->b, domain, day);
  n.sub = (enum op)t->op;
  n.move = t->move;
  return node_add(p, n);
}

/* `for 7d` asks seven times for each day of a year. */
static int one_of_days(struct plan *p, const struct term *t, int domain, day_t day) {
  int node = plan_term(p, t->a, domain, day);
  const struct domain *d = &p->domains.v[domain];
  if (p->days && d->kind == DOM_ENTITY && d->materialised) p->nodes.v[node].keep = true;
  return node;
}

/* Is t->a true on each of the days? They are halved where the calendar's own halves meet (the
 * highest bit in which first and last differ), so that windows of other days share their halves: a
 * `for` inside another, or a year of days, takes n log n nodes, not n * n. */
static int each_of_days(struct plan *p, const struct term *t, int domain, day_t first, day_t last) {
  if (first == last) return one_of_days(p, t, domain, first);
  uint32_t from = (uint32_t)first ^ UINT32_C(1) << 31, to = (uint32_t)last ^ UINT32_C(1) << 31;
  CHECK(from < to);
  int half = 31 - __builtin_clz(from ^ to);
  day_t middle = (day_t)((to >> half << half) ^ UINT32_C(1) << 31);
  int early = each_of_days(p, t, domain, first, middle - 1);
  return node_and(p, early, each_of_days(p, t, domain, middle, last));
}

APART static int each_day(struct plan *p, const struct term *t, int domain, day_t day) {
  day_t since = day_back(&p->rs->calendar, day, term_duration(t, day));
  CHECK(since < day); /* sema: at least one day */
  return each_of_days(p, t, domain, since + 1, day);
}

APART static int one_of(struct plan *p, const struct term *t, int domain, day_t day) {
  int any = -1;
  for (size_t i = 0; i < t->list.n; i++) {
    struct term eq = {.kind = T_CMP, .op = OP_EQ, .a = t->a, .b = t->list.v[i]};
    int same = compare(p, &eq, domain, day);
    any = any < 0 ? same : binary(p, N_OR, COL_BOOL, 0, any, same);
  }
  return any;
}

APART static int call(struct plan *p, const struct term *t, int domain, day_t day) {
  struct node n = node_make(N_FN, column_kind_of(&t->type), domain);
  n.fn = t->fn;
  n.n_list = (int)t->list.n;
  n.list = NEW_N(p->arena, int, t->list.n);
  for (size_t i = 0; i < t->list.n; i++) n.list[i] = plan_term(p, t->list.v[i], domain, day);
  /* Rounding is of major units, as people read them. */
  n.unit =
      t->fn->result == FN_FIRST && t->type.unit == U_MONEY ? currency_minor(t->type.currency) : 1;
  return node_add(p, n);
}

APART static int shift_date(struct plan *p, const struct term *t, int a) {
  struct node n = node_make(N_SHIFT, COL_NUM, p->nodes.v[a].domain);
  n.a = a;
  n.dur = t->dur;
  n.calendar = p->of->calendar;
  n.sign = t->op;
  return node_add(p, n);
}

bool plan_period(struct plan *p, const struct period *of, day_t day, struct dayrange *out) {
  if (period_find(of, day, &p->rs->calendar, out)) return true;
  if (!p->outside) p->outside = fiscal_outside(&p->rs->calendar, of, day, p->arena);
  return false;
}

int plan_past_day(struct plan *p, const struct term *t, int domain, day_t day) {
  int value = plan_term(p, t, domain, day);
  const struct domain *d = &p->domains.v[domain];
  int born = d->kind == DOM_ENTITY ? plan_alive(p, domain, day, false) : -1;
  if (born < 0) return value;
  return choose(p, N_IF, COL_NUM, born, value, node_unknown(p, domain, COL_NUM));
}

/* A day of the window lies in no fiscal period of the table: that is noted. */
static void tell_outside(struct plan *p, const struct each *x, day_t day, day_t outside) {
  struct period one = {.kind = PERIOD_RELATIVE, .unit = x->unit};
  struct dayrange r;
  if (plan_period(p, &x->period, day, &r)) plan_period(p, &one, outside, &r);
}

/* A node for each of the days, and one that puts them together. Of no days nothing is known but the
 * sum. */
APART static int each_of_past(struct plan *p, const struct term *t, int domain, day_t day) {
  day_t days[EACH_MAX_DAYS + EACH_SPARE_DAYS], outside;
  size_t n_days = each_days(t->each, day, &p->rs->calendar, days, &outside);
  if (outside != DAY_NONE) {
    tell_outside(p, t->each, day, outside);
    return node_unknown(p, domain, COL_NUM);
  }
  if (!n_days && t->each->fn == AGG_SUM) return typed_number(p, domain, 0, t->type);
  if (!n_days) return node_unknown(p, domain, COL_NUM);
  struct node n = node_make(N_FOLD, COL_NUM, domain);
  n.n_list = (int)n_days;
  n.list = NEW_N(p->arena, int, n_days);
  for (size_t i = 0; i < n_days; i++) n.list[i] = plan_past_day(p, t->a, domain, days[i]);
  n.fold = t->each->fn;
  n.percentile = t->each->percentile;
  n.each = t->each->unit;
  return node_add(p, n);
}

APART static int edge_day(struct plan *p, const struct term *t, int domain, day_t day) {
  struct dayrange r;
  if (!plan_period(p, &t->period, day, &r)) return node_unknown(p, domain, COL_NUM);
  if (t->kind == T_DAYS_IN) return number_node(p, domain, (double)r.last - r.first + 1);
  return number_node(p, domain, t->op ? r.last : r.first);
}

APART static int window(struct plan *p, const struct term *t, int domain, day_t day) {
  const struct calendar *c = &p->rs->calendar;
  struct dayrange r = {DAY_MIN, DAY_MAX};
  if (t->kind == T_RANGE) {
    if (!plan_period(p, &t->period, day, &r)) return node_unknown(p, domain, COL_BOOL);
  } else if (t->kind == T_WITHIN)
    r = (struct dayrange){day, day_ahead(c, day, t->dur)};
  else if (t->kind == T_OVERDUE)
    r.last = day - 1;
  else
    r.last = day_back(c, day, t->dur);
  int date = plan_term(p, t->a, domain, day);
  return node_and(p, day_come(p, t->a, domain, day), node_range(p, date, r.first, r.last));
}

/* The row of the domain of a history to which `at` leads, as its number there. */
static int row_of(struct plan *p, const struct term *at, int domain, int *of) {
  if (at->kind != T_PARENT) {
    p->domains.v[domain].materialised = true; /* records are kept by row */
    *of = domain;
    return node_add(p, node_make(N_ROW, COL_NUM, domain));
  }
  const struct plan_edge *e = plan_edge(p, at->edge);
  struct node n = node_make(N_GATHER, COL_NUM, domain);
  n.a = row_of(p, at->a, e->parent, of);
  p->nodes.v[n.a].keep = true;
  n.edge = e;
  return node_add(p, n);
}

APART static int as_of(struct plan *p, const struct term *t, int domain, day_t day) {
  struct node n = node_make(N_ASOF, column_kind_of(&t->type), domain);
  n.a = plan_term(p, t->a, domain, day);
  n.b = row_of(p, t->b, domain, &n.home);
  n.attr = t->attr;
  n.span = t->attr->span;
  return node_add(p, n);
}

/* A day later than the one it is asked on is unknown: nobody knew it then. */
APART static int on_day(struct plan *p, const struct term *t, int domain, day_t day) {
  enum column_kind col = column_kind_of(&t->type);
  day_t on;
  if (!t->c) {
    bool common = term_common_day(t->b, day, &p->rs->calendar, &on);
    CHECK(common);
    if (on == DAY_NONE) plan_term(p, t->b, domain, day); /* which keeps why there is no such day */
    return on > day || on == DAY_NONE ? node_unknown(p, domain, col)
                                      : plan_term(p, t->a, domain, on);
  }
  int past = node_range(p, plan_term(p, t->b, domain, day), DAY_MIN, day);
  int value = plan_term(p, t->c, domain, day);
  return choose(p, N_IF, col, past, value, node_unknown(p, domain, col));
}

/* Date a and so many of the unit of a duration: each row's own length. */
static int moved_date(struct plan *p, const struct term *t, int a, int b) {
  if (t->b->type.unit != U_DURATION || t->b->type.counted_in == DUR_DAY)
    return binary(p, N_ARITH, COL_NUM, t->op < 0 ? OP_SUB : OP_ADD, a, b);
  struct node n = node_make(N_MOVED, COL_NUM, p->nodes.v[a].domain);
  n.a = a;
  n.b = b;
  n.dur = (struct duration){1, t->b->type.counted_in};
  n.calendar = p->of->calendar;
  n.sign = t->op == DATE_AHEAD ? 0 : t->op;
  return node_add(p, n);
}

static int business_days(struct plan *p, int a, int b) {
  struct node n = node_make(N_BDAYS, COL_NUM, p->nodes.v[a].domain);
  n.a = a;
  n.b = b;
  n.calendar = p->of->calendar;
  return node_add(p, n);
}

static int period_of_date(struct plan *p, const struct term *t, int a) {
  struct node n = node_make(N_PERIOD, COL_TXT, p->nodes.v[a].domain);
  n.a = a;
  n.calendar = p->of->calendar;
  n.of = t->period.unit;
  return node_add(p, n);
}

static int bound_of_date(struct plan *p, const struct term *t, int a) {
  struct node n = node_make(N_BOUND, COL_NUM, p->nodes.v[a].domain);
  n.a = a;
  n.calendar = p->of->calendar;
  n.of = t->period.unit;
  n.sign = t->op ? 1 : -1;
  return node_add(p, n);
}

/* The terms that are made of two others, a and b, on the same day. */
APART static int combined(struct plan *p, const struct term *t, int a, int b) {
  switch (t->kind) {
    case T_AND: return node_and(p, a, b);
    case T_OR: return binary(p, N_OR, COL_BOOL, 0, a, b);
    case T_ARITH: return arith(p, t, a, b);
    case T_DATE_DIFF: return binary(p, N_ARITH, COL_NUM, OP_SUB, a, b);
    case T_DATE_DAYS: return moved_date(p, t, a, b);
    case T_BDAYS: return business_days(p, a, b);
    case T_ELSE: return choose(p, N_ELSE, column_kind_of(&t->type), a, b, -1);
    default: UNREACHABLE("a term of two others");
  }
}

APART static int dimension(struct plan *p, const struct term *t, int domain) {
  struct node n = node_make(N_DIM, COL_TXT, domain);
  n.dim = t->dim;
  return node_add(p, n);
}

APART static int matches(struct plan *p, const struct term *t, int domain, int text) {
  struct node n = node_make(N_MATCHES, COL_BOOL, domain);
  n.a = text;
  n.text = t->pattern;
  n.span = t->src->span;
  return node_add(p, n);
}

static int lower(struct plan *p, const struct term *t, int domain, day_t day);

int plan_term(struct plan *p, const struct term *t, int domain, day_t day) {
  int n = lowered_node(p, t, domain, day);
  if (n >= 0) return n;
  n = lower(p, t, domain, day);
  if (!p->nodes.v[n].span.src && t->src) p->nodes.v[n].span = t->src->span;
  if (!p->nodes.v[n].type.unit) p->nodes.v[n].type = t->type;
  lowered_add(p, t, domain, day, n);
  return n;
}

static int lower(struct plan *p, const struct term *t, int domain, day_t day) {
#define SUB(x) plan_term(p, (x), domain, day)
  switch (t->kind) {
    case T_CONST: return constant(p, &t->value, domain);
    case T_UNKNOWN: return node_unknown(p, domain, column_kind_of(&t->type));
    case T_ATTR: return attribute(p, t->attr, domain, day);
    case T_KEY:
      p->domains.v[domain].materialised = true; /* keys are kept with the rows */
      return node_add(p, node_make(N_KEY, COL_TXT, domain));
    case T_LABEL: return plan_label(p, domain);
    case T_PARENT: return parent(p, t, domain, day);
    case T_KPI:
      return t->kpi->entity ? row_kpi(p, t->kpi, domain, day) : company_kpi(p, t, domain, day);
    case T_THRESHOLD: return plan_threshold(p, t, domain, day);
    case T_SEGMENT: return SUB(t->segment->term);
    case T_DIM: return dimension(p, t, domain);
    case T_NEG: return unary(p, N_NEG, COL_NUM, SUB(t->a));
    case T_NOT: return unary(p, N_NOT, COL_BOOL, SUB(t->a));
    case T_KNOWN: return unary(p, N_KNOWN, COL_BOOL, SUB(t->a));
    case T_PERIODOF: return period_of_date(p, t, SUB(t->a));
    case T_EDGEOF: return bound_of_date(p, t, SUB(t->a));
    case T_AND:
    case T_OR:
    case T_ARITH:
    case T_DATE_DIFF:
    case T_DATE_DAYS:
    case T_BDAYS:
    case T_ELSE: {
      int a = SUB(t->a);
      return combined(p, t, a, SUB(t->b));
    }
    case T_DATE_ADD: return shift_date(p, t, SUB(t->a));
    case T_CMP: return compare(p, t, domain, day);
    case T_MOVE_CMP: return relative_movement(p, t, domain, day);
    case T_IF: {
      int a = SUB(t->a);
      int b = SUB(t->b);
      return choose(p, N_IF, column_kind_of(&t->type), a, b, SUB(t->c));
    }
    case T_ONEOF: return one_of(p, t, domain, day);
    case T_MATCHES: return matches(p, t, domain, SUB(t->a));
    case T_RANGE:
    case T_WITHIN:
    case T_OVERDUE:
    case T_OLDER: return window(p, t, domain, day);
    case T_TODAY: return number_node(p, domain, day);
    case T_OPENED: return number_node(p, domain, p->opened == DAY_NONE ? day : p->opened);
    case T_EDGE:
    case T_DAYS_IN: return edge_day(p, t, domain, day);
    case T_AGO:
      return plan_term(p, t->a, domain, day_back(&p->rs->calendar, day, term_duration(t, day)));
    case T_ON: return on_day(p, t, domain, day);
    case T_ASOF: return as_of(p, t, domain, day);
    case T_MOVE: return movement(p, t, domain, day);
    case T_FOR: return each_day(p, t, domain, day);
    case T_EACH: return each_of_past(p, t, domain, day);
    case T_CALL: return call(p, t, domain, day);
    case T_AGG: return plan_aggregate(p, t, domain, day);
    case TERM_KINDS: break;
  }
#undef SUB
  UNREACHABLE("every kind of term has its case");
}
