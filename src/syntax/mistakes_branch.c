/* Branches, and what is left out: else, case in an action, sauf les …, a remark in parentheses. In:
 * the unexpected token and its neighbours. Out: a message, when the slip is one of these. */
#include <string.h>
#include <strings.h>

#include "base/unit.h"
#include "parse.h"
#include "syntax/habits.h"
#include "syntax/mistake.h"
#include "syntax/spelling.h"
#include "syntax/words.h"

/* else if health < 60 -> …, on a line of its own below the action */
static bool else_if(struct mistake *m) {
  if (m->t->kind != TOK_ELSE && m->t->kind != TOK_IF_ELSE) return false;
  const struct token *from = m->next, *end;
  if (from->kind != TOK_IF && !word_is(from, "if") && !word_is(from, "when")) return false;
  for (end = ++from; !ends_clause(end) && end->kind != TOK_ARROW; end++) {
  }
  if (end == from) return false;
  m->at = places(m, m->t, end - 1);
  return tell(m, V0114, "a rule has one condition and one action",
              words(m, "write a second rule, with: when %s",
                    span_text(m->px->arena, places(m, from, end - 1))));
}

/* health < 40 else assign Support */
static bool else_of_a_rule(struct mistake *m) {
  if ((m->t->kind != TOK_ELSE && m->t->kind != TOK_IF_ELSE) ||
      !(m->next->kind == TOK_ASSIGN || word_is(m->next, "assign") || m->next->kind == TOK_ARROW))
    return false;
  const struct token *from = m->first, *arrow = m->first;
  while (arrow < m->t && arrow->kind != TOK_ARROW) arrow++;
  if (from->kind == TOK_K_WHEN || from->kind == TOK_IF) from++;
  const char *asked = arrow > from && arrow < m->t
                          ? span_text(m->px->arena, places(m, from, arrow - 1))
                          : condition_above(m);
  return tell(m, V0114, "a rule has one action",
              words(m, "write a second rule with the opposite condition: when not (%s)",
                    asked ? asked : "health < 40"));
}

/* The condition of the rule whose action is at t: before its arrow, or above. */
static const char *condition_of_action(struct mistake *m, const struct token *t) {
  const struct token *arrow = m->first;
  while (arrow < t && arrow->kind != TOK_ARROW) arrow++;
  if (m->first->kind == TOK_K_WHEN && arrow < t && arrow > m->first + 1)
    return source_between(m, m->first + 1, arrow);
  const char *above = condition_above(m);
  return above ? above : "health < 40";
}

/* assign IF(plan = "Pro", VP_CS, CS) */
static bool called_choice(struct mistake *m, const struct token *from, const struct token *word) {
  bool call = !strcasecmp(quote(m->px, word), "if") || !strcasecmp(quote(m->px, word), "iif") ||
              !strcasecmp(quote(m->px, word), "si");
  const struct token *close = call && word[1].kind == TOK_LPAREN ? closer_of(word + 1) : NULL;
  if (!close || close[-1].kind != TOK_NAME || close < word + 7) return false;
  const struct token *one = close - 3, *end = close - 4;
  if (one->kind != TOK_NAME || end <= word + 2) return false;
  m->at = places(m, from, last_of_clause(from));
  diags_drop_inside(m->px->diags, V0107, m->at);
  const char *asked = written_here(m, word + 2, end), *over = condition_of_action(m, from);
  return tell(m, V0114, "an item has one team: each team has a rule of its own",
              words(m,
                    "two rules: when (%s) and %s -> assign %s, due 7d; and a second rule: when "
                    "(%s) and not (%s) -> assign %s, due 7d",
                    over, asked, quote(m->px, one), over, asked, quote(m->px, close - 1)));
}

/* priority high if mrr > 5000 else normal */
static bool choice_of_priority(struct mistake *m) {
  const struct token *end;
  bool asks = m->t->kind == TOK_IF || word_is(m->t, "if") || word_is(m->t, "when");
  if (m->first->kind != TOK_K_PRIORITY || !asks || ends_clause(m->next)) return false;
  for (end = m->next; !ends_clause(end) && end->kind != TOK_ELSE && end->kind != TOK_IF_ELSE;)
    end++;
  const char *asked = source_between(m, m->next, end), *word = quote(m->px, m->first + 1);
  m->at = places(m, m->first, last_of_clause(m->first));
  return tell(m, V0114, "a rule has one priority",
              words(m,
                    "write: priority %s; and under it all that is asked as well: and %s; what is "
                    "less urgent is a second rule, with: and not (%s)",
                    word, asked, asked));
}

/* assign case when A then X else Y end, assign if A then X else Y: the team that is chosen. */
static bool choice_of_team(struct mistake *m) {
  const struct token *from = m->t, *then, *other;
  while (from > m->first && from->kind != TOK_ASSIGN && !word_is(from, "assign")) from--;
  if (from == m->first && m->first->kind != TOK_ARROW) return false;
  const struct token *asked = from + 1;
  if (ends_clause(asked)) return false;
  if (called_choice(m, from, asked)) return true;
  bool chooses = strcasecmp(quote(m->px, asked), "case") == 0;
  if (chooses) asked++;
  chooses |= asked->kind == TOK_IF || word_is(asked, "if");
  if (!chooses || ends_clause(asked)) return false;
  static const char *const words_before[] = {"when", "if", NULL};
  if (said_one_of(asked, words_before)) asked++;
  for (then = asked; !ends_clause(then) && strcasecmp(quote(m->px, then), "then") != 0;) then++;
  for (other = then; !ends_clause(other) && strcasecmp(quote(m->px, other), "else") != 0;) other++;
  if (ends_clause(then) || then == asked || ends_clause(then + 1)) return false;
  const char *condition = written_here(m, asked, then), *over = condition_of_action(m, from);
  const char *second =
      ends_clause(other) || ends_clause(other + 1) ? "CS" : quote(m->px, other + 1);
  m->at = places(m, from, last_of_clause(from));
  diags_drop_inside(m->px->diags, V0107, m->at);
  diags_drop_inside(m->px->diags, V0106, m->at);
  return tell(m, V0114, "an item has one team: each team has a rule of its own",
              words(m,
                    "when (%s) and %s -> assign %s, due 7d; and a second rule: when (%s) and not "
                    "(%s) -> assign %s, due 7d",
                    over, condition, quote(m->px, then + 1), over, condition, second));
}

/* What a word of the list stands before is left out. */
static bool leaves_out(const struct token *t) {
  static const char *const leaving[] = {"sauf",    "hors",      "hormis",  "except", "excluding",
                                        "excepté", "excepting", "without", "minus",  NULL};
  return said_one_of(t, leaving);
}

/* health < 40 sauf les comptes Basic; sum of arr over account hors plan "Basic" */
static bool left_out(struct mistake *m) {
  const struct token *word = leaves_out(m->t)                 ? m->t
                             : m->prev && leaves_out(m->prev) ? m->prev
                                                              : NULL;
  if (!word || word == m->first) return false;
  const struct token *last = word, *end = word + 1;
  for (; !ends_clause(end) && end->kind != TOK_ARROW && end->kind != TOK_AND && end->kind != TOK_OR;
       last = end++)
    if (end->kind != TOK_NAME && end->kind != TOK_STRING) return false; /* a condition */
  if (last == word) return false;
  bool kpi = m->first->kind == TOK_K_KPI || m->first->kind == TOK_K_SEGMENT;
  bool where = kpi;
  for (const struct token *t = m->first; t < word; t++) where &= t->kind != TOK_WHERE;
  const char *joins = where ? "where" : "and";
  m->at = places(m, word, end - 1);
  const char *message =
      words(m, "what is left out is a condition, too: `%s` is none of rule files", word->name);
  if (last == word + 2 && last->kind == TOK_STRING && word[1].kind == TOK_NAME)
    return tell(
        m, V0106, message,
        words(m, "write: %s %s is not %s", joins, quote(m->px, word + 1), quote(m->px, last)));
  return tell(m, V0106, message, words(m, "for example: %s plan is not \"%s\"", joins, last->name));
}

/* health < 40 (anything below this is bad) */
static bool remark_in_parentheses(struct mistake *m) {
  const struct token *close = m->t->kind == TOK_LPAREN ? closer_of(m->t) : NULL;
  if (!close || !m->prev || close < m->t + 3 || expects(m, TOK_LPAREN)) return false;
  for (const struct token *t = m->t + 1; t < close; t++)
    if ((t->kind >= TOK_EQ && t->kind <= TOK_GE) || t->kind == TOK_STRING || !t->name) return false;
  m->at = places(m, m->t, close);
  return tell(
      m, V0114, "what is for the reader stands behind `#`, at the end of its line",
      words(m, "remove it; at the end of the line: # %s", source_between(m, m->t + 1, close)));
}

/* due sous 5 jours ouvrés */
static bool due_behind_a_word(struct mistake *m) {
  static const char *const before[] = {"sous", "dans", "d'ici", "sur", "binnen", "innerhalb", NULL};
  const struct token *end;
  bool due = m->prev && m->prev > m->first && m->prev[-1].kind == TOK_DUE;
  const char *length = due && said_one_of(m->prev, before) ? length_said(m, m->t, &end) : NULL;
  if (!length) return false;
  m->at = places(m, m->prev, end - 1);
  return tell(
      m, V0114,
      words(m, "`due` is followed by a duration or a date, without `%s`", quote(m->px, m->prev)),
      words(m, "write: due %s", length));
}

/* for each account where health < 40: a rule without its first word and its name */
static bool rule_as_loop(struct mistake *m) {
  static const char *const loops[] = {"for",  "each",   "every", "all",
                                      "pour", "chaque", "tout",  NULL};
  static const char *const asks[] = {"where", "with", "whose", "if",   "when", "having",
                                     "dont",  "avec", "si",    "that", NULL};
  const struct token *rows = m->first;
  if (indented(m, m->first)) return false;
  while (said_one_of(rows, loops) || rows->kind == TOK_FOR || rows->kind == TOK_FOR_EACH) rows++;
  if (rows == m->first || rows->kind != TOK_NAME || ends_clause(rows + 1)) return false;
  const struct token *word = rows + 1, *last = last_of_clause(word), *arrow = word;
  if (!said_one_of(word, asks) && word->kind != TOK_WHERE && word->kind != TOK_IF) return false;
  while (arrow <= last && arrow->kind != TOK_ARROW) arrow++;
  if (arrow == word + 1) return false;
  m->at = places(m, m->first, arrow - 1);
  const char *of = singular(m, quote(m->px, rows));
  return tell(m, V0114, "a rule begins with its word and its name",
              words(m, "write: rule %s_at_risk for %s, and below it: when %s", of, of,
                    written_here(m, word + 1, arrow)));
}

const mistake_pattern branch_patterns[] = {
    rule_as_loop,          choice_of_team, choice_of_priority, else_if, else_of_a_rule,
    remark_in_parentheses, left_out,       due_behind_a_word,  NULL,
};
