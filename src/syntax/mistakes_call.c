/* Calls and questions of programming languages and of SQL: assign(CS, due=7), health.drop(30d),
 * exists (ticket where …), sum by (plan). In: the unexpected token and its neighbours. Out: the
 * line as it is written here, made of what its author wrote. */
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "parse.h"
#include "syntax/habits.h"
#include "syntax/mistake.h"

/* ---- actions -------------------------------------------------------------------------- */

/* assign(CS, due=7, priority="high") */
static bool assign_as_call(struct mistake *m) {
  const struct token *open = word_is(m->t, "assign") ? m->next : m->t;
  while (open > m->first && m->t - open < 4 && open->kind != TOK_LPAREN) open--;
  if (open->kind != TOK_LPAREN || open == m->first || !word_is(open - 1, "assign")) return false;
  const struct token *close = closer_of(open);
  const char *out = "";
  if (!close) return false;
  for (const struct token *t = open + 1; t < close; t++) {
    if (t->kind == TOK_EQ) continue;
    bool day =
        t->kind == TOK_NUMBER && t - open > 2 && (word_is(t - 1, "due") || word_is(t - 2, "due"));
    const char *text = span_text(m->px->arena, place(m, t));
    if (t->kind == TOK_STRING && !strchr(t->name, ' ') && !word_is(t - 2, "do")) text = t->name;
    out = words(m, "%s%s%s%s", out, *out && t->kind != TOK_COMMA ? " " : "", text, day ? "d" : "");
  }
  const struct token *arrow =
      open - 2 >= m->first && open[-2].kind == TOK_ARROW ? open - 2 : open - 1;
  m->at = places(m, arrow, close);
  return tell(m, V0114, "an action is written without parentheses",
              words(m, "write: -> assign %s", out));
}

/* account.health.drop(30d) > 10 */
static bool movement_as_call(struct mistake *m) {
  const struct token *name = m->t - 2, *open = m->t + 1;
  if (!is_move(m->t->kind) || !m->prev || m->prev->kind != TOK_DOT || name < m->first ||
      name->kind != TOK_NAME)
    return false;
  const char *word = quote(m->px, m->t), *what = quote(m->px, name);
  const struct token *close = open->kind == TOK_LPAREN ? closer_of(open) : NULL;
  while (name - 2 >= m->first && name[-1].kind == TOK_DOT) name -= 2;
  m->at = places(m, name, close ? close : m->t);
  bool length = close == open + 2 && open[1].kind == TOK_DURATION;
  return tell(m, V0106, words(m, "`%s` stands after what it is about, without a dot", word),
              length ? words(m, "write: %s %s over %s", what, word, quote(m->px, open + 1))
                     : words(m, "write: %s %s", what, word));
}

/* ---- rows ----------------------------------------------------------------------------- */

/* exists (ticket where active): there is one; not exists: there is none. */
static bool exists_rows(struct mistake *m) {
  static const char *const any[] = {"exists", "any", "some", "existe"};
  const struct token *word = m->t, *end;
  bool said = false;
  for (; !said && word >= m->first && m->t - word < 4; word--)
    for (size_t i = 0; i < sizeof any / sizeof *any; i++) said |= word_is(word, any[i]);
  if (!said) return false;
  word++;
  const struct token *open = word[1].kind == TOK_LPAREN ? word + 1 : NULL,
                     *rows = open ? open + 1 : word + 1;
  if (rows->kind != TOK_NAME || rows[1].kind == TOK_RPAREN) return false;
  if (strcasecmp(quote(m->px, rows), "select") == 0)
    for (; !ends_clause(rows) && rows[-1].kind != TOK_FROM && !word_is(rows - 1, "from"); rows++) {
    }
  if (open && !(end = closer_of(open))) return false;
  for (end = open ? end : rows; !open && !ends_clause(end) && end->kind != TOK_ARROW;) end++;
  if (ends_clause(rows) || rows >= end) return false;
  bool denied = word > m->first && word[-1].kind == TOK_NOT;
  m->at = places(m, denied ? word - 1 : word, open ? end : end - 1);
  diags_drop_inside(m->px->diags, V0107, m->at);
  return tell(m, V0106, words(m, "whether there are rows is asked with their number"),
              words(m, "write: (count of %s%s) %s 0", singular(m, quote(m->px, rows)),
                    rows + 1 < end ? words(m, " %s", written_here(m, rows + 1, end)) : "",
                    denied ? "=" : ">"));
}

/* account join ticket where ticket.urgency is "Urgent" */
static bool joined_rows(struct mistake *m) {
  static const char *const kinds[] = {"inner", "left", "right", "outer", "cross", NULL};
  const struct token *join = word_is(m->t, "join") ? m->t : m->next;
  if (m->prev && word_is(m->prev, "join")) join = m->prev;
  if (!word_is(join, "join") || join == m->first || join[1].kind != TOK_NAME) return false;
  const struct token *rows = join + 1, *where = rows, *from = join, *last = last_of_clause(join);
  for (size_t i = 0; kinds[i]; i++)
    if (word_is(from - 1, kinds[i])) from--;
  while (!ends_clause(where) && where->kind != TOK_WHERE) where++;
  const char *asks = "";
  for (const struct token *t = where; t <= last && !ends_clause(t); t++) {
    bool path = t->kind == TOK_NAME && word_is(rows, t->name) && t[1].kind == TOK_DOT;
    if (path) t++;
    if (!path) asks = words(m, "%s %s", asks, span_text(m->px->arena, place(m, t)));
  }
  m->at = places(m, from, last);
  if (!*asks)
    return tell(m, V0106, "tables are joined by `belongs to`, where they are declared",
                words(m, "remove it; what the other table says is reached by its name: %s.plan",
                      singular(m, quote(m->px, rows))));
  return tell(m, V0106, "tables are joined by `belongs to`, where they are declared",
              words(m, "write: where (count of %s%s) > 0", singular(m, quote(m->px, rows)), asks));
}

/* sum by (plan) of mrr over account; sum(mrr) by (plan) */
static bool split_in_parentheses(struct mistake *m) {
  const struct token *by = m->t, *eq = m->first;
  while (by > m->first && m->t - by < 4 && by->kind != TOK_BY && !word_is(by, "by")) by--;
  if (by->kind != TOK_BY && !word_is(by, "by")) return false;
  if (m->first->kind != TOK_K_KPI || by[1].kind != TOK_LPAREN || by[2].kind != TOK_NAME)
    return false;
  const struct token *close = closer_of(by + 1);
  while (eq < by && eq->kind != TOK_EQ) eq++;
  if (!close || eq == by) return false;
  const struct token *rest = close + 1, *last = last_of_clause(by) + 1;
  m->at = places(m, m->first, last - 1);
  const char *fn = aggregate_word(quote(m->px, by - 1));
  bool metric = fn && by == eq + 2 && rest->kind == TOK_LPAREN && rest[1].kind == TOK_NAME &&
                closer_of(rest) == last - 1;
  if (metric) /* avg by (plan) (health) */
    return tell(m, V0114, "the split stands before `=`",
                words(m, "write: kpi %s by %s = %s of %s over account", quote(m->px, m->first + 1),
                      source_between(m, by + 2, close), fn, source_between(m, rest + 1, last - 1)));
  return tell(m, V0114, "the split stands before `=`",
              words(m, "write: kpi %s by %s = %s%s%s", quote(m->px, m->first + 1),
                    source_between(m, by + 2, close), source_between(m, eq + 1, by),
                    ends_clause(rest) ? "" : " ", source_between(m, rest, last)));
}

/* count distinct account over subscription */
static bool distinct_without_of(struct mistake *m) {
  const struct token *t = m->t;
  while (t > m->first && m->t - t < 2 && !word_is(t, "distinct")) t--;
  bool counts = word_is(t, "distinct") && t > m->first &&
                (t[-1].kind == TOK_COUNT || word_is(t - 1, "count"));
  if (!counts || t[1].kind != TOK_NAME) return false;
  m->at = places(m, t - 1, t + 1);
  return tell(m, V0114, "`of` is missing after `distinct`",
              words(m, "write: count distinct of %s", quote(m->px, t + 1)));
}

/* count(distinct account) from subscription where active */
static bool count_distinct(struct mistake *m) {
  const struct token *t = m->first;
  while (!ends_clause(t) && !(strcasecmp(quote(m->px, t), "distinct") == 0 && t > m->first &&
                              (t[-1].kind == TOK_LPAREN || t[-1].kind == TOK_COUNT)))
    t++;
  if (ends_clause(t) || t < m->first + 2) return false;
  const struct token *open = t[-1].kind == TOK_LPAREN ? t - 1 : NULL,
                     *count = open ? open - 1 : t - 1;
  const struct token *close = open ? closer_of(open) : NULL;
  if (!open || !close || strcasecmp(quote(m->px, count), "count") != 0 || close <= t + 1)
    return false;
  const char *what = source_between(m, t + 1, close);
  bool from = strcasecmp(quote(m->px, close + 1), "from") == 0 || close[1].kind == TOK_OVER;
  const struct token *last = from ? last_of_clause(close) : close, *begins = count;
  if (count > m->first && strcasecmp(quote(m->px, count - 1), "select") == 0) begins = count - 1;
  m->at = places(m, begins, last);
  return tell(m, V0114, "an aggregate is written with `of` and `over`",
              from ? words(m, "write: count distinct of %s over %s", what,
                           source_between(m, close + 2, last + 1))
                   : words(m, "write: count distinct of %s over ENTITY", what));
}

/* extract(month from renewal) */
static bool part_of_date(struct mistake *m) {
  const struct token *t = m->t;
  while (t > m->first && m->t - t < 4 && strcasecmp(quote(m->px, t), "extract") != 0) t--;
  if (strcasecmp(quote(m->px, t), "extract") != 0 || t[1].kind != TOK_LPAREN) return false;
  const struct token *unit = t + 2, *close = closer_of(t + 1);
  if (!close || close < unit + 3) return false;
  const char *what = source_between(m, unit + 2, close), *word = quote(m->px, unit);
  m->at = places(m, t, close);
  return tell(m, V0106, "a part of a date is named by `of`",
              words(m, "write: %s of %s; it names its year too, as in \"2026-12\"", word, what));
}

/* by date_trunc('month', closed), trunc(closed, 'month'), month(closed): months as groups. */
static bool period_as_call(struct mistake *m) {
  static const char *const units[] = {"week", "month", "quarter", "year", NULL};
  const struct token *t = m->t, *close, *unit = NULL, *what = NULL;
  while (t > m->first && m->t - t < 3 && t[1].kind != TOK_LPAREN) t--;
  if (t <= m->first || t->kind != TOK_NAME || t[1].kind != TOK_LPAREN) return false;
  if (t[-1].kind != TOK_BY && t[-1].kind != TOK_COMMA) return false;
  if (!(close = closer_of(t + 1))) return false;
  if (said_one_of(t, units)) unit = t;
  for (const struct token *k = t + 2; k < close; k++) {
    bool names = false;
    for (size_t i = 0; k->name && units[i]; i++) names |= strcasecmp(k->name, units[i]) == 0;
    if (names && !unit)
      unit = k;
    else if (k->kind == TOK_NAME)
      what = k;
  }
  if (!unit || !what) return false;
  const struct token *path = what;
  while (path - 2 > t && path[-1].kind == TOK_DOT) path -= 2;
  m->at = places(m, t, close);
  diags_drop_inside(m->px->diags, V0107, m->at);
  return tell(m, V0106, "the month of a day is named by `of`",
              words(m, "write: %s of %s", text_lower(m->px->arena, unit->name),
                    source_between(m, path, what + 1)));
}

/* name varchar(80) "full_name" */
static bool type_with_size(struct mistake *m) {
  static const struct {
    const char *word, *type;
  } types[] = {
      {"varchar", "text"}, {"char", "text"},      {"nvarchar", "text"},  {"string", "text"},
      {"text", "text"},    {"decimal", "number"}, {"numeric", "number"}, {"number", "number"},
      {"float", "number"}, {"int", "count"},      {"integer", "count"},  {"bigint", "count"},
      {"money", "money"},  {"double", "number"},  {"timestamp", "date"}, {"datetime", "date"}};
  const struct token *type = m->first + 1, *open = m->first + 2;
  if (head_above(m->px) != C_ENTITY || ends_clause(type) || ends_clause(open)) return false;
  const struct token *close = open->kind == TOK_LPAREN ? closer_of(open) : NULL;
  if (!close || !type->name) return false;
  for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
    if (strcasecmp(type->name, types[i].word) != 0) continue;
    const struct token *column = close + 1;
    m->at = places(m, m->first, last_of_clause(m->first));
    return tell(m, V0402, words(m, "a type has no size: `%s`", source_between(m, type, close + 1)),
                column->kind == TOK_STRING ? words(m, "write: %s %s %s", quote(m->px, m->first),
                                                   types[i].type, quote(m->px, column))
                                           : words(m, "write: %s %s \"%s\"", quote(m->px, m->first),
                                                   types[i].type, quote(m->px, m->first)));
  }
  return false;
}

const mistake_pattern call_patterns[] = {
    distinct_without_of,  assign_as_call, movement_as_call,
    exists_rows,          joined_rows,    count_distinct,
    split_in_parentheses, type_with_size, part_of_date,
    period_as_call,       NULL,
};
