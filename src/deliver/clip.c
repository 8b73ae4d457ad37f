/* In: a text. Out: the beginning of it on one line. */
#include "deliver/clip.h"

#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/text.h"

const char *clip(const char *text, size_t max, struct arena *a) {
  CHECK(max > 0);
  size_t end = 0, cut = 0, n = 0; /* cut: behind the last character that has one after it */
  for (; text[end] && n < max; n++) {
    cut = end++;
    while (((unsigned char)text[end] & 0xC0) == 0x80) end++;
  }
  char *out = arena_strdup(a, text[end] ? arena_printf(a, "%.*s…", (int)cut, text) : text);
  for (char *p = out; *p; p++)
    if ((unsigned char)*p < ' ') *p = ' ';
  for (size_t bad; !text_utf8_valid(out, strlen(out), &bad);) out[bad] = '?';
  return out;
}
