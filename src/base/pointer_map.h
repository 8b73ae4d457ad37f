/* Maps from where a thing is to a pointer: what was worked out of it once. A zeroed one is empty;
 * its slots live in the arena given. */
#ifndef VIGIE_POINTER_MAP_H
#define VIGIE_POINTER_MAP_H

#include <stddef.h>

#include "base/arena.h"

struct pointer_slot {
  const void *key; /* NULL: free */
  const void *value;
};

struct pointer_map {
  struct pointer_slot *slots;
  size_t cap, n;
};

const void *pointer_map_get(const struct pointer_map *m, const void *key); /* NULL when absent */
/* Neither the key nor the value is NULL. */
void pointer_map_put(struct pointer_map *m, struct arena *a, const void *key, const void *value);

#endif
