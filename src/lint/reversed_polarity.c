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

static const char *const wanted[] = {"arr",  "mrr", "revenue",   "nrr",          "grr",
                                     "csat", "nps", "retention", "satisfaction", "margin",
                                     "ca",   "won", "win_rate",  "marge",        NULL};
static const char *const unwanted[] = {"churn",   "churned",       "lost",  "loss",    "overdue",
                                       "risk",    "contraction",   "cost",  "refunds", "downgrade",
                                       "unpaid",  "at_risk",       "perdu", "parti",   "reduit",
                                       "impayes", "concentration", "gone",  "drop",    NULL};

/* arr_total <= 2.4M EUR, of a KPI that does not say which direction is good. */
static void check_wanted(struct lint *l, const struct target *t) {
  const char *name = t->kpi ? t->kpi->name : "";
  if (!downward(t->op) || !lint_has_word(name, wanted) || lint_has_word(name, unwanted)) return;
  struct diag *d =
      lint_tell(l, t->expr->span,
                "by its name `%s` is better high, and this target asks for a low value", name);
  lint_help(l, d, "turn the sign around; or say of the KPI: better lower");
}

/* target new_mrr drop over 1y >= 30%, of what is better higher */
static void check_movement(struct lint *l, const struct target *t) {
  const struct term *m = t->measure;
  const struct kpi *k =
      m && (m->kind == T_MOVE || m->kind == T_MOVE_CMP) && m->a->kind == T_KPI ? m->a->kpi : NULL;
  if (!k || !k->better || (m->move != MOVE_DROP && m->move != MOVE_RISE)) return;
  bool rises = (m->move == MOVE_RISE) == upward(t->op);
  if (rises == (k->better > 0)) return;
  struct diag *d =
      lint_tell(l, t->expr->span, "`%s` is better %s, and this target asks that it %s", k->name,
                k->better > 0 ? "higher" : "lower", rises ? "rises" : "falls");
  lint_help(l, d, "write: %s; or correct `better` of the KPI", k->better > 0 ? "rise" : "drop");
}

static void check_target(struct lint *l, const struct target *t) {
  check_movement(l, t);
  if (t->kpi && !t->kpi->better && t->measure && t->measure->kind == T_KPI) check_wanted(l, t);
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

/* A KPI that says which direction is good, beside what it is compared with. */
struct asked {
  const struct kpi *kpi; /* NULL: the atom is no such comparison */
  const struct term *cmp, *bound;
  bool up, good;
};

static struct asked asked_by(const struct atom *b) {
  const struct term *t = b->term;
  while (t->kind == T_FOR) t = t->a;
  if (t->kind != T_CMP || b->negated) return (struct asked){0};
  bool left = t->a->kind == T_KPI, up = upward(t->op), down = downward(t->op);
  const struct term *what = left ? t->a : t->b;
  if (what->kind != T_KPI || !what->kpi->better || !(up || down)) return (struct asked){0};
  if (!left) up = down;
  return (struct asked){what->kpi, t, left ? t->b : t->a, up, up == (what->kpi->better > 0)};
}

/* error_rate > 4% and calls > 1000: there are enough of them for the share to say something. */
static bool gives_weight(const struct asked *x, const struct conjunction *c) {
  if (!x->up || x->kpi->term->type.unit == U_SHARE || x->kpi->term->type.unit == U_SCORE)
    return false;
  for (size_t i = 0; i < c->atoms.n; i++) {
    struct asked other = asked_by(c->atoms.v[i]);
    if (other.kpi && !other.good && other.kpi->term->type.unit == U_SHARE) return true;
  }
  return false;
}

/* A rule that acts on the good side: good news may have rules too, but not urgent ones, and not
 * where the KPI is green or where its red ends, nor where it alone is asked and the words of the
 * rule are those of an alarm. */
static void check_atom(struct lint *l, const struct rule *r, const struct conjunction *c,
                       const struct atom *b) {
  struct asked x = asked_by(b);
  if (!x.kpi || !x.good) return;
  const struct kpi *k = x.kpi;
  bool band = bounds(l, &k->green, x.bound) || bounds(l, &k->red, x.bound);
  bool alone = r->when == b->term && raises_alarm(r);
  bool urgent = strcmp(r->priority, "high") == 0 && !gives_weight(&x, c);
  if (!(band || alone || urgent)) return;
  struct diag *d =
      lint_tell(l, x.cmp->src->span, "`%s` is better %s, and %s acts when it is %s", k->name,
                k->better > 0 ? "higher" : "lower", rule_title(l, r), x.up ? "high" : "low");
  lint_help(l, d, "turn the sign around: %s %s …", k->name, x.up ? "<" : ">");
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
    for (size_t w = 0; w < f->when->any.n; w++) {
      const struct conjunction *c = &f->when->any.v[w];
      for (size_t k = 0; k < c->atoms.n; k++) check_atom(l, f->rule, c, c->atoms.v[k]);
    }
  }
}
