/* Items that stand. In: the items as this run leaves them. Out: of each the number by which the
 * next runs know it (stand.h), and until when. */
#include "action/stand.h"

#include "action/compare.h"
#include "action/life/life.h"

/* What the item stands with; 0: it is looked at. A run of one rule may be of a policy that no run
 * of all of them has seen. */
static uint64_t stands_now(const struct life *l, size_t at, const uint64_t *rules) {
  const struct item *i = &l->items.v[at];
  const struct place *p = &l->places.v[at];
  if (!p->rule || !p->hit || p->hit->settled || l->in->only) return 0;
  if (!item_may_stand(i, l->v->as_of)) return 0;
  /* whose owner has left is another's for good, and the hit still names who has left */
  if (!i->owner_by_person && !text_same(i->owner, p->hit->owner)) return 0;
  if (!owner_stays(l->v, p->rule, i->owner)) return 0;
  return stands_with(rules[p->rule - l->v->rules], p->hit->mark);
}

static void note(struct life *l, size_t at, uint64_t stands) {
  struct item *i = &l->items.v[at];
  struct place *p = &l->places.v[at];
  day_t to = stands ? item_stands_to(l->v, p->rule, i, l->a) : DAY_NONE;
  if ((uint64_t)i->stands == stands && i->stands_to == to) return;
  i->stands = (int64_t)stands;
  i->stands_to = to;
  p->noted = true;
}

void life_stand(struct life *l) {
  uint64_t *rules = NEW_N(l->a, uint64_t, l->v->n_rules + 1);
  for (size_t r = 0; r < l->v->n_rules; r++) rules[r] = rule_stands(l->v, &l->v->rules[r]);
  for (size_t at = 0; at < l->items.n; at++)
    if (!l->places.v[at].rests) note(l, at, stands_now(l, at, rules));
}
