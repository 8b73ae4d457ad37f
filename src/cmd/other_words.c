/* In: other_words.def, a word of the command line. Out: what is meant by it here. */
#include "cmd/other_words.h"

#include <string.h>

#include "base/text.h"

enum where { NUMBERS, ALONE };

static const struct verb {
  const char *words;
  enum where where;
  const char *text;
} verbs[] = {
#define VERB(words, where, text) {words, where, text},
#define OTHER(words, field, text)
#include "cmd/other_words.def"
#undef OTHER
#undef VERB
};

static const struct other {
  const char *words;
  enum option_id takes;
  const char *text;
} others[] = {
#define VERB(words, where, text)
#define OTHER(words, field, text) {words, OPTION_##field, text},
#include "cmd/other_words.def"
#undef OTHER
#undef VERB
};

/* Is the word among "a|b|c"? */
static bool is_among(const char *list, const char *word) {
  size_t n = strlen(word);
  for (const char *w = list; *w; w += strcspn(w, "|"), w += *w == '|')
    if (strcspn(w, "|") == n && strncmp(w, word, n) == 0) return true;
  return false;
}

static bool is_number(const char *word) {
  size_t n = strspn(word, "#0123456789");
  return n && !word[n];
}

/* The numbers behind the first word: "14 15"; "12" where there are none. */
static const char *numbers_behind(const char *const *words, size_t n, struct arena *a) {
  const char *text = "";
  for (size_t i = 1; i < n && is_number(words[i]); i++)
    text = arena_printf(a, "%s%s%s", text, *text ? " " : "", words[i] + (words[i][0] == '#'));
  return *text ? text : "12";
}

const char *other_verb(const char *const *words, size_t n, bool alone, struct arena *a) {
  const char *word = text_lower(a, words[0]), *out = "";
  bool numbers = n > 1 && is_number(words[1]);
  const struct verb *v = verbs, *end = verbs + sizeof verbs / sizeof *verbs;
  while (v < end && !(is_among(v->words, word) && (!alone || numbers || v->where == ALONE))) v++;
  if (v == end) return NULL;
  for (const char *t = v->text; *t; t += strcspn(t, "&"), t += *t == '&') {
    size_t plain = strcspn(t, "&");
    out = arena_printf(a, "%s%.*s%s", out, (int)plain, t,
                       t[plain] ? numbers_behind(words, n, a) : "");
  }
  return out;
}

const char *other_option(const struct command *c, const char *name) {
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (command_has(c, others[i].takes) && is_among(others[i].words, name)) return others[i].text;
  return NULL;
}
