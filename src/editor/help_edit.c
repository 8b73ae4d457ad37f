/* In: a message. Out: what to write where. */
#include "editor/help_edit.h"

#include <string.h>

static bool begins(const char *s, const char *with) { return strncmp(s, with, strlen(with)) == 0; }

static bool has_any(const char *s, const char *const *words) {
  for (; *words; words++)
    if (strstr(s, *words)) return true;
  return false;
}

/* The text between quotes at s; NULL: none stand there. */
static const char *between(struct arena *a, const char *s, char quote) {
  const char *end = *s == quote ? strchr(s + 1, quote) : NULL;
  return end ? arena_strndup(a, s + 1, (size_t)(end - s - 1)) : NULL;
}

/* Where what is to be written ends: behind it stand other ways, or why. */
static size_t without_reasons(const char *s) {
  static const char *const ends[] = {
      "; ",          " (or ",         ", or ",      ", or: ",         ", if ", " for days",
      " for months", " for millions", ", without ", ": the movement", NULL};
  size_t n = strlen(s);
  for (const char *const *e = ends; *e; e++) {
    const char *at = strstr(s, *e);
    if (at && (size_t)(at - s) < n) n = (size_t)(at - s);
  }
  const char *condition = strstr(s, " if ");
  if (condition && (size_t)(condition - s) < n && !strstr(condition, " then "))
    n = (size_t)(condition - s);
  return n;
}

/* NULL: it is nothing to write. */
static const char *to_write(const char *help, struct arena *a) {
  static const char *const speech[] = {"a ",  "an ",   "the ",  "it ",  "its ",   "under ",
                                       "by ", "both ", "what ", "how ", "which ", NULL};
  static const char *const examples[] = {"below it",  "under it", "lines below", "…",
                                         "ENTITY",    "NAME",     "TEAM",        "ACTION",
                                         "CONDITION", NULL};
  if (begins(help, "did you mean `")) return between(a, help + strlen("did you mean "), '`');
  if (!begins(help, "write: ") && !begins(help, "write ")) return NULL;
  const char *s = help + strlen(begins(help, "write: ") ? "write: " : "write ");
  for (const char *const *w = speech; *w; w++)
    if (begins(s, *w)) return NULL;
  if (*s == '`') return between(a, s, '`');
  if (begins(help, "write \"") || strstr(help, "(ahead|past)")) return NULL;
  const char *text = arena_strndup(a, s, without_reasons(s));
  return has_any(text, examples) || strchr(text, '\n') ? NULL : text;
}

static size_t first_word(const char *s, const char *end) {
  size_t n = 0;
  while (s + n < end && s[n] != ' ' && s[n] != '\n' && s[n] != '\r') n++;
  return n;
}

/* A whole line stands for the line, a part of it for what is underlined. */
static struct span whole_line(const struct diag *d, const char *text) {
  const char *s = d->span.src->text, *first, *line = s + d->span.at, *end;
  while (line > s && line[-1] != '\n') line--;
  end = line + strcspn(line, "\r\n");
  for (first = line; *first == ' ' || *first == '\t';) first++;
  size_t n = first_word(first, end), k = first_word(text, text + strlen(text));
  if (first == s + d->span.at || n != k || !n || memcmp(first, text, n) != 0) return d->span;
  if (strspn(first, "abcdefghijklmnopqrstuvwxyz_->") < n) return d->span;
  return (struct span){d->span.src, (uint32_t)(first - s), (uint32_t)(end - s)};
}

bool help_edit_of(const struct diag *d, struct arena *a, struct help_edit *out) {
  const char *text = d->help && d->span.src ? to_write(d->help, a) : NULL;
  if (!text) return false;
  struct span at = whole_line(d, text);
  const char *before = d->span.src->text + at.at;
  size_t n = first_word(text, text + strlen(text)) + 1;
  /* due 7, write due 7d: the word is there already */
  bool there =
      at.at == d->span.at && n < strlen(text) && at.at >= n && strncmp(before - n, text, n) == 0;
  *out = (struct help_edit){at, there ? text + n : text};
  return true;
}
