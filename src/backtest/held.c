/* In: a rule set, today's verdicts, the day of the step before. Out: what the thresholds of that
 * day say of today's data. */
#include "backtest/held.h"

#include <string.h>

#include "sema/policy_diff.h"

typedef __typeof__(((struct threshold *)NULL)->lines) line_list;

static bool has_living(const char *rule, const struct item *items, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (item_living(&items[i]) && strcmp(items[i].rule, rule) == 0) return true;
  return false;
}

/* Takes the lines that are newer than the day out, and gives back all lines as they were. */
static line_list *hold(struct ruleset *rs, day_t day, struct arena *a) {
  line_list *all = NEW_N(a, line_list, rs->thresholds.n + 1);
  for (size_t i = 0; i < rs->thresholds.n; i++) {
    line_list kept = {0};
    all[i] = rs->thresholds.v[i]->lines;
    for (size_t k = 0; k < all[i].n; k++) VEC_PUSH(a, &kept, all[i].v[k]);
    rs->thresholds.v[i]->lines = kept;
  }
  policy_hold(rs, day);
  return all;
}

static void restore(struct ruleset *rs, const line_list *all) {
  for (size_t i = 0; i < rs->thresholds.n; i++) rs->thresholds.v[i]->lines = all[i];
}

/* The rules that differ and have living items: how many, and one of them. */
static size_t rules_that_differ(const struct ruleset *rs, const struct verdicts *today, day_t then,
                                const struct item *items, size_t n_items, struct held *out,
                                const struct rule **one) {
  const char **differs = NEW_N(out->arena, const char *, today->n_rules + 1);
  size_t n = 0;
  for (size_t r = 0; r < today->n_rules; r++) {
    const struct rule *rule = rule_named(rs, today->rules[r].rule); /* NULL: of a target */
    if (!rule || !has_living(rule->name, items, n_items)) continue;
    differs[r] = policy_difference(rs, rule, then, today->as_of, out->arena);
    if (!differs[r]) continue;
    *one = rule;
    n++;
  }
  out->differs = differs;
  return n;
}

bool held_begin(struct ruleset *rs, struct dataset *dataset, const struct verdicts *today,
                day_t then, const struct item *items, size_t n_items, struct held *out,
                struct diags *problems) {
  const struct rule *one = NULL;
  struct verdicts *v = NULL;
  *out = (struct held){0};
  if (!policy_moved(rs, then, today->as_of)) return true;
  struct arena *a = out->arena = arena_new();
  size_t n = rules_that_differ(rs, today, then, items, n_items, out, &one);
  if (!n) return true;
  struct judge_entry *entry = NEW(a, struct judge_entry);
  *entry = (struct judge_entry){
      .rs = rs, .day = today->as_of, .want = WANT_RULES | WANT_UNREAD, .arena = a};
  for (size_t i = 0; n == 1 && i < rs->rules.n; i++)
    if (rs->rules.v[i] == one) entry->rule = rs->rules.v[i];
  line_list *all = hold(rs, then, a);
  out->judgement = judge_begin(&(struct judge_request){
      .dataset = dataset, .entries = entry, .n_entries = 1, .plan = plan_new(rs, a), .arena = a});
  bool good = judge_next(out->judgement, &v, problems);
  restore(rs, all);
  out->old = good ? v : NULL;
  return good;
}

void held_end(struct held *h) {
  judge_end(h->judgement);
  arena_free(h->arena);
}
