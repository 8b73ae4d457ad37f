/* A text that comes in pieces. Its memory is used again. */
#ifndef VIGIE_TEXT_PIECES_H
#define VIGIE_TEXT_PIECES_H

#include <stdbool.h>
#include <stddef.h>

struct text_pieces {
  char *bytes; /* a NUL behind the last; NULL: nothing was added yet. The caller frees it. */
  size_t n, cap;
};

/* False: it would have more bytes than max; then nothing is added. */
bool pieces_add(struct text_pieces *t, const char *text, size_t n, size_t max);

#endif
