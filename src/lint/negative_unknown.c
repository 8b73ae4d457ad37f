/* Negations that leave out rows without a value. In: `is not`, `not one of`, `not matches`. Out:
 * what is unknown is neither. */
#include "lint/check.h"

static bool is_negation(const struct atom *b) {
  const struct term *t = b->term;
  if (t->kind == T_ONEOF || t->kind == T_MATCHES) return b->negated;
  return t->kind == T_CMP && (t->op == OP_NE) != b->negated &&
         unit_class(t->a->type.unit) == CLASS_TXT && (t->op == OP_NE || t->op == OP_EQ);
}

static bool plain_column(const struct term *t) {
  while (t->kind == T_PARENT) t = t->a;
  return t->kind == T_ATTR && t->attr->kind == ATTR_COLUMN && !t->attr->one_of.n;
}

static bool asks_if_known(const struct condition *c) {
  for (size_t i = 0; i < c->any.n; i++)
    for (size_t k = 0; k < c->any.v[i].atoms.n; k++)
      if (c->any.v[i].atoms.v[k]->term->kind == T_KNOWN) return true;
  return false;
}

void lint_negative_unknown(struct lint *l) {
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule_facts *f = &l->facts.rules.v[i];
    if (f->dead || f->rule->unknown != UNKNOWN_REPORT || asks_if_known(f->when) ||
        f->when->any.n != 1)
      continue;
    const struct conjunction *c = &f->when->any.v[0];
    struct map told = {0}; /* plan is not "A" and plan is not "B": said once of the plan */
    for (size_t k = 0; k < c->atoms.n; k++) {
      const struct atom *b = c->atoms.v[k];
      if (!is_negation(b) || !plain_column(b->term->a)) continue;
      if (map_put(&told, l->a, term_key(l->a, b->term->a), (void *)b)) continue;
      struct span at = b->term->src->span, what = b->term->a->src->span;
      struct diag *d = lint_tell(
          l, at, "a row without `%s` meets neither `%s` nor the opposite: the rule leaves it out",
          lint_quote(l, what), lint_quote(l, at));
      lint_help(l, d, "if such rows belong to the rule, add: or %s is unknown",
                lint_quote(l, what));
    }
  }
}
