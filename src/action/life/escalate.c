/* Escalation. In: living items that are late. Out: the same, their team above told: once in the
 * life of an item, which keeps its team and its owner, for they still act. */
#include "action/life/life.h"

void life_escalate(struct life *l) {
  for (size_t at = 0; at < l->n_before; at++) {
    struct item *i = &l->items.v[at];
    struct place *p = &l->places.v[at];
    /* on the day it opens its owner has had no time, whatever the delay */
    if (!item_to_do(i) || !p->rule || !p->rule->escalates_to || i->escalated_to ||
        i->due == DAY_NONE || l->v->as_of <= i->opened)
      continue;
    if (l->v->as_of < day_shift(l->v->calendar, i->due, p->rule->escalate_after, 1)) continue;
    life_record(l, CHANGE_ESCALATE, at, "escalated_to", NULL, p->rule->escalates_to);
    i->escalated_to = p->rule->escalates_to;
    i->escalated_on = l->v->as_of;
    p->escalated = true;
    l->counts.escalated++;
  }
}
