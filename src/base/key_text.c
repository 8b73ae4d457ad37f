/* Keys of groups. In: texts. Out: the key, and its values again. */
#include "base/key_text.h"

#include <string.h>

#include "base/check.h"

bool key_needs_quotes(const char *text, bool alone) {
  return *text == '"' || *text == '(' || strcmp(text, "unknown") == 0 ||
         (!alone && strstr(text, ", "));
}

const char *key_in_quotes(const char *text, struct arena *a) {
  char *out = arena_alloc(a, 2 * strlen(text) + 3), *p = out;
  *p++ = '"';
  for (; *text; *p++ = *text++)
    if (*text == '"' || *text == '\\') *p++ = '\\';
  *p++ = '"';
  *p = 0;
  return out;
}

const char *key_value_end(const char *s) {
  if (*s != '"') {
    const char *comma = strstr(s, ", ");
    return comma ? comma : s + strlen(s);
  }
  for (s++; *s && *s != '"'; s++)
    if (*s == '\\' && s[1]) s++;
  return *s ? s + 1 : s;
}

const char *key_of_texts(const char *const *texts, size_t n, struct arena *a) {
  CHECK(n > 0);
  if (n == 1) return texts[0];
  const char *out = "";
  for (size_t i = 0; i < n; i++) {
    bool plain = strcmp(texts[i], "unknown") == 0 || !key_needs_quotes(texts[i], false);
    out = arena_printf(a, "%s%s%s", out, i ? ", " : "",
                       plain ? texts[i] : key_in_quotes(texts[i], a));
  }
  return out;
}

static const char *without_quotes(const char *s, const char *end, struct arena *a) {
  if (*s != '"') return arena_strndup(a, s, (size_t)(end - s));
  char *out = arena_alloc(a, (size_t)(end - s) + 1), *p = out;
  for (s++; s < end && *s != '"'; s++) {
    if (*s == '\\' && s + 1 < end) s++;
    *p++ = *s;
  }
  *p = 0;
  return out;
}

size_t key_texts(const char *key, const char **out, size_t max, struct arena *a) {
  size_t n = 0;
  for (const char *s = key;;) {
    const char *end = key_value_end(s);
    if (n < max) out[n] = without_quotes(s, end, a);
    n++;
    if (strncmp(end, ", ", 2) != 0) return n;
    s = end + 2;
  }
}
