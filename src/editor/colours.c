/* In: a range of a file. Out: what each word is: a word of the language, or the name of what. */
#include "editor/naming.h"
#include "syntax/token.h"
#include "syntax/words.h"
#include "parse.h"

/* The place in the list that `initialize` promises: method.def. */
enum colour {
  COLOUR_KEYWORD,
  COLOUR_TYPE,
  COLOUR_PROPERTY,
  COLOUR_FUNCTION,
  COLOUR_CONSTANT,
  COLOUR_CLASS,
  COLOUR_RULE
};
enum { COLOUR_DECLARES = 1, COLOUR_NUMBERS = 5 };

static const enum colour colour_of[SYMBOL_KINDS] = {
    [SYMBOL_ENTITY] = COLOUR_TYPE,  [SYMBOL_ATTRIBUTE] = COLOUR_PROPERTY,
    [SYMBOL_SEGMENT] = COLOUR_TYPE, [SYMBOL_THRESHOLD] = COLOUR_CONSTANT,
    [SYMBOL_KPI] = COLOUR_FUNCTION, [SYMBOL_DEFINE] = COLOUR_FUNCTION,
    [SYMBOL_TEAM] = COLOUR_CLASS,   [SYMBOL_PLAYBOOK] = COLOUR_CLASS,
    [SYMBOL_RULE] = COLOUR_RULE,
};

struct colouring {
  const struct lines *l;
  json_t *out;
  size_t line, x; /* of the last one */
};

static void add_number(struct colouring *c, size_t n) {
  json_array_append_new(c->out, json_integer((json_int_t)n));
}

static void colour(struct colouring *c, uint32_t at, uint32_t end, enum colour is, int modifiers) {
  size_t line = lines_line(c->l, at), x = lines_character(c->l, at);
  size_t far = lines_character(c->l, end);
  if (lines_line(c->l, end) != line || far <= x) return;
  add_number(c, line - c->line);
  add_number(c, line == c->line ? x - c->x : x);
  add_number(c, far - x);
  add_number(c, is);
  add_number(c, (size_t)modifiers);
  c->line = line;
  c->x = x;
}

/* Decided by its neighbours: it may be a name elsewhere. */
static bool is_word_of_language(const struct source *src, const struct token *k) {
  char first = src->text[k->at];
  return k->kind != TOK_NAME && k->kind > 0 && k->end > k->at && first >= 'a' && first <= 'z';
}

static void colour_occurrence(struct colouring *c, const struct occurrence *o) {
  bool declares = o->at.src == o->of->at.src && o->at.at == o->of->at.at;
  colour(c, o->at.at, o->at.end, colour_of[o->of->kind], declares ? COLOUR_DECLARES : 0);
}

json_t *answer_colours(struct asked *q) {
  struct source *src = q->doc ? analysis_source(q->now, q->doc->id) : NULL;
  if (!src) return NULL;
  struct diags quiet = {.arena = q->a};
  struct colouring c = {.l = &q->doc->text, .out = json_array()};
  const struct tokens *words =
      words_for_parser(q->a, q->a, lex_source(q->a, q->a, src), true, &quiet);
  const struct symbols *s = q->now->symbols;
  size_t i = 0;
  while (i < s->places.n && s->places.v[i].at.src != src) i++;
  for (size_t k = 0; k < words->list.n; k++) {
    const struct token *word = &words->list.v[k];
    for (; i < s->places.n && s->places.v[i].at.src == src && s->places.v[i].at.at <= word->at; i++)
      colour_occurrence(&c, &s->places.v[i]);
    bool named = i && s->places.v[i - 1].at.src == src && s->places.v[i - 1].at.end > word->at;
    if (!named && is_word_of_language(src, word))
      colour(&c, word->at, word->end, COLOUR_KEYWORD, 0);
  }
  for (; i < s->places.n && s->places.v[i].at.src == src; i++)
    colour_occurrence(&c, &s->places.v[i]);
  return json_pack("{s:o}", "data", c.out);
}
