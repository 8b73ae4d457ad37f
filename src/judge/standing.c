/* Items that are there already. In: the key of an item. Out: how its row stands today, and why. */
#include "base/check.h"
#include "eval/results.h"
#include "eval/row_key.h"
#include "judge/rule_plan.h"

/* The groups of a domain by their keys, made when the first is asked for. */
static int32_t find_group(struct judge_ctx *x, int domain, const char *key) {
  struct group_rows *g = &x->group_rows[domain];
  for (size_t i = 0; !g->made && i < evaluation_rows(x->ev, domain); i++) {
    const char *group = evaluation_row_key(x->ev, domain, (int32_t)i, x->arena);
    if (group)
      CHECK(!map_put(&g->by_key, x->arena, group, (void *)(intptr_t)(i + 1)));
    else
      g->unknown = (intptr_t)i + 1;
  }
  g->made = true;
  return (int32_t)(key ? (intptr_t)map_get(&g->by_key, key) : g->unknown) - 1;
}

int32_t judged_row(struct judge_ctx *x, int domain, const char *key) {
  const struct domain *d = &x->plan->domains.v[domain];
  if (d->kind == DOM_COMPANY) return 0;
  if (d->kind == DOM_ENTITY) return key ? evaluation_find(x->ev, domain, key) : -1;
  return find_group(x, domain, key);
}

static void take_worth(void *ctx, size_t i, const struct value *values) {
  (void)i;
  *(struct value *)ctx = values[0];
}

/* Today's worth of a row on which the rule does not act. */
static struct value worth_now(struct judge_ctx *x, const struct rule_plan *rp, int32_t row) {
  struct value v = {.known = false};
  if (rp->worth >= 0)
    evaluation_values(x->ev, rp->domain, &row, 1, &rp->worth, 1, take_worth, &v, x->problems);
  return v;
}

struct row_values {
  struct arena *a;
  size_t n;
  const struct value *list;
};

static void take_values(void *ctx, size_t i, const struct value *values) {
  struct row_values *x = ctx;
  (void)i;
  x->list = values_copied(x->a, values, x->n);
}

/* What the row has of a condition that reads `opened`; NULL: it does not read it. */
static const struct value *settled_values(struct judge_ctx *x, const struct rule_plan *rp,
                                          int32_t row) {
  struct row_values now = {.a = x->arena, .n = rp->settled_parts.n};
  if (!rp->settled_by) return NULL;
  if (!now.n) return values_copied(x->arena, NULL, 0);
  evaluation_values(x->ev, rp->domain, &row, 1, rp->settled_parts.v, now.n, take_values, &now,
                    x->problems);
  return now.list;
}

struct reasons_now {
  const struct rule_plan *rp;
  struct arena *a;
  const struct because *list;
};

static void take_reasons(void *ctx, size_t i, const struct value *values) {
  struct reasons_now *x = ctx;
  (void)i;
  x->list = all_reasons(x->rp, values, x->a);
}

const struct because *reasons_of_row(const struct verdicts *v, const struct rule_verdict *rv,
                                     const char *key, size_t *n) {
  struct judge_ctx *x = v->ctx;
  const struct rule_plan *rp = &rv->judged->plan;
  struct reasons_now now = {.rp = rp, .a = x->arena};
  node_list nodes = {0};
  int32_t row = judged_row(x, rp->domain, key);
  *n = 0;
  if (row < 0 || !bit_get(rv->judged->present, (size_t)row)) return NULL;
  for (size_t i = 0; i < rp->reasons.n; i++)
    for (int k = 0; k < REASON_NODES; k++) VEC_PUSH(x->arena, &nodes, rp->reasons.v[i].nodes[k]);
  if (!nodes.n || !evaluation_values(x->ev, rp->domain, &row, 1, nodes.v, nodes.n, take_reasons,
                                     &now, x->problems))
    return NULL;
  *n = rp->reasons.n;
  return now.list;
}

struct standing standing_of(const struct verdicts *v, const struct rule_verdict *rv,
                            const char *key) {
  struct judge_ctx *x = v->ctx;
  const struct judged *j = rv->judged;
  int32_t row = judged_row(x, j->plan.domain, key);
  if (row < 0) return (struct standing){.when = TRUTH_UNKNOWN};
  if (!bit_get(j->present, (size_t)row)) {
    const struct rule *rule = j->plan.rule;
    bool ends = rule && rule->entity && rule->entity->life.ends;
    return (struct standing){.when = TRUTH_UNKNOWN, .ended = ends};
  }
  size_t r = (size_t)row;
  enum truth when = bit_get(j->yes, r)  ? TRUTH_TRUE
                    : bit_get(j->no, r) ? TRUTH_FALSE
                                        : TRUTH_UNKNOWN;
  return (struct standing){.present = true,
                           .when = when,
                           .settled = j->settled && bit_get(j->settled, r),
                           .settled_values = settled_values(x, &j->plan, row),
                           .clear = j->clear && bit_get(j->clear, r) ? TRUTH_TRUE : TRUTH_FALSE,
                           .worth = worth_now(x, &j->plan, row)};
}
