/* Snoozes that end. In: sleeping items. Out: those awake whose day has come, or, where a person has
 * asked for that, that got worse. A row that could not be judged wakes nobody. */
#include "action/life/life.h"
#include "action/margins.h"
#include "action/move.h"

static const char *got_worse(const struct life *l, size_t at) {
  const struct item *i = &l->items.v[at];
  const struct place *p = &l->places.v[at];
  if (!i->snoozed_margins || !p->hit) return NULL;
  if (priority_rank(p->rule->priority) < priority_rank(i->priority))
    return arena_printf(l->a, "worse: its priority is %s, and was %s", p->rule->priority,
                        i->priority);
  return margins_worse(p->rule, p->hit, i->snoozed_margins, l->a);
}

/* Open, not acknowledged, and to do even where its owner has no room. */
static void wake(struct life *l, size_t at, const char *why) {
  struct item *i = &l->items.v[at];
  life_record(l, CHANGE_WAKE, at, "snoozed_until", life_day(l, i->snoozed_until), NULL);
  l->changes.v[l->changes.n - 1].why = why;
  item_end_snooze(i);
  item_end_ack(i);
  i->rested = i->told = l->v->as_of;
  if (i->started != DAY_NONE || !item_to_do(i)) return;
  if (i->due == DAY_NONE)
    item_start(i, l->v->as_of, l->v->calendar);
  else
    steps_start(i, l->v->as_of, l->v->calendar);
  i->started = l->v->as_of; /* a due day that it has stays: sleeping moves none */
}

void life_wake(struct life *l) {
  for (size_t at = 0; at < l->n_before; at++) {
    const struct item *i = &l->items.v[at];
    const struct place *p = &l->places.v[at];
    bool judged = p->hit || (p->now.present && p->now.when != TRUTH_UNKNOWN);
    if (!p->rule || !item_living(i) || i->snoozed_until == DAY_NONE || !judged) continue;
    const char *why = got_worse(l, at);
    if (l->v->as_of >= i->snoozed_until)
      wake(l, at, NULL);
    else if (why)
      wake(l, at, why);
  }
}
