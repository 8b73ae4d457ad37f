/* Raw cells: what a database stores, before anybody has said what it means.
 *
 * The only thing that a backend and the generic half have to agree on. */
#ifndef VIGIE_RAW_H
#define VIGIE_RAW_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum stored { STORED_NULL, STORED_INT, STORED_REAL, STORED_TEXT, STORED_BLOB };

struct raw_cell {
  union {
    int64_t i;     /* STORED_INT */
    double r;      /* STORED_REAL */
    const char *s; /* STORED_TEXT: n bytes, whatever they are; no NUL needs to follow */
  };
  uint32_t n;
  enum stored stored;
};

/* NULL: a null. The text is borrowed. */
static inline struct raw_cell raw_text(const char *s) {
  if (!s) return (struct raw_cell){.stored = STORED_NULL};
  return (struct raw_cell){.stored = STORED_TEXT, .s = s, .n = (uint32_t)strlen(s)};
}

/* Not a number is a null, as in a database. */
static inline struct raw_cell raw_real(double r) {
  if (isnan(r)) return (struct raw_cell){.stored = STORED_NULL};
  return (struct raw_cell){.stored = STORED_REAL, .r = r};
}

#endif
