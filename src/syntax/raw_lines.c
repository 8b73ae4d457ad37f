/* Lines of raw tokens. In: the list of the lexer. Out: where lines begin and end, their text. */
#include "syntax/raw_lines.h"

#include <string.h>

#include "base/text.h"
#include "parse.h"
#include "syntax/habits.h"
#include "syntax/words.h"

bool raw_ends_line(const struct tokens *raw, size_t i) {
  return i >= raw->list.n || raw->list.v[i].kind == TRIVIA_LINE_END || raw->list.v[i].kind == 0;
}

bool raw_is_blank(const struct token *t) { return t->kind == TRIVIA_SPACE && !t->bad; }

bool raw_is_word(const struct token *t) { return t->name && t->kind != TOK_STRING; }

struct raw_line raw_line_at(const struct tokens *raw, size_t from) {
  struct raw_line x = {from, from};
  while (!raw_ends_line(raw, x.to)) x.to++;
  while (x.to > from && raw_is_blank(&raw->list.v[x.to - 1])) x.to--;
  return x;
}

struct raw_line raw_line_below(const struct tokens *raw, struct raw_line x) {
  size_t i = x.to;
  while (!raw_ends_line(raw, i)) i++;
  if (i + 1 >= raw->list.n) return (struct raw_line){raw->list.n, raw->list.n};
  for (i++; !raw_ends_line(raw, i) && raw_is_blank(&raw->list.v[i]);) i++;
  return raw_line_at(raw, i);
}

struct span raw_line_span(const struct tokens *raw, struct raw_line x) {
  return (struct span){raw->src, raw->list.v[x.from].at, raw->list.v[x.to - 1].end};
}

uint32_t raw_column(const struct tokens *raw, struct raw_line x) {
  uint32_t at = raw->list.v[x.from].at, begin = at;
  while (begin > 0 && raw->src->text[begin - 1] != '\n') begin--;
  return at - begin;
}

size_t raw_tokens_to(const struct tokens *raw, size_t from, struct raw_line last) {
  size_t end = last.to;
  while (!raw_ends_line(raw, end)) end++;
  return end - from;
}

bool raw_is_char(const struct tokens *raw, size_t i, char c) {
  return i < raw->list.n && raw->list.v[i].at < raw->list.v[i].end &&
         raw->src->text[raw->list.v[i].at] == c;
}

bool raw_is_empty(struct raw_line x) { return x.from >= x.to; }

struct raw_line raw_next_line(const struct tokens *raw, struct raw_line x) {
  struct raw_line next = raw_line_below(raw, x);
  while (raw_is_empty(next) && next.from < raw->list.n &&
         raw->list.v[next.from].kind == TRIVIA_LINE_END)
    next = raw_line_below(raw, next);
  return next;
}

size_t raw_colon_of(const struct tokens *raw, struct raw_line x) {
  size_t i = x.from + 1;
  if (raw_is_empty(x) || !raw->list.v[x.from].name) return 0;
  while (i < x.to && raw_is_blank(&raw->list.v[i])) i++;
  return i < x.to && raw_is_char(raw, i, ':') ? i : 0;
}

bool raw_is_inner(const struct tokens *raw, struct raw_line x) {
  return !raw_is_empty(x) && (raw_column(raw, x) > 0 || raw->list.v[x.from].kind == TOK_MINUS);
}

static const char *token_here(const struct tokens *raw, const struct token *t, struct arena *a) {
  static const char *const joining[] = {"and", "or", "not"};
  if (t->bad == BAD_SINGLE_QUOTES) return arena_printf(a, "\"%s\"", t->name);
  if (t->bad == BAD_DOUBLE_EQUAL) return t->kind == TOK_NE ? "!=" : "=";
  if (t->bad == BAD_LOGIC_SIGN)
    return t->kind == TOK_AND ? "and" : t->kind == TOK_OR ? "or" : "not ";
  const char *text = span_text(a, token_span(raw, t));
  for (size_t k = 0; t->kind == TOK_NAME && k < 3; k++)
    if (strcmp(text_lower(a, text), joining[k]) == 0) return joining[k];
  return text;
}

const char *raw_written_here(const struct tokens *raw, struct raw_line x, struct arena *a) {
  const char *out = "";
  for (size_t i = x.from; i < x.to; i++) {
    const struct token *t = &raw->list.v[i];
    if (t->kind == TRIVIA_COMMENT) continue;
    bool gap = raw_is_blank(t) || t->kind == TRIVIA_LINE_END;
    if (gap && (!*out || out[strlen(out) - 1] == ' ')) continue;
    out = arena_printf(a, "%s%s", out, gap ? " " : token_here(raw, t, a));
  }
  size_t n = strlen(out);
  while (n && out[n - 1] == ' ') n--;
  return arena_strndup(a, out, n);
}

bool raw_begins_clause(const struct tokens *raw, size_t i, struct arena *a) {
  if (!raw_is_word(&raw->list.v[i])) return false;
  const char *word = text_lower(a, raw->list.v[i].name);
  for (const char *const *w = clause_words(); *w; w++)
    if (strcmp(*w, word) == 0) return true;
  return header_said(word) != 0 || habit_first_help(word) != NULL;
}
