/* In: an address or a path. Out: the other. */
#include "editor/uri.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

static int hex(char c) {
  return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

const char *uri_path(struct arena *a, const char *uri) {
  static const char FILE_SCHEME[] = "file://";
  if (strncmp(uri, FILE_SCHEME, sizeof FILE_SCHEME - 1) != 0) return arena_strdup(a, uri);
  const char *s = strchr(uri + sizeof FILE_SCHEME - 1, '/'); /* behind the machine's name */
  if (!s) return arena_strdup(a, uri);
  char *out = arena_alloc(a, strlen(s) + 1), *w = out;
  while (*s) {
    bool coded = *s == '%' && isxdigit((unsigned char)s[1]) && isxdigit((unsigned char)s[2]) &&
                 (s[1] != '0' || s[2] != '0');
    *w++ = coded ? (char)(hex(s[1]) * 16 + hex(s[2])) : *s;
    s += coded ? 3 : 1;
  }
  return out;
}

const char *uri_of_path(struct arena *a, const char *path) {
  return arena_printf(a, "file://%s", text_percent(a, path, "/-_.~"));
}
