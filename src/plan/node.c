/* Nodes of the plan. In: fields. Out: one node for each distinct set of fields. */
#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "plan/plan.h"

struct node node_make(enum node_op op, enum column_kind col, int domain) {
  struct node n;
  memset(&n, 0, sizeof n); /* padding too: fields are compared and hashed as they are */
  n.op = op;
  n.col = col;
  n.domain = domain;
  n.a = n.b = n.c = -1;
  return n;
}

bool same_text(const char *a, const char *b) { return a == b || (a && b && strcmp(a, b) == 0); }

static bool same_agg(const struct plan_agg *a, const struct plan_agg *b) {
  if (a == b) return true;
  if (!a || !b || a->fn != b->fn || a->percentile != b->percentile || a->source != b->source ||
      a->visible != b->visible || a->where != b->where || a->n_values != b->n_values ||
      a->day_of_row != b->day_of_row || a->n_path != b->n_path || a->first_day != b->first_day ||
      a->day != b->day || a->grouping != b->grouping)
    return false;
  for (int i = 0; i < a->n_values; i++)
    if (a->values[i] != b->values[i]) return false;
  for (int i = 0; i < a->n_path; i++)
    if (a->path[i] != b->path[i]) return false;
  return true;
}

static bool same_number(double a, double b) { return a == b || (isnan(a) && isnan(b)); }

static bool same(const struct node *x, const struct node *y) {
  return x->op == y->op && x->col == y->col && x->domain == y->domain && x->a == y->a &&
         x->b == y->b && x->c == y->c && x->sub == y->sub && x->sub2 == y->sub2 &&
         same_number(x->k, y->k) && same_number(x->k2, y->k2) && same_text(x->text, y->text) &&
         x->dur.n == y->dur.n && x->dur.unit == y->dur.unit && x->day == y->day &&
         same_text(x->cell.column, y->cell.column) && x->cell.type.unit == y->cell.type.unit &&
         same_text(x->cell.format, y->cell.format) && x->cell.percent == y->cell.percent &&
         same_text(x->cell.currency_column, y->cell.currency_column) &&
         x->cell.type.currency == y->cell.type.currency &&
         /* 5 EUR is not 500 */
         (x->op != N_NUM ||
          (x->type.unit == y->type.unit && x->type.currency == y->type.currency)) &&
         (x->attr == y->attr || (x->attr && y->attr && same_history(x->attr, y->attr))) &&
         x->edge == y->edge && x->calendar == y->calendar && x->fn == y->fn &&
         x->n_list == y->n_list &&
         (x->n_list == 0 || memcmp(x->list, y->list, sizeof(int) * (size_t)x->n_list) == 0) &&
         same_agg(x->agg, y->agg);
}

static uint64_t mix(uint64_t h, uint64_t v) { return hash_mix(h ^ (v + 0x9e3779b97f4a7c15ULL)); }

static uint64_t bits(double d) {
  uint64_t u;
  memcpy(&u, &d, sizeof u);
  return u;
}

static uint64_t hash_node(const struct node *n) {
  uint64_t h = mix((uint64_t)n->op, (uint64_t)n->domain << 32 | (uint32_t)n->a);
  h = mix(h, (uint64_t)(uint32_t)n->b << 32 | (uint32_t)n->c);
  h = mix(h, (uint64_t)(uint32_t)n->sub << 32 | (uint32_t)n->day);
  h = mix(h, bits(n->k) ^ bits(n->k2) * 31);
  h = mix(h, (uintptr_t)n->edge ^ (uintptr_t)n->calendar);
  if (n->attr) h = mix(h, hash_bytes(n->attr->history.value, strlen(n->attr->history.value)));
  if (n->text) h = mix(h, hash_bytes(n->text, strlen(n->text)));
  if (n->cell.column) h = mix(h, hash_bytes(n->cell.column, strlen(n->cell.column)));
  for (int i = 0; i < n->n_list; i++) h = mix(h, (uint64_t)n->list[i]);
  if (n->agg) {
    h = mix(h, (uint64_t)n->agg->fn << 32 | (uint32_t)n->agg->source);
    h = mix(h, (uint64_t)(uint32_t)n->agg->visible << 32 | (uint32_t)n->agg->where);
    for (int i = 0; i < n->agg->n_values; i++) h = mix(h, (uint64_t)n->agg->values[i]);
  }
  return h;
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
  if (p->nodes.n * 2 >= p->cons.cap) grow(p);
  size_t at = hash_node(&n) & (p->cons.cap - 1);
  for (; p->cons.slots[at]; at = (at + 1) & (p->cons.cap - 1)) {
    int i = p->cons.slots[at] - 1;
    if (same(&p->nodes.v[i], &n)) return i;
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
  n.k = lo;
  n.k2 = hi;
  return node_add(p, n);
}

/* ---- the dump ------------------------------------------------------------------------- */

static const char *const names[] = {
#define NODE(id, name, doc) name,
#include "plan/node.def"
#undef NODE
};

static void dump_domain(const struct plan *p, int d, FILE *out) {
  const struct domain *dom = &p->domains.v[d];
  if (dom->kind == DOM_ENTITY)
    fputs(dom->entity->name, out);
  else if (dom->kind == DOM_COMPANY)
    fputs("company", out);
  else
    fprintf(out, "groups%d", d);
}

static void dump_node(const struct plan *p, int i, FILE *out) {
  const struct node *n = &p->nodes.v[i];
  char buf[64];
  fprintf(out, "  %%%d %s", i, names[n->op]);
  if (n->op == N_COLUMN) fprintf(out, " \"%s\"", n->cell.column);
  if (n->op == N_HISTORY) fprintf(out, " %s on %s", n->attr->name, day_text(n->day, buf));
  if (n->op == N_NUM || n->op == N_BOOL) fprintf(out, " %.15g", n->k);
  if (n->op == N_RANGE) {
    if (n->k <= DAY_MIN)
      fputs(" ..", out);
    else
      fprintf(out, " %s ..", day_text((day_t)n->k, buf));
    if (n->k2 < DAY_MAX) fprintf(out, " %s", day_text((day_t)n->k2, buf));
  }
  if (n->op == N_ARITH || n->op == N_CMPNUM || n->op == N_CMPTXT || n->op == N_CMPBOOL ||
      n->op == N_RELMOVE)
    fprintf(out, " %s", op_text((enum op)n->sub));
  if (n->op == N_SHIFT) fprintf(out, " %c%s", n->sub < 0 ? '-' : '+', duration_text(n->dur, buf));
  if (n->op == N_FN) fprintf(out, " %s", n->fn->name);
  if (n->text) fprintf(out, " \"%s\"", n->text);
  const int kids[] = {n->a, n->b, n->c};
  for (int k = 0; k < 3; k++)
    if (kids[k] >= 0) fprintf(out, " %%%d", kids[k]);
  for (int k = 0; k < n->n_list; k++) fprintf(out, " %%%d", n->list[k]);
  if (n->agg) {
    fprintf(out, " %s over ", agg_text(n->agg->fn));
    dump_domain(p, n->agg->source, out);
    for (int k = 0; k < n->agg->n_values; k++) fprintf(out, " %%%d", n->agg->values[k]);
    if (n->agg->visible >= 0) fprintf(out, " visible %%%d", n->agg->visible);
    if (n->agg->where >= 0) fprintf(out, " where %%%d", n->agg->where);
  }
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
