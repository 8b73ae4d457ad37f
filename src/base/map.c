/* Open addressing over text keys. In: a key. Out: its value. */
#include "base/map.h"

#include <string.h>

#include "base/hash.h"

static struct map_slot *find(struct map_slot *slots, size_t cap, const char *key) {
  size_t at = hash_bytes(key, strlen(key)) & (cap - 1);
  while (slots[at].key && strcmp(slots[at].key, key) != 0) at = (at + 1) & (cap - 1);
  return &slots[at];
}

void *map_get(const struct map *m, const char *key) {
  return m->cap ? find(m->slots, m->cap, key)->value : NULL;
}

void *map_put(struct map *m, struct arena *a, const char *key, void *value) {
  if (m->n * 2 >= m->cap) {
    size_t cap = m->cap ? m->cap * 2 : 16;
    struct map_slot *slots = NEW_N(a, struct map_slot, cap);
    for (size_t i = 0; i < m->cap; i++)
      if (m->slots[i].key) *find(slots, cap, m->slots[i].key) = m->slots[i];
    m->slots = slots;
    m->cap = cap;
  }
  struct map_slot *s = find(m->slots, m->cap, key);
  void *old = s->value;
  if (!s->key) m->n++;
  *s = (struct map_slot){key, value};
  return old;
}
