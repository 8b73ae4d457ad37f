/* Rules that are gone. In: living items whose rule is no longer in the files. Out: the same marked
 * with the day; closed when it has been gone for long. */
#include "action/life/life.h"
#include "base/limits.h"

static void mark(struct life *l, size_t at, bool gone) {
  struct item *i = &l->items.v[at];
  const char *before = life_day(l, i->rule_gone);
  i->rule_gone = gone ? l->v->as_of : DAY_NONE;
  life_record(l, gone ? CHANGE_RULE_GONE : CHANGE_RULE_BACK, at, "rule_gone", before,
              life_day(l, i->rule_gone));
}

void life_gone(struct life *l) {
  for (size_t at = 0; at < l->n_before; at++) {
    const struct item *i = &l->items.v[at];
    const struct place *p = &l->places.v[at];
    if (!item_living(i) || p->rests) continue;
    if (!p->rule != (i->rule_gone != DAY_NONE)) mark(l, at, !p->rule);
    if (p->rule || l->v->as_of < i->rule_gone + RULE_GONE_MAX_DAYS) continue;
    life_close(l, at, ITEM_NOT_ASKED, CHANGE_NOT_ASKED, "rule removed");
    l->counts.not_asked++;
  }
}
