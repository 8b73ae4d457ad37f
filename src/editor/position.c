/* In: a text. Out: places in it. */
#include "editor/position.h"

static size_t line_end_size(const char *s, size_t left) {
  if (*s == '\n') return 1;
  if (*s != '\r') return 0;
  return left > 1 && s[1] == '\n' ? 2 : 1;
}

struct lines lines_of(struct arena *a, const char *text, size_t size) {
  struct lines l = {.text = text, .size = size, .n = 1};
  size_t n, k = 1;
  for (size_t i = 0; i < size; i += n ? n : 1)
    if ((n = line_end_size(text + i, size - i))) l.n++;
  l.starts = NEW_N(a, uint32_t, l.n);
  for (size_t i = 0; i < size; i += n ? n : 1)
    if ((n = line_end_size(text + i, size - i))) l.starts[k++] = (uint32_t)(i + n);
  return l;
}

struct lines lines_of_source(struct arena *a, const struct source *src) {
  return lines_of(a, src->text, src->size);
}

size_t lines_line(const struct lines *l, size_t at) { return line_of_byte(l->starts, l->n, at); }

size_t lines_end(const struct lines *l, size_t line) {
  if (line + 1 >= l->n) return l->size;
  size_t end = l->starts[line + 1];
  while (end > l->starts[line] && (l->text[end - 1] == '\n' || l->text[end - 1] == '\r')) end--;
  return end;
}

/* Bytes of the letter at s, and its units; a byte that is no UTF-8 is a letter of its own. */
static size_t letter(const char *s, size_t left, size_t *units) {
  unsigned char c = (unsigned char)*s;
  size_t n = c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
  *units = n == 4 ? 2 : 1;
  return n < left ? n : left;
}

bool lines_offset(const struct lines *l, const json_t *position, size_t *at) {
  const json_t *line = json_object_get(position, "line");
  const json_t *character = json_object_get(position, "character");
  if (!json_is_integer(line) || !json_is_integer(character)) return false;
  json_int_t y = json_integer_value(line), x = json_integer_value(character);
  if (y < 0 || x < 0) return false;
  *at = l->size;
  if ((size_t)y >= l->n) return true;
  size_t i = l->starts[y], end = lines_end(l, (size_t)y), units;
  while (i < end && x > 0) {
    i += letter(l->text + i, end - i, &units);
    x -= (json_int_t)units;
  }
  *at = i;
  return true;
}

size_t lines_character(const struct lines *l, size_t at) {
  size_t x = 0, units;
  for (size_t i = l->starts[lines_line(l, at)]; i < at && i < l->size; x += units)
    i += letter(l->text + i, at - i, &units);
  return x;
}

json_t *position_json(const struct lines *l, size_t at) {
  if (at > l->size) at = l->size;
  return json_pack("{s:I, s:I}", "line", (json_int_t)lines_line(l, at), "character",
                   (json_int_t)lines_character(l, at));
}

json_t *range_json(const struct lines *l, size_t at, size_t end) {
  return json_pack("{s:o, s:o}", "start", position_json(l, at), "end",
                   position_json(l, end < at ? at : end));
}

struct text_shift text_shift_of(const char *old, size_t n_old, const char *now, size_t n_now) {
  struct text_shift s = {.old = n_old, .now = n_now};
  size_t least = n_old < n_now ? n_old : n_now;
  while (s.before < least && old[s.before] == now[s.before]) s.before++;
  least -= s.before;
  while (s.behind < least && old[n_old - 1 - s.behind] == now[n_now - 1 - s.behind]) s.behind++;
  return s;
}

bool text_shift_back(const struct text_shift *s, size_t at, size_t *out) {
  bool same = s->old == s->now && s->before == s->old, front = at < s->before;
  *out = same || front ? at : at - s->now + s->old;
  return same || front || at > s->now - s->behind;
}

size_t text_shift_on(const struct text_shift *s, size_t at) {
  if (at <= s->before) return at;
  return at >= s->old - s->behind ? at - s->old + s->now : s->now - s->behind;
}
