/* In: the days of all tests. Out: how often each rule, branch and threshold line was seen. */
#include "test/coverage.h"

#include "eval/results.h"
#include "test/day.h"

void coverage_init(struct coverage *c, const struct ruleset *rs, struct arena *a) {
  for (size_t i = 0; i < rs->rules.n; i++) {
    struct rule_coverage r = {.rule = rs->rules.v[i]};
    VEC_PUSH(a, &c->rules, r);
  }
}

static struct threshold_coverage *threshold_of(struct coverage *c, const struct threshold *th,
                                               struct arena *a) {
  for (size_t i = 0; i < c->thresholds.n; i++)
    if (c->thresholds.v[i].threshold == th) return &c->thresholds.v[i];
  struct threshold_coverage t = {th, NEW_N(a, long, th->lines.n + 1)};
  VEC_PUSH(a, &c->thresholds, t);
  return &c->thresholds.v[c->thresholds.n - 1];
}

/* The branches of a rule, once; parts are the same on every day. */
static void add_branches(struct rule_coverage *r, const struct trace *t, struct arena *a) {
  if (r->branches.n) return;
  for (size_t k = 0; k < t->parts.n; k++) {
    struct branch_coverage b = {.text = arena_strdup(a, t->parts.v[k].written),
                                .span = t->parts.v[k].span};
    if (t->parts.v[k].branch) VEC_PUSH(a, &r->branches, b);
  }
}

struct counting {
  struct test_day *d;
  struct coverage *c;
  struct rule_coverage *r;
  const struct trace *t;
};

static void count_lines(struct counting *x, const struct value *values) {
  size_t at = 0;
  for (size_t i = 0; i < x->t->thresholds.n; i++) {
    const struct part_lines *l = &x->t->thresholds.v[i];
    struct threshold_coverage *th = threshold_of(x->c, l->threshold, x->d->keep);
    bool taken = false;
    for (size_t k = 0; k < l->lines.n; k++) {
      const struct line_choice *c = &l->lines.v[k];
      bool applies = c->condition < 0 || (values[at].known && values[at].num != 0);
      if (applies && !taken) th->used[c->line - l->threshold->lines.v]++;
      taken |= applies;
      at += c->condition >= 0;
    }
  }
}

static void count_row(void *ctx, size_t i, const struct value *values) {
  struct counting *x = ctx;
  (void)i;
  bool fires = x->r->rule->unknown == UNKNOWN_FIRE;
  if (!values[0].known) x->r->unknown++;
  if (!values[0].known)
    x->r->fired += fires;
  else if (values[0].num != 0)
    x->r->fired++;
  else
    x->r->silent++;
  size_t b = 0;
  for (size_t k = 0; k < x->t->parts.n; k++) {
    if (!x->t->parts.v[k].branch) continue;
    struct branch_coverage *branch = &x->r->branches.v[b++];
    branch->yes += values[k].known && values[k].num != 0;
    branch->no += values[k].known && values[k].num == 0;
  }
  count_lines(x, values + x->t->parts.n);
}

static void add_rule(struct coverage *c, struct test_day *d, size_t rule) {
  const struct trace *t = &d->traces[rule];
  struct counting x = {d, c, &c->rules.v[rule], t};
  add_branches(x.r, t, d->keep);
  for (size_t i = 0; i < t->thresholds.n; i++)
    threshold_of(c, t->thresholds.v[i].threshold, d->keep);
  trace_nodes nodes = {0};
  for (size_t k = 0; k < t->parts.n; k++) VEC_PUSH(d->a, &nodes, t->parts.v[k].node);
  for (size_t i = 0; i < t->thresholds.n; i++)
    for (size_t k = 0; k < t->thresholds.v[i].lines.n; k++)
      if (t->thresholds.v[i].lines.v[k].condition >= 0)
        VEC_PUSH(d->a, &nodes, t->thresholds.v[i].lines.v[k].condition);
  struct evaluation *ev = verdicts_evaluation(d->verdicts);
  size_t max = evaluation_rows(ev, t->domain);
  int32_t *rows = NEW_N(d->a, int32_t, max + 1);
  size_t n = rows_there(d, t, rows, max);
  struct diags problems = {.arena = d->a}; /* the same nodes have been computed for the verdict */
  evaluation_values(ev, t->domain, rows, n, nodes.v, nodes.n, count_row, &x, &problems);
}

void coverage_add(struct coverage *c, struct test_day *d) {
  if (d->error) return;
  for (size_t i = 0; i < c->rules.n; i++) add_rule(c, d, i);
}

void coverage_count(const struct coverage *c, long *reached, long *all) {
  *reached = *all = 0;
  for (size_t i = 0; i < c->rules.n; i++) {
    const struct rule_coverage *r = &c->rules.v[i];
    *all += 2 + 2 * (long)r->branches.n;
    *reached += (r->fired > 0) + (r->silent > 0);
    for (size_t k = 0; k < r->branches.n; k++)
      *reached += (r->branches.v[k].yes > 0) + (r->branches.v[k].no > 0);
  }
  for (size_t i = 0; i < c->thresholds.n; i++) {
    const struct threshold_coverage *t = &c->thresholds.v[i];
    *all += (long)t->threshold->lines.n;
    for (size_t k = 0; k < t->threshold->lines.n; k++) *reached += t->used[k] > 0;
  }
}

double coverage_percent(const struct coverage *c) {
  long reached, all;
  coverage_count(c, &reached, &all);
  return all ? 100.0 * (double)reached / (double)all : 100;
}
