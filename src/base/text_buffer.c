/* Texts that grow. In: pieces. Out: one text, NUL-terminated after each piece. */
#include "base/text_buffer.h"

#include <string.h>

enum { FIRST_BYTES = 64 };

void text_add_n(struct text_buffer *t, const char *s, size_t n) {
  if (t->cap - t->n <= n) {
    size_t cap = (t->n + n) * 2 + FIRST_BYTES;
    char *text = arena_alloc(t->a, cap);
    if (t->n) memcpy(text, t->text, t->n);
    t->text = text;
    t->cap = cap;
  }
  memcpy(t->text + t->n, s, n);
  t->n += n;
  t->text[t->n] = 0;
}

void text_add(struct text_buffer *t, const char *s) { text_add_n(t, s, strlen(s)); }

const char *text_of_buffer(const struct text_buffer *t) { return t->text ? t->text : ""; }
