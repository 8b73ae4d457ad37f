/* In: texts of the tables. Out: the same as groff and mandoc read it. */
#include "cmd/roff.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/check.h"

/* Fonts and escapes make a line longer than its words. */
enum { LINE_WIDTH = 66 };

/* What roff would take for something else. */
static const char *escaped(char c) {
  static const char *const escapes[][2] = {{"\\", "\\e"},  {"-", "\\-"},   {"'", "\\(aq"},
                                           {"`", "\\(ga"}, {"^", "\\(ha"}, {"~", "\\(ti"}};
  for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++)
    if (*escapes[i][0] == c) return escapes[i][1];
  return NULL;
}

/* One character; back come its bytes in the text. */
static size_t put_char(FILE *out, const char *s) {
  utf8proc_int32_t code;
  utf8proc_ssize_t bytes = utf8proc_iterate((const utf8proc_uint8_t *)s, -1, &code);
  if (bytes < 1) code = (unsigned char)*s, bytes = 1; /* no UTF-8 */
  const char *other = bytes == 1 ? escaped(*s) : NULL;
  if (other)
    fputs(other, out);
  else if (code < 0x80)
    putc(code, out);
  else
    fprintf(out, "\\[u%04X]", (unsigned)code);
  return (size_t)bytes;
}

void roff_literal(FILE *out, const char *text) {
  while (*text) text += put_char(out, text);
}

static void in_font(FILE *out, char font, const char *text) {
  fprintf(out, "\\f%c", font);
  roff_literal(out, text);
  fputs("\\fR", out);
}

void roff_bold(FILE *out, const char *text) { in_font(out, 'B', text); }
void roff_italic(FILE *out, const char *text) { in_font(out, 'I', text); }

/* One word of a paragraph; *quoted: within back quotes, which may go over several words. */
static void put_word(FILE *out, const char *word, size_t n, bool *quoted) {
  bool option = !*quoted && n > 2 && strncmp(word, "--", 2) == 0;
  size_t end = option ? 2 + strspn(word + 2, "abcdefghijklmnopqrstuvwxyz-") : 0;
  if (option) fputs("\\fB", out);
  for (size_t i = 0; i < n;) {
    if (option && i == end) fputs("\\fR", out);
    if (word[i] != '`') {
      i += put_char(out, word + i);
      continue;
    }
    *quoted = !*quoted;
    fputs(*quoted ? "\\fB" : "\\fR", out);
    i++;
  }
  if (option && end >= n) fputs("\\fR", out);
}

static void put_words(FILE *out, const char *text) {
  bool quoted = false;
  for (size_t column = 0; *text;) {
    size_t n = strcspn(text, " ");
    if (column && column + n + 1 > LINE_WIDTH) column = 0, putc('\n', out);
    /* a dot or a quote at the start of a line would be a request */
    if (column)
      putc(' ', out);
    else if (*text == '.')
      fputs("\\&", out);
    put_word(out, text, n, &quoted);
    column += n + 1;
    text += n;
    text += strspn(text, " ");
  }
  fputs(quoted ? "\\fR\n" : "\n", out);
}

void roff_text(FILE *out, const char *fmt, ...) {
  va_list ap;
  char *text;
  va_start(ap, fmt);
  CHECK(vasprintf(&text, fmt, ap) >= 0); /* a paragraph finds room */
  va_end(ap);
  put_words(out, text);
  free(text);
}
