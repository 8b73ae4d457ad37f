/* Maps from text to a pointer. Keys are compared as bytes and borrowed: they must outlive the map.
 * A zeroed struct map is an empty map; its slots live in the arena given to map_put. */
#ifndef VIGIE_MAP_H
#define VIGIE_MAP_H

#include <stddef.h>

#include "base/arena.h"

struct map_slot {
  const char *key;
  void *value;
};

struct map {
  struct map_slot *slots;
  size_t cap, n;
};

void *map_get(const struct map *m, const char *key); /* NULL when absent */
/* The value that stood there before, or NULL. */
void *map_put(struct map *m, struct arena *a, const char *key, void *value);

#endif
