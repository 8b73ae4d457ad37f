/* Texts put together with signs: do "Call " & label & " now", CONCAT("Call ", label). In: raw
 * tokens behind the word of a text. Out: one text with the names in braces, and one message. */
#include "syntax/joined_text.h"

#include <string.h>
#include <strings.h>

#include "base/intern.h"
#include "parse.h"

static bool line_ends(const struct tokens *raw, size_t i) {
  int k = i < raw->list.n ? raw->list.v[i].kind : 0;
  return k == TRIVIA_LINE_END || k == 0;
}

static size_t skip(const struct tokens *raw, size_t i) {
  while (!line_ends(raw, i) && raw->list.v[i].kind == TRIVIA_SPACE && !raw->list.v[i].bad) i++;
  return i;
}

static bool named(const struct tokens *raw, size_t i, const char *const *words) {
  const char *name = i < raw->list.n ? raw->list.v[i].name : NULL;
  for (; name && *words; words++)
    if (strcasecmp(name, *words) == 0) return true;
  return false;
}

/* & || + between two parts, a comma between those of CONCAT; && joins conditions. */
static bool joins(const struct tokens *raw, size_t i, bool call) {
  const struct token *t = &raw->list.v[i];
  if (t->end == t->at + 2 && t->kind == TOK_AND) return false;
  bool sign = t->bad == BAD_LOGIC_SIGN && (t->kind == TOK_AND || t->kind == TOK_OR);
  return call ? t->kind == TOK_COMMA : sign || t->kind == TOK_PLUS;
}

/* The part at i, a text or a name, behind *text; the index behind it, 0: it is none. */
static size_t part(const struct tokens *raw, size_t i, const char **text, struct arena *a) {
  const struct token *v = raw->list.v;
  if (line_ends(raw, i)) return 0;
  if (v[i].kind == TOK_STRING) {
    *text = arena_printf(a, "%s%s", *text, v[i].name);
    return i + 1;
  }
  if (v[i].kind != TOK_NAME) return 0;
  size_t end = i + 1;
  while (end + 1 < raw->list.n && v[end].kind == TOK_DOT && v[end + 1].kind == TOK_NAME) end += 2;
  *text = arena_printf(a, "%s{%s}", *text,
                       span_text(a, (struct span){raw->src, v[i].at, v[end - 1].end}));
  return end;
}

/* Does the word before i begin a text? */
static bool behind_word(const struct tokens *raw, size_t i) {
  static const char *const words[] = {"do", "step", "means", NULL};
  while (i > 0 && raw->list.v[i - 1].kind == TRIVIA_SPACE) i--;
  return i > 0 && named(raw, i - 1, words);
}

/* Does the formula of a KPI begin at i? */
static bool behind_equals(const struct tokens *raw, size_t i) {
  while (i > 0 && raw->list.v[i - 1].kind == TRIVIA_SPACE) i--;
  if (i == 0 || raw->list.v[--i].kind != TOK_EQ || raw->list.v[i].bad) return false;
  static const char *const words[] = {"kpi", NULL};
  while (i > 0 && raw->list.v[i - 1].kind != TRIVIA_LINE_END) i--;
  return named(raw, i, words);
}

/* name & " (" & plan & ")" as a value: there are none that are put together. */
static void say_text_as_value(struct token *t, const char *text, struct span at, struct diags *ds) {
  t->kind = TOK_BROKEN;
  diag_help(ds, diag_add(ds, V0106, at, "a formula puts no texts together"),
            "leave the line out; a text of a rule names the values: do \"%s\"", text);
}

size_t take_joined_text(const struct tokens *raw, size_t i, struct token *t, struct diags *ds) {
  static const char *const calls[] = {"concat", "concatenate", "textjoin", NULL};
  bool value = behind_equals(raw, i);
  if (!value && !behind_word(raw, i)) return 0;
  bool call =
      named(raw, i, calls) && !line_ends(raw, i + 1) && raw->list.v[i + 1].kind == TOK_LPAREN;
  const char *text = "";
  size_t k = call ? skip(raw, i + 2) : i, end = 0, parts = 0, texts = 0;
  while (!line_ends(raw, k)) {
    texts += raw->list.v[k].kind == TOK_STRING;
    end = part(raw, k, &text, ds->arena);
    if (!end) return 0;
    parts++;
    k = skip(raw, end);
    if (line_ends(raw, k) || !joins(raw, k, call)) break;
    k = skip(raw, k + 1);
  }
  if (call && (line_ends(raw, k) || raw->list.v[k].kind != TOK_RPAREN)) return 0;
  if (call) end = k + 1;
  if (parts < 2 || !texts || !end) return 0;
  *t = (struct token){.kind = TOK_STRING, .at = raw->list.v[i].at, .end = raw->list.v[end - 1].end};
  t->name = intern(ds->arena, text);
  if (value) return say_text_as_value(t, text, token_span(raw, t), ds), end - i;
  diag_help(ds,
            diag_add(ds, V0106, token_span(raw, t),
                     "a text is one, and the names of values stand in braces inside it"),
            "write: \"%s\"", text);
  return end - i;
}
