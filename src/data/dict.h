/* Many texts at once, for scans: as dict_add one by one, but with the memory that the texts lie
 * in asked for ahead. A dict of 200,000 texts does not fit a processor's cache, and a lookup that
 * waits for memory twice costs more than all else that is done with the row. */
#ifndef VIGIE_DICT_H
#define VIGIE_DICT_H

#include <string.h>

#include "data/column.h"

/* memcmp for texts of a few bytes, where the call would cost more than the comparison. */
static inline bool same_bytes(const char *a, const char *b, size_t n) {
  uint64_t x, y;
  for (; n >= sizeof x; a += sizeof x, b += sizeof x, n -= sizeof x) {
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    if (x != y) return false;
  }
  for (size_t i = 0; i < n; i++)
    if (a[i] != b[i]) return false;
  return true;
}

struct dict_ask {
  const char *s; /* clean ASCII (text_is_clean_ascii), not empty */
  uint32_t n;
  uint32_t hash; /* set by dict_add_many */
};

/* out[i] becomes the one address of asks[i]. */
void dict_add_many(struct dict *d, struct dict_ask *asks, size_t n, const struct str **out);

#endif
