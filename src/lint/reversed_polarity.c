/* Alarms on good news. In: KPIs that say which direction is good, and what compares them. Out:
 * the sign that looks turned around. */
#include <string.h>

#include "lint/check.h"

static bool upward(int op) { return op == OP_GT || op == OP_GE; }
static bool downward(int op) { return op == OP_LT || op == OP_LE; }

static void check_band(struct lint *l, const struct kpi *k, const struct band *b, const char *color,
                       int good) {
  if (!b->set || b->b || !k->better) return;
  bool wrong = k->better * good > 0 ? downward(b->op) : upward(b->op);
  if (!wrong) return;
  struct diag *d =
      lint_tell(l, b->span, "`%s` is better %s, and is %s when it is %s", k->name,
                k->better > 0 ? "higher" : "lower", color, upward(b->op) ? "high" : "low");
  lint_help(l, d, "turn the sign around, or say: better %s", k->better > 0 ? "lower" : "higher");
}

static void check_target(struct lint *l, const struct target *t) {
  if (!t->kpi || !t->kpi->better || !t->measure || t->measure->kind != T_KPI) return;
  bool wrong = t->kpi->better > 0 ? downward(t->op) : upward(t->op);
  if (!wrong) return;
  struct diag *d = lint_tell(
      l, t->expr->span, "`%s` is better %s, and this target asks for a %s value", t->kpi->name,
      t->kpi->better > 0 ? "higher" : "lower", upward(t->op) ? "high" : "low");
  lint_help(l, d, "turn the sign around, or correct `better` of the KPI");
}

static bool bounds(struct lint *l, const struct band *b, const struct term *v) {
  return b->set && b->a && strcmp(term_key(l->a, b->a), term_key(l->a, v)) == 0;
}

/* A rule that acts on the good side: good news may have rules too, but not urgent ones, and not
 * where the KPI is green or where its red ends, nor where it alone is asked and the words of the
 * rule are those of an alarm. */
static void check_atom(struct lint *l, const struct rule *r, const struct atom *b) {
  const struct term *t = b->term;
  while (t->kind == T_FOR) t = t->a;
  if (t->kind != T_CMP || b->negated) return;
  const struct term *a = t->a, *v = t->b;
  bool up = upward(t->op), down = downward(t->op);
  if (a->kind != T_KPI && v->kind == T_KPI) {
    const struct term *swap = a;
    a = v, v = swap;
    bool was_up = up;
    up = down, down = was_up;
  }
  if (a->kind != T_KPI || !a->kpi->better || !(up || down)) return;
  const struct kpi *k = a->kpi;
  bool good = k->better > 0 ? up : down;
  bool band = bounds(l, &k->green, v) || bounds(l, &k->red, v);
  bool alone = r->when == b->term && raises_alarm(r);
  if (!good || !(band || alone || strcmp(r->priority, "high") == 0)) return;
  struct diag *d =
      lint_tell(l, t->src->span, "`%s` is better %s, and %s acts when it is %s", k->name,
                k->better > 0 ? "higher" : "lower", rule_title(l, r), up ? "high" : "low");
  lint_help(l, d, "turn the sign around: %s %s …", k->name, up ? "<" : ">");
}

void lint_reversed_polarity(struct lint *l) {
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    const struct kpi *k = l->rs->kpis.v[i];
    check_band(l, k, &k->green, "green", 1);
    check_band(l, k, &k->red, "red", -1);
  }
  for (size_t i = 0; i < l->rs->targets.n; i++) check_target(l, l->rs->targets.v[i]);
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule_facts *f = &l->facts.rules.v[i];
    for (size_t w = 0; w < f->when->any.n; w++)
      for (size_t k = 0; k < f->when->any.v[w].atoms.n; k++)
        check_atom(l, f->rule, f->when->any.v[w].atoms.v[k]);
  }
}
