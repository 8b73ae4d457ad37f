/* The KPIs as a whole. In: all KPIs. Out: too many strategic ones, none that leads, none that
 * warns of a result. */
#include "lint/check.h"

enum { STRATEGIC_MAX = 10 };

void lint_too_many_strategic(struct lint *l) {
  const struct kpi *first_above = NULL;
  size_t n = 0;
  for (size_t i = 0; i < l->rs->kpis.n; i++)
    if (l->rs->kpis.v[i]->strategic && ++n == STRATEGIC_MAX + 1) first_above = l->rs->kpis.v[i];
  if (!first_above) return;
  struct diag *d =
      lint_tell(l, first_above->span, "%zu KPIs are strategic: nobody steers by more than %d", n,
                STRATEGIC_MAX);
  lint_help(
      l, d,
      "keep those that a decision of this year stands on, and take `strategic` from the others");
}

void lint_no_leading_kpi(struct lint *l) {
  const struct kpi *strategic = NULL;
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    if (l->rs->kpis.v[i]->leading) return;
    if (!strategic && l->rs->kpis.v[i]->strategic) strategic = l->rs->kpis.v[i];
  }
  if (!strategic) return;
  struct diag *d = lint_tell(
      l, strategic->span,
      "no KPI is marked `leading`: the results are seen when it is too late to change them");
  lint_help(
      l, d,
      "mark the KPIs that move before the result does, such as usage or open tickets: leading");
}

struct portfolio_walk {
  VEC(const struct entity *) of;
  struct arena *a;
  struct map inside; /* names of the KPIs that were followed */
};

static void read_entities(void *ctx, const struct term *t) {
  struct portfolio_walk *r = ctx;
  if (t->kind == T_AGG) VEC_PUSH(r->a, &r->of, t->agg->entity);
  if (t->kind != T_KPI || map_put(&r->inside, r->a, t->kpi->name, t->kpi)) return;
  if (t->kpi->entity) VEC_PUSH(r->a, &r->of, t->kpi->entity);
  term_walk(t->kpi->term, read_entities, r);
}

static bool shares_rows(const struct portfolio_walk *x, const struct kpi *k) {
  for (size_t i = 0; i < x->of.n; i++)
    if (x->of.v[i] == k->entity) return true;
  return false;
}

void lint_strategic_alone(struct lint *l) {
  size_t leading = 0;
  for (size_t i = 0; i < l->rs->kpis.n; i++) leading += l->rs->kpis.v[i]->leading;
  if (!leading) return; /* said once, by no_leading_kpi */
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    const struct kpi *k = l->rs->kpis.v[i];
    struct portfolio_walk r = {.a = l->a};
    bool found = false;
    if (!k->strategic || k->leading) continue;
    if (k->entity) VEC_PUSH(l->a, &r.of, k->entity);
    term_walk(k->term, read_entities, &r);
    for (size_t j = 0; j < l->rs->kpis.n && !found; j++) {
      const struct kpi *other = l->rs->kpis.v[j];
      found = other->leading && (!other->entity || shares_rows(&r, other));
    }
    if (found) continue;
    struct diag *d = lint_tell(
        l, k->span, "no leading KPI looks at the rows that the strategic KPI `%s` counts", k->name);
    lint_help(l, d, "add one that moves before it, and mark it `leading`");
  }
}
