/* Where the items of a row stand in an array: found by rule, entity and key, which together say
 * what an item is of. A key that is NULL is one too, of the group whose value is unknown. */
#ifndef VIGIE_ROW_INDEX_H
#define VIGIE_ROW_INDEX_H

#include <stdint.h>

#include "action/item.h"
#include "base/arena.h"

struct row_slot {
  uint32_t hash, at; /* at: the place in the array + 1; 0: free */
};

struct row_index {
  const struct item *items;
  struct row_slot *slots;
  size_t n_slots;
};

/* An index that is empty, with room for n rows of these items; in the arena, the items are lent. */
struct row_index row_index_new(const struct item *items, size_t n, struct arena *a);

/* Adds the item at this place, at most as many as there is room for. The first of a row stays. */
void row_index_add(struct row_index *x, size_t at);

/* The place of the first item of the row that was added; SIZE_MAX: there is none. */
size_t row_index_find(const struct row_index *x, const char *rule, const char *entity,
                      const char *key);

#endif
