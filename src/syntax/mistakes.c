/* Syntax errors in the reader's words. In: the unexpected token, its neighbours, what would have been right.
 * Out: one message that says what to change. The first pattern that fits speaks; the last one always fits. */
#include <stdio.h>
#include <string.h>

#include "base/suggest.h"
#include "base/unit.h"
#include "parse.h"
#include "syntax/build.h"
#include "syntax/words.h"

struct mistake {
  struct parsing *px;
  const struct expected_words *expected;
  const struct token *t;     /* the unexpected token */
  const struct token *prev;  /* the one before it in its clause, or NULL */
  const struct token *next;  /* never NULL: a clause ends with NEWLINE */
  const struct token *first; /* of the clause */
  struct span at;
};

static const char *quote(struct parsing *px, const struct token *t) {
  uint32_t n = t->end - t->at;
  return arena_strndup(px->arena, px->words->src->text + t->at, n > 60 ? 60 : n);
}

static bool expects(const struct mistake *m, int kind) {
  for (int i = 0; i < m->expected->n; i++)
    if (m->expected->kind[i] == kind) return true;
  return false;
}

static struct diag *say(struct mistake *m, const char *text) { return diag_add(m->px->diags, V0114, m->at, "%s", text); }
#define HELP(m, d, ...) diag_help((m)->px->diags, (d), __VA_ARGS__)

static bool word_is(const struct token *t, const char *w) { return t && t->name && strcmp(t->name, w) == 0; }
static bool ends(const struct token *t) { return t->kind == TOK_NEWLINE || t->kind == 0; }

static bool missing_comma_before_due(struct mistake *m) {
  if (m->t->kind != TOK_DUE || !expects(m, TOK_COMMA)) return false;
  HELP(m, say(m, "a comma is missing before `due`"), "write: -> assign CS, due 7d");
  return true;
}

static bool missing_arrow(struct mistake *m) {
  bool assign = word_is(m->t, "assign") || (m->prev && word_is(m->prev, "assign"));
  bool due = word_is(m->t, "due") && m->prev && m->prev->kind == TOK_COMMA;
  if (!assign && !due) return false;
  if (m->first->kind == TOK_K_TEAM || m->first->kind == TOK_K_ASSIGNS) return false;
  if (m->prev && word_is(m->prev, "assign")) m->at = token_span(m->px->words, m->prev);
  HELP(m, say(m, "`->` is missing before the action"), "write: condition -> assign CS, due 7d");
  return true;
}

/* -> CS, -> due 7d …: the word that the action begins with is missing. */
static bool missing_assign(struct mistake *m) {
  if (!m->prev || m->prev->kind != TOK_ARROW) return false;
  if (ends(m->t)) HELP(m, say(m, "`->` is followed by what to do"), "write: -> assign CS, due 7d");
  else if (m->t->kind == TOK_NAME) HELP(m, say(m, "`assign` is missing after `->`"), "write: -> assign %s, due 7d", quote(m->px, m->t));
  else HELP(m, say(m, "`->` is followed by `assign` and a team, or `due` and a duration"), "write: -> assign CS, due 7d");
  return true;
}

static bool last_unit(struct mistake *m) {
  const struct token *last = word_is(m->t, "last") ? m->t : m->prev;
  if (!last || !word_is(last, "last")) return false;
  const struct token *unit = last + 1;
  HELP(m, say(m, "`last` is followed by a duration, such as 30d"), "write `previous %s` for the one before this one, or `last 90d` for the days up to today",
       unit->name && unit->kind != TOK_NEWLINE ? quote(m->px, unit) : "quarter");
  return true;
}

static bool shift_in_aggregate(struct mistake *m) {
  bool shift = m->t->kind == TOK_DROP || m->t->kind == TOK_RISE || m->t->kind == TOK_CHANGE || m->t->kind == TOK_DURATION ||
               (m->t->kind == TOK_NAME && m->next->kind == TOK_AGO);
  if (!shift || !expects(m, TOK_OVER) || expects(m, TOK_AGO) || expects(m, TOK_DROP)) return false;
  struct diag *d = diag_add(m->px->diags, V0311, m->at, "inside an aggregate, `%s` stands in parentheses",
                            m->t->kind == TOK_DURATION || m->t->kind == TOK_NAME ? "ago" : quote(m->px, m->t));
  HELP(m, d, "write: sum of (mrr 12mo ago) over account");
  return true;
}

static bool is_operator(int k) {
  return k == TOK_PLUS || k == TOK_MINUS || k == TOK_STAR || k == TOK_SLASH || (k >= TOK_EQ && k <= TOK_GE) || k == TOK_AND ||
         k == TOK_OR;
}

static bool in_aggregate(const struct mistake *m) {
  for (const struct token *t = m->t; t-- > m->first && t->kind != TOK_RPAREN && t->kind != TOK_LPAREN;)
    if (t->kind == TOK_AGG || t->kind == TOK_COUNT || t->kind == TOK_SHARE || t->kind == TOK_PERCENTILE) return true;
  return m->first->kind == TOK_AGG || m->first->kind == TOK_COUNT;
}

static bool aggregate_needs_parentheses(struct mistake *m) {
  bool begins = m->t->kind == TOK_AGG || m->t->kind == TOK_COUNT || m->t->kind == TOK_SHARE || m->t->kind == TOK_PERCENTILE;
  if (begins && m->prev && is_operator(m->prev->kind)) {
    struct diag *d = diag_add(m->px->diags, V0311, m->at, "inside a formula, `%s of …` stands in parentheses", quote(m->px, m->t));
    HELP(m, d, "write: … %s (%s of … over …)", quote(m->px, m->prev), quote(m->px, m->t));
    return true;
  }
  if (!is_operator(m->t->kind) || expects(m, TOK_PLUS) || !in_aggregate(m)) return false;
  struct diag *d = diag_add(m->px->diags, V0311, m->at, "an aggregate that is part of a formula stands in parentheses");
  HELP(m, d, "write: (sum of … over …) %s …", quote(m->px, m->t));
  return true;
}

static bool clause_misspelt(struct mistake *m) {
  if (m->first->kind != TOK_NAME || m->t != m->first + 1) return false;
  if (m->t->kind != TOK_STRING && m->t->kind != TOK_NAME && m->t->kind != TOK_DURATION && m->t->kind != TOK_DATE &&
      m->t->kind != TOK_UNKNOWN && m->t->kind != TOK_NUMBER && m->t->kind != TOK_FROM && m->t->kind != TOK_LPAREN &&
      m->t->kind != TOK_BY && m->t->kind != TOK_FOR)
    return false;
  size_t n = 0;
  while (clause_words()[n]) n++;
  const char *near = suggest(m->first->name, clause_words(), n);
  if (!near) return false;
  m->at = token_span(m->px->words, m->first);
  struct diag *d = diag_add(m->px->diags, V0118, m->at, "`%s` is not the beginning of a clause", m->first->name);
  HELP(m, d, "did you mean `%s`?", near);
  return true;
}

static bool bad_name_of_a_thing(struct mistake *m) {
  int k = m->prev ? m->prev->kind : 0;
  bool declares = k == TOK_K_KPI || k == TOK_K_RULE || k == TOK_K_TEAM || k == TOK_K_SEGMENT || k == TOK_K_THRESHOLD ||
                  k == TOK_K_ENTITY || k == TOK_K_DEFINE;
  if (!declares || m->t->kind == TOK_NAME) return false;
  const char *what = quote(m->px, m->prev);
  if (ends(m->t)) {
    HELP(m, diag_add(m->px->diags, V0114, m->at, "this %s has no name", what), "write: %s NAME", what);
  } else if (m->t->kind == TOK_STRING) {
    struct diag *d = diag_add(m->px->diags, V0114, m->at, "the name of a %s is one word without quotes", what);
    char *word = arena_strdup(m->px->arena, m->t->name);
    for (char *p = word; *p; p++)
      if (*p == ' ' || *p == '-') *p = '_';
    HELP(m, d, "write: %s %s", what, *word ? word : "my_name");
  } else {
    HELP(m, diag_add(m->px->diags, V0114, m->at, "`%s` cannot be the name of a %s", quote(m->px, m->t), what),
         m->t->name ? "`%s` has a meaning of its own: choose another name, such as my_%s" : "a name begins with a letter", quote(m->px, m->t), quote(m->px, m->t));
  }
  return true;
}

static bool two_names(struct mistake *m) {
  if (m->t->kind != TOK_NAME || !m->prev || m->prev->kind != TOK_NAME) return false;
  struct span both = span_join(token_span(m->px->words, m->prev), m->at);
  const char *a = quote(m->px, m->prev), *b = quote(m->px, m->t);
  m->at = both;
  bool declares = m->prev > m->first && (m->prev[-1].kind == TOK_K_RULE || m->prev[-1].kind == TOK_K_KPI ||
                                         m->prev[-1].kind == TOK_K_TEAM || m->prev[-1].kind == TOK_K_SEGMENT);
  struct diag *d = say(m, "two names stand side by side");
  if (declares) HELP(m, d, "a name is one word: write %s_%s", a, b);
  else HELP(m, d, "a name is one word (%s_%s?), or a sign or word is missing between them", a, b);
  return true;
}

static bool two_values(struct mistake *m) {
  bool value = m->t->kind == TOK_NUMBER || m->t->kind == TOK_STRING || m->t->kind == TOK_DATE || m->t->kind == TOK_PERCENT ||
               m->t->kind == TOK_DURATION || m->t->kind == TOK_NAME;
  if (!value || !expects(m, TOK_GT) || !m->prev) return false;
  const char *a = quote(m->px, m->prev), *b = quote(m->px, m->t);
  struct diag *d = diag_add(m->px->diags, V0114, m->at, "something is missing between `%s` and `%s`", a, b);
  if (m->t->kind == TOK_STRING) HELP(m, d, "write: %s is %s", a, b);
  else if (m->t->kind == TOK_DURATION) HELP(m, d, "write: %s within %s, or %s %s ago", a, b, a, b);
  else HELP(m, d, "a comparison is missing: %s > %s", a, b);
  return true;
}

static bool bare_currency(struct mistake *m) {
  if (m->t->kind != TOK_NAME || !m->prev || m->prev->kind != TOK_NUMBER || currency_known(m->t->name)) return false;
  struct diag *d = diag_add(m->px->diags, V0114, m->at, "`%s` is not a currency or a unit", quote(m->px, m->t));
  HELP(m, d, "money is written 100k EUR, a duration 30d, a percent 10%%");
  return true;
}

/* What would have been right, in at most six words that a reader knows. */
static void list_expected(const struct mistake *m, char *out, size_t size) {
  static const struct {
    int kind;
    const char *as;
  } groups[] = {{TOK_LPAREN, "a value"},   {TOK_NAME, "a name"},     {TOK_STRING, "a quoted text"}, {TOK_NUMBER, "a number"},
                {TOK_DURATION, "a duration such as 30d"},            {TOK_DATE, "a date"},          {TOK_EQ, "`=`"},
                {TOK_ARROW, "`->`"},       {TOK_GT, "a comparison"}, {TOK_AND, "`and` or `or`"},    {TOK_PLUS, "`+ - * /`"},
                {TOK_OVER, "`over`"},      {TOK_OF, "`of`"},         {TOK_BY, "`by`"},              {TOK_FROM, "`from`"},
                {TOK_COMMA, "a comma"},    {TOK_RPAREN, "`)`"},      {TOK_THEN, "`then`"},          {TOK_IF_ELSE, "`else`"},
                {TOK_AGO, "`ago`"},        {TOK_WHERE, "`where`"},   {TOK_AFTER, "`after`"},        {TOK_THAN, "`than`"},
                {TOK_UNIT, "week, month, quarter or year"},          {TOK_ASSIGN, "`assign`"},      {TOK_DUE, "`due`"},
                {TOK_UNKNOWN, "`unknown`"}, {TOK_MONTH_DAY, "a month and day such as 04-01"},       {TOK_NEWLINE, "the end of the line"}};
  bool value = expects(m, TOK_LPAREN) && expects(m, TOK_NUMBER);
  int shown = 0;
  *out = 0;
  for (size_t i = 0; i < sizeof groups / sizeof *groups && shown < 6; i++) {
    int k = groups[i].kind;
    if (!expects(m, k)) continue;
    if (value && (k == TOK_NAME || k == TOK_STRING || k == TOK_NUMBER || k == TOK_DURATION || k == TOK_DATE)) continue;
    if (!value && k == TOK_LPAREN) {
      if (shown++) strncat(out, ", ", size - strlen(out) - 1);
      strncat(out, "`(`", size - strlen(out) - 1);
      continue;
    }
    if (shown++) strncat(out, ", ", size - strlen(out) - 1);
    strncat(out, groups[i].as, size - strlen(out) - 1);
  }
}

static void generic(struct mistake *m) {
  char words[256];
  list_expected(m, words, sizeof words);
  struct diag *d = ends(m->t) ? diag_add(m->px->diags, V0114, m->at, "this clause stops too early")
                              : diag_add(m->px->diags, V0114, m->at, "`%s` does not fit here", quote(m->px, m->t));
  if (*words) HELP(m, d, "what may stand here: %s", words);
}

void parsing_mistake(struct parsing *px, const struct expected_words *expected) {
  if (px->clause_wrong) return;
  px->clause_wrong = true;
  const struct token *list = px->words->list.v;
  struct mistake m = {.px = px, .expected = expected, .t = &list[px->at], .first = &list[px->clause_at]};
  m.prev = px->at > px->clause_at ? m.t - 1 : NULL;
  m.next = px->at + 1 < px->words->list.n ? m.t + 1 : m.t;
  m.at = token_span(px->words, m.t);
  if (ends(m.t) && m.prev) { /* point at the end of what is there, not at the next line */
    m.at = token_span(px->words, m.prev);
    m.at.at = m.at.end > m.at.at ? m.at.end - 1 : m.at.at;
    while (m.at.at > 0 && ((unsigned char)px->words->src->text[m.at.at] & 0xC0) == 0x80) m.at.at--;
  }
  static bool (*const patterns[])(struct mistake *) = {
      missing_assign, missing_comma_before_due, missing_arrow,   bad_name_of_a_thing,  last_unit, shift_in_aggregate,
      aggregate_needs_parentheses, bare_currency, clause_misspelt, two_names, two_values,
  };
  for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
    if (patterns[i](&m)) return;
  generic(&m);
}

void parsing_too_deep(struct parsing *px, struct span at) {
  struct diag *d = diag_add(px->diags, V0111, at, "this formula is nested too deep");
  diag_help(px->diags, d, "give its parts names with `kpi`, `segment` or a computed attribute");
}
