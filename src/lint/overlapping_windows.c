/* Movements and shifts that are shorter than the window of what moves. In: drops, rises, `ago`.
 * Out: two values that count the same days twice. */
#include "lint/check.h"

struct widest {
  int days;
  const struct kpi *kpi;
};

static void widen(void *ctx, const struct term *t) {
  struct widest *w = ctx;
  const struct period *p = t->kind == T_AGG && t->agg->has_period ? &t->agg->period
                           : t->kind == T_RANGE                   ? &t->period
                                                                  : NULL;
  if (!p || p->kind != PERIOD_LAST) return;
  int days = duration_days(p->dur);
  if (days < 0) days = duration_months(p->dur) * 28;
  if (days > w->days) w->days = days;
}

/* The longest `in last N` under t, through the KPIs that it names. */
static int window_of(const struct term *t) {
  struct widest w = {0};
  const struct term *core = t;
  while (core->kind == T_KPI) core = core->kpi->term; /* ends: sema refuses circles */
  term_walk(core, widen, &w);
  return w.days;
}

static void check_term(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (t->kind != T_MOVE && t->kind != T_MOVE_CMP && t->kind != T_AGO) return;
  int days = duration_days(t->dur), window = window_of(t->a);
  if (days < 0) days = duration_months(t->dur) * 31;
  if (days < 1 || days >= window) return;
  struct span at = t->src->span;
  const char *name = lint_quote(l, t->a->src->span);
  struct diag *d = lint_tell(
      l, at, "`%s` counts %d days, and is compared with itself %d days ago: %d days count in both",
      name, window, days, window - days);
  if (t->kind == T_AGO)
    lint_help(l, d, "look back the whole window: %s %dd ago", name, window);
  else
    lint_help(l, d, "move over the whole window: %s … over %dd", name, window);
}

void lint_overlapping_windows(struct lint *l) {
  terms_each(l, KIND(T_MOVE) | KIND(T_MOVE_CMP) | KIND(T_AGO), check_term, l);
}
