/* Questions of databases inside a condition or a formula: a subquery, a window, a query with a
 * name, a cast, an interval. In: the unexpected token and its neighbours. Out: the same in words of
 * rule files, made of what its author wrote. */
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "parse.h"
#include "syntax/habits.h"
#include "syntax/mistake.h"
#include "syntax/parse_file.h"

static bool said(struct mistake *m, const struct token *t, const char *word) {
  return !ends_clause(t) && t->kind != TOK_STRING && strcasecmp(quote(m->px, t), word) == 0;
}

/* The first such word of the clause that m->t does not stand before by more than `far` tokens. */
static const struct token *word_in_clause(struct mistake *m, const char *word, int far) {
  for (const struct token *t = m->first; !ends_clause(t) && t <= m->t + far; t++)
    if (said(m, t, word)) return t;
  return NULL;
}

/* What a question of SQL asks: select fn(what) from rows where condition. */
struct query {
  const char *fn, *what, *rows,
      *where; /* fn, where: NULL when there is none; what: "" of count(*) */
};

static const char *aggregate_said(struct mistake *m, const struct token *t) {
  const char *word = text_lower(m->px->arena, quote(m->px, t)), *fn = aggregate_word(word);
  return strcmp(word, "average") == 0 ? "avg" : fn;
}

/* The question from `select` up to, not with, `end`; false: it is another. */
static bool read_query(struct mistake *m, const struct token *select, const struct token *end,
                       struct query *out) {
  const struct token *from = select + 1, *what = from, *close, *where;
  *out = (struct query){0};
  if (said(m, what, "distinct")) what++;
  while (from < end && !said(m, from, "from")) from++;
  if (from + 1 >= end || from[1].kind != TOK_NAME) return false;
  out->rows = singular(m, quote(m->px, from + 1));
  out->what = source_between(m, what, from);
  bool call = what[1].kind == TOK_LPAREN && (close = closer_of(what + 1)) && close < from;
  if (call) out->fn = aggregate_said(m, what), out->what = source_between(m, what + 2, close);
  if (call && !out->fn) return false;
  for (where = from + 2; where < end && !said(m, where, "where");) where++;
  if (where + 1 < end) out->where = written_here(m, where + 1, end);
  return true;
}

const char *rows_here(struct mistake *m) {
  const struct ast *ast = m->px->ast;
  bool own = m->first->kind == TOK_K_KPI || m->first->kind == TOK_K_SEGMENT;
  if (own && m->first[2].kind == TOK_OF) return quote(m->px, m->first + 3);
  if (own) return "";
  for (size_t i = ast->clauses.n; i-- > 0;)
    if (clause_is_head(ast->clauses.v[i]->kind))
      return ast->clauses.v[i]->of ? ast->clauses.v[i]->of : "";
  return "";
}

/* mrr > (select avg(mrr) from account); account_id in (select account_id from ticket where …) */
static bool subquery(struct mistake *m) {
  const struct token *select = word_in_clause(m, "select", 4), *open, *close, *from;
  struct query q;
  if (!select || select <= m->first || select[-1].kind != TOK_LPAREN) return false;
  open = select - 1;
  close = closer_of(open);
  if (!close || !read_query(m, select, close, &q)) return false;
  const char *where = q.where ? words(m, " where %s", q.where) : "";
  if (q.fn) {
    bool rows = strcmp(q.fn, "count") == 0, all = strcmp(q.rows, rows_here(m)) == 0;
    m->at = places(m, open, close);
    return tell(m, V0106, "a number of many rows is an aggregate, and no question of its own",
                words(m, "write: (%s of %s%s%s%s%s)", q.fn, rows ? "" : q.what,
                      rows ? "" : " over ", q.rows, where, all ? " for all" : ""));
  }
  bool in = open > m->first && (open[-1].kind == TOK_IN || said(m, open - 1, "in"));
  if (!in) return false;
  from = open - 2;
  bool denied = from > m->first && (from->kind == TOK_NOT || said(m, from, "not"));
  if (denied) from--;
  while (from - 2 >= m->first && from[-1].kind == TOK_DOT) from -= 2;
  if (from < m->first || from->kind != TOK_NAME) return false;
  m->at = places(m, from, close);
  return tell(m, V0106, "whether there are rows is asked with their number",
              words(m, "write: (count of %s%s) %s 0", q.rows, where, denied ? "=" : ">"));
}

/* fn(…) over (…): its name, the end of its arguments, `over` and the end of the window. */
struct window {
  const struct token *fn, *close, *over, *end;
};

/* The window that m->t stands in or right behind; false: none. */
static bool find_window(struct mistake *m, struct window *w) {
  for (const struct token *t = m->first; !ends_clause(t); t++) {
    const struct token *close = t[1].kind == TOK_LPAREN ? closer_of(t + 1) : NULL;
    if (!close || !said(m, close + 1, "over") || close[2].kind != TOK_LPAREN) continue;
    *w = (struct window){t, close, close + 1, closer_of(close + 2)};
    return w->end && w->over <= m->t + 2 && m->t <= w->over + 4;
  }
  return false;
}

#define PLACE_AMONG_ALL \
  "compare with a place among all: mrr >= (percentile 90 of mrr over account for all)"
static const struct {
  const char *fn, *help;
} ranks[] = {{"row_number",
              "how many items a rule may have open says, on a line of its own: at "
              "most 10 open; which come first says: worth arr"},
             {"rank", PLACE_AMONG_ALL},
             {"dense_rank", PLACE_AMONG_ALL},
             {"ntile", PLACE_AMONG_ALL},
             {"percent_rank", PLACE_AMONG_ALL},
             {"lead", "what comes later is not known; a past value is written (mrr 1mo ago)"}};

/* What says the same as the window; NULL: its function is another. */
static const char *without_window(struct mistake *m, const struct window *w, const char *name) {
  const char *fn = aggregate_said(m, w->fn), *what = source_between(m, w->fn + 2, w->close);
  const struct token *by = w->over + 2;
  for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++)
    if (strcmp(ranks[i].fn, name) == 0) return ranks[i].help;
  bool past = strcmp(name, "lag") == 0 || strcmp(name, "first_value") == 0;
  if (past && w->fn[2].kind == TOK_NAME)
    return words(m, "write: (%s 1mo ago)", quote(m->px, w->fn + 2));
  if (!fn || !*what) return NULL;
  while (by < w->end && !said(m, by, "partition")) by++;
  bool split = by + 2 < w->end && by[2].kind == TOK_NAME;
  return words(m, "a KPI of its own says it, and its name stands here: kpi of_group%s%s = %s of %s",
               split ? " by " : "", split ? quote(m->px, by + 2) : "", fn,
               strcmp(fn, "count") == 0 ? "account" : words(m, "%s over account", what));
}

/* row_number() over (partition by plan order by mrr desc) */
static bool window_call(struct mistake *m) {
  struct window w;
  if (!find_window(m, &w)) return false;
  const char *name = text_lower(m->px->arena, quote(m->px, w.fn));
  const char *help = without_window(m, &w, name);
  m->at = places(m, w.fn, w.end);
  return help &&
         tell(m, V0106, words(m, "`%s` over a window is nothing that rule files have", name), help);
}

/* Behind the words of `create or replace temporary view`; NULL: something else is created. */
static const struct token *behind_create(struct mistake *m) {
  static const char *const kinds[] = {"or",   "replace",      "temp",  "temporary",
                                      "view", "materialized", "table", NULL};
  const struct token *t = m->first + 1;
  if (!said(m, m->first, "create")) return NULL;
  while (!ends_clause(t) && (t->kind == TOK_OR || said_one_of(t, kinds))) t++;
  return ends_clause(t) ? NULL : t;
}

/* with big as (select * from account where mrr > 5k), and the question below it; create view big
 * as select … */
static bool query_with_a_name(struct mistake *m) {
  const struct token *create = behind_create(m), *name = create ? create : m->first + 1;
  const struct token *open = name + 2, *close, *end;
  struct query q;
  if ((!create && !said(m, m->first, "with")) || ends_clause(name) || !said(m, name + 1, "as"))
    return false;
  bool bare = create && said(m, open, "select");
  if (bare) open--;
  if ((!bare && open->kind != TOK_LPAREN) || !said(m, open + 1, "select")) return false;
  if (!(close = bare ? last_of_clause(open) + 1 : closer_of(open))) return false;
  if (!read_query(m, open + 1, close, &q)) return false;
  if (bare) close--;
  const char *where = q.where ? words(m, " where %s", q.where) : "", *called = quote(m->px, name);
  m->at = places(m, m->first, close);
  for (end = close + 1; end->kind == TOK_NEWLINE && said(m, end + 1, "select");)
    for (end++; !ends_clause(end);) end++;
  const char *below = end > close + 1 ? ", in place of the lines below it" : "";
  m->px->told_to = (size_t)(end - m->px->words->list.v);
  if (q.fn)
    return tell(m, V0106, "a question with a name is a KPI",
                words(m, "write: kpi %s = %s of %s%s%s%s%s", called, q.fn,
                      strcmp(q.fn, "count") == 0 ? "" : q.what,
                      strcmp(q.fn, "count") == 0 ? "" : " over ", q.rows, where, below));
  return tell(
      m, V0106, "rows with a name are a segment",
      words(m, "write: segment %s of %s%s%s", called, q.rows, q.where ? where : " where …", below));
}

/* create table account ( account_id text primary key, … ); */
static bool table_created(struct mistake *m) {
  const struct token *name = behind_create(m), *close;
  if (!name || name->kind != TOK_NAME || ends_clause(name + 1)) return false;
  if (name[1].kind != TOK_LPAREN || name[2].kind != TOK_NAME) return false;
  close = closer_of(name + 1);
  const char *table = quote(m->px, name);
  m->at = places(m, m->first, close ? close : name + 1);
  m->at.end += m->px->words->src->text[m->at.end] == ';';
  diags_drop_inside(m->px->diags, V0104, m->at);
  return tell(m, V0106, "what a table means is said by an entity, and its columns below it",
              words(m,
                    "write: entity %s from \"%s\", below it: key \"%s\", and a line for each "
                    "further column: name text \"name\"",
                    singular(m, table), table, quote(m->px, name + 2)));
}

/* update account set …, delete from account, insert into account … */
static bool data_changed(struct mistake *m) {
  static const char *const changes[][2] = {
      {"update", NULL},  {"delete", "from"}, {"insert", "into"}, {"alter", "table"},
      {"drop", "table"}, {"truncate", NULL}, {"merge", "into"}};
  const struct token *second = m->first + 1;
  if (ends_clause(second) || ends_clause(second + 1)) return false;
  for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
    const char *word = changes[i][1];
    if (!said(m, m->first, changes[i][0])) continue;
    if (word ? !said(m, second, word) : second->kind != TOK_NAME || !said(m, second + 1, "set"))
      continue;
    m->at = places(m, m->first, last_of_clause(m->first));
    m->at.end += m->px->words->src->text[m->at.end] == ';';
    diags_drop_inside(m->px->diags, V0104, m->at);
    diags_drop_inside(m->px->diags, V0107, m->at);
    return tell(m, V0106, "rule files change nothing in the data: they ask",
                "leave it out; what is wrong in the data is put right where it is kept");
  }
  return false;
}

/* cast(mrr as int), try_cast(…), convert(int, mrr) */
static bool cast_call(struct mistake *m) {
  static const char *const casts[] = {"cast", "try_cast", "safe_cast", NULL};
  const struct token *t = m->t, *close, *as;
  while (t > m->first && m->t - t < 8 && !said_one_of(t, casts)) t--;
  if (!said_one_of(t, casts) || t[1].kind != TOK_LPAREN || !(close = closer_of(t + 1)))
    return false;
  for (as = t + 2; as < close && !said(m, as, "as");) as++;
  if (as == close || as == t + 2) return false;
  m->at = places(m, t, close);
  return tell(m, V0106, "a value has one type, and is not turned into another",
              words(m, "write: %s", source_between(m, t + 2, as)));
}

/* The beginning of `now()`, `current_date` that ends before t; t: something else does. */
static const struct token *today_before(struct mistake *m, const struct token *t) {
  static const char *const names[] = {"now",  "today",   "current_date", "current_timestamp",
                                      "date", "getdate", "curdate",      NULL};
  const struct token *from = t;
  if (from - 2 > m->first && from[-1].kind == TOK_RPAREN && from[-2].kind == TOK_LPAREN) from -= 2;
  return from > m->first && said_one_of(from - 1, names) ? from - 1 : t;
}

/* DATE_ADD(CURRENT_DATE, INTERVAL 60 DAY), date_sub(renewal, interval '30 days') */
static bool day_moved_by_call(struct mistake *m) {
  static const char *const names[] = {"date_add", "date_sub", "dateadd", "datesub", NULL};
  const struct token *t = m->t, *close, *comma, *end;
  while (t > m->first && m->t - t < 12 && !said_one_of(t, names)) t--;
  if (!said_one_of(t, names) || t[1].kind != TOK_LPAREN || !(close = closer_of(t + 1)))
    return false;
  for (comma = t + 2; comma < close && comma->kind != TOK_COMMA;) comma++;
  if (comma + 1 >= close || !said(m, comma + 1, "interval")) return false;
  const char *length = length_said(m, comma + 2, &end);
  if (!length || end != close) return false;
  bool back = strcasestr(t->name, "sub") != NULL;
  bool today = today_before(m, comma) == t + 2;
  m->at = places(m, t, close);
  return tell(m, V0106, "a day is moved with a sign, without a function",
              words(m, "write: %s %s %s", today ? "today" : source_between(m, t + 2, comma),
                    back ? "-" : "+", length));
}

/* now() - interval 30 day, current_date + interval '60 days' */
static bool interval_of(struct mistake *m) {
  const struct token *t = m->t, *last, *sign, *from;
  while (t > m->first && m->t - t < 3 && !said(m, t, "interval")) t--;
  if (!said(m, t, "interval") || ends_clause(t + 1)) return false;
  const char *number = quote(m->px, t + 1), *unit;
  bool text = t[1].kind == TOK_STRING;
  if (text) number = t[1].name;
  size_t digits = strspn(number, "0123456789");
  unit = number + digits + strspn(number + digits, " ");
  last = text && *unit ? t + 1 : t + 2;
  if (last == t + 2) unit = ends_clause(last) ? "" : quote(m->px, last);
  if (!digits || !unit_sign(unit)) return false;
  sign = t - 1;
  bool moved = sign > m->first && (sign->kind == TOK_MINUS || sign->kind == TOK_PLUS);
  from = moved ? today_before(m, sign) : t;
  bool today = moved && from < sign;
  m->at = places(m, today ? from : t, last);
  return tell(m, V0103, "a length of time is one word, without `interval`",
              words(m, "write: %s%s%.*s%s", today ? "today " : "",
                    today ? words(m, "%s ", quote(m->px, sign)) : "", (int)digits, number,
                    unit_sign(unit)));
}

const mistake_pattern sql_patterns[] = {
    query_with_a_name, table_created,     data_changed, subquery, window_call,
    cast_call,         day_moved_by_call, interval_of,  NULL,
};
