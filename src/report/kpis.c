/* The numbers of the page. In: which KPIs are on it. Out: their values at the ends of the last
 * months and on its day, how their targets stand, their formulas in words. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/making.h"
#include "sema/hindsight.h"

/* ---- which ---------------------------------------------------------------------------- */

static void push_new(struct making *m, kpi_list *list, struct kpi *k) {
  for (size_t i = 0; i < list->n; i++)
    if (list->v[i] == k) return;
  VEC_PUSH(m->a, list, k);
}

static bool is_number(const struct kpi *k) {
  return k->term && unit_class(k->term->type.unit) == CLASS_NUM;
}

/* What the page says, or else what the KPIs say of themselves. */
static kpi_list results_of(struct making *m) {
  const struct ruleset *rs = m->q->rs;
  kpi_list list = {0};
  if (rs->page.has_results) return rs->page.results;
  for (size_t i = 0; i < rs->kpis.n; i++)
    if (rs->kpis.v[i]->strategic) VEC_PUSH(m->a, &list, rs->kpis.v[i]);
  return list;
}

static kpi_list leading_of(struct making *m) {
  const struct ruleset *rs = m->q->rs;
  kpi_list list = {0};
  if (rs->page.has_leading) return rs->page.leading;
  for (size_t i = 0; i < rs->kpis.n; i++)
    if (rs->kpis.v[i]->leading && !rs->kpis.v[i]->strategic) VEC_PUSH(m->a, &list, rs->kpis.v[i]);
  return list;
}

/* The KPI of each decision, and those of the pipelines. */
static void add_others(struct making *m, kpi_list *list) {
  const struct ruleset *rs = m->q->rs;
  for (size_t i = 0; i < m->r->items.n; i++) {
    const struct item *it = m->r->items.v[i];
    if (!is_decision(it)) continue;
    const struct target *t = target_of(rs, it);
    const struct rule *r = rule_named(rs, it->rule);
    struct kpi *k = t ? t->kpi : first_kpi(r ? r->when : NULL);
    if (k && !k->entity) push_new(m, list, k);
  }
  for (size_t i = 0; i < rs->page.pipelines.n; i++) {
    struct kpi *count = count_of(rs->page.pipelines.v[i].open, m->a);
    VEC_PUSH(m->a, &m->counts, count);
    if (count) VEC_PUSH(m->a, list, count);
    push_new(m, list, rs->page.pipelines.v[i].open);
    if (rs->page.pipelines.v[i].weighted) push_new(m, list, rs->page.pipelines.v[i].weighted);
  }
}

/* The last days of the months before the day of the page, then that day. */
static void days_of(day_t as_of, day_t out[REPORT_DAYS]) {
  int year, month, day;
  day_t at = as_of;
  out[REPORT_MONTHS] = as_of;
  for (int i = REPORT_MONTHS - 1; i >= 0; i--) {
    day_to_civil(at, &year, &month, &day);
    at = day_from_civil(year, month, 1) - 1;
    out[i] = at;
  }
}

/* ---- on the page ---------------------------------------------------------------------- */

const struct kpi_series *series_of(const struct kpi_report *r, const struct kpi *k) {
  for (size_t i = 0; i < r->n; i++)
    if (r->series[i].kpi == k) return &r->series[i];
  return NULL;
}

const struct target_status *const *targets_of(struct making *m, const struct kpi *k, size_t *n) {
  const struct kpi_report *r = m->kpis;
  const struct target_status **list = NEW_N(m->a, const struct target_status *, r->n_targets + 1);
  *n = 0;
  for (size_t i = 0; i < r->n_targets; i++)
    if (r->targets[i].target->kpi == k) list[(*n)++] = &r->targets[i];
  return list;
}

/* The columns that its past would be read with hindsight; what it is split by is none: the groups
 * of a line are those of today. */
static name_list hindsight_of(struct making *m, const struct kpi_series *s) {
  struct hindsight h = {.rs = m->q->rs, .arena = m->a, .today = m->r->as_of};
  hindsight_term(&h, s->kpi->term, s->days[0].day);
  return h.columns;
}

static void show(struct making *m, const struct rolling *x, const struct kpi *k,
                 struct report_kpi *out) {
  const struct speaker s = {m->a, m->q->tongue, m->r->as_of};
  *out = (struct report_kpi){.rollup = rollup_of(k)};
  out->series = k->entity ? rolled_series(x, k) : series_of(m->kpis, k);
  out->targets = targets_of(m, k, &out->n_targets);
  out->definition = capital(m->a, say_term(&s, k->term));
  out->hindsight = hindsight_of(m, out->series);
}

/* Numbers of today that leave rows out. */
static void find_left_out(struct making *m, const struct report_kpi *k) {
  const struct kpi_series *s = k->series;
  const struct kpi_day *today = &s->days[s->n_days - 1];
  const struct kpi_day *day =
      s->totals && s->totals[s->n_days - 1].n ? &s->totals[s->n_days - 1] : today;
  long known = 0, all = 0;
  for (size_t i = 0; i < day->n; i++) {
    known += day->values[i].known_rows;
    all += day->values[i].all_rows;
  }
  if (known == all) return;
  const struct left_out l = {s->kpi, known, all};
  VEC_PUSH(m->a, &m->r->left_out, l);
}

static void show_all(struct making *m, const struct rolling *x, const kpi_list *list,
                     bool leading) {
  for (size_t i = 0; i < list->n; i++) {
    struct report_kpi k;
    if (!is_number(list->v[i])) continue;
    show(m, x, list->v[i], &k);
    find_left_out(m, &k);
    if (leading)
      VEC_PUSH(m->a, &m->r->leading, k);
    else
      VEC_PUSH(m->a, &m->r->results, k);
  }
}

bool value_kpis(struct making *m) {
  day_t days[REPORT_DAYS];
  kpi_list results = results_of(m), leading = leading_of(m), company = {0};
  struct rolling x = {.m = m};
  days_of(m->r->as_of, days);
  const kpi_list *both[] = {&results, &leading};
  for (int l = 0; l < 2; l++)
    for (size_t i = 0; i < both[l]->n; i++) {
      struct kpi *k = both[l]->v[i];
      if (is_number(k)) push_new(m, k->entity ? &x.kpis : &company, k);
    }
  add_others(m, &company);
  m->kpis = NEW(m->a, struct kpi_report);
  const struct kpi_request q = {.rs = (struct ruleset *)m->q->rs,
                                .dataset = m->q->dataset,
                                .kpis = company.v,
                                .n = company.n,
                                .days = days,
                                .n_days = REPORT_DAYS,
                                .arena = m->a,
                                .progress = m->q->progress};
  if (!kpi_report(&q, m->kpis, m->problems) || !roll_kpis(&x, days)) return false;
  show_all(m, &x, &results, false);
  show_all(m, &x, &leading, true);
  return true;
}
