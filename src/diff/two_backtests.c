/* In: a backtest of each version. Out: their rules in pairs, and what only one of them caught. */
#include "diff/two_backtests.h"

#include <string.h>

#include "action/compare.h"
#include "base/check.h"
#include "sema/policy_diff.h"

static const struct score *score_of(const struct backtest *b, const char *rule) {
  for (size_t i = 0; i < b->n_rules; i++)
    if (strcmp(b->rules[i].rule, rule) == 0) return &b->rules[i];
  return NULL;
}

/* The name in the old version of what has this name in the new one. */
static const char *name_before(const struct ruleset *old, const struct ruleset *now,
                               const char *name) {
  const struct rule *r = rule_named(now, name);
  const struct rule *before = r ? policy_rule(old, r) : NULL;
  return before ? before->name : name;
}

static void pair_rules(struct two_backtests *t, const struct ruleset *old,
                       const struct ruleset *now, struct arena *a) {
  struct map paired = {0};
  for (size_t i = 0; i < t->now->n_rules; i++) {
    const struct score *s = &t->now->rules[i];
    struct two_scores pair = {s->rule, score_of(t->old, name_before(old, now, s->rule)), s};
    if (pair.old) map_put(&paired, a, pair.old->rule, (void *)(uintptr_t)s);
    VEC_PUSH(a, &t->rules, pair);
  }
  for (size_t i = 0; i < t->old->n_rules; i++) {
    const struct score *s = &t->old->rules[i];
    struct two_scores pair = {s->rule, s, NULL};
    if (!map_get(&paired, s->rule)) VEC_PUSH(a, &t->rules, pair);
  }
}

/* What the other misses, and this one does not: in the order of the other's list. */
static onset_list caught_alone(const struct condition *outcome, const struct score *mine,
                               const struct score *other, struct arena *a) {
  onset_list out = {0};
  if (!outcome) return out;
  const struct onset *first = outcome->onsets.v;
  bool *missed = NEW_N(a, bool, outcome->onsets.n + 1);
  for (size_t i = 0; i < mine->n_missed; i++) missed[mine->missed[i] - first] = true;
  for (size_t i = 0; i < other->n_missed; i++)
    if (!missed[other->missed[i] - first]) VEC_PUSH(a, &out, other->missed[i]);
  return out;
}

static const struct load *load_like(const struct backtest *b, const struct load *l) {
  for (size_t i = 0; i < b->n_loads; i++)
    if (text_cmp(b->loads[i].team, l->team) == 0 && text_cmp(b->loads[i].owner, l->owner) == 0)
      return &b->loads[i];
  return NULL;
}

static void pair_loads(struct two_backtests *t, struct arena *a) {
  for (size_t i = 0; i < t->now->n_loads; i++) {
    const struct load *l = &t->now->loads[i], *before = load_like(t->old, l);
    struct two_loads pair = {l->owner, l->capacity, before ? before->weeks_over : 0, l->weeks_over};
    if (pair.weeks_before != pair.weeks_after) VEC_PUSH(a, &t->loads, pair);
  }
  for (size_t i = 0; i < t->old->n_loads; i++) {
    const struct load *l = &t->old->loads[i];
    struct two_loads pair = {l->owner, l->capacity, l->weeks_over, 0};
    if (l->weeks_over && !load_like(t->now, l)) VEC_PUSH(a, &t->loads, pair);
  }
}

static const name_list *both_hindsights(const struct two_backtests *t, struct arena *a) {
  const name_list *lists[] = {t->old->hindsight, t->now->hindsight};
  name_list *out = NEW(a, name_list);
  for (size_t k = 0; k < 2; k++)
    for (size_t i = 0; lists[k] && i < lists[k]->n; i++) {
      bool known = false;
      for (size_t m = 0; m < out->n; m++) known |= strcmp(out->v[m], lists[k]->v[i]) == 0;
      if (!known) VEC_PUSH(a, out, lists[k]->v[i]);
    }
  return out->n ? out : NULL;
}

struct two_backtests two_backtests_of(const struct backtest *old, const struct backtest *now,
                                      const struct ruleset *old_rules,
                                      const struct ruleset *now_rules, struct arena *a) {
  struct two_backtests t = {.old = old, .now = now};
  t.together = (struct two_scores){NULL, &old->together, &now->together};
  pair_rules(&t, old_rules, now_rules, a);
  CHECK(old->outcome == now->outcome); /* both were scored by the same onsets */
  t.old_alone = caught_alone(now->outcome, &old->together, &now->together, a);
  t.now_alone = caught_alone(now->outcome, &now->together, &old->together, a);
  pair_loads(&t, a);
  t.hindsight = both_hindsights(&t, a);
  return t;
}
