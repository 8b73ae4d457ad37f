/* In: what items say of money. Out: what there is of it, each row once. */
#include "action/ledger.h"

#include "action/compare.h"
#include "base/check.h"
#include "base/hash.h"

enum { FIRST_SLOTS = 1024 }; /* a power of two, as is every later number of them */

/* ---- rows ----------------------------------------------------------------------------- */

static uint32_t hash_of(const char *key, size_t n, uint32_t measure) {
  return (uint32_t)hash_mix(hash_bytes(key, n) + measure);
}

/* The slot of the row, or the free one that it would have. A row without a key has the key "". */
static uint32_t *slot_of(const struct ledger *l, uint32_t hash, uint32_t measure, const char *key,
                         size_t n) {
  for (size_t at = hash & (l->n_slots - 1);; at = (at + 1) & (l->n_slots - 1)) {
    uint32_t *slot = &l->slots[at];
    const struct ledger_row *r = *slot ? &l->rows.v[*slot - 1] : NULL;
    if (!r ||
        (r->hash == hash && r->measure == measure && strncmp(r->key, key, n) == 0 && !r->key[n]))
      return slot;
  }
}

static void make_room(struct ledger *l, struct arena *a) {
  if (l->rows.n * 2 < l->n_slots) return;
  l->n_slots = l->n_slots ? l->n_slots * 2 : FIRST_SLOTS;
  l->slots = NEW_N(a, uint32_t, l->n_slots);
  for (size_t n = 0; n < l->rows.n; n++) {
    size_t at = l->rows.v[n].hash & (l->n_slots - 1);
    while (l->slots[at]) at = (at + 1) & (l->n_slots - 1);
    l->slots[at] = (uint32_t)n + 1;
  }
}

/* Does it count before the other? */
static bool comes_first(const struct claim *c, const struct claim *other) {
  if (c->due == other->due) return c->amount > other->amount;
  return other->due == DAY_NONE || (c->due != DAY_NONE && c->due < other->due);
}

static struct ledger_claim *claim_of(struct ledger *l, struct ledger_row *r, const char *owner) {
  struct ledger_claim *c = &r->first;
  while (!text_same(c->is.owner, owner)) {
    if (!c->next) return NULL;
    c = &l->more.v[c->next - 1];
  }
  return c;
}

static void add_claim(struct ledger *l, struct ledger_row *r, const struct claim *c,
                      struct arena *a) {
  CHECK(l->more.n < UINT32_MAX);
  VEC_PUSH(a, &l->more, ((struct ledger_claim){*c, r->first.next}));
  r->first.next = (uint32_t)l->more.n;
}

static void enter(struct ledger *l, struct ledger_row *r, const struct claim *c, struct arena *a) {
  if (comes_first(c, &r->all)) r->all = *c;
  struct ledger_claim *own = claim_of(l, r, c->owner);
  if (!own)
    add_claim(l, r, c, a);
  else if (comes_first(c, &own->is))
    own->is = *c;
}

/* copied: the key is. */
static void enter_row(struct ledger *l, uint32_t measure, const char *key, size_t n,
                      const struct claim *c, bool copied, struct arena *a) {
  uint32_t hash = hash_of(key, n, measure);
  make_room(l, a);
  uint32_t *slot = slot_of(l, hash, measure, key, n);
  if (*slot) {
    enter(l, &l->rows.v[*slot - 1], c, a);
    return;
  }
  CHECK(l->rows.n < UINT32_MAX);
  VEC_PUSH(a, &l->rows,
           ((struct ledger_row){.key = copied ? arena_strndup(a, key, n) : key,
                                .hash = hash,
                                .measure = measure,
                                .all = *c,
                                .first = {.is = *c}}));
  *slot = (uint32_t)l->rows.n;
}

void ledger_enter(struct ledger *l, uint32_t measure, const char *key, size_t n, struct claim c,
                  struct arena *a) {
  enter_row(l, measure, key, n, &c, true, a);
}

uint32_t ledger_measure(struct ledger *l, const char *entity, const char *name, struct type type,
                        struct arena *a) {
  struct measure_sum m = {.entity = entity, .name = name, .money = {.type = type, .known = true}};
  for (size_t n = 0; n < l->measures.n; n++)
    if (same_measure(&l->measures.v[n], &m)) return (uint32_t)n;
  VEC_PUSH(a, &l->measures, m);
  return (uint32_t)l->measures.n - 1;
}

void ledger_enter_item(struct ledger *l, const struct item *i, struct arena *a) {
  if (!has_stake(i)) return;
  uint32_t measure = ledger_measure(l, stake_entity(i), i->worth_of, i->worth.type, a);
  const char *key = stake_key(i) ? stake_key(i) : "";
  struct claim c = {i->owner, i->worth.num, i->due};
  enter_row(l, measure, key, strlen(key), &c, false, a);
}

/* ---- sums ----------------------------------------------------------------------------- */

void ledger_add_all(const struct ledger *l, struct stake *to, struct arena *a) {
  for (size_t n = 0; n < l->rows.n; n++) {
    const struct ledger_row *r = &l->rows.v[n];
    stake_add_row(to, &l->measures.v[r->measure], r->all.amount, a);
  }
}

/* Have several people a claim on it? */
static bool is_shared(const struct ledger *l, const struct ledger_row *r) {
  int people = r->first.is.owner != NULL;
  for (uint32_t next = r->first.next; next; next = l->more.v[next - 1].next)
    people += l->more.v[next - 1].is.owner != NULL;
  return people > 1;
}

void ledger_each(const struct ledger *l,
                 void (*take)(void *ctx, const char *owner, const struct measure_sum *of,
                              double amount, bool shared),
                 void *ctx) {
  for (size_t n = 0; n < l->rows.n; n++) {
    const struct ledger_row *r = &l->rows.v[n];
    const struct measure_sum *of = &l->measures.v[r->measure];
    bool shared = is_shared(l, r);
    take(ctx, r->first.is.owner, of, r->first.is.amount, shared);
    for (uint32_t next = r->first.next; next; next = l->more.v[next - 1].next)
      take(ctx, l->more.v[next - 1].is.owner, of, l->more.v[next - 1].is.amount, shared);
  }
}
