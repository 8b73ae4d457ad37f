/* Nodes of the plan. In: fields. Out: one node for each distinct set of fields. */
#include <math.h>
#include <string.h>

#include "base/check.h"
#include "base/hash.h"
#include "base/text.h"
#include "plan/plan.h"

struct node node_make(enum node_op op, enum column_kind col, int domain) {
  return (struct node){.op = op, .col = col, .domain = domain, .a = -1, .b = -1, .c = -1};
}

/* Every third of a pick is a rank. */
bool node_lists_node(const struct node *n, int i) {
  return n->op == N_FN || n->op == N_FOLD ||
         (n->op == N_PICK && (i % 3 != 2 || i == n->n_list - 1));
}

static bool same_agg(const struct plan_agg *a, const struct plan_agg *b) {
  if (a == b) return true;
  if (!a || !b || a->fn != b->fn || a->percentile != b->percentile || a->source != b->source ||
      a->visible != b->visible || a->period != b->period || a->where != b->where ||
      a->n_values != b->n_values || a->day_of_row != b->day_of_row || a->n_path != b->n_path ||
      a->first_day != b->first_day || a->up != b->up || a->here != b->here || a->day != b->day ||
      a->until != b->until || a->grouping != b->grouping)
    return false;
  for (int i = 0; i < a->n_values; i++)
    if (a->values[i] != b->values[i]) return false;
  for (int i = 0; i < a->n_path; i++)
    if (a->path[i] != b->path[i]) return false;
  return true;
}

static bool same_number(double a, double b) { return a == b || (isnan(a) && isnan(b)); }

static uint64_t mix(uint64_t h, uint64_t v) { return hash_mix(h ^ (v + 0x9e3779b97f4a7c15ULL)); }

static uint64_t bits(double d) {
  uint64_t u;
  memcpy(&u, &d, sizeof u);
  return u;
}

/* ---- payloads: same_X and hash_X of the members that node.def names ------------------- */

static bool same_NOTHING(const struct node *x, const struct node *y) {
  (void)x, (void)y;
  return true;
}
static uint64_t hash_NOTHING(const struct node *n) {
  (void)n;
  return 0;
}

static bool same_NUMBER(const struct node *x, const struct node *y) {
  return same_number(x->k, y->k) && x->type.unit == y->type.unit &&
         same_text(x->type.currency, y->type.currency) && x->type.counted_in == y->type.counted_in;
}
static uint64_t hash_NUMBER(const struct node *n) { return bits(n->k); }

static bool same_FLAG(const struct node *x, const struct node *y) { return x->k == y->k; }
static uint64_t hash_FLAG(const struct node *n) { return bits(n->k); }

static bool same_TEXT(const struct node *x, const struct node *y) {
  return same_text(x->text, y->text);
}
static uint64_t hash_TEXT(const struct node *n) { return hash_text(n->text); }

static bool same_CELL(const struct node *x, const struct node *y) {
  const struct cell *a = &x->cell, *b = &y->cell;
  return same_text(a->column, b->column) && cell_form_same(&a->form, &b->form) &&
         a->percent == b->percent && same_text(a->currency_column, b->currency_column) &&
         a->type.unit == b->type.unit && same_text(a->type.currency, b->type.currency);
}
static uint64_t hash_CELL(const struct node *n) { return hash_text(n->cell.column); }

static bool same_RECORD(const struct node *x, const struct node *y) {
  return x->day == y->day && same_history(x->attr, y->attr);
}
static uint64_t hash_RECORD(const struct node *n) {
  return mix(hash_text(n->attr->history.value), (uint64_t)n->day);
}

static bool same_LOOKUP(const struct node *x, const struct node *y) {
  return x->home == y->home && same_history(x->attr, y->attr);
}
static uint64_t hash_LOOKUP(const struct node *n) {
  return mix(hash_text(n->attr->history.value), (uint64_t)n->home);
}

static bool same_AGG(const struct node *x, const struct node *y) {
  return same_agg(x->agg, y->agg);
}
static uint64_t hash_AGG(const struct node *n) {
  const struct plan_agg *g = n->agg;
  uint64_t h = mix((uint64_t)g->fn, (uint64_t)g->source << 32 | (uint32_t)g->visible);
  h = mix(h, (uint64_t)(uint32_t)g->period << 32 | (uint32_t)g->where);
  for (int i = 0; i < g->n_values; i++) h = mix(h, (uint64_t)g->values[i]);
  return h;
}

static bool same_DIM(const struct node *x, const struct node *y) { return x->dim == y->dim; }
static uint64_t hash_DIM(const struct node *n) { return (uint64_t)n->dim; }

static bool same_EDGE(const struct node *x, const struct node *y) { return x->edge == y->edge; }
static uint64_t hash_EDGE(const struct node *n) { return (uint64_t)n->edge->index; }

static bool same_GROUPS(const struct node *x, const struct node *y) {
  return x->grouping == y->grouping;
}
static uint64_t hash_GROUPS(const struct node *n) { return (uint64_t)n->grouping; }

static bool same_OPERATOR(const struct node *x, const struct node *y) {
  return x->sub == y->sub && x->move == y->move && x->scale == y->scale;
}
static uint64_t hash_OPERATOR(const struct node *n) {
  return mix(bits(n->scale), (uint64_t)n->sub << 32 | (uint32_t)n->move);
}

static bool same_RANGE(const struct node *x, const struct node *y) {
  return x->lo == y->lo && x->hi == y->hi;
}
static uint64_t hash_RANGE(const struct node *n) { return mix(bits(n->lo), bits(n->hi)); }
#define same_SPAN same_RANGE
#define hash_SPAN hash_RANGE

static bool same_SHIFT(const struct node *x, const struct node *y) {
  return x->dur.n == y->dur.n && x->dur.unit == y->dur.unit && x->calendar == y->calendar &&
         x->sign == y->sign;
}
static uint64_t hash_SHIFT(const struct node *n) {
  return mix((uint64_t)n->dur.n, (uint64_t)n->dur.unit << 32 | (uint32_t)n->sign);
}

static bool same_CALENDAR(const struct node *x, const struct node *y) {
  return x->calendar == y->calendar;
}
static uint64_t hash_CALENDAR(const struct node *n) { return (uintptr_t)n->calendar; }

static bool same_PERIOD(const struct node *x, const struct node *y) {
  return x->calendar == y->calendar && x->of == y->of;
}
static uint64_t hash_PERIOD(const struct node *n) {
  return mix((uintptr_t)n->calendar, (uint64_t)n->of);
}

static bool same_BOUND(const struct node *x, const struct node *y) {
  return same_PERIOD(x, y) && x->sign == y->sign;
}
static uint64_t hash_BOUND(const struct node *n) { return mix(hash_PERIOD(n), (uint64_t)n->sign); }

static bool same_CALL(const struct node *x, const struct node *y) {
  return x->fn == y->fn && x->unit == y->unit;
}
static uint64_t hash_CALL(const struct node *n) { return mix((uintptr_t)n->fn, bits(n->unit)); }

static bool same_FOLD(const struct node *x, const struct node *y) {
  return x->fold == y->fold && x->percentile == y->percentile && x->each == y->each;
}
static uint64_t hash_FOLD(const struct node *n) {
  return mix((uint64_t)n->fold << 8 | (uint64_t)n->each, bits(n->percentile));
}

/* ---- the same members, printed -------------------------------------------------------- */

static void dump_domain(const struct plan *p, int d, FILE *out) {
  const struct domain *dom = &p->domains.v[d];
  if (dom->kind == DOM_ENTITY)
    fputs(dom->entity->name, out);
  else if (dom->kind == DOM_COMPANY)
    fputs("company", out);
  else
    fprintf(out, "groups%d", d);
}

static void dump_NOTHING(const struct plan *p, const struct node *n, FILE *out) {
  (void)p, (void)n, (void)out;
}
#define dump_DIM dump_NOTHING
#define dump_EDGE dump_NOTHING
#define dump_SPAN dump_NOTHING
#define dump_GROUPS dump_NOTHING
#define dump_CALENDAR dump_NOTHING

static void dump_NUMBER(const struct plan *p, const struct node *n, FILE *out) {
  (void)p;
  fprintf(out, " %.15g", n->k);
}
#define dump_FLAG dump_NUMBER

static void dump_TEXT(const struct plan *p, const struct node *n, FILE *out) {
  (void)p;
  fprintf(out, " \"%s\"", n->text);
}

static void dump_CELL(const struct plan *p, const struct node *n, FILE *out) {
  (void)p;
  fprintf(out, " \"%s\"", n->cell.column);
}

static void dump_RECORD(const struct plan *p, const struct node *n, FILE *out) {
  char buf[16];
  (void)p;
  fprintf(out, " %s on %s", n->attr->name, day_text(n->day, buf));
}

static void dump_LOOKUP(const struct plan *p, const struct node *n, FILE *out) {
  (void)p;
  fprintf(out, " %s", n->attr->name);
}

static void dump_AGG(const struct plan *p, const struct node *n, FILE *out) {
  const struct plan_agg *g = n->agg;
  fprintf(out, " %s over ", agg_text(g->fn));
  dump_domain(p, g->source, out);
  for (int k = 0; k < g->n_values; k++) fprintf(out, " %%%d", g->values[k]);
  if (g->visible >= 0) fprintf(out, " visible %%%d", g->visible);
  if (g->period >= 0) fprintf(out, " in %%%d", g->period);
  if (g->where >= 0) fprintf(out, " where %%%d", g->where);
}

static void dump_OPERATOR(const struct plan *p, const struct node *n, FILE *out) {
  (void)p;
  fprintf(out, " %s", op_text(n->sub));
}

static void dump_RANGE(const struct plan *p, const struct node *n, FILE *out) {
  char buf[16];
  (void)p;
  if (n->lo > DAY_MIN) fprintf(out, " %s", day_text((day_t)n->lo, buf));
  fputs(" ..", out);
  if (n->hi < DAY_MAX) fprintf(out, " %s", day_text((day_t)n->hi, buf));
}

static void dump_SHIFT(const struct plan *p, const struct node *n, FILE *out) {
  char buf[64];
  (void)p;
  fprintf(out, " %c%s", n->sign < 0 ? '-' : '+', duration_text(n->dur, buf));
}

static void dump_PERIOD(const struct plan *p, const struct node *n, FILE *out) {
  (void)p;
  fprintf(out, " %s", period_unit_name(n->of));
}

static void dump_BOUND(const struct plan *p, const struct node *n, FILE *out) {
  (void)p;
  fprintf(out, " %s of %s", n->sign < 0 ? "start" : "end", period_unit_name(n->of));
}

static void dump_CALL(const struct plan *p, const struct node *n, FILE *out) {
  (void)p;
  fprintf(out, " %s", n->fn->name);
}

static void dump_FOLD(const struct plan *p, const struct node *n, FILE *out) {
  (void)p;
  fprintf(out, " %s", agg_text(n->fold));
}

/* ---- the table ------------------------------------------------------------------------ */

static const struct operation {
  const char *name;
  bool (*same)(const struct node *x, const struct node *y);
  uint64_t (*hash)(const struct node *n);
  void (*dump)(const struct plan *p, const struct node *n, FILE *out);
} operations[] = {
#define NODE(id, name, payload, doc) {name, same_##payload, hash_##payload, dump_##payload},
#include "plan/node.def"
#undef NODE
};

static bool same_node(const struct node *x, const struct node *y) {
  return x->op == y->op && x->col == y->col && x->domain == y->domain && x->a == y->a &&
         x->b == y->b && x->c == y->c && x->n_list == y->n_list &&
         (x->n_list == 0 || memcmp(x->list, y->list, sizeof(int) * (size_t)x->n_list) == 0) &&
         operations[x->op].same(x, y);
}

static uint64_t hash_node(const struct node *n) {
  uint64_t h = mix((uint64_t)n->op, (uint64_t)n->domain << 32 | (uint32_t)n->a);
  h = mix(h, (uint64_t)(uint32_t)n->b << 32 | (uint32_t)n->c);
  for (int i = 0; i < n->n_list; i++) h = mix(h, (uint64_t)n->list[i]);
  return mix(h, operations[n->op].hash(n));
}

static void grow(struct plan *p) {
  size_t cap = p->cons.cap ? p->cons.cap * 2 : 1024;
  int *slots = NEW_N(p->arena, int, cap);
  for (size_t i = 0; i < p->nodes.n; i++) {
    size_t at = hash_node(&p->nodes.v[i]) & (cap - 1);
    while (slots[at]) at = (at + 1) & (cap - 1);
    slots[at] = (int)i + 1;
  }
  p->cons.slots = slots;
  p->cons.cap = cap;
}

int node_add(struct plan *p, struct node n) {
  const int kids[] = {n.a, n.b, n.c};
  for (int k = 0; k < 3; k++) CHECK(kids[k] < (int)p->nodes.n); /* operands come before */
  CHECK(n.domain >= 0 && n.domain < (int)p->domains.n);
  if (p->nodes.n * 2 >= p->cons.cap) grow(p);
  size_t at = hash_node(&n) & (p->cons.cap - 1);
  for (; p->cons.slots[at]; at = (at + 1) & (p->cons.cap - 1)) {
    int i = p->cons.slots[at] - 1;
    if (same_node(&p->nodes.v[i], &n)) return i;
  }
  VEC_PUSH(p->arena, &p->nodes, n);
  p->cons.slots[at] = (int)p->nodes.n;
  return (int)p->nodes.n - 1;
}

int node_bool(struct plan *p, int domain, bool yes) {
  struct node n = node_make(N_BOOL, COL_BOOL, domain);
  n.k = yes;
  return node_add(p, n);
}

int node_and(struct plan *p, int a, int b) {
  if (a < 0) return b;
  if (b < 0 || a == b) return a;
  struct node n = node_make(N_AND, COL_BOOL, p->nodes.v[a].domain);
  n.a = a;
  n.b = b;
  return node_add(p, n);
}

int node_range(struct plan *p, int a, double lo, double hi) {
  struct node n = node_make(N_RANGE, COL_BOOL, p->nodes.v[a].domain);
  n.a = a;
  n.lo = lo;
  n.hi = hi;
  return node_add(p, n);
}

/* ---- the dump ------------------------------------------------------------------------- */

static void dump_node(const struct plan *p, int i, FILE *out) {
  const struct node *n = &p->nodes.v[i];
  fprintf(out, "  %%%d %s", i, operations[n->op].name);
  operations[n->op].dump(p, n, out);
  const int kids[] = {n->a, n->b, n->c};
  for (int k = 0; k < 3; k++)
    if (kids[k] >= 0) fprintf(out, " %%%d", kids[k]);
  for (int k = 0; k < n->n_list; k++) fprintf(out, " %%%d", n->list[k]);
  fputs(n->keep ? " kept\n" : "\n", out);
}

void plan_dump(const struct plan *p, FILE *out) {
  for (int d = 0; d < (int)p->domains.n; d++) {
    dump_domain(p, d, out);
    fprintf(out, " (%s)\n", p->domains.v[d].materialised ? "held" : "streamed");
    for (int i = 0; i < (int)p->nodes.n; i++)
      if (p->nodes.v[i].domain == d) dump_node(p, i, out);
  }
}
