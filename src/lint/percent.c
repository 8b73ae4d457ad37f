/* Percents that are many times the whole. In: targets, bands, thresholds, comparisons. Out: 3000 %
 * of a share, a fall by more than everything. */
#include <string.h>

#include "lint/data.h"

static const double little = 0.01; /* of one row: nobody acts on less */
static const double few = 0.05;    /* of the events of one row */
static const double many = 10;     /* a share of 1000 %, a rise to eleven times as much */

/* Shares that are no part of anything: what comes back of what was spent. */
static const char *const returns[] = {"roi", "roas", "return", "returns", "payback", NULL};

static const char *shown(struct lint *l, double share) {
  return arena_printf(l->a, "%.15g%%", share * 100);
}

static bool highest(const struct term *t, double *out) {
  double lo;
  if (t->kind == T_CONST && t->value.known && t->type.unit == U_SHARE) {
    *out = t->value.num;
    return true;
  }
  if (t->kind != T_THRESHOLD || t->threshold->type.unit != U_SHARE) return false;
  threshold_limits(t->threshold, &lo, out);
  return lo <= *out;
}

static const char *name_of(const struct term *t) {
  while (t->kind == T_PARENT || t->kind == T_AGO || t->kind == T_MOVE) t = t->a;
  return t->kind == T_KPI ? t->kpi->name : t->kind == T_ATTR ? t->attr->name : "";
}

/* The data comes near it. */
static bool is_reached(const struct lint *l, const struct term *what, double n) {
  while (what->kind == T_PARENT || what->kind == T_AGO) what = what->a;
  if (!l->data) return false;
  const struct kpi_facts *k = what->kind == T_KPI ? values_of(l, what->kpi) : NULL;
  const struct column_facts *f = what->kind == T_ATTR ? column_of(l, what->attr) : NULL;
  return (k && k->known && k->hi * many >= n) || (f && f->known && f->hi * many >= n);
}

/* What is left of something, and what happens to a part of it; of growth and returns, more than all
 * may come. */
static bool is_part(const struct term *what) {
  static const char *const parts[] = {"margin",       "marge",        "win_rate", "churn",
                                      "refund_rate",  "share",        "part",     "conversion",
                                      "taux_de_gain", "gross_margin", NULL};
  static const char *const more[] = {"growth", "net",  "nrr", "retention", "of_plan",
                                     "quota",  "goal", "roi", "cost",      NULL};
  const char *name = name_of(what);
  return lint_has_word(name, parts) && !lint_has_word(name, more);
}

static bool is_ever_above(const struct lint *l, const struct term *what) {
  while (what->kind == T_PARENT || what->kind == T_AGO) what = what->a;
  const struct kpi_facts *k = l->data && what->kind == T_KPI ? values_of(l, what->kpi) : NULL;
  return k && k->known && k->hi > 1;
}

/* ---- retention of money ---------------------------------------------------------------- */

static const double kept_least = 0.3; /* of a year: a company that keeps less is no company */

static bool keeps_money(const struct term *what) {
  static const char *const kept[] = {
      "nrr", "grr", "ndr", "gdr", "revenue_retention", "net_retention", "gross_retention", NULL};
  if (what->kind != T_KPI) return false;
  const struct expr *e = what->kpi->expr;
  static const char *const formulas[] = {"revenue_retention", NULL};
  bool called = e && e->kind == E_CALL && e->name && lint_has_word(e->name, formulas);
  return called || lint_has_word(what->kpi->name, kept);
}

static bool keeps_at_most_all(const struct term *what) {
  static const char *const gross[] = {"grr", "gdr", "gross_retention", "gross_revenue_retention",
                                      NULL};
  const struct expr *e = what->kpi->expr;
  bool formula = e && e->kind == E_CALL && e->name;
  return formula ? lint_has_word(e->name, gross) : lint_has_word(what->kpi->name, gross);
}

/* grr < 8.8% */
static bool check_kept(struct lint *l, const struct term *what, const struct term *bound,
                       struct span at) {
  double n;
  if (!bound || !highest(bound, &n) || n <= 0 || !keeps_money(what)) return false;
  if (n > 1 && keeps_at_most_all(what)) {
    lint_help(l,
              lint_tell(l, at,
                        "`%s` is what is left of the revenue, growth not counted: it is never "
                        "above 100%%, and %s is",
                        name_of(what), shown(l, n)),
              "write a percent up to 100%%");
    return true;
  }
  if (n >= kept_least) return false;
  lint_help(l,
            lint_tell(l, at, "`%s` is what is kept of the revenue, and %s of it is next to nothing",
                      name_of(what), shown(l, n)),
            "write %s if the point is one digit too early", shown(l, n * 10));
  return true;
}

static void check_bound(struct lint *l, const struct term *what, const struct term *bound,
                        struct span at) {
  double n;
  if (check_kept(l, what, bound, at)) return;
  bool moves = what->kind == T_MOVE && bound && highest(bound, &n) && n >= 1;
  if (moves) {
    lint_help(
        l, lint_tell(l, at, "a share that moves by %.15g points goes from nothing to all", n * 100),
        "write %.15gpp, if a point is missing", n >= many ? n : n * 10);
    return;
  }
  bool part = bound && highest(bound, &n) && n > 1.05 && n < many && is_part(what);
  if (part && !is_ever_above(l, what)) {
    lint_help(l,
              lint_tell(l, at, "`%s` is a part of a whole, and %s is more than the whole",
                        name_of(what), shown(l, n)),
              "write %s if a point is missing, or a 1 too many", shown(l, n / 10));
    return;
  }
  if (!bound || !highest(bound, &n) || n < many || is_reached(l, what, n)) return;
  if (lint_has_word(name_of(what), returns)) return;
  const char *name = name_of(what);
  if (!*name) name = lint_quote(l, what->src ? what->src->span : at);
  struct diag *d = lint_tell(l, at, "%s is %.15g times the whole of `%s`", shown(l, n), n, name);
  lint_help(l, d, "write %s if the point is missing", shown(l, n / 100));
}

/* ---- movements ------------------------------------------------------------------------ */

struct minus {
  struct arena *a;
  struct map seen; /* names that were followed: each once */
  bool found;
};

static void finds_less(void *ctx, const struct term *t) {
  struct minus *x = ctx;
  x->found |= t->kind == T_NEG || (t->kind == T_ARITH && t->op == OP_SUB);
  const struct term *core = t->kind == T_KPI || t->kind == T_ATTR ? term_core(t) : t;
  if (core == t || x->found) return;
  const char *key = arena_printf(x->a, "%p", (const void *)core);
  if (map_put(&x->seen, x->a, key, x)) return;
  term_walk(core, finds_less, x);
}

bool may_be_difference(struct lint *l, const struct term *t) {
  struct minus x = {.a = l->a};
  term_walk(t, finds_less, &x);
  return x.found;
}

/* What one row has of events moves by a few percent from day to day. */
static bool is_of_events(const struct term *t) {
  const struct term *core = term_core(t);
  return core->kind == T_AGG && core->agg->entity->event && core->type.unit == U_COUNT;
}

/* pipeline drop > 250%, rise > 3000% */
static void check_move(struct lint *l, const struct term *t) {
  double n;
  if ((t->op != OP_GT && t->op != OP_GE) || !highest(t->b, &n)) return;
  bool noise = n >= little && n < few && is_of_events(t->a);
  if (n > 0 && (n < little || noise) && t->a->ent && !lint_told(l, "V1001", t->src->span)) {
    struct diag *d =
        lint_tell(l, t->b->src->span, "a movement by %s is next to nothing", shown(l, n));
    lint_help(l, d, "write %s if %s is meant", shown(l, n * (noise ? 10 : 100)),
              noise ? "a digit is missing" : "the percent of it");
    return;
  }
  bool falls = t->move == MOVE_DROP && n > 1 && !may_be_difference(l, t->a);
  if (!falls && (t->move == MOVE_DROP || n < many)) return;
  if (lint_told(l, "V1001", t->src->span)) return;
  struct diag *d =
      falls ? lint_tell(l, t->b->src->span, "nothing falls by %s of what it was", shown(l, n))
            : lint_tell(l, t->b->src->span, "a rise by %s is to %.15g times as much", shown(l, n),
                        n + 1);
  lint_help(l, d, "write %s if the point is missing",
            shown(l, falls && n < many ? n / 10 : n / 100));
}

/* company_mrr is the sum of mrr: no row has more than all. */
static bool is_summed(const struct term *t, const struct term *whole) {
  const struct term *sum = whole->kpi->term;
  bool one = t->kind == T_KPI && sum && sum->kind == T_AGG && sum->agg->fn == AGG_SUM &&
             sum->agg->values.n == 1;
  const struct term *value = one ? sum->agg->values.v[0] : NULL;
  return value && value->kind == T_KPI && value->kpi == t->kpi;
}

/* lost_fees > 300% * company_fees: a part against three times the whole. */
static void check_times_whole(struct lint *l, const struct term *t) {
  static const char *const parts[] = {"lost",    "churn",   "churned", "overdue", "unpaid", "owed",
                                      "refunds", "credits", "late",    "perdu",   "impaye", NULL};
  const struct term *m = t->b;
  if (t->kind != T_CMP || m->kind != T_ARITH || m->op != OP_MUL || !m->src) return;
  const struct term *share = m->a->type.unit == U_SHARE ? m->a : m->b,
                    *whole = share == m->a ? m->b : m->a;
  double n;
  bool number = m->a->kind == T_CONST && m->a->value.known && m->a->type.unit == U_NUMBER;
  if (number) share = m->a, whole = m->b;
  if (number) n = m->a->value.num;
  if ((!number && !highest(share, &n)) || n < 1 || whole->kind != T_KPI || whole->ent) return;
  if (!is_summed(t->a, whole) &&
      (t->a->type.unit != U_MONEY || !lint_has_word(name_of(t->a), parts)))
    return;
  struct diag *d = lint_tell(l, share->src ? share->src->span : m->src->span,
                             "`%s` is held against %s of all there is in `%s`", name_of(t->a),
                             shown(l, n), name_of(whole));
  lint_help(l, d, "write %s if the point is missing", shown(l, n / 100));
}

static void check_term(void *ctx, const struct term *t) {
  if (!t->src) return;
  check_times_whole(ctx, t);
  if (t->kind == T_MOVE_CMP) check_move(ctx, t);
  if (t->kind != T_CMP || t->a->type.unit != U_SHARE) return;
  bool left = t->a->kind == T_CONST || t->a->kind == T_THRESHOLD;
  const struct term *bound = left ? t->a : t->b, *what = left ? t->b : t->a;
  if (bound->src && what->src) check_bound(ctx, what, bound, bound->src->span);
}

static void check_bands(struct lint *l, const struct kpi *k) {
  const struct band *bands[] = {&k->green, &k->amber, &k->red};
  struct term what = {.kind = T_KPI, .type = k->term->type, .kpi = (struct kpi *)k};
  for (int i = 0; i < 3 && k->term->type.unit == U_SHARE; i++)
    if (bands[i]->set) check_bound(l, &what, bands[i]->a, bands[i]->span);
}

void lint_percent_too_large(struct lint *l) {
  terms_each(l, KIND(T_CMP) | KIND(T_MOVE_CMP), check_term, l);
  for (size_t i = 0; i < l->rs->targets.n; i++) {
    const struct target *t = l->rs->targets.v[i];
    if (t->measure && t->goal) check_bound(l, t->measure, t->goal, t->goal->src->span);
  }
  for (size_t i = 0; i < l->rs->kpis.n; i++)
    if (l->rs->kpis.v[i]->term) check_bands(l, l->rs->kpis.v[i]);
}
