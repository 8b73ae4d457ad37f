/* In: a step of a test and the items before it. Out: verdicts, values and the items after it. */
#include "test/day.h"

#include "test/dataset.h"

/* The node of an expected KPI: of each row, of each group when `for` names one, or of the
 * company. */
static int value_node(struct test_day *d, const struct test_expect *e, int *domain) {
  struct kpi *k = e->kpi;
  struct term *t = NEW(d->a, struct term);
  *t = (struct term){.kind = T_KPI, .kpi = k, .type = k->term->type, .ent = k->entity};
  t->type.percent |= k->percent;
  *domain = 0;
  if (k->entity)
    *domain = plan_entity_domain(d->plan, k->entity, true);
  else if (e->row && k->dims.n)
    *domain = plan_group_domain(d->plan, &k->dims, d->step->day);
  int node = plan_term(d->plan, t, *domain, d->step->day);
  d->plan->nodes.v[node].keep |= *domain == 0; /* read from the company's one row */
  return node;
}

static trace_nodes wanted(struct test_day *d) {
  trace_nodes roots = {0};
  for (size_t i = 0; i < d->rs->rules.n; i++) {
    d->traces[i] = trace_rule(d->plan, d->rs->rules.v[i], d->step->day);
    trace_roots(d->plan, &d->traces[i], &roots);
  }
  for (size_t i = 0; i < d->step->expects.n; i++) {
    const struct test_expect *e = &d->step->expects.v[i];
    if (e->kind != EXPECT_VALUE) continue;
    d->value_nodes[i] = value_node(d, e, &d->value_domains[i]);
    VEC_PUSH(d->a, &roots, d->value_nodes[i]);
  }
  return roots;
}

static void follow(struct test_day *d, const struct item *before, size_t n_before) {
  struct decision decision;
  int64_t last = 0;
  for (size_t i = 0; i < n_before; i++)
    if (before[i].id > last) last = before[i].id;
  struct deciding in = {.before = before, .n_before = n_before, .last = last, .today = d->verdicts};
  decide(&in, d->a, &decision);
  d->items = decision.items;
  d->n_items = decision.n_items;
}

/* On all its days: the items of targets live through them. */
static bool expects_targets(const struct test *t) {
  for (size_t i = 0; i < t->steps.n; i++)
    for (size_t k = 0; k < t->steps.v[i]->expects.n; k++)
      if (t->steps.v[i]->expects.v[k].target) return true;
  return false;
}

/* The KPIs of the targets that are expected on the day, each once. */
static size_t measured_kpis(const struct test_step *s, struct kpi **out) {
  size_t n = 0;
  for (size_t k = 0; k < s->expects.n; k++) {
    const struct target *t = s->expects.v[k].target;
    size_t i = 0;
    while (t && i < n && out[i] != t->kpi) i++;
    if (t && i == n) out[n++] = t->kpi;
  }
  return n;
}

void day_run(struct test_day *d, struct ruleset *rs, const struct test *t, size_t at,
             const struct item *before, size_t n_before, struct arena *a, struct arena *keep) {
  *d = (struct test_day){.a = a,
                         .keep = keep,
                         .rs = rs,
                         .step = t->steps.v[at],
                         .plan = plan_new(rs, a),
                         .items = before,
                         .n_items = n_before};
  d->traces = NEW_N(a, struct trace, rs->rules.n + 1);
  d->value_nodes = NEW_N(a, int, d->step->expects.n + 1);
  d->value_domains = NEW_N(a, int, d->step->expects.n + 1);
  d->dataset = open_test_dataset(d->plan, t, at);
  trace_nodes roots = wanted(d);
  struct kpi **measured = NEW_N(a, struct kpi *, d->step->expects.n + 1);
  /* targets only where the test is about them: a few rows say nothing of the company's */
  d->entry = (struct judge_entry){.rs = rs,
                                  .day = d->step->day,
                                  .want = WANT_RULES | (expects_targets(t) ? WANT_TARGETS : 0),
                                  .kpis = measured,
                                  .n_kpis = measured_kpis(d->step, measured),
                                  .nodes = roots.v,
                                  .n_nodes = roots.n,
                                  .arena = a};
  if (d->entry.n_kpis) d->entry.want |= WANT_STATUS;
  d->judgement = judge_begin(&(struct judge_request){
      .dataset = d->dataset, .entries = &d->entry, .n_entries = 1, .plan = d->plan, .arena = a});
  struct diags problems = {.arena = a};
  if (!judge_next(d->judgement, &d->verdicts, &problems)) {
    d->error = diags_failure(&problems);
    return;
  }
  follow(d, before, n_before);
}

void day_close(struct test_day *d) {
  judge_end(d->judgement);
  dataset_close(d->dataset);
}
