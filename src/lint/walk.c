/* Every term of a rule set, one by one. In: a rule set. Out: calls of the visitor. */
#include "lint/check.h"

void term_walk(const struct term *t, term_visit visit, void *ctx) {
  if (!t) return;
  visit(ctx, t);
  term_walk(t->a, visit, ctx);
  term_walk(t->b, visit, ctx);
  term_walk(t->c, visit, ctx);
  for (size_t i = 0; i < t->list.n; i++) term_walk(t->list.v[i], visit, ctx);
  if (t->kind != T_AGG) return;
  for (size_t i = 0; i < t->agg->values.n; i++) term_walk(t->agg->values.v[i], visit, ctx);
  term_walk(t->agg->where, visit, ctx);
}

static void finds_kpi(void *ctx, const struct term *t) {
  bool *found = ctx;
  *found |= t->kind == T_KPI;
}

bool term_names_kpi(const struct term *t) {
  bool found = false;
  term_walk(t, finds_kpi, &found);
  return found;
}

const struct term *term_core(const struct term *t) {
  for (;;) { /* names lead into each other without a circle */
    if (t->kind == T_KPI && t->kpi->term)
      t = t->kpi->term;
    else if (t->kind == T_ATTR && t->attr->kind == ATTR_COMPUTED && t->attr->term)
      t = t->attr->term;
    else if (t->kind == T_PARENT)
      t = t->a;
    else
      return t;
  }
}

void rule_walk(const struct rule *r, term_visit visit, void *ctx) {
  const struct term *roots[] = {r->when,  r->clear,    r->settled,    r->once,       r->worth,
                                r->owner, r->due.term, r->due.dur.of, r->reopens.of, r->reminds.of};
  for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) term_walk(roots[i], visit, ctx);
  for (size_t i = 0; i < r->levels.n; i++) term_walk(r->levels.v[i].after.of, visit, ctx);
  for (size_t i = 0; i < r->action.n; i++) term_walk(r->action.v[i].term, visit, ctx);
  for (size_t i = 0; i < r->steps.n; i++) {
    const struct rule_step *s = &r->steps.v[i];
    for (size_t k = 0; k < s->text.n; k++) term_walk(s->text.v[k].term, visit, ctx);
    term_walk(s->owner, visit, ctx);
    term_walk(s->of->due.of, visit, ctx);
  }
}

void team_walk(const struct team *t, term_visit visit, void *ctx) {
  const struct team_people *p = &t->people;
  const struct term *roots[] = {p->away, p->left, p->stand_in};
  for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) term_walk(roots[i], visit, ctx);
}

void ruleset_walk(const struct ruleset *rs, term_visit visit, void *ctx) {
  for (size_t i = 0; i < rs->rules.n; i++) rule_walk(rs->rules.v[i], visit, ctx);
  for (size_t i = 0; i < rs->teams.n; i++) team_walk(rs->teams.v[i], visit, ctx);
  for (size_t i = 0; i < rs->kpis.n; i++) term_walk(rs->kpis.v[i]->term, visit, ctx);
  for (size_t i = 0; i < rs->segments.n; i++) term_walk(rs->segments.v[i]->term, visit, ctx);
  for (size_t i = 0; i < rs->targets.n; i++) term_walk(rs->targets.v[i]->measure, visit, ctx);
  for (size_t i = 0; i < rs->entities.n; i++)
    for (size_t k = 0; k < rs->entities.v[i]->attrs.n; k++)
      term_walk(rs->entities.v[i]->attrs.v[k]->term, visit, ctx);
}

static void keep_term(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  VEC_PUSH(l->a, &l->facts.terms, t);
  VEC_PUSH(l->a, &l->facts.kinds, (unsigned char)t->kind);
}

void terms_gather(struct lint *l) { ruleset_walk(l->rs, keep_term, l); }

void terms_each(const struct lint *l, uint64_t kinds, term_visit visit, void *ctx) {
  const struct facts *f = &l->facts;
  for (size_t i = 0; i < f->terms.n; i++)
    if (kinds >> f->kinds.v[i] & 1) visit(ctx, f->terms.v[i]);
}
