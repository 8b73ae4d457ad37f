/* Rules for what has been quiet that miss the quietest. In: comparisons that are true long after
 * a day that comes from rows. Out: rows that have none never alert. */
#include <string.h>

#include "lint/check.h"

/* A value that is unknown where no row is. NULL: not such a term. */
static const struct term *may_be_empty(const struct term *t) {
  while (t) { /* ends: sema refuses circles */
    if (t->kind == T_KPI)
      t = t->kpi->term;
    else if (t->kind == T_ATTR && t->attr->kind == ATTR_COMPUTED)
      t = t->attr->term;
    else if (t->kind == T_PARENT || t->kind == T_AGO)
      t = t->a;
    else
      break;
  }
  if (!t || t->kind != T_AGG || !t->agg->to) return NULL;
  enum agg_fn f = t->agg->fn;
  return f == AGG_MAX || f == AGG_MIN || f == AGG_LATEST ? t : NULL;
}

/* The day that is long ago where the condition is true; NULL. */
static const struct term *long_ago(const struct atom *b) {
  const struct term *t = b->term;
  if (t->kind == T_OLDER && !b->negated) return t->a;
  if (t->kind == T_WITHIN || t->kind == T_RANGE) return b->negated ? t->a : NULL;
  if (t->kind == T_OVERDUE && !b->negated) return t->a;
  if (t->kind != T_CMP || b->negated) return NULL;
  bool more = t->op == OP_GT || t->op == OP_GE, less = t->op == OP_LT || t->op == OP_LE;
  if (t->a->kind == T_DATE_DIFF && t->a->a->kind == T_TODAY && more) return t->a->b;
  if (t->a->type.unit == U_DATE && less) return t->a;
  return NULL;
}

/* Some part of the rule asks whether it is known. */
static bool asked(const struct condition *c, const struct term *day, struct lint *l) {
  const char *key = term_key(l->a, day);
  for (size_t i = 0; i < c->any.n; i++)
    for (size_t k = 0; k < c->any.v[i].atoms.n; k++) {
      const struct term *t = c->any.v[i].atoms.v[k]->term;
      if (t->kind == T_KNOWN && strcmp(term_key(l->a, t->a), key) == 0) return true;
    }
  return false;
}

static void check_rule(struct lint *l, const struct rule_facts *f) {
  const struct term *told = NULL;
  if (f->dead || f->rule->unknown == UNKNOWN_FIRE) return;
  for (size_t i = 0; i < f->when->any.n; i++)
    for (size_t k = 0; k < f->when->any.v[i].atoms.n; k++) {
      const struct atom *b = f->when->any.v[i].atoms.v[k];
      const struct term *day = long_ago(b), *agg = day ? may_be_empty(day) : NULL;
      if (!agg || b->term == told || asked(f->when, day, l)) continue;
      told = b->term;
      struct span at = b->term->src->span;
      struct diag *d =
          lint_tell(l, at, "a row without any %s has no `%s`, so the quietest ones never alert",
                    agg->agg->entity->name, lint_quote(l, day->src->span));
      lint_help(l, d,
                "say what stands in for it: (%s else DAY), such as the day the row was created; or "
                "add: if "
                "unknown fire",
                lint_quote(l, day->src->span));
    }
}

void lint_quietest_rows(struct lint *l) {
  for (size_t i = 0; i < l->facts.rules.n; i++) check_rule(l, &l->facts.rules.v[i]);
}
