/* Items whose episode is over. In: living items on whose row their rule does not act, and closed
 * ones. Out: the resolved, the rows that are gone or back, and the closed ones that a true
 * condition may open again. */
#include "action/life/life.h"

static void mark_row(struct life *l, size_t at, bool gone) {
  struct item *i = &l->items.v[at];
  if (i->row_gone == gone) return;
  i->row_gone = gone;
  life_record(l, gone ? CHANGE_ROW_GONE : CHANGE_ROW_BACK, at, "row_gone", gone ? "no" : "yes",
              gone ? "yes" : "no");
}

static void resolve(struct life *l, size_t at) {
  struct item *i = &l->items.v[at];
  i->state = ITEM_RESOLVED;
  i->closed = l->v->as_of;
  i->armed = true;
  life_record(l, CHANGE_RESOLVE, at, "state", item_state_name(ITEM_OPEN),
              item_state_name(ITEM_RESOLVED));
  l->counts.resolved++;
}

static void arm(struct life *l, size_t at) {
  l->items.v[at].armed = true;
  life_record(l, CHANGE_REARM, at, "armed", "no", "yes");
}

void life_over(struct life *l) {
  for (size_t at = 0; at < l->n_before; at++) {
    const struct place *p = &l->places.v[at];
    const struct item *i = &l->items.v[at];
    if (!p->rule) continue;
    bool living = item_living(i);
    if (living) mark_row(l, at, !p->now.present);
    if (p->hit || !life_is_over(p->rule, &p->now)) continue;
    if (living)
      resolve(l, at);
    else if (!i->armed)
      arm(l, at);
  }
}
