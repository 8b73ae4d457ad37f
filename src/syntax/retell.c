/* In: what to write, with signs for its parts; a text with wildcards. Out: texts for a help. */
#include "syntax/retell.h"

#include <stdbool.h>
#include <string.h>

const char *retell(struct arena *a, const char *write, const char *(*part)(void *ctx, char sign),
                   void *ctx) {
  const char *out = "";
  for (const char *p = write; *p;) {
    size_t n = strcspn(p, "$");
    out = arena_printf(a, "%s%.*s", out, (int)n, p);
    p += n;
    if (!*p) break;
    const char *text = part(ctx, p[1]);
    if (!text) return NULL;
    out = arena_printf(a, "%s%s", out, text);
    p += 2;
  }
  return out;
}

static bool is_wild(char c) { return c == '%' || c == '*'; }

const char *wildcard_pattern(struct arena *a, const char *text, char at) {
  size_t n = strlen(text);
  bool first = n > 1 && is_wild(text[0]), last = n > 1 && is_wild(text[n - 1]);
  if (!at && first != last) at = first ? '$' : '^';
  return arena_printf(a, "\"%s%.*s%s\"", at == '^' ? "^" : "", (int)(n - first - last),
                      text + first, at == '$' ? "$" : "");
}
