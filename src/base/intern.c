/* Interned names. In: bytes. Out: the one pointer that stands for them. */
#include "base/intern.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"

struct entry {
  const char *s;
  size_t n;
  uint64_t hash;
};

static struct {
  struct arena *arena;
  struct entry *slots;
  size_t cap, used;
} table;

static void grow(void) {
  size_t cap = table.cap ? table.cap * 2 : 1024;
  struct entry *slots = xcalloc(cap, sizeof *slots);
  for (size_t i = 0; i < table.cap; i++) {
    struct entry e = table.slots[i];
    if (!e.s) continue;
    size_t at = e.hash & (cap - 1);
    while (slots[at].s) at = (at + 1) & (cap - 1);
    slots[at] = e;
  }
  free(table.slots);
  table.slots = slots;
  table.cap = cap;
}

const char *intern_n(const char *s, size_t n) {
  if (!table.arena) table.arena = arena_new();
  if (table.used * 2 >= table.cap) grow();
  uint64_t h = hash_bytes(s, n);
  size_t at = h & (table.cap - 1);
  for (; table.slots[at].s; at = (at + 1) & (table.cap - 1)) {
    struct entry *e = &table.slots[at];
    if (e->hash == h && e->n == n && memcmp(e->s, s, n) == 0) return e->s;
  }
  table.slots[at] = (struct entry){arena_strndup(table.arena, s, n), n, h};
  table.used++;
  return table.slots[at].s;
}

const char *intern(const char *s) { return intern_n(s, strlen(s)); }

void intern_free(void) {
  arena_free(table.arena);
  free(table.slots);
  memset(&table, 0, sizeof table);
}
