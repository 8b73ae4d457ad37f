/* Terms that were lowered before. In: a term, a domain and a day. Out: the node that came of them.
 *
 * Names are used many times, and a KPI that names the one before twice has more ways down than
 * there are seconds: each (term, domain, day) is lowered once. */
#include "base/check.h"
#include "base/hash.h"
#include "plan/plan.h"

struct lowered {
  const struct term *t; /* NULL: a free slot */
  int domain;
  day_t day;
  bool split; /* inside a KPI that is split: the same KPI gives another node there */
  int node;
};

static size_t slot_of(const struct plan *p, const struct lowered *x) {
  uint64_t h = hash_mix((uintptr_t)x->t ^ (uint64_t)(uint32_t)x->domain << 33 ^
                        (uint64_t)(uint32_t)x->day << 1 ^ x->split);
  size_t at = h & (p->lowered.cap - 1);
  for (; p->lowered.slots[at].t; at = (at + 1) & (p->lowered.cap - 1)) {
    const struct lowered *y = &p->lowered.slots[at];
    if (y->t == x->t && y->domain == x->domain && y->day == x->day && y->split == x->split) break;
  }
  return at;
}

int lowered_node(const struct plan *p, const struct term *t, int domain, day_t day) {
  if (!p->lowered.cap || !t->lasting) return -1;
  struct lowered x = {t, domain, day, p->in_kpi > 0, -1};
  const struct lowered *found = &p->lowered.slots[slot_of(p, &x)];
  return found->t ? found->node : -1;
}

static void grow(struct plan *p) {
  struct lowered *old = p->lowered.slots;
  size_t n = p->lowered.cap;
  p->lowered.cap = n ? n * 2 : 1024;
  p->lowered.slots = NEW_N(p->arena, struct lowered, p->lowered.cap);
  for (size_t i = 0; i < n; i++)
    if (old[i].t) p->lowered.slots[slot_of(p, &old[i])] = old[i];
}

void lowered_add(struct plan *p, const struct term *t, int domain, day_t day, int node) {
  if (!t->lasting) return;
  if (p->lowered.n * 2 >= p->lowered.cap) grow(p);
  struct lowered x = {t, domain, day, p->in_kpi > 0, node};
  struct lowered *slot = &p->lowered.slots[slot_of(p, &x)];
  CHECK(!slot->t); /* looked for before it was lowered */
  *slot = x;
  p->lowered.n++;
}
