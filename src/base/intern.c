/* Interned names. In: an arena and bytes. Out: the one pointer of that arena that stands for
 * them. */
#include "base/intern.h"

#include <stdint.h>
#include <string.h>

#include "base/hash.h"

enum { FIRST_SLOTS = 256 }; /* a power of two, as is every later size */

struct slot {
  const char *s; /* NULL: free */
  size_t n;
  uint64_t hash;
};

struct name_table {
  struct slot *slots;
  size_t cap, used;
};

/* The slots before stay in the arena until it goes: together they are smaller than the new ones. */
static void grow(struct arena *a, struct name_table *t) {
  size_t cap = t->cap ? t->cap * 2 : FIRST_SLOTS;
  struct slot *slots = NEW_N(a, struct slot, cap);
  for (size_t i = 0; i < t->cap; i++) {
    if (!t->slots[i].s) continue;
    size_t at = t->slots[i].hash & (cap - 1);
    while (slots[at].s) at = (at + 1) & (cap - 1);
    slots[at] = t->slots[i];
  }
  t->slots = slots;
  t->cap = cap;
}

static struct name_table *table_of(struct arena *a) {
  struct name_table **names = arena_names(a);
  if (!*names) *names = NEW(a, struct name_table);
  return *names;
}

const char *intern_n(struct arena *a, const char *s, size_t n) {
  struct name_table *t = table_of(a);
  if (t->used * 2 >= t->cap) grow(a, t);
  uint64_t h = hash_bytes(s, n);
  size_t at = h & (t->cap - 1);
  for (; t->slots[at].s; at = (at + 1) & (t->cap - 1)) {
    const struct slot *e = &t->slots[at];
    if (e->hash == h && e->n == n && memcmp(e->s, s, n) == 0) return e->s;
  }
  t->slots[at] = (struct slot){arena_strndup(a, s, n), n, h};
  t->used++;
  return t->slots[at].s;
}

const char *intern(struct arena *a, const char *s) { return intern_n(a, s, strlen(s)); }
