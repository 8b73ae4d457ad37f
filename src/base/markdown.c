/* In: a text of any bytes. Out: the same as Markdown that shows it. */
#include "base/markdown.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/text.h"

#define NO_MENTION "\xe2\x80\x8b" /* a space of no width: "@ana" would call somebody */

/* One character of a text from the data, which must become no table, link, tag, reference to an
 * issue or mention of a person. How many bytes it took. */
static size_t put_char(FILE *f, const char *s, bool word_before) {
  unsigned char c = (unsigned char)*s;
  size_t n = 1;
  if (c == '_' && word_before && isalnum((unsigned char)s[1])) {
    fputc(c, f); /* inside a name it marks nothing */
  } else if (strchr("\\`*_[]|~", c)) {
    fprintf(f, "\\%c", c);
  } else if (c == '<' || c == '>' || c == '&') {
    fputs(c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;", f);
  } else if (c == '#' && isdigit((unsigned char)s[1])) {
    fputs("no. ", f); /* #12 would be an issue */
  } else if (c == '@' && !word_before) {
    fputs("@" NO_MENTION, f);
  } else {
    while (c >= 0x80 && ((unsigned char)s[n] & 0xC0) == 0x80) n++;
    text_print_safe(f, s, n);
  }
  return n;
}

void markdown_print(FILE *f, const char *text) {
  bool word = false;
  for (const char *s = text; *s;) {
    size_t n = put_char(f, s, word);
    word = isalnum((unsigned char)*s) || (unsigned char)*s >= 0x80 || strchr("._-", *s) != NULL;
    s += n;
  }
}

const char *markdown_text(const char *text, struct arena *a) {
  char *out = NULL;
  size_t n = 0;
  FILE *f = open_memstream(&out, &n);
  CHECK(f); /* memory ended, which ends the program */
  markdown_print(f, text);
  fclose(f);
  const char *kept = arena_strndup(a, out, n);
  free(out);
  return kept;
}
