/* In: pieces of a text. Out: the text. */
#include "import/text_pieces.h"

#include <string.h>

#include "base/arena.h"

bool pieces_add(struct text_pieces *t, const char *text, size_t n, size_t max) {
  if (n > max - t->n) return false;
  if (t->n + n + 1 > t->cap) {
    while (t->n + n + 1 > t->cap) t->cap = t->cap ? t->cap * 2 : 256;
    t->bytes = xrealloc(t->bytes, t->cap);
  }
  memcpy(t->bytes + t->n, text, n);
  t->n += n;
  t->bytes[t->n] = 0;
  return true;
}
