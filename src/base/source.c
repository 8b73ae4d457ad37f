/* Sources and spans. In: byte offsets. Out: lines, columns and quoted text. */
#include "base/source.h"

#include <stdbool.h>
#include <string.h>

struct source *source_new(struct arena *a, const char *path, const char *text, size_t size) {
  struct source *s = NEW(a, struct source);
  s->path = arena_strdup(a, path);
  s->text = arena_alloc(a, size + 2);
  if (size) memcpy(s->text, text, size);
  s->size = (uint32_t)size;
  return s;
}

static void index_lines(struct source *s, struct arena *a) {
  if (s->lines) return;
  uint32_t n = 1;
  for (uint32_t i = 0; i < s->size; i++) n += s->text[i] == '\n';
  s->lines = NEW_N(a, uint32_t, n + 1);
  uint32_t k = 1;
  for (uint32_t i = 0; i < s->size; i++)
    if (s->text[i] == '\n') s->lines[k++] = i + 1;
  s->lines[n] = s->size + 1;
  s->n_lines = n;
}

size_t line_of_byte(const uint32_t *starts, size_t n, size_t at) {
  size_t lo = 0, hi = n;
  while (hi - lo > 1) {
    size_t mid = (lo + hi) / 2;
    if (starts[mid] <= at)
      lo = mid;
    else
      hi = mid;
  }
  return lo;
}

void source_place(struct source *s, struct arena *a, uint32_t at, int *line, int *col) {
  index_lines(s, a);
  size_t lo = line_of_byte(s->lines, s->n_lines, at);
  int c = 1;
  for (uint32_t i = s->lines[lo]; i < at && i < s->size; i++)
    c += ((unsigned char)s->text[i] & 0xC0) != 0x80;
  *line = (int)lo + 1;
  *col = c;
}

const char *source_line(struct source *s, struct arena *a, int line, uint32_t *len) {
  index_lines(s, a);
  uint32_t at = s->lines[line - 1], end = s->lines[line] - 1;
  while (end > at && (s->text[end - 1] == '\r' || s->text[end - 1] == '\n')) end--;
  *len = end - at;
  return s->text + at;
}

struct span span_join(struct span a, struct span b) {
  if (!a.src) return b;
  if (!b.src || a.src != b.src) return a;
  return (struct span){a.src, a.at < b.at ? a.at : b.at, a.end > b.end ? a.end : b.end};
}

const char *span_text(struct arena *a, struct span s) {
  if (!s.src) return "";
  char *out = arena_alloc(a, s.end - s.at + 1), *w = out;
  bool in_string = false;
  for (uint32_t i = s.at; i < s.end; i++) {
    char c = s.src->text[i];
    if (c == '"' && !(in_string && s.src->text[i - 1] == '\\')) in_string = !in_string;
    if (!in_string && c == '#') {
      while (i + 1 < s.end && s.src->text[i + 1] != '\n') i++;
      continue;
    }
    if (!in_string && (c == ' ' || c == '\n' || c == '\r' || c == '\t')) {
      if (w > out && w[-1] != ' ') *w++ = ' ';
      continue;
    }
    *w++ = c;
  }
  while (w > out && w[-1] == ' ') w--;
  *w = 0;
  return out;
}
