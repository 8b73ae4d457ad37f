/* Shares that are turned around. In: divisions of two counts or sums over the same rows. Out: those
 * whose rows below the line are a part of the rows above it: they are never below 100 %. */
#include <string.h>

#include "lint/check.h"

static bool same_rows(struct arena *a, const struct agg *x, const struct agg *y) {
  if (x->fn != y->fn || x->entity != y->entity || x->to != y->to || x->segment != y->segment)
    return false;
  if (x->has_period || y->has_period || x->up || y->up || x->values.n != y->values.n) return false;
  for (size_t i = 0; i < x->values.n; i++)
    if (strcmp(term_key(a, x->values.v[i]), term_key(a, y->values.v[i])) != 0) return false;
  return x->fn == AGG_COUNT || x->fn == AGG_SUM || x->fn == AGG_DISTINCT;
}

/* "Deals for each one won" is no share, and may be written so. */
static const char *const shares[] = {"rate", "share",      "ratio", "retention", "conversion",
                                     "part", "percentage", "taux",  NULL};

static bool is_a_share(const struct kpi *k) { return k->percent || lint_has_word(k->name, shares); }

static void check_term(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (t->kind != T_ARITH || t->op != OP_DIV || !t->src || from_library(t->src->span)) return;
  const struct term *top = term_core(t->a), *below = term_core(t->b);
  if (top->kind != T_AGG || below->kind != T_AGG || !same_rows(l->a, top->agg, below->agg)) return;
  const struct condition *above = condition_of(&l->subjects, top->agg->where),
                         *under = condition_of(&l->subjects, below->agg->where);
  bool part = under && (!above || (condition_implies(&l->subjects, under, above) &&
                                   !condition_implies(&l->subjects, above, under)));
  if (!part) return;
  const char *x = lint_quote(l, t->a->src->span), *y = lint_quote(l, t->b->src->span);
  struct diag *d =
      lint_tell(l, t->src->span,
                "the rows below the line are a part of those above it: this is never below 100%%");
  lint_help(l, d, "turn it around: %s / %s", y, x);
}

void lint_turned_ratio(struct lint *l) {
  for (size_t i = 0; i < l->rs->kpis.n; i++)
    if (is_a_share(l->rs->kpis.v[i])) term_walk(l->rs->kpis.v[i]->term, check_term, l);
}
