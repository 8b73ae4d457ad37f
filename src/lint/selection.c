/* Rows that somebody chooses, and what is asked of them. */
#include "lint/selection.h"

struct choosing {
  struct lint *l;
  const struct kpi *kpi; /* that is walked */
  selection_list list;
};

struct asking {
  struct arena *a;
  struct selection *s;
};

bool selection_asks(const struct selection *s, const struct attr *at) {
  for (size_t i = 0; i < s->asked.n; i++)
    if (s->asked.v[i] == at) return true;
  return false;
}

static bool entered(const struct selection *s, const struct segment *segment) {
  for (size_t i = 0; i < s->segments.n; i++)
    if (s->segments.v[i] == segment) return true;
  return false;
}

static void take_asked(void *ctx, const struct term *t) {
  struct asking *x = ctx;
  if (t->kind == T_SEGMENT && !entered(x->s, t->segment)) {
    VEC_PUSH(x->a, &x->s->segments, t->segment);
    term_walk(t->segment->term, take_asked, ctx);
  }
  if (t->kind != T_ATTR || selection_asks(x->s, t->attr)) return;
  VEC_PUSH(x->a, &x->s->asked, t->attr);
  const struct term *core = term_core(t);
  if (core != t) term_walk(core, take_asked, ctx);
}

static void add(struct choosing *x, struct selection s, const struct segment *segment) {
  struct asking look = {x->l->a, &s};
  term_walk(s.where, take_asked, &look);
  if (segment) term_walk(segment->term, take_asked, &look);
  VEC_PUSH(x->l->a, &x->list, s);
}

static void take_agg(void *ctx, const struct term *t) {
  struct choosing *x = ctx;
  if (t->kind != T_AGG || !t->src || from_library(t->src->span)) return;
  const struct agg *g = t->agg;
  if (g->fn != AGG_SUM && g->fn != AGG_COUNT && g->fn != AGG_DISTINCT) return;
  struct selection s = {.entity = g->entity, .where = g->where, .kpi = x->kpi, .at = t->src->span};
  add(x, s, g->segment);
}

static selection_list gather(struct lint *l) {
  struct choosing x = {.l = l};
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    x.kpi = l->rs->kpis.v[i];
    term_walk(x.kpi->term, take_agg, &x);
  }
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule *r = l->facts.rules.v[i].rule;
    if (!r->entity || !r->when->src) continue;
    add(&x,
        (struct selection){
            .entity = r->entity, .where = r->when, .rule = r, .at = r->when->src->span},
        NULL);
  }
  return x.list;
}

selection_list selections_of(struct lint *l) {
  if (!l->selections) {
    l->selections = NEW(l->a, struct selections);
    l->selections->list = gather(l);
  }
  return l->selections->list;
}

int selection_way(const struct term *t, const struct attr *at) {
  if (!t) return 0;
  if (t->kind == T_NOT) return -selection_way(t->a, at);
  if (t->kind == T_AND) {
    int way = selection_way(t->a, at);
    return way ? way : selection_way(t->b, at);
  }
  if (t->kind == T_KNOWN && at->type.unit != U_FLAG) return selection_way(t->a, at);
  return t->kind == T_ATTR && t->attr == at;
}

const char *selection_value(const struct term *t, const struct attr *at) {
  if (!t) return NULL;
  if (t->kind == T_AND) {
    const char *value = selection_value(t->a, at);
    return value ? value : selection_value(t->b, at);
  }
  bool text = t->kind == T_CMP && t->op == OP_EQ && t->a->kind == T_ATTR && t->a->attr == at &&
              t->b->kind == T_CONST && t->b->value.known;
  return text ? t->b->value.text : NULL;
}

const char *selection_title(struct lint *l, const struct selection *s) {
  return s->kpi ? arena_printf(l->a, "`%s`", s->kpi->name) : rule_title(l, s->rule);
}

/* days since D > 30 */
static const struct term *day_counted(const struct term *t) {
  bool past = t->kind == T_CMP && (t->op == OP_GT || t->op == OP_GE);
  return past && t->a->kind == T_DATE_DIFF && t->a->a->kind == T_TODAY ? t->a->b : NULL;
}

static const struct term *unmoved(const struct term *t) {
  while (t->kind == T_DATE_ADD || t->kind == T_DATE_DAYS) t = t->a;
  return t;
}

const struct term *selection_day_passed(const struct term *t) {
  if (t->kind == T_OVERDUE || t->kind == T_OLDER) return unmoved(t->a);
  bool before = t->kind == T_CMP && (t->op == OP_LT || t->op == OP_LE);
  if (before && unmoved(t->b)->kind == T_TODAY) return unmoved(t->a); /* older than a threshold */
  return day_counted(t);
}
