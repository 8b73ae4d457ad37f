/* A KPI of an entity as one number. In: its values by row, on each day of the page. Out: counts and
 * money added up, of others the median row. */
#include <stdlib.h>

#include "base/check.h"
#include "eval/aggregate.h"
#include "eval/results.h"
#include "report/making.h"

/* Do the values of rows make the value of all of them when they are added up? Counts and sums do; a
 * count of different things does not, nor does a ratio, an average or a score. */
static bool adds_up(const struct term *t) {
  if (!t || (t->type.unit != U_COUNT && t->type.unit != U_MONEY)) return false;
  switch (t->kind) {
    case T_ATTR: return true;
    case T_KPI: return t->kpi->entity && adds_up(t->kpi->term);
    case T_AGG: return t->agg->fn == AGG_SUM || t->agg->fn == AGG_COUNT;
    case T_ELSE:
    case T_AGO: return adds_up(t->a);
    case T_ARITH:
      if (t->op == OP_ADD || t->op == OP_SUB) return adds_up(t->a) && adds_up(t->b);
      if (t->op == OP_MUL && t->a->kind == T_CONST) return adds_up(t->b);
      return (t->op == OP_MUL || t->op == OP_DIV) && t->b->kind == T_CONST && adds_up(t->a);
    default: return false;
  }
}

enum rollup rollup_of(const struct kpi *k) {
  if (!k->entity) return ROLLUP_NONE;
  return adds_up(k->term) ? ROLLUP_SUM : ROLLUP_MEDIAN;
}

struct numbers {
  double *v;
  size_t n;
};

static void take_number(void *ctx, size_t i, const struct value *values) {
  struct numbers *x = ctx;
  (void)i;
  if (values[0].known) x->v[x->n++] = values[0].num;
}

static int ascending(const void *pa, const void *pb) {
  double a = *(const double *)pa, b = *(const double *)pb;
  return (a > b) - (a < b);
}

static double put_together(const struct kpi *k, struct numbers *x) {
  double sum = 0;
  for (size_t i = 0; i < x->n; i++) sum += x->v[i];
  if (rollup_of(k) == ROLLUP_SUM) return sum;
  qsort(x->v, x->n, sizeof *x->v, ascending);
  return sorted_median(x->v, x->n);
}

static bool roll_day(struct rolling *x, const struct verdicts *v, size_t day, size_t k) {
  const struct row_nodes *nodes = &x->nodes[day * x->kpis.n + k];
  struct kpi_day *out = &x->series[k]->days[day];
  size_t n;
  int32_t *rows = rows_of_page(verdicts_evaluation(v), nodes, &n);
  struct numbers numbers = {.v = malloc((n + 1) * sizeof(double))};
  bool good =
      numbers.v && evaluation_values(verdicts_evaluation(v), nodes->domain, rows, n, nodes->nodes,
                                     1, take_number, &numbers, x->m->problems);
  *out = (struct kpi_day){.day = v->as_of, .values = NEW(x->m->a, struct kpi_value), .n = 1};
  out->values->value = (struct value){.type = x->kpis.v[k]->term->type, .known = numbers.n > 0};
  if (numbers.n) out->values->value.num = put_together(x->kpis.v[k], &numbers);
  out->values->known_rows = (long)numbers.n;
  out->values->all_rows = (long)n;
  free(numbers.v);
  free(rows);
  return good;
}

static void plan_roll(struct rolling *x, struct plan *plan, const day_t *days,
                      struct judge_entry *entries) {
  struct arena *a = x->m->a;
  x->nodes = NEW_N(a, struct row_nodes, REPORT_DAYS * x->kpis.n + 1);
  for (size_t d = 0; d < REPORT_DAYS; d++) {
    int *roots = NEW_N(a, int, x->kpis.n * 2 + 1);
    size_t n = 0;
    for (size_t k = 0; k < x->kpis.n; k++) {
      struct row_nodes *r = &x->nodes[d * x->kpis.n + k];
      r->domain = plan_entity_domain(plan, x->kpis.v[k]->entity, true);
      r->exists = plan_exists(plan, r->domain, days[d]);
      roots[n++] = r->nodes[0] = plan_kpi(plan, x->kpis.v[k], r->domain, days[d]);
      if (r->exists >= 0) roots[n++] = r->exists;
    }
    entries[d] = (struct judge_entry){
        .rs = x->m->q->rs, .day = days[d], .nodes = roots, .n_nodes = n, .arena = a};
  }
}

bool roll_kpis(struct rolling *x, const day_t *days) {
  struct making *m = x->m;
  struct judge_entry entries[REPORT_DAYS];
  struct plan *plan = plan_new(m->q->rs, m->a);
  if (!x->kpis.n) return true;
  plan->days = true;
  plan_roll(x, plan, days, entries);
  x->series = NEW_N(m->a, struct kpi_series *, x->kpis.n);
  for (size_t k = 0; k < x->kpis.n; k++) {
    x->series[k] = NEW(m->a, struct kpi_series);
    *x->series[k] = (struct kpi_series){.kpi = x->kpis.v[k],
                                        .days = NEW_N(m->a, struct kpi_day, REPORT_DAYS),
                                        .n_days = REPORT_DAYS};
  }
  struct judgement *j = judge_begin(&(struct judge_request){.dataset = m->q->dataset,
                                                            .entries = entries,
                                                            .n_entries = REPORT_DAYS,
                                                            .plan = plan,
                                                            .arena = m->a,
                                                            .progress = m->q->progress});
  bool good = true;
  struct verdicts *v;
  for (size_t d = 0; d < REPORT_DAYS && good; d++) {
    good = judge_next(j, &v, m->problems);
    for (size_t k = 0; k < x->kpis.n && good; k++) good = roll_day(x, v, d, k);
  }
  judge_end(j);
  return good;
}

const struct kpi_series *rolled_series(const struct rolling *x, const struct kpi *k) {
  for (size_t i = 0; i < x->kpis.n; i++)
    if (x->kpis.v[i] == k) return x->series[i];
  return NULL;
}
