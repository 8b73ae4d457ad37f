/* Slips in headers and clauses. In: the unexpected token and its neighbours. Out: a
 * message, when the slip is one of these. The order of the list below is the order of asking. */
#include <string.h>
#include <strings.h>

#include "base/suggest.h"
#include "base/unit.h"
#include "parse.h"
#include "syntax/habits.h"
#include "syntax/mistake.h"
#include "syntax/spelling.h"
#include "syntax/words.h"

/* ---- headers -------------------------------------------------------------------------- */

static bool declares(int k) {
  return k == TOK_K_KPI || k == TOK_K_RULE || k == TOK_K_TEAM || k == TOK_K_SEGMENT ||
         k == TOK_K_THRESHOLD || k == TOK_K_ENTITY || k == TOK_K_DEFINE || k == TOK_K_PLAYBOOK;
}

static bool bad_name_of_a_thing(struct mistake *m) {
  if (!m->prev || !declares(m->prev->kind) || m->t->kind == TOK_NAME) return false;
  const char *what = quote(m->px, m->prev), *text = quote(m->px, m->t);
  if (ends_clause(m->t) || m->t->kind == TOK_EQ || m->t->kind == TOK_OF || m->t->kind == TOK_FROM)
    return tell(m, V0114, words(m, "this %s has no name", what), words(m, "write: %s NAME", what));
  if (m->t->kind == TOK_STRING)
    return tell(m, V0114, words(m, "the name of a %s is one word without quotes", what),
                words(m, "write: %s", name_of_words_in(m, m->t->name)));
  return tell(m, V0114, words(m, "`%s` cannot be the name of a %s", text, what),
              m->t->name
                  ? words(m, "`%s` has a meaning of its own: choose another name, such as my_%s",
                          text, text)
                  : "a name begins with a letter");
}

/* rule renewal at risk, rule renewal-at-risk: the words that were meant to be one name. */
static bool name_of_words(struct mistake *m) {
  if (!m->prev || m->prev == m->first || !declares(m->prev[-1].kind) || m->prev->kind != TOK_NAME)
    return false;
  bool dash = m->t->kind == TOK_MINUS && m->next->kind == TOK_NAME;
  if (!dash && m->t->kind != TOK_NAME) return false;
  const struct token *last = m->prev;
  const char *name = quote(m->px, last);
  for (const struct token *t = m->t;
       t->kind == TOK_NAME || (t->kind == TOK_MINUS && t[1].kind == TOK_NAME); t++)
    if (t->kind == TOK_NAME) name = words(m, "%s_%s", name, quote(m->px, last = t));
  m->at = places(m, m->prev, last);
  return tell(m, V0114,
              dash          ? "a name has no dash"
              : last > m->t ? "several names stand side by side"
                            : "two names stand side by side",
              words(m, "write: %s; a name is one word", name));
}

static bool rule_without_condition(struct mistake *m) {
  if (m->t->kind != TOK_ARROW || m->first->kind != TOK_K_RULE) return false;
  const struct token *below = m->t;
  while (!ends_clause(below)) below++;
  m->at = places(m, m->t, below - 1);
  if (below->kind == TOK_NEWLINE && below[1].kind == TOK_K_WHEN)
    return tell(m, V0114, "the condition stands before the action",
                "move the line of `when` above the line of `->`");
  m->at = places(m, m->first, m->prev);
  return tell(m, V0401, "this rule has no condition", "write under it: when renewal within 60d");
}

static bool chooses_rows(const struct token *t) {
  return word_is(t, "when") || word_is(t, "where") || word_is(t, "with") || word_is(t, "on") ||
         word_is(t, "having") || word_is(t, "whose") || word_is(t, "who");
}

/* rule a for account = 'Acme', for account where plan is "Pro": a rule is of all rows. */
static bool row_in_header(struct mistake *m) {
  bool chooses = m->t->kind == TOK_EQ || m->t->kind == TOK_IS || m->t->kind == TOK_STRING ||
                 m->t->kind == TOK_WHERE || m->t->kind == TOK_IN || m->t->kind == TOK_K_WHEN ||
                 chooses_rows(m->t);
  if (m->first->kind != TOK_K_RULE || !chooses || !m->prev || m->prev < m->first + 3) return false;
  const struct token *last = m->t, *value = m->t;
  while (!ends_clause(last + 1) && last[1].kind != TOK_ARROW) last++;
  while (value < last && value->kind != TOK_STRING) value++;
  m->at = places(m, m->t, last);
  uint32_t gap = m->t->at - m->prev->end;
  bool below = memchr(m->px->words->src->text + m->prev->end, '\n', gap) != NULL;
  if (below && m->t->kind == TOK_WHERE && last > m->t)
    return tell(m, V0106, "the condition of a rule stands after `when`",
                words(m, "write: when %s", span_text(m->px->arena, places(m, m->t + 1, last))));
  bool condition = m->t->kind == TOK_WHERE || m->t->kind == TOK_IN || chooses_rows(m->t) ||
                   m->t->kind == TOK_K_WHEN;
  const char *which =
      m->t->kind == TOK_IN ? span_text(m->px->arena, m->at)
      : last == m->t + 2 && m->t[1].kind == TOK_NAME && last->kind == TOK_STRING
          ? words(m, "%s is %s", quote(m->px, m->t + 1), quote(m->px, last))
      : condition && last > m->t
          ? span_text(m->px->arena, places(m, m->t + 1, last))
          : words(m, "label is \"%s\"", value->kind == TOK_STRING ? value->name : "Acme");
  return tell(m, V0114,
              words(m, "a rule is for every %s: which ones is said in its condition",
                    quote(m->px, m->prev)),
              words(m, "write: %s, and below it: when %s and …",
                    span_text(m->px->arena, places(m, m->first, m->prev)), which));
}

/* fiscal year starts April 1, starts 1/4 */
static bool fiscal_year(struct mistake *m) {
  if (m->first->kind != TOK_K_FISCAL) return false;
  if (m->first[1].name && strcmp(m->first[1].name, "periods") == 0)
    return tell(m, V0114, "this line does not say which table lists the fiscal periods, and how",
                "write: fiscal periods from \"fiscal_calendar\" start \"first_day\" period \"no\" "
                "year \"fiscal_year\"");
  return tell(m, V0114, "the fiscal year begins on a month and a day with two digits each",
              "write: fiscal year starts 04-01 named by end year");
}

static bool target_by_a_period(struct mistake *m) {
  if (m->first->kind != TOK_K_TARGET || m->t->kind != TOK_PERIOD || m->prev->kind != TOK_BY)
    return false;
  const char *text = quote(m->px, m->t);
  return tell(m, V0114, words(m, "a target is reached by a day, and `%s` has many", text),
              words(m, "write: by end of %s", text));
}

/* ---- attributes and other clauses ----------------------------------------------------- */

static bool is_type(const struct token *t) {
  enum unit u;
  return t->kind == TOK_NAME &&
         (unit_from_name(t->name, &u) || word_is(t, "percent") || word_is(t, "ratio"));
}

/* before date "before": a word of the language in the place of a name. */
static bool reserved_attribute(struct mistake *m) {
  if (m->t->kind == TOK_NAME || m->t->kind == TOK_STRING || !m->t->name) return false;
  if (!is_type(m->next) || m->next[1].kind != TOK_STRING) return false;
  const char *word = quote(m->px, m->t);
  return tell(m, V0114, words(m, "`%s` is a word of the language, and no name", word),
              words(m, "call it otherwise, the column keeps its name: my_%s %s %s", word,
                    m->next->name, quote(m->px, &m->next[1])));
}

static bool attribute_line(struct mistake *m) {
  if (head_above(m->px) != C_ENTITY || m->first->kind != TOK_NAME || m->t != m->first + 1)
    return false;
  const char *name = quote(m->px, m->first);
  if (m->t->kind == TOK_STRING) {
    m->at = places(m, m->first, m->t);
    return tell(
        m, V0402, words(m, "`%s` has no type", name),
        words(m, "write: %s text %s (or number, money, date, flag …)", name, quote(m->px, m->t)));
  }
  if (!is_type(m->t)) return false;
  m->at = m->next->kind == TOK_NAME ? place(m, m->next) : m->at;
  return tell(m, V0114, "the column of the database stands in quotes",
              words(m, "write: %s %s \"%s\"", name, m->t->name,
                    m->next->kind == TOK_NAME ? m->next->name : name));
}

static bool clause_misspelt(struct mistake *m) {
  if (m->first->kind != TOK_NAME || m->t != m->first + 1) return false;
  switch (m->t->kind) {
    case TOK_STRING:
    case TOK_NAME:
    case TOK_DURATION:
    case TOK_DATE:
    case TOK_UNKNOWN:
    case TOK_NUMBER:
    case TOK_FROM:
    case TOK_LPAREN:
    case TOK_BY:
    case TOK_FOR: break;
    default: return false;
  }
  size_t n = 0;
  while (clause_words()[n]) n++;
  const char *near = suggest(m->first->name, clause_words(), n);
  if (!near) return false;
  m->at = place(m, m->first);
  return tell(m, V0118, words(m, "`%s` is not the beginning of a clause", m->first->name),
              words(m, "did you mean `%s`?", near));
}

/* means Revenue of the month: the quotes are missing, around a word or around all the rest of the
 * line. */
static bool missing_quotes(struct mistake *m) {
  bool list =
      m->prev && m->prev->kind == TOK_OF && m->prev > m->first && m->prev[-1].kind == TOK_ONE;
  if (!expects(m, TOK_STRING) || !m->t->name || !m->prev) return false;
  /* do call the customer: the first word could be a playbook */
  bool done = m->prev > m->first && is_do_word(m->prev[-1].kind);
  if (done && m->prev->kind == TOK_NAME) m->t = m->prev--;
  if (!list && !done && (expects(m, TOK_LPAREN) || expects(m, TOK_NAME) || expects(m, TOK_NUMBER)))
    return false;
  int k = m->prev->kind;
  bool all = k == TOK_K_MEANS || k == TOK_K_DECIDES || is_do_word(k) || k == TOK_K_TEST ||
             k == TOK_K_STEP || k == TOK_K_LINK || k == TOK_BECAUSE || m->first->kind == TOK_K_TIME;
  const struct token *last = m->t;
  /* billing.vigie: what touches the word is of it */
  while (!ends_clause(last + 1) &&
         (all || (m->first->kind == TOK_K_LINT && last[1].at == last->end)))
    last++;
  m->at = places(m, m->t, last);
  const char *text = span_text(m->px->arena, m->at);
  if (word_is(m->prev, "renamed") && word_is(m->t, "to"))
    return tell(m, V0114, "what the value was called before is missing",
                "the old value stands before `to`, the new one behind it: renamed \"Pro\" to "
                "\"Premium\"");
  if (list) {
    const char *texts = words(m, "\"%s\"", text);
    for (; !ends_clause(last + 1) && last[1].kind == TOK_COMMA && last[2].kind == TOK_NAME &&
           last[3].kind != TOK_NAME && !ends_clause(last + 2);
         last += 2)
      texts = words(m, "%s, \"%s\"", texts, last[2].name);
    m->at = places(m, m->t, last);
    return tell(m, V0114, "texts stand in quotes", words(m, "write: %s", texts));
  }
  return tell(m, V0114, "quotes are missing here",
              words(m, "write: %s \"%s\"", quote(m->px, m->prev), text));
}

/* Lines that a person writes of what a test expects, by a word in them. */
static const struct expected_line {
  const char *const words[8];
  bool begins; /* the word only begins so */
  const char *wrong;
  const char *right; /* the name for every %s */
} expected_lines[] = {
    /* expect churn escalated to VP_CS for "Acme", expect churn is escalated, expect churn escalates
     */
    {{"escalat"},
     true,
     "this is not how an escalation is expected",
     "write: expect %1$s escalated to TEAM, or: expect %1$s for \"Acme\" escalated, or: "
     "expect %1$s not escalated"},
    /* expect target of arr is missed, expect arr on track */
    {{"target", "behind", "track", "reached", "missed", "met"},
     false,
     "this is not how a target is expected",
     "write: expect target %1$s behind, or: expect target %1$s on track, or: expect target %1$s "
     "reached"},
    /* expect churn for "Acme" is ignored, expect churn skipped */
    {{"ignore", "ignores", "ignored", "skipped", "unjudged"},
     false,
     "this is not how a row with not enough data is expected",
     "write: expect %1$s ignored, or: expect %1$s for \"Acme\" ignored because health; a row that "
     "no `if unknown` line concerns is expected like this: expect %1$s unknown because health"},
    {{"fired", "fires", "fire"},
     false,
     "this is not how an item is expected",
     "an open item is expected like this: expect %1$s; one that `if unknown fire` opened, like "
     "this: expect %1$s fired unknown because health"},
};

static bool says_one_of(const struct token *t, const struct expected_line *l) {
  for (const char *const *w = l->words; *w && t->name && t->kind != TOK_STRING; w++)
    if (l->begins ? strncmp(t->name, *w, strlen(*w)) == 0 : strcmp(t->name, *w) == 0) return true;
  return false;
}

/* What the line is about: its first name that is no word of the form. */
static const char *expected_name(const struct token *first, const struct expected_line *l) {
  for (const struct token *t = first + 1; !ends_clause(t); t++)
    if (t->kind == TOK_NAME && !says_one_of(t, l)) return t->name;
  return l->words[0] && strcmp(l->words[0], "target") == 0 ? "KPI" : "RULE";
}

static bool expected_otherwise(struct mistake *m) {
  if (m->first->kind != TOK_K_EXPECT) return false;
  for (size_t i = 0; i < sizeof expected_lines / sizeof *expected_lines; i++) {
    const struct expected_line *l = &expected_lines[i];
    const struct token *t = m->first + 1;
    while (!ends_clause(t) && !says_one_of(t, l)) t++;
    if (ends_clause(t)) continue;
    return tell(m, V0114, l->wrong, words(m, l->right, expected_name(m->first, l)));
  }
  return false;
}

const mistake_pattern clause_patterns[] = {
    expected_otherwise,  fiscal_year,     reserved_attribute,     row_in_header,
    bad_name_of_a_thing, name_of_words,   rule_without_condition, target_by_a_period,
    attribute_line,      clause_misspelt, missing_quotes,         NULL,
};
