/* Rows and values that are named as in speech: no deal, 3 tickets, sum of usage.events. In: the
 * unexpected token and its neighbours. Out: a message; what a name is, an entity or a value,
 * the parser cannot know, and sema chooses among the helps (struct loose_words). */
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "parse.h"
#include "syntax/habits.h"
#include "syntax/mistake.h"

static bool said(const struct token *t, const char *word) {
  return said_one_of(t, (const char *const[]){word, NULL});
}

static bool begins_part(const struct mistake *m, const struct token *t) {
  if (t == m->first) return true;
  int k = t[-1].kind;
  return k == TOK_AND || k == TOK_OR || k == TOK_NOT || k == TOK_WHERE || k == TOK_IF ||
         k == TOK_K_WHEN || k == TOK_K_CLEAR || k == TOK_K_SETTLED || k == TOK_LPAREN ||
         said(t - 1, "when") || said(t - 1, "and") || said(t - 1, "or");
}

static const struct token *skip(const struct token *t, const char *const *list) {
  while (!ends_clause(t) && said_one_of(t, list)) t++;
  return t;
}

/* " in last 30d" for `in the last 30 days`, `for 30 days`; "" and *end = t: none. */
static const char *span_at(struct mistake *m, const struct token *t, const struct token **end) {
  static const char *const past[] = {"the", "last", "past", "previous", NULL};
  static const char *const within[] = {"within", "during", "for", "since", NULL};
  *end = t;
  if (t->kind != TOK_IN && t->kind != TOK_OVER && t->kind != TOK_WITHIN && t->kind != TOK_FOR &&
      !said_one_of(t, within))
    return "";
  const char *length = length_said(m, skip(t + 1, past), end);
  return length ? words(m, " in last %s", length) : "";
}

/* ---- none, and how many --------------------------------------------------------------- */

/* The `no` of `no deal`, `account has no deal`, `without any deal` at t or before; *from is where
 * the sentence begins. NULL: none. */
static const struct token *denial(const struct mistake *m, const struct token **from) {
  static const char *const none[] = {"no", "without", "zero", NULL};
  static const char *const has[] = {"has", "have", "had", NULL};
  for (const struct token *t = m->t; t >= m->first && m->t - t <= 2; t--) {
    const struct token *no = said_one_of(t, has) && !ends_clause(t + 1) ? t + 1 : t;
    if (!said_one_of(no, none) && no->kind != TOK_NO) continue;
    *from = no;
    if (no > m->first && said_one_of(no - 1, has)) *from = no - 1;
    if (*from<no && * from> m->first && from[0][-1].kind == TOK_NAME) (*from)--;
    return begins_part(m, *from) ? no : NULL;
  }
  return NULL;
}

/* no deal; no open deals in the last 30 days; account has no csm */
static bool none_of_them(struct mistake *m) {
  static const char *const any[] = {"any", "a", "an", "the", "single", NULL};
  const struct token *from, *no = denial(m, &from), *end;
  if (!no) return false;
  const struct token *name = skip(no + 1, any), *which = NULL;
  const struct token *has = no > from ? no - 1 : no;
  if (name->kind != TOK_NAME || told_in_prose(m, has, name)) return false;
  static const char *const there[] = {"assigned", "set",   "found",   "there",   "exists",
                                      "given",    "known", "present", "defined", NULL};
  bool named = name[1].kind == TOK_NAME && !unit_sign(name[1].name);
  if (named && !said_one_of(name + 1, there)) which = name++;
  const struct token *tail = name + 1;
  if (tail->kind == TOK_IS) tail++;
  if (said_one_of(tail, there) || (tail > name + 1 && tail->kind == TOK_KNOWN))
    tail++;
  else
    tail = name + 1;
  const char *span = span_at(m, tail, &end);
  if (!ends_clause(end) && end->kind != TOK_AND && end->kind != TOK_OR && end->kind != TOK_ARROW &&
      end->kind != TOK_RPAREN && !said(end, "and"))
    return false;
  const char *what = quote(m->px, name), *where = which ? " where $2" : "";
  m->at = places(m, from, end - 1);
  const char *text = span_text(m->px->arena, m->at), *one = singular(m, what);
  return tell_loose(
      m, V0106, words(m, "`%s` is written otherwise in rule files", text),
      words(m, "write: (count of %s%s%s%s) = 0", one, span, which ? " where " : "",
            which ? quote(m->px, which) : ""),
      (struct loose_words){.name = what,
                           .second = which ? quote(m->px, which) : NULL,
                           .rows = words(m, "write: (count of $1%s%s) = 0", span, where),
                           .value = which || *span ? NULL : "write: $1 is unknown",
                           .flag = which || *span ? NULL : "write: not $1"});
}

/* has open tickets, account has a ticket, has tickets */
static bool some_of_them(struct mistake *m) {
  static const char *const has[] = {"has", "have", "had", NULL};
  static const char *const any[] = {"any", "a", "an", "some", "one", NULL};
  const struct token *t = m->t, *end, *which = NULL;
  while (t > m->first && m->t - t < 3 && !said_one_of(t, has)) t--;
  if (!said_one_of(t, has) || ends_clause(t + 1)) return false;
  const struct token *from = t > m->first && t[-1].kind == TOK_NAME ? t - 1 : t;
  const struct token *name = skip(t + 1, any);
  if (from > m->first && (from[-1].kind == TOK_NOT || said(from - 1, "not"))) return false;
  if (!begins_part(m, from) || name->kind != TOK_NAME || told_in_prose(m, t, name)) return false;
  if (name[1].kind == TOK_NAME && !unit_sign(name[1].name)) which = name++;
  const char *span = span_at(m, name + 1, &end), *what = quote(m->px, name);
  if (!ends_clause(end) && end->kind != TOK_AND && end->kind != TOK_OR && end->kind != TOK_ARROW &&
      end->kind != TOK_RPAREN)
    return false;
  const char *where = which ? " where $2" : "";
  m->at = places(m, from, end - 1);
  bool value = !which && !*span;
  return tell_loose(
      m, V0106, words(m, "`%s` is written otherwise in rule files", span_text(m->px->arena, m->at)),
      value ? words(m, "write: %s is known", what)
            : words(m, "write: (count of %s%s%s%s) > 0", singular(m, what), span,
                    which ? " where " : "", which ? quote(m->px, which) : ""),
      (struct loose_words){.name = what,
                           .second = which ? quote(m->px, which) : NULL,
                           .rows = words(m, "write: (count of $1%s%s) > 0", span, where),
                           .value = value ? "write: $1 is known" : NULL,
                           .flag = value ? "write: $1" : NULL});
}

static const struct {
  const char *first, *second, *sign;
} amounts[] = {{"at", "least", ">="}, {"more", "than", ">"},  {"greater", "than", ">"},
               {"over", NULL, ">"},   {"fewer", "than", "<"}, {"less", "than", "<"},
               {"at", "most", "<="},  {"under", NULL, "<"},   {"exactly", NULL, "="},
               {"only", NULL, "="}};

/* The sign of `at least` at t, and the number behind it; NULL: t is no such word. */
static const char *amount_at(const struct token *t, const struct token **number) {
  for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
    if (!said(t, amounts[i].first) || ends_clause(t + 1)) continue;
    if (amounts[i].second && !said(t + 1, amounts[i].second)) continue;
    *number = t + (amounts[i].second ? 2 : 1);
    return amounts[i].sign;
  }
  return NULL;
}

/* account has at least 3 tickets; more than 3 open tickets in the last 30 days */
static bool so_many_of_them(struct mistake *m) {
  static const char *const has[] = {"has", "have", "had", "with", "having", NULL};
  const struct token *number = NULL, *from = NULL, *end;
  const char *sign = NULL;
  for (const struct token *t = m->t; !from && t >= m->first && m->t - t <= 2; t--) {
    bool had = said_one_of(t, has);
    const struct token *amount = had ? t + 1 : t;
    number = amount;
    sign = ends_clause(amount) ? NULL : amount_at(amount, &number);
    if (!sign && had) sign = ">=";
    if (!sign || number->kind != TOK_NUMBER) continue;
    from = had && t > m->first && t[-1].kind == TOK_NAME ? t - 1 : t;
    if (!begins_part(m, from)) return false;
  }
  if (!from) return false;
  const struct token *name = number + 1, *which = NULL;
  if (name->kind != TOK_NAME || unit_sign(name->name)) return false;
  if (name[1].kind == TOK_NAME) which = name++;
  const char *span = span_at(m, name + 1, &end), *n = quote(m->px, number);
  const char *what = quote(m->px, name), *where = which ? " where $2" : "";
  m->at = places(m, from, end - 1);
  const char *text = span_text(m->px->arena, m->at);
  return tell_loose(
      m, V0106, words(m, "`%s` is written otherwise in rule files", text),
      words(m, "write: (count of %s%s%s%s) %s %s", singular(m, what), span, which ? " where " : "",
            which ? quote(m->px, which) : "", sign, n),
      (struct loose_words){.name = what,
                           .second = which ? quote(m->px, which) : NULL,
                           .rows = words(m, "write: (count of $1%s%s) %s %s", span, where, sign, n),
                           .value = which || *span ? NULL : words(m, "write: $1 %s %s", sign, n)});
}

/* number of deals is 0, number of tickets in the last 30 days > 3 */
static bool number_of_them(struct mistake *m) {
  static const char *const any[] = {"the",     "all",    "their",    "its",   "associated",
                                    "related", "linked", "existing", "total", NULL};
  const struct token *t = m->t, *end, *which = NULL;
  while (t > m->first && m->t - t < 4 && !said(t, "number")) t--;
  if (!said(t, "number") || t[1].kind != TOK_OF) return false;
  const struct token *name = skip(t + 2, any);
  if (name->kind != TOK_NAME || told_in_prose(m, t, name)) return false;
  static const char *const asks[] = {"with", "having", "whose", "where", "that", "who", NULL};
  if (said_one_of(name + 1, asks) && !ends_clause(name + 2)) {
    const char *rows = quote(m->px, name);
    m->at = places(m, t, name + 1);
    return tell_loose(
        m, V0106,
        words(m, "`%s` is written otherwise in rule files", span_text(m->px->arena, m->at)),
        words(m, "write: count of %s where", singular(m, rows)),
        (struct loose_words){.name = rows, .rows = "write: count of $1 where"});
  }
  if (name[1].kind == TOK_NAME && !unit_sign(name[1].name)) which = name++;
  const char *span = span_at(m, name + 1, &end), *what = quote(m->px, name);
  const char *where = which ? " where $2" : "", *asked = which ? quote(m->px, which) : NULL;
  m->at = places(m, t, end - 1);
  const char *text = span_text(m->px->arena, m->at);
  return tell_loose(m, V0106, words(m, "`%s` is written otherwise in rule files", text),
                    words(m, "write: (count of %s%s%s%s)", singular(m, what), span,
                          which ? " where " : "", which ? asked : ""),
                    (struct loose_words){.name = what,
                                         .second = asked,
                                         .rows = words(m, "write: (count of $1%s%s)", span, where),
                                         .value = which || *span ? NULL : "write: $1"});
}

/* ---- aggregates ----------------------------------------------------------------------- */

static bool ends_sum(const struct token *t) {
  int k = t->kind;
  return ends_clause(t) || k == TOK_AND || k == TOK_OR || k == TOK_ARROW || k == TOK_RPAREN ||
         k == TOK_COMMA || k == TOK_PLUS || k == TOK_MINUS || k == TOK_STAR || k == TOK_SLASH ||
         (k >= TOK_EQ && k <= TOK_GE);
}

/* Where the tail of an aggregate that begins at t ends. Of a condition in it, the last comparison
 * is of the sum, unless the sum is a KPI. */
static const struct token *end_of_sum(const struct mistake *m, const struct token *t) {
  const struct token *compared = NULL;
  while (t->kind != TOK_WHERE && !ends_sum(t)) t++;
  if (t->kind != TOK_WHERE) return t;
  for (; !ends_clause(t) && t->kind != TOK_ARROW && t->kind != TOK_RPAREN; t++)
    if (t->kind >= TOK_EQ && t->kind <= TOK_GE) compared = t;
  return compared && m->first->kind != TOK_K_KPI ? compared : t;
}

/* sum of usage.events in last 30d: the rows stand after `over`. */
static bool sum_of_path(struct mistake *m) {
  const struct token *agg = aggregate_around(m);
  if (!agg || m->t - agg < 5 || agg->kind == TOK_COUNT || agg->kind == TOK_SHARE) return false;
  const struct token *of = agg->kind == TOK_PERCENTILE ? agg + 2 : agg + 1, *end = of + 4;
  if (of->kind != TOK_OF || of[1].kind != TOK_NAME || of[2].kind != TOK_DOT ||
      of[3].kind != TOK_NAME || end > m->t || of[4].kind == TOK_OVER)
    return false;
  const struct token *tail = end;
  end = end_of_sum(m, end);
  bool alone = ends_clause(end) && agg > m->first && agg[-1].kind == TOK_EQ;
  m->at = places(m, agg, end - 1);
  const char *head = span_text(m->px->arena, places(m, agg, of));
  const char *sum = words(m, "%s %s over %s%s%s", head, quote(m->px, of + 3), quote(m->px, of + 1),
                          tail < end ? " " : "", written_here(m, tail, end));
  return tell(m, V0114, "the rows of an aggregate stand after `over`",
              alone ? words(m, "write: %s", sum) : words(m, "write: (%s)", sum));
}

/* count(*) filter (where urgency = "Urgent") */
static bool count_of_stars(struct mistake *m) {
  bool star = m->t->kind == TOK_STAR && m->prev && m->prev->kind == TOK_LPAREN &&
              m->prev > m->first && said(m->prev - 1, "count");
  if (!star) return false;
  const struct token *where = m->t, *last = last_of_clause(m->t), *sign = m->t + 2;
  bool compared = !ends_clause(m->t + 1) && sign->kind >= TOK_EQ && sign->kind <= TOK_GE &&
                  (sign[2].kind == TOK_FROM || said(sign + 2, "from"));
  if (compared && sign[3].kind == TOK_NAME) { /* count(*) > 3 from ticket where active */
    const struct token *rows = sign + 3, *end = rows;
    while (!ends_clause(end) && end->kind != TOK_ARROW) end++;
    m->at = places(m, m->prev - 1, end - 1);
    return tell(
        m, V0114, "what is counted stands after `of`",
        words(m, "write: (count of %s) %s", span_text(m->px->arena, places(m, rows, end - 1)),
              span_text(m->px->arena, places(m, sign, sign + 1))));
  }
  bool filter = !ends_clause(sign) && said(sign, "filter") && sign[1].kind == TOK_LPAREN;
  const struct token *close = filter ? closer_of(sign + 1) : NULL;
  bool rows = close && close + 2 <= last &&
              (close[1].kind == TOK_OVER || close[1].kind == TOK_FROM || said(close + 1, "from"));
  if (rows && close[2].kind == TOK_NAME && sign[2].kind == TOK_WHERE) {
    m->at = places(m, m->prev - 1, close + 2);
    diags_drop_inside(m->px->diags, V0107, m->at);
    return tell(m, V0114, "what is counted stands after `of`",
                words(m, "write: count of %s %s", singular(m, quote(m->px, close + 2)),
                      written_here(m, sign + 2, close)));
  }
  while (!ends_clause(where) && where->kind != TOK_WHERE) {
    if (where->kind == TOK_FROM || said(where, "from")) return false; /* its rows are named */
    where++;
  }
  bool asks = !ends_clause(where);
  m->at = places(m, m->prev - 1, last);
  if (last->kind == TOK_RPAREN && asks) last--;
  return tell(m, V0114, "what is counted stands after `of`",
              words(m, "write: count of ENTITY%s%s", asks ? " " : "",
                    asks ? span_text(m->px->arena, places(m, where, last)) : ""));
}

/* sum of amount over subscription filter active, over usage window 30 days */
static bool tail_of_aggregate(struct mistake *m) {
  static const char *const asks[] = {"filter", "filtered", "having", "when",     "whose", "that",
                                     "with",   "if",       "who",    "matching", NULL};
  static const char *const spans[] = {"window", "last",    "past",     "during", "for",
                                      "within", "rolling", "trailing", NULL};
  static const char *const fill[] = {"the", "last", "past", "of", "by", "on", "are", "is", NULL};
  const struct token *agg = aggregate_around(m), *t = m->t, *end;
  if (!agg || !m->prev) return false;
  while (t > agg && m->t - t < 3 && !said_one_of(t, asks) && !said_one_of(t, spans) &&
         t->kind != TOK_WITHIN && t->kind != TOK_FOR)
    t--;
  bool over = t - 2 > agg && t[-1].kind == TOK_NAME && (t[-2].kind == TOK_OVER || t - 2 == agg + 1);
  bool counted = t - 2 == agg + 1 && agg->kind == TOK_COUNT;
  if (!over && !counted) return false;
  const struct token *next = skip(t + 1, fill);
  const char *length = ends_clause(next) ? NULL : length_said(m, next, &end);
  bool span = said_one_of(t, spans) || t->kind == TOK_WITHIN || t->kind == TOK_FOR;
  if (span && length) {
    m->at = places(m, t, end - 1);
    return tell(m, V0114, "of which days stands after `in last`",
                words(m, "write: in last %s", length));
  }
  if (!said_one_of(t, asks) || ends_clause(next)) return false;
  bool group = said(t, "having") && next->name && next[1].kind == TOK_LPAREN;
  if (group && aggregate_word(text_lower(m->px->arena, next->name))) return false;
  m->at = places(m, t, next - 1);
  return tell(m, V0114, "which rows are meant stands after `where`", "write: where");
}

/* over ref("subscriptions"), over table(subscriptions) */
static bool rows_as_call(struct mistake *m) {
  static const char *const calls[] = {"ref", "source", "table", "model", NULL};
  const struct token *open = m->t->kind == TOK_LPAREN ? m->t : m->prev;
  if (!open || open->kind != TOK_LPAREN || open - 1 <= m->first || !said_one_of(open - 1, calls))
    return false;
  const struct token *close = open, *name;
  while (!ends_clause(close) && close->kind != TOK_RPAREN) close++;
  name = close - 1;
  if (ends_clause(close) || !name->name) return false;
  m->at = places(m, open - 1, close);
  return tell_loose(m, V0114, "the rows of an aggregate are an entity, by its name",
                    words(m, "write: %s", singular(m, name->name)),
                    (struct loose_words){.name = name->name, .rows = "write: $1"});
}

/* ---- in 60 days ----------------------------------------------------------------------- */

/* renewal in 60 days; count of ticket in 30d */
static bool in_which_way(struct mistake *m) {
  const struct token *in = m->t, *end;
  while (in > m->first && m->t - in < 4 && in->kind != TOK_IN) in--;
  if (in->kind != TOK_IN || in == m->first || ends_clause(in + 1)) return false;
  for (const struct token *t = in; t > m->first; t--)
    if (t->kind == TOK_ARROW) return false; /* of an action */
  if (in[-1].kind == TOK_DUE || in[-1].kind == TOK_COMMA || in[-1].kind == TOK_IS) return false;
  static const char *const before[] = {"the", "a", "any", NULL};
  static const char *const behind[] = {"window", "period", "span", "range", NULL};
  const char *length = length_said(m, skip(in + 1, before), &end);
  if (!length) return false;
  end = skip(end, behind);
  bool rows = aggregate_around(m) != NULL;
  m->at = places(m, in, end - 1);
  return tell(m, V0114, words(m, "`%s` does not say which way", span_text(m->px->arena, m->at)),
              rows ? words(m, "write: in last %s", length)
                   : words(m, "write: within %s; for what has passed: in last %s", length, length));
}

const mistake_pattern row_patterns[] = {
    none_of_them,   some_of_them, so_many_of_them,   number_of_them, sum_of_path,
    count_of_stars, rows_as_call, tail_of_aggregate, in_which_way,   NULL,
};
