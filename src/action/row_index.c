/* Open addressing over items. In: rule, entity and key. Out: where the first of them stands. */
#include "action/row_index.h"

#include <string.h>

#include "action/compare.h"
#include "base/check.h"
#include "base/hash.h"

enum { LEAST_SLOTS = 16 }; /* a power of two, as is every other number of them */

static uint32_t row_hash(const char *rule, const char *entity, const char *key) {
  return (uint32_t)hash_mix(hash_text(key) + 3 * hash_text(rule) + 5 * hash_text(entity));
}

struct row_index row_index_new(const struct item *items, size_t n, struct arena *a) {
  struct row_index x = {.items = items, .n_slots = LEAST_SLOTS};
  CHECK(n < UINT32_MAX / 2);
  while (x.n_slots < 2 * n) x.n_slots *= 2;
  x.slots = NEW_N(a, struct row_slot, x.n_slots);
  return x;
}

/* The slot of the row, or a free one. */
static struct row_slot *slot_of(const struct row_index *x, uint32_t hash, const char *rule,
                                const char *entity, const char *key) {
  for (size_t at = hash & (x->n_slots - 1);; at = (at + 1) & (x->n_slots - 1)) {
    struct row_slot *s = &x->slots[at];
    if (!s->at) return s;
    if (s->hash != hash) continue;
    const struct item *i = &x->items[s->at - 1];
    if (text_same(i->key, key) && text_same(i->rule, rule) && text_same(i->entity, entity))
      return s;
  }
}

void row_index_add(struct row_index *x, size_t at) {
  const struct item *i = &x->items[at];
  uint32_t hash = row_hash(i->rule, i->entity, i->key);
  struct row_slot *s = slot_of(x, hash, i->rule, i->entity, i->key);
  if (!s->at) *s = (struct row_slot){hash, (uint32_t)at + 1};
}

size_t row_index_find(const struct row_index *x, const char *rule, const char *entity,
                      const char *key) {
  const struct row_slot *s = slot_of(x, row_hash(rule, entity, key), rule, entity, key);
  return s->at ? s->at - 1 : SIZE_MAX;
}
