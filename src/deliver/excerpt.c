/* In: the beginning of an answer, and what must not be shown. Out: one line for people, or NULL. */
#include "deliver/excerpt.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/limits.h"

/* Printable ASCII, blanks made one; each other character is a "?". */
static char *printable_line(struct arena *a, const char *s, size_t n) {
  char *line = arena_alloc(a, n + 1), *to = line;
  for (size_t i = 0; i < n; i++) {
    unsigned char c = (unsigned char)s[i];
    if ((c & 0xC0) == 0x80) continue; /* the rest of a character of UTF-8 */
    if (isspace(c)) c = ' ';
    if (c == ' ' && (to == line || to[-1] == ' ')) continue;
    *to++ = c == '"' ? '\'' : isprint(c) ? (char)c : '?';
  }
  while (to > line && to[-1] == ' ') to--;
  *to = '\0';
  return line;
}

/* Small letters and digits alone: blanks or dashes put between its letters do not hide a secret. */
static const char *letters_of(struct arena *a, const char *s) {
  char *letters = arena_alloc(a, strlen(s) + 1), *to = letters;
  for (; *s; s++)
    if (isalnum((unsigned char)*s)) *to++ = (char)tolower((unsigned char)*s);
  return letters;
}

static bool holds_part(const char *letters, const char *secret) {
  size_t n = strlen(secret), run = n < SECRET_RUN ? n : SECRET_RUN;
  char part[SECRET_RUN + 1];
  for (size_t i = 0; run && i + run <= n; i++) {
    memcpy(part, secret + i, run);
    part[run] = '\0';
    if (strstr(letters, part)) return true;
  }
  return false;
}

static bool shows_secret(struct arena *a, const char *line, const char *secret) {
  return (*secret && strstr(line, secret)) ||
         holds_part(letters_of(a, line), letters_of(a, secret));
}

const char *excerpt(struct arena *a, const char *answer, size_t n, const char *const *secrets,
                    size_t n_secrets) {
  char *line = printable_line(a, answer, n);
  if (!*line || *line == '<') return NULL;
  for (size_t i = 0; i < n_secrets; i++)
    if (shows_secret(a, line, secrets[i])) return NULL;
  if (strlen(line) > EXCERPT_MAX) line[EXCERPT_MAX] = '\0';
  return line;
}
