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

/* Nothing of it is asked any more: because the row recovered, or because the policy changed. */
static void end_episode(struct life *l, size_t at) {
  const char *differs = life_policy_change(l, l->places.v[at].rule, l->items.v[at].key, false);
  if (differs)
    life_close(l, at, ITEM_NOT_ASKED, CHANGE_NOT_ASKED, differs);
  else
    life_close(l, at, ITEM_RESOLVED, CHANGE_RESOLVE, NULL);
  l->counts.not_asked += differs != NULL;
  l->counts.resolved += !differs;
}

static void arm(struct life *l, size_t at) {
  l->items.v[at].armed = true;
  life_record(l, CHANGE_REARM, at, "armed", "no", "yes");
}

/* Nothing is asked of a row whose life has ended, as the data say. */
static void end_life(struct life *l, size_t at) {
  const struct item *i = &l->items.v[at];
  if (!item_living(i)) {
    if (!i->armed) arm(l, at);
    return;
  }
  life_close(l, at, ITEM_NOT_ASKED, CHANGE_NOT_ASKED, "row ended");
  l->counts.not_asked++;
}

/* The work was done, as the data say. It stays closed until its episode is over, as what a person
 * has done. */
static void settle(struct life *l, size_t at) {
  const struct place *p = &l->places.v[at];
  life_close(l, at, ITEM_DONE, CHANGE_SETTLE, "by the data");
  l->items.v[at].armed = !p->hit && life_is_over(p->rule, &p->now);
  l->counts.settled++;
}

void life_over(struct life *l) {
  for (size_t at = 0; at < l->n_before; at++) {
    const struct place *p = &l->places.v[at];
    const struct item *i = &l->items.v[at];
    if (!p->rule) continue;
    bool living = item_living(i);
    if (p->now.ended) {
      end_life(l, at);
      continue;
    }
    if (living) mark_row(l, at, !p->now.present);
    if (living && i->row_gone && p->rule->row_gone_resolves) {
      life_close(l, at, ITEM_RESOLVED, CHANGE_RESOLVE, "row gone");
      l->counts.resolved++;
    }
    if (p->now.settled && item_living(i)) {
      settle(l, at);
      continue;
    }
    if (p->hit || !life_is_over(p->rule, &p->now)) continue;
    if (living)
      end_episode(l, at);
    else if (!i->armed)
      arm(l, at);
  }
}
