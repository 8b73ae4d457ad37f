/* Escalation. In: living items that are late. Out: the same, the teams above told: each level once
 * in the life of an item, which keeps its team and its owner, for they still act. */
#include "action/levels.h"
#include "action/life/life.h"

/* Not on the day that it opened, started, woke or got its owner: nobody has had time to act. */
static bool may_go_up(const struct life *l, const struct item *i) {
  return item_to_do(i) && item_counts(i) && i->due != DAY_NONE && l->v->as_of > i->rested;
}

static bool has_come(const struct life *l, const struct item *i, const struct level *level) {
  return l->v->as_of >= levels_day(i, level, l->v->calendar);
}

/* The highest level above those that were told whose day has come; 0: none. */
static int reached(const struct life *l, size_t at, int told) {
  const struct rule_verdict *r = l->places.v[at].rule;
  int highest = 0;
  for (int k = told; k < (int)r->n_levels; k++)
    if (r->levels[k].to && has_come(l, &l->items.v[at], &r->levels[k])) highest = k + 1;
  return highest;
}

/* A late run passes several levels: all are written, the highest alone is told. */
static void go_up(struct life *l, size_t at, levels_told *told, int highest) {
  struct item *i = &l->items.v[at];
  const struct rule_verdict *r = l->places.v[at].rule;
  const char *top = r->levels[highest - 1].to;
  for (int k = levels_highest(told); k < highest; k++) {
    const char *to = r->levels[k].to;
    if (!to || !has_come(l, i, &r->levels[k])) continue;
    struct level_told t = {.level = k + 1, .to = to, .on = l->v->as_of};
    VEC_PUSH(l->a, told, t);
    life_record(l, CHANGE_ESCALATE, at, "escalated_to", i->escalated_to, to);
    if (k + 1 < highest)
      l->changes.v[l->changes.n - 1].why =
          arena_printf(l->a, "passed in this run: %s is told", top);
    i->escalated_to = to;
  }
  i->escalated_on = i->told = l->v->as_of;
  i->escalated = levels_write(told, l->a);
  l->places.v[at].escalated = true;
  l->counts.escalated++;
}

void life_escalate(struct life *l) {
  for (size_t at = 0; at < l->n_before; at++) {
    const struct item *i = &l->items.v[at];
    const struct rule_verdict *r = l->places.v[at].rule;
    if (!r || !r->n_levels || !may_go_up(l, i)) continue;
    levels_told told = levels_read(i->escalated, l->a);
    int highest = reached(l, at, levels_highest(&told));
    if (highest) go_up(l, at, &told, highest);
  }
}
