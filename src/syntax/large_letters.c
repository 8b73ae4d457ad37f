/* Words of the language in large letters: AND, WHEN, Team. In: a raw name. Out: the word as it is
 * here, where it stands in the place of one; one message for all of a file. */
#include "syntax/large_letters.h"

#include <string.h>
#include <strings.h>

#include "base/intern.h"
#include "base/text.h"
#include "parse.h"
#include "syntax/words.h"
#include "syntax/yaml_keys.h"

/* The token before or behind i, over blanks; NULL: the line begins or ends there. */
static const struct token *neighbour(const struct tokens *raw, size_t i, int step) {
  for (size_t k = i + (size_t)step; k < raw->list.n; k += (size_t)step) {
    const struct token *t = &raw->list.v[k];
    if (t->kind == TRIVIA_LINE_END || t->kind == 0) return NULL;
    if (t->kind != TRIVIA_SPACE && t->kind != TRIVIA_COMMENT) return t;
  }
  return NULL;
}

static bool ends_value(const struct token *t) {
  int k = t->kind;
  return k == TOK_NAME || k == TOK_NUMBER || k == TOK_STRING || k == TOK_PERCENT ||
         k == TOK_DURATION || k == TOK_DATE || k == TOK_RPAREN || k == TOK_TRUE || k == TOK_FALSE ||
         k == TOK_OVERDUE || k == TOK_KNOWN || k == TOK_UNKNOWN;
}

static bool begins_value(const struct token *t) {
  int k = t->kind;
  return k == TOK_NAME || k == TOK_NUMBER || k == TOK_STRING || k == TOK_LPAREN || k == TOK_NOT ||
         k == TOK_DATE || k == TOK_IN;
}

/* health < 40 AND mrr > 0, also at the beginning of a line; AND(…) is a function of sheets. */
static int connector(const char *word, const struct token *before, const struct token *next,
                     uint32_t end) {
  bool call = next->kind == TOK_LPAREN && next->at == end;
  if (call || !begins_value(next) || (before && !ends_value(before))) return 0;
  static const struct {
    const char *word;
    int kind;
  } infix[] = {
      {"and", TOK_AND}, {"or", TOK_OR}, {"where", TOK_WHERE}, {"of", TOK_OF}, {"over", TOK_OVER}};
  for (size_t k = 0; k < sizeof infix / sizeof *infix; k++)
    if (strcmp(word, infix[k].word) == 0) return k < 2 || before ? infix[k].kind : 0;
  return 0;
}

/* AND NOT paying, when NOT (renewal overdue) */
static bool denies(const char *word, const struct token *before, const struct token *next,
                   uint32_t end) {
  bool call = next->kind == TOK_LPAREN && next->at == end;
  if (strcmp(word, "not") != 0 || call || !before) return false;
  bool joined = before->kind == TOK_AND || before->kind == TOK_OR || before->kind == TOK_LPAREN;
  static const char *const words[] = {"when", "and", "or", "where"};
  for (size_t k = 0; before->kind == TOK_NAME && k < sizeof words / sizeof *words; k++)
    joined |= strcasecmp(before->name, words[k]) == 0;
  return joined && (next->kind == TOK_NAME || next->kind == TOK_LPAREN);
}

static bool is_clause_word(const char *word) {
  for (const char *const *w = clause_words(); *w; w++)
    if (strcmp(*w, word) == 0) return true;
  return false;
}

/* rule a FOR account, -> ASSIGN CS, DUE 7d */
static bool in_its_place(const struct tokens *raw, size_t i, const char *word,
                         const struct token *before) {
  if (!before) return is_clause_word(word);
  if (strcmp(word, "for") == 0 && before->kind == TOK_NAME) {
    size_t name = (size_t)(before - raw->list.v);
    const struct token *header = neighbour(raw, name, -1);
    return header && header->name && strcasecmp(header->name, "rule") == 0 && i > name;
  }
  if (strcmp(word, "assign") == 0) return before->kind == TOK_ARROW;
  if (strcmp(word, "due") == 0) return before->kind == TOK_COMMA || before->kind == TOK_ARROW;
  return false;
}

/* SELECT … FROM … WHERE: the parser says it of the whole line. */
static bool in_question(const struct tokens *raw, size_t i) {
  while (i-- > 0 && raw->list.v[i].kind != TRIVIA_LINE_END)
    if (raw->list.v[i].name && strcasecmp(raw->list.v[i].name, "select") == 0) return true;
  return false;
}

/* Most names have small letters alone, and cost no more than this look at them. */
static bool has_large(const char *name) {
  for (const char *s = name; *s; s++)
    if ((*s >= 'A' && *s <= 'Z') || (unsigned char)*s >= 0x80) return true;
  return false;
}

void take_large_letters(const struct tokens *raw, size_t i, struct token *t, bool *told,
                        struct diags *ds) {
  if (t->kind != TOK_NAME || !t->name || !has_large(t->name)) return;
  if (keyed_line_at(raw->src, t->at)) return;
  const char *word = text_lower(ds->arena, t->name);
  const struct token *before = neighbour(raw, i, -1), *next = neighbour(raw, i, 1);
  if (strcmp(word, t->name) == 0 || !next) return;
  int kind = connector(word, before, next, t->end);
  if (denies(word, before, next, t->end)) kind = TOK_NOT;
  bool compared = next->kind >= TOK_EQ && next->kind <= TOK_GE;
  bool named = compared || next->kind == TOK_DOT || next->kind == TOK_IS;
  if (!kind && (named || !in_its_place(raw, i, word, before))) return;
  if (in_question(raw, i)) return; /* last, for it reads the line: most such words are EUR */
  if (kind) t->kind = kind;
  t->name = intern(ds->arena, word);
  if (!*told)
    diag_help(ds,
              diag_add(ds, V0106, token_span(raw, t),
                       "the words of rule files are written in small letters, not as `%s`",
                       span_text(ds->arena, token_span(raw, t))),
              "write: %s; and so all such words of the file", word);
  *told = true;
}
