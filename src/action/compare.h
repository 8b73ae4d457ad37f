/* Comparing texts that may be missing: NULL equals NULL and comes before every text. */
#ifndef VIGIE_COMPARE_H
#define VIGIE_COMPARE_H

#include <stdbool.h>
#include <string.h>

static inline int text_cmp(const char *a, const char *b) {
  if (a == b) return 0;
  if (!a || !b) return (a != NULL) - (b != NULL);
  return strcmp(a, b);
}

static inline bool text_same(const char *a, const char *b) { return text_cmp(a, b) == 0; }

#endif
