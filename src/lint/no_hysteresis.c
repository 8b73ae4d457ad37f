/* Items that open and close from day to day. In: rules that compare a moving number. Out: those
 * without a distance between opening and closing. */
#include "lint/check.h"

static bool moves_daily(const struct term *t) {
  if (t->kind == T_MOVE_CMP || t->kind == T_MOVE) return true;
  while (t && t->kind == T_KPI) t = t->kpi->term; /* ends: sema refuses circles */
  if (!t) return false;
  return (t->kind == T_ATTR && t->attr->kind == ATTR_HISTORY &&
          unit_class(t->type.unit) == CLASS_NUM) ||
         (t->kind == T_AGG && t->agg->has_period && t->agg->period.kind == PERIOD_LAST);
}

void lint_no_hysteresis(struct lint *l) {
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule_facts *f = &l->facts.rules.v[i];
    if (f->dead || f->rule->clear || f->rule->once || f->when->any.n != 1) continue;
    const struct conjunction *c = &f->when->any.v[0];
    for (size_t k = 0; k < c->atoms.n; k++) {
      const struct term *t = c->atoms.v[k]->term;
      bool compares = t->kind == T_MOVE_CMP || (t->kind == T_CMP && t->op >= OP_LT);
      if (!compares || !moves_daily(t->kind == T_MOVE_CMP ? t : t->a)) continue;
      struct span at = t->src->span;
      struct diag *d = lint_tell(
          l, at,
          "`%s` may be true on one day and false on the next: the item opens and closes with it",
          lint_quote(l, at));
      lint_help(l, d, "say when it is over with `clear when`, or ask for several days: (%s) for 7d",
                lint_quote(l, at));
      break;
    }
  }
}
