/* A text that grows at its end. Appending with arena_printf("%s%s", so_far, more) copies what is
 * there each time: a list of a thousand entries would be copied a thousand times.
 *
 *   struct text_buffer t = {.a = arena};   text_add(&t, "one");   return text_of_buffer(&t);
 *
 * The text lives in the arena. */
#ifndef VIGIE_TEXT_BUFFER_H
#define VIGIE_TEXT_BUFFER_H

#include <stddef.h>

#include "base/arena.h"

struct text_buffer {
  struct arena *a;
  char *text; /* NULL: nothing was added */
  size_t n, cap;
};

void text_add(struct text_buffer *t, const char *s);
void text_add_n(struct text_buffer *t, const char *s, size_t n);
/* What was added, "" when nothing was. Adding more afterwards changes it. */
const char *text_of_buffer(const struct text_buffer *t);

#endif
