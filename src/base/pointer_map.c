/* Open addressing over addresses. In: a key. Out: its value. */
#include "base/pointer_map.h"

#include "base/check.h"
#include "base/hash.h"

enum { FIRST_CAP = 16 }; /* a power of two, as is every later one */

static struct pointer_slot *slot_of(struct pointer_slot *slots, size_t cap, const void *key) {
  size_t at = hash_mix((uintptr_t)key) & (cap - 1);
  while (slots[at].key && slots[at].key != key) at = (at + 1) & (cap - 1);
  return &slots[at];
}

const void *pointer_map_get(const struct pointer_map *m, const void *key) {
  return m->cap ? slot_of(m->slots, m->cap, key)->value : NULL;
}

static void double_slots(struct pointer_map *m, struct arena *a) {
  size_t cap = m->cap ? m->cap * 2 : FIRST_CAP;
  struct pointer_slot *slots = NEW_N(a, struct pointer_slot, cap);
  for (size_t i = 0; i < m->cap; i++)
    if (m->slots[i].key) *slot_of(slots, cap, m->slots[i].key) = m->slots[i];
  m->slots = slots;
  m->cap = cap;
}

void pointer_map_put(struct pointer_map *m, struct arena *a, const void *key, const void *value) {
  CHECK(key && value);
  if (m->n * 2 >= m->cap) double_slots(m, a);
  struct pointer_slot *s = slot_of(m->slots, m->cap, key);
  if (!s->key) m->n++;
  *s = (struct pointer_slot){key, value};
}
