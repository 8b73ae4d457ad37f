/* Reminders. In: items that are to do. Out: the same, their owners told again where that is due. */
#include "action/life/life.h"

/* Acknowledging stops reminders until the due day. */
static bool wants_reminding(const struct life *l, const struct item *i) {
  if (!item_to_do(i) || !item_counts(i) || !i->owner || i->told == DAY_NONE) return false;
  return i->acknowledged == DAY_NONE || (i->due != DAY_NONE && l->v->as_of > i->due);
}

/* Counts from the last time that the owner was told of it, by whatever message. */
void life_remind(struct life *l) {
  for (size_t at = 0; at < l->n_before; at++) {
    struct item *i = &l->items.v[at];
    const struct rule_verdict *r = l->places.v[at].rule;
    if (!r || !r->reminds.n || !wants_reminding(l, i)) continue;
    if (l->v->as_of < day_shift(l->v->calendar, i->told, r->reminds, 1)) continue;
    life_record(l, CHANGE_REMIND, at, "told", life_day(l, i->told), life_day(l, l->v->as_of));
    i->told = l->v->as_of;
    l->places.v[at].reminded = true;
    l->counts.reminded++;
  }
}
