/* Syntax errors in the reader's words. In: the unexpected token, its neighbours, what would have
 * been right. Out: one message that says what to change. The first pattern that fits speaks; the
 * last one always fits. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "parse.h"
#include "syntax/mistake.h"
#include "syntax/parse_file.h"
#include "syntax/words.h"
#include "syntax/yaml_keys.h"

const char *quote(struct parse_state *px, const struct token *t) {
  uint32_t n = t->end - t->at;
  return arena_strndup(px->arena, px->words->src->text + t->at, n > 60 ? 60 : n);
}

bool expects(const struct mistake *m, int kind) {
  for (int i = 0; i < m->expected->n; i++)
    if (m->expected->kind[i] == kind) return true;
  return false;
}

bool word_is(const struct token *t, const char *w) {
  return t && t->name && t->kind != TOK_STRING && strcmp(t->name, w) == 0;
}

bool said_one_of(const struct token *t, const char *const *list) {
  for (; t->name && t->kind != TOK_STRING && *list; list++)
    if (strcasecmp(t->name, *list) == 0) return true;
  return false;
}

bool ends_clause(const struct token *t) { return t->kind == TOK_NEWLINE || t->kind == 0; }

const struct token *closer_of(const struct token *open) {
  int depth = 0;
  for (const struct token *t = open; !ends_clause(t); t++) {
    depth += t->kind == TOK_LPAREN ? 1 : t->kind == TOK_RPAREN ? -1 : 0;
    if (depth == 0) return t;
  }
  return NULL;
}

bool is_move(int k) { return k == TOK_DROP || k == TOK_RISE || k == TOK_CHANGE; }

bool tell(struct mistake *m, enum diag_code code, const char *message, const char *help) {
  struct diag *d = diag_add(m->px->diags, code, m->at, "%s", message);
  if (help) diag_help(m->px->diags, d, "%s", help);
  return true;
}

bool tell_loose(struct mistake *m, enum diag_code code, const char *message, const char *help,
                struct loose_words w) {
  struct diag *d = diag_add(m->px->diags, code, m->at, "%s", message);
  diag_help(m->px->diags, d, "%s", help);
  w.said = d;
  if (d) VEC_PUSH(m->px->arena, &m->px->ast->loose, w);
  return true;
}

const struct token *last_of_clause(const struct token *t) {
  while (!ends_clause(t) && !ends_clause(t + 1)) t++;
  return t;
}

const char *singular(struct mistake *m, const char *name) {
  size_t n = strlen(name);
  if (n > 4 && strcmp(name + n - 3, "ies") == 0) return words(m, "%.*sy", (int)n - 3, name);
  return n > 2 && name[n - 1] == 's' ? words(m, "%.*s", (int)n - 1, name) : name;
}

const char *words(struct mistake *m, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  const char *text = arena_vprintf(m->px->arena, fmt, ap);
  va_end(ap);
  return text;
}

struct span place(const struct mistake *m, const struct token *t) {
  return token_span(m->px->words, t);
}
struct span places(const struct mistake *m, const struct token *a, const struct token *b) {
  return span_join(place(m, a), place(m, b));
}

const char *source_between(struct mistake *m, const struct token *from, const struct token *to) {
  return from < to ? span_text(m->px->arena, places(m, from, to - 1)) : "";
}

/* Which header `équipe Onboarding` is meant to be; CLAUSE_KINDS: none. */
static enum clause_kind header_of_another_language(const struct parse_state *px,
                                                   const struct clause *c) {
  const char *text = c->span.src->text + c->span.at;
  const char *word = english_word(arena_strndup(px->arena, text, strcspn(text, " \t\r\n")));
  for (int k = 0; word && k < CLAUSE_KINDS; k++) {
    const char *own = clause_word((enum clause_kind)k);
    if (clause_is_head((enum clause_kind)k) && own && strcmp(own, word) == 0)
      return (enum clause_kind)k;
  }
  return CLAUSE_KINDS;
}

/* The header that the clause is, or is meant to be; CLAUSE_KINDS: it is none. */
static enum clause_kind header_of(const struct parse_state *px, const struct clause *c) {
  bool broken = c->kind == C_BROKEN && is_header_keyword(c->word_count);
  enum clause_kind k = broken ? clause_of_keyword(c->word_count) : c->kind;
  if (clause_is_head(k)) return k;
  return c->kind == C_BROKEN ? header_of_another_language(px, c) : CLAUSE_KINDS;
}

enum clause_kind head_above(struct parse_state *px) {
  if (!px->heads_seen) px->head = CLAUSE_KINDS;
  for (; px->heads_seen < px->ast->clauses.n; px->heads_seen++) {
    enum clause_kind k = header_of(px, px->ast->clauses.v[px->heads_seen]);
    if (k != CLAUSE_KINDS) px->head = k;
  }
  return px->head;
}

/* ---- the message for everything else -------------------------------------------------- */

/* Where a length stands, the name of a threshold may: that goes without saying. */
static bool only_a_length(const struct mistake *m) {
  return expects(m, TOK_DURATION) && expects(m, TOK_NAME) && !expects(m, TOK_LPAREN) &&
         !expects(m, TOK_NUMBER) && !expects(m, TOK_STRING);
}

/* What would have been right, in at most six words that a reader knows; how many there are comes
 * back. */
static int list_expected(const struct mistake *m, char *out, size_t size) {
  static const struct {
    int kind;
    const char *as;
  } groups[] = {{TOK_LPAREN, "a value"},
                {TOK_NAME, "a name"},
                {TOK_STRING, "a quoted text"},
                {TOK_NUMBER, "a number"},
                {TOK_DURATION, "a duration such as 30d"},
                {TOK_DATE, "a date"},
                {TOK_EQ, "`=`"},
                {TOK_ARROW, "`->`"},
                {TOK_GT, "a comparison"},
                {TOK_AND, "`and` or `or`"},
                {TOK_PLUS, "`+ - * /`"},
                {TOK_OVER, "`over`"},
                {TOK_OF, "`of`"},
                {TOK_BY, "`by`"},
                {TOK_FROM, "`from`"},
                {TOK_COMMA, "a comma"},
                {TOK_RPAREN, "`)`"},
                {TOK_THEN, "`then`"},
                {TOK_IF_ELSE, "`else`"},
                {TOK_AGO, "`ago`"},
                {TOK_WHERE, "`where`"},
                {TOK_AFTER, "`after`"},
                {TOK_THAN, "`than`"},
                {TOK_UNIT, "week, month, quarter or year"},
                {TOK_ASSIGN, "`assign`"},
                {TOK_DUE, "`due`"},
                {TOK_ACT_DO, "`do`"},
                {TOK_ACT_PRIORITY, "`priority`"},
                {TOK_ACT_WORTH, "`worth`"},
                {TOK_UNKNOWN, "`unknown`"},
                {TOK_MONTH_DAY, "a month and day such as 04-01"},
                {TOK_EVERY, "`every`"},
                {TOK_NEWLINE, "the end of the line"}};
  bool value = expects(m, TOK_LPAREN) && expects(m, TOK_NUMBER);
  bool length = only_a_length(m);
  int shown = 0;
  *out = 0;
  for (size_t i = 0; i < sizeof groups / sizeof *groups && shown < 6; i++) {
    int k = groups[i].kind;
    if (!expects(m, k) || (length && k == TOK_NAME)) continue;
    if (value &&
        (k == TOK_NAME || k == TOK_STRING || k == TOK_NUMBER || k == TOK_DURATION || k == TOK_DATE))
      continue;
    if (shown++) strncat(out, ", ", size - strlen(out) - 1);
    strncat(out, !value && k == TOK_LPAREN ? "`(`" : groups[i].as, size - strlen(out) - 1);
  }
  return shown;
}

/* A clause that belongs under another header: how it is written there would mislead. */
static bool misplaced(struct mistake *m) {
  enum clause_kind head = head_above(m->px), clause = clause_of_keyword(m->first->kind);
  if (head == CLAUSE_KINDS || clause == CLAUSE_KINDS) return false;
  if (clause_is_head(clause) || clause_fits(clause, head)) return false;
  if (!clause_word(head)) return false;
  m->at = place(m, m->first);
  const char *column = m->first[1].kind == TOK_STRING ? quote(m->px, &m->first[1]) : NULL;
  if (clause == C_FROM && head == C_ENTITY && column) {
    m->at = places(m, m->first, last_of_clause(m->first));
    const char *line = span_text(m->px->arena, m->at);
    return tell(m, V0116, "`from` alone does not say what begins that day",
                words(m, "write: exists %s; or for a flag: active %s", line, line));
  }
  return tell(
      m, V0116,
      words(m, "`%s` says nothing about the %s above it", clause_word(clause), clause_word(head)),
      words(m, "write it under the line of %s", clause_places(clause, m->px->arena)));
}

static bool generic(struct mistake *m) {
  char list[256];
  int n = list_expected(m, list, sizeof list);
  const char *form = clause_example(m->first->kind), *text = quote(m->px, m->t);
  const char *help = form    ? words(m, "it is written like this: %s", form)
                     : *list ? words(m, "what may stand here: %s", list)
                             : NULL;
  if (ends_clause(m->t))
    return tell(m, V0114,
                n == 1 && *list == '`' ? words(m, "%s is missing at the end of this line", list)
                                       : "this line stops too early",
                help);
  if (n == 1 && *list == '`')
    return tell(m, V0114, words(m, "%s is missing before `%s`", list, text), help);
  if (n == 1 && expects(m, TOK_NEWLINE))
    return tell(m, V0114, words(m, "nothing may follow here, and `%s` does", text),
                form ? help : "end the line before it");
  if (n == 1)
    return tell(m, V0114, words(m, "`%s` stands where %s is needed", text, list),
                form ? help : NULL);
  return tell(m, V0114, words(m, "`%s` does not fit here", text),
              help ? help : words(m, "a sign or a word is missing before `%s`", text));
}

/* A name after a value may begin `mrr span ago`, so the parser stumbles only over what follows;
 * the slip is the name. */
static void step_back(struct mistake *m) {
  static const struct expected_words nothing;
  bool only_ago = m->expected->n == 1 && m->expected->kind[0] == TOK_AGO;
  if (!only_ago || !m->prev || m->prev->kind != TOK_NAME || m->prev == m->first) return;
  m->next = m->t;
  m->t = m->prev;
  m->prev = m->t - 1;
  m->expected = &nothing;
}

/* The clause stumbles over a sign that was reported: that is the same slip. */
static bool sign_was_told(const struct parse_state *px) {
  const struct token *list = px->words->list.v;
  for (size_t i = px->clause_at; i <= px->at + 1 && i < px->words->list.n; i++) {
    if (list[i].kind == TOK_BROKEN) return true;
    if (list[i].kind == TOK_NEWLINE && i >= px->at) return false;
  }
  return false;
}

static bool ask(struct mistake *m, const mistake_pattern *patterns) {
  for (; *patterns; patterns++)
    if ((*patterns)(m)) return true;
  return false;
}

/* Of two files whose patterns fit, the first speaks. */
static bool ask_all(struct mistake *m) {
  const mistake_pattern *const files[] = {
      check_patterns, speech_patterns, joint_patterns,  form_patterns, sql_patterns,
      call_patterns,  branch_patterns, day_patterns,    row_patterns,  line_patterns,
      prose_patterns, action_patterns, clause_patterns, value_patterns};
  for (size_t i = 0; i < sizeof files / sizeof *files; i++)
    if (ask(m, files[i])) return true;
  return false;
}

void parsing_mistake(struct parse_state *px, const struct expected_words *expected) {
  if (px->clause_wrong) return;
  px->clause_wrong = true;
  if (px->clause_at < px->told_to) return;
  const struct token *list = px->words->list.v;
  if (keyed_line_at(px->words->src, list[px->clause_at].at)) return;
  if (sign_was_told(px)) return;
  struct mistake m = {
      .px = px, .expected = expected, .t = &list[px->at], .first = &list[px->clause_at]};
  m.prev = px->at > px->clause_at ? m.t - 1 : NULL;
  m.next = px->at + 1 < px->words->list.n ? m.t + 1 : m.t;
  step_back(&m);
  m.at = place(&m, m.t);
  if (ends_clause(m.t) && m.prev) { /* point at the end of what is there, not at the next line */
    m.at = place(&m, m.prev);
    m.at.at = m.at.end > m.at.at ? m.at.end - 1 : m.at.at;
    while (m.at.at > 0 && ((unsigned char)px->words->src->text[m.at.at] & 0xC0) == 0x80) m.at.at--;
  }
  if (!ask_all(&m) && !misplaced(&m)) generic(&m);
}

void parsing_too_deep(struct parse_state *px, struct span at) {
  struct diag *d = diag_add(px->diags, V0111, at, "this formula is nested too deep");
  diag_help(px->diags, d, "give its parts names with `kpi`, `segment` or a computed attribute");
}
