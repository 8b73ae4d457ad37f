/* Slips in conditions and formulas. In: the unexpected token and its neighbours. Out: a message,
 * when the slip is one of these. The order of the list below is the order of asking. */
#include <string.h>

#include "base/unit.h"
#include "parse.h"
#include "syntax/habits.h"
#include "syntax/mistake.h"
#include "syntax/words.h"
#include "syntax/told.h"
#include "syntax/spelling.h"

/* ---- durations and periods ------------------------------------------------------------ */

/* 4 hours: no unit of rule files. */
static bool clock_in_words(struct mistake *m) {
  const struct token *number = m->t->kind == TOK_NUMBER ? m->t : m->prev,
                     *unit = m->t->kind == TOK_NUMBER ? m->next : m->t;
  if (!number || number->kind != TOK_NUMBER || unit->kind != TOK_NAME || !clock_unit(unit->name))
    return false;
  m->at = places(m, number, unit);
  return tell(m, V0103,
              words(m, "`%s` is a time of the clock, and Vigie counts in days",
                    span_text(m->px->arena, m->at)),
              "write 1d, or 1bd for the next business day: a deadline in hours or minutes is none "
              "that a daily run can keep");
}

/* 7 days, 10 percent */
static bool unit_in_words(struct mistake *m) {
  const char *sign = m->t->kind == TOK_NAME ? unit_sign(m->t->name) : NULL;
  if (!sign || !m->prev || m->prev->kind != TOK_NUMBER) return false;
  m->at = places(m, m->prev, m->t);
  const char *number = quote(m->px, m->prev);
  return tell(
      m, V0103, words(m, "`%s %s` is written as one word", number, quote(m->px, m->t)),
      strcmp(sign, "pp") == 0
          ? words(m, "write %spp where a share is meant, %s where a score is", number, number)
          : words(m, "write %s%s", number, sign));
}

static bool duration_without_unit(struct mistake *m) {
  /* seats between 10 and 20 */
  if (m->prev && m->prev->kind == TOK_NAME && habit_help(m->prev->name)) return false;
  if (m->t->kind != TOK_NUMBER || !expects(m, TOK_DURATION) || expects(m, TOK_NUMBER)) return false;
  const char *number = quote(m->px, m->t),
             *sign = m->next->kind == TOK_NAME || m->next->kind == TOK_UNIT
                         ? unit_sign(m->next->name)
                         : NULL;
  size_t n = strlen(number);
  if (!sign && n > 1 && number[n - 1] == 'M')
    return tell(m, V0103, words(m, "`%s` is millions, and a duration is needed", number),
                words(m, "write %.*smo for months", (int)n - 1, number));
  int moves = m->prev ? m->prev->kind : 0;
  if (!sign && (moves == TOK_DROP || moves == TOK_RISE || moves == TOK_CHANGE)) {
    const struct token *in = m->next;
    bool span = (in->kind == TOK_IN || in->kind == TOK_OVER || word_is(in, "within") ||
                 in->kind == TOK_WITHIN) &&
                in[1].kind == TOK_DURATION;
    m->at = places(m, m->prev, span ? in + 1 : m->t);
    return tell(m, V0114, words(m, "`>` is missing before `%s`", number),
                span ? words(m, "write: %s over %s > %s", quote(m->px, m->prev),
                             quote(m->px, in + 1), number)
                     : words(m, "write: %s > %s", quote(m->px, m->prev), number));
  }
  if (!sign)
    return tell(m, V0103, words(m, "`%s` of what: days, weeks, months?", number),
                words(m, "write %sd for days, %sbd for business days, %smo for months", number,
                      number, number));
  m->at = places(m, m->t, m->next);
  return tell(m, V0103, words(m, "`%s %s` is written as one word", number, quote(m->px, m->next)),
              words(m, "write %s%s", number, sign));
}

/* within the next 60d: `within` looks ahead already. */
static bool within_next(struct mistake *m) {
  const struct token *next = word_is(m->t, "next") ? m->t : NULL, *before = m->prev;
  if (before && word_is(before, "the") && before > m->first) before--;
  if (!next || !before || before->kind != TOK_WITHIN) return false;
  m->at = places(m, before + 1, next);
  return tell(
      m, V0114, "`within` looks ahead already",
      words(m, "write: within %s", next[1].kind == TOK_DURATION ? quote(m->px, &next[1]) : "60d"));
}

static bool last_unit(struct mistake *m) {
  const struct token *last = word_is(m->t, "last") || word_is(m->t, "next") ? m->t : m->prev;
  if (!last || last == m->first || !(word_is(last, "last") || word_is(last, "next"))) return false;
  int before = last[-1].kind;
  if (before == TOK_OVER && last[1].kind == TOK_DURATION) {
    m->at = places(m, last, last + 1);
    return tell(m, V0114, words(m, "`over` is followed by the duration, without `%s`", last->name),
                words(m, "write: over %s", quote(m->px, last + 1)));
  }
  if (before != TOK_IN && before != TOK_OF && before != TOK_LPAREN && before != TOK_COMMA)
    return false;
  const struct token *unit = last + 1;
  const char *sign =
      unit->kind == TOK_NUMBER && unit[1].kind == TOK_NAME ? unit_sign(unit[1].name) : NULL;
  const char *message = words(m, "`%s` is followed by a duration, such as 30d", last->name);
  m->at = unit->kind == TOK_NEWLINE ? place(m, last) : places(m, last, sign ? unit + 1 : unit);
  if (unit->kind == TOK_NUMBER)
    return tell(m, V0114, message,
                words(m, "write: %s %s%s", last->name, quote(m->px, unit), sign ? sign : "d"));
  return tell(
      m, V0114, message,
      words(
          m,
          "write `previous %s` for the one before this one, or `last 90d` for the days up to today",
          unit->name && unit->kind != TOK_NEWLINE ? quote(m->px, unit) : "quarter"));
}

static bool odd_period(struct mistake *m) {
  if (!m->prev || m->prev->kind != TOK_IN || !expects(m, TOK_PERIOD)) return false;
  bool denied = m->prev > m->first && m->prev[-1].kind == TOK_NOT;
  if (m->t->kind == TOK_LPAREN || m->t->kind == TOK_STRING)
    return tell(m, V0114, "`in` is about days; a list of texts stands after `one of`",
                denied ? "write: plan not one of \"Pro\", \"Enterprise\""
                       : "write: plan one of \"Pro\", \"Enterprise\"");
  const char *name = m->t->kind == TOK_NAME ? m->t->name : "";
  bool quarter = strchr("QqTt", *name) && *name && name[1] >= '1' && name[1] <= '4' && !name[2];
  const struct token *year = quarter && m->next->kind == TOK_MINUS ? m->next + 1 : m->next;
  if (quarter && !ends_clause(year) && year->kind == TOK_NUMBER) { /* Q3-2026, Q3 2026 */
    m->at = places(m, m->t, year);
    return tell(m, V0114, "the year stands before its quarter",
                words(m, "write: %s-Q%c", quote(m->px, year), name[1]));
  }
  if (quarter)
    return tell(m, V0114, words(m, "`%s` is of which year?", name),
                words(m, "write: 2026-Q%c; with the year that is meant, or this quarter", name[1]));
  return tell(m, V0114, "a period is needed after `in`",
              "for example: in last 30d, in this month, in 2026-Q3, in FY2026");
}

/* health drop > 10 over 30d: the span belongs to the movement. */
static bool span_after_comparison(struct mistake *m) {
  if ((m->t->kind != TOK_IN && m->t->kind != TOK_OVER) || !m->prev) return false;
  const struct token *move = m->prev;
  while (move > m->first && !is_move(move->kind) && move->kind != TOK_AND && move->kind != TOK_OR)
    move--;
  if (!is_move(move->kind) || move[1].kind < TOK_EQ || move[1].kind > TOK_GE) return false;
  const char *span = "30d", *word = quote(m->px, move),
             *compared = span_text(m->px->arena, places(m, move + 1, m->prev));
  const struct token *t = m->next;
  for (; !ends_clause(t) && t->kind != TOK_AND && t->kind != TOK_OR && t->kind != TOK_ARROW; t++) {
    const char *unit = t->name && t->kind != TOK_STRING ? unit_sign(t->name) : NULL;
    bool counted = t[-1].kind == TOK_NUMBER;
    if (t->kind != TOK_DURATION && !unit) continue;
    span = words(m, "%s%s", unit && !counted ? "1" : quote(m->px, counted ? t - 1 : t),
                 unit ? unit : "");
    t++;
    break;
  }
  m->at = places(m, move, t - 1);
  return tell(m, V0114, words(m, "how far `%s` looks back stands right after it", word),
              words(m, "write: %s over %s %s", word, span, compared));
}

/* health < 40 or < 20: the name stands on both sides. */
static bool comparison_without_name(struct mistake *m) {
  bool compares = m->t->kind >= TOK_EQ && m->t->kind <= TOK_GE;
  bool joined = m->prev && (m->prev->kind == TOK_OR || m->prev->kind == TOK_AND);
  if (!compares || !joined || ends_clause(m->next)) return false;
  const struct token *sign = m->prev;
  while (sign > m->first && !(sign->kind >= TOK_EQ && sign->kind <= TOK_GE)) sign--;
  const struct token *name = sign - 1, *from = name;
  if (sign <= m->first || name->kind != TOK_NAME) return false;
  while (from - 2 > m->first && from[-1].kind == TOK_DOT) from -= 2;
  struct stretch value = right_of(m->t + 1, false);
  if (value.from >= value.to) return false;
  m->at = places(m, m->t, value.to - 1);
  return tell(
      m, V0114, "each comparison names what it compares",
      words(m, "write: %s %s", source_between(m, from, sign), source_between(m, m->t, value.to)));
}

/* ---- words ---------------------------------------------------------------------------- */

/* avg of mrr each month; count of deal each month in last 6mo */
static bool odd_each(struct mistake *m) {
  if (word_is(m->t, "each") && m->next->kind == TOK_NAME)
    return tell(m, V0114, words(m, "`each %s` of which time?", quote(m->px, m->next)),
                words(m, "say over which time: each %s in last 6mo, each %s in this year",
                      quote(m->px, m->next), quote(m->px, m->next)));
  if (m->t->kind != TOK_EACH_UNIT) return false;
  return tell(m, V0114,
              "`each` puts together the values of days, and what stands before it is one day's",
              "put that in parentheses: avg of (count of deal) each month in last 6mo");
}

/* kpi total += mrr: the name of what is declared is no word that is wrong. */
static bool is_declared(const struct mistake *m, const struct token *t) {
  return t == m->first + 1 && is_header_keyword(m->first->kind);
}

static bool habit(struct mistake *m) {
  const struct token *w = m->t->kind == TOK_NAME && habit_help(m->t->name) ? m->t : NULL;
  bool earlier =
      m->prev && m->prev->kind == TOK_NAME && m->prev > m->first && habit_help(m->prev->name);
  if (earlier && (!w || word_is(w, "than"))) w = m->prev;
  if (m->prev == m->first && m->prev && m->prev->kind == TOK_NAME &&
      habit_first_help(m->prev->name))
    w = m->prev;
  if (!w || is_declared(m, w)) return false;
  const char *help = habit_help(w->name);
  bool whole = w == m->first && strncmp(help, "leave it out", 12) == 0; /* every monday */
  m->at = whole ? places(m, w, last_of_clause(w)) : place(m, w);
  return tell(m, V0106, words(m, "`%s` is not a word of rule files", quote(m->px, w)), help);
}

static bool odd_move(struct mistake *m) {
  if (is_move(m->t->kind) && m->next->kind == TOK_OF) {
    bool named = m->next[1].kind == TOK_NAME;
    if (named) m->at = places(m, m->t, m->next + 1);
    return tell(
        m, V0114, words(m, "`%s` stands after what it is about", quote(m->px, m->t)),
        words(m, "write: %s %s", named ? quote(m->px, m->next + 1) : "usage", quote(m->px, m->t)));
  }
  if (m->t->kind == TOK_BY && m->prev && is_move(m->prev->kind)) {
    bool value =
        m->next->kind == TOK_PERCENT || m->next->kind == TOK_NUMBER || m->next->kind == TOK_POINTS;
    return tell(
        m, V0114, words(m, "`%s` is followed by a comparison", quote(m->px, m->prev)),
        words(m, "write: %s > %s", quote(m->px, m->prev), value ? quote(m->px, m->next) : "30%"));
  }
  if (m->prev && (m->prev->kind == TOK_SINCE || m->prev->kind == TOK_UNTIL)) {
    m->at = place(m, m->prev);
    return tell(m, V0114, words(m, "`%s` is followed by a date", quote(m->px, m->prev)),
                words(m, "write: %s renewal; or the date that is meant", quote(m->px, m->prev)));
  }
  if (m->t->kind != TOK_AGO || !m->prev) return false;
  m->at = places(m, m->prev, m->t);
  return tell(m, V0114, "`ago` does not say how long",
              words(m, "write: %s 30d ago", quote(m->px, m->prev)));
}

static bool if_without_else(struct mistake *m) {
  if (!ends_clause(m->t) || !expects(m, TOK_IF_ELSE)) return false;
  return tell(m, V0114, "this `if` has no `else`", "write: if … then … else 0 (or: else unknown)");
}

/* ---- aggregates ----------------------------------------------------------------------- */

static bool shift_in_aggregate(struct mistake *m) {
  bool shift = is_move(m->t->kind) || m->t->kind == TOK_DURATION ||
               (m->t->kind == TOK_NAME && m->next->kind == TOK_AGO);
  if (!shift || !expects(m, TOK_OVER) || expects(m, TOK_AGO) || expects(m, TOK_DROP)) return false;
  const char *word = is_move(m->t->kind) ? quote(m->px, m->t) : "ago",
             *what = m->prev ? quote(m->px, m->prev) : "mrr";
  const char *shown = is_move(m->t->kind) ? words(m, "(%s %s)", what, word)
                                          : words(m, "(%s %s ago)", what, quote(m->px, m->t));
  return tell(m, V0311, words(m, "inside an aggregate, `%s` stands in parentheses", word),
              words(m, "write: sum of %s over …", shown));
}

static bool is_value(int k) {
  return k == TOK_NUMBER || k == TOK_STRING || k == TOK_DATE || k == TOK_PERCENT ||
         k == TOK_DURATION || k == TOK_NAME;
}

static bool compares(int k) { return k >= TOK_EQ && k <= TOK_GE; }

static bool is_operator(int k) {
  return k == TOK_PLUS || k == TOK_MINUS || k == TOK_STAR || k == TOK_SLASH || compares(k) ||
         k == TOK_AND || k == TOK_OR;
}

static bool begins_aggregate(int k) {
  return k == TOK_AGG || k == TOK_COUNT || k == TOK_SHARE || k == TOK_PERCENTILE;
}

const struct token *aggregate_around(const struct mistake *m) {
  for (const struct token *t = m->t;
       t-- > m->first && t->kind != TOK_RPAREN && t->kind != TOK_LPAREN;)
    if (begins_aggregate(t->kind)) return t;
  return NULL;
}

/* (count of deal where won) / (count of deal): the formula behind `=` with each of its aggregates
 * in parentheses; m->at is that formula. NULL: it begins with none. */
static const char *with_parentheses(struct mistake *m) {
  const struct token *from = m->first, *part, *t;
  const char *out = "";
  int depth = 0;
  while (from < m->t && from->kind != TOK_EQ) from++;
  part = ++from;
  if (from >= m->t || !begins_aggregate(from->kind)) return NULL;
  for (t = from;; t++) {
    depth += t->kind == TOK_LPAREN ? 1 : t->kind == TOK_RPAREN ? -1 : 0;
    bool joins =
        t->kind == TOK_PLUS || t->kind == TOK_MINUS || t->kind == TOK_STAR || t->kind == TOK_SLASH;
    bool splits = joins && depth == 0 && (t >= m->t || begins_aggregate(t[1].kind));
    if (!splits && !ends_clause(t)) continue;
    const char *text = t > part ? span_text(m->px->arena, places(m, part, t - 1)) : "";
    bool agg = begins_aggregate(part->kind);
    out = words(m, "%s%s%s%s", out, agg ? "(" : "", text, agg ? ")" : "");
    if (ends_clause(t)) break;
    out = words(m, "%s %s ", out, quote(m->px, t));
    part = t + 1;
  }
  m->at = places(m, from, t - 1);
  return out;
}

static bool aggregate_needs_parentheses(struct mistake *m) {
  if (begins_aggregate(m->t->kind) && m->prev && is_operator(m->prev->kind)) {
    const char *formula = with_parentheses(m);
    if (formula)
      return tell(m, V0311,
                  words(m, "inside a formula, `%s of …` stands in parentheses", quote(m->px, m->t)),
                  words(m, "write: %s", formula));
    return tell(
        m, V0311, words(m, "inside a formula, `%s of …` stands in parentheses", quote(m->px, m->t)),
        words(m, "write: … %s (%s of … over …)", quote(m->px, m->prev), quote(m->px, m->t)));
  }
  const struct token *agg = aggregate_around(m);
  if (!is_operator(m->t->kind) || expects(m, TOK_PLUS) || !agg) return false;
  m->at = places(m, agg, m->t);
  const char *formula = span_text(m->px->arena, places(m, agg, m->t - 1));
  const char *message = "an aggregate that is part of a formula stands in parentheses";
  const char *sign = quote(m->px, m->t), *help = words(m, "write: (%s) %s", formula, sign);
  bool count = agg->kind == TOK_COUNT && agg + 3 == m->t && agg[2].kind == TOK_NAME;
  if (!count) return tell(m, V0311, message, help);
  return tell_loose(m, V0311, message, help,
                    (struct loose_words){.name = quote(m->px, agg + 2),
                                         .rows = words(m, "write: (count of $1) %s", sign)});
}

/* average of mrr over account: another word for one of them; NULL: it is none. */
static const char *aggregate_meant(const struct token *t) {
  static const struct {
    const char *said, *write;
  } others[] = {{"average", "avg"}, {"mean", "avg"},    {"total", "sum"},
                {"maximum", "max"}, {"minimum", "min"}, {"number", "count"},
                {"last", "latest"}, {"moyenne", "avg"}, {"somme", "sum"}};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (word_is(t, others[i].said)) return others[i].write;
  return NULL;
}

static bool other_aggregate(struct mistake *m) {
  const struct token *word = m->t->kind == TOK_OF ? m->prev : m->t;
  const char *write = word && word->kind == TOK_NAME ? aggregate_meant(word) : NULL;
  if (!write || word[1].kind != TOK_OF) return false;
  m->at = place(m, word);
  return tell(m, V0106, words(m, "`%s` is not a word of rule files", word->name),
              words(m, "write: %s", write));
}

/* sum amount over …, average of …, sum of amount. */
/* when any of: health < 40, mrr > 5k; all of the following: … */
static bool joined_conditions(struct mistake *m) {
  static const char *const any[] = {"any", "one", "either", "some", NULL};
  static const char *const all[] = {"all", "each", "both", "every", NULL};
  static const char *const fill[] = {"the", "these", "following", "conditions", NULL};
  const struct token *t = m->t + 1, *from;
  bool joins_all = said_one_of(m->prev, all);
  if (m->prev[-1].kind != TOK_K_WHEN || (!joins_all && !said_one_of(m->prev, any))) return false;
  while (!ends_clause(t) && said_one_of(t, fill)) t++;
  const char *out = "";
  for (from = t; !ends_clause(t) && t->kind != TOK_ARROW; t++) {
    if (t->kind != TOK_COMMA) continue;
    out = words(m, "%s%s %s ", out, written_here(m, from, t), joins_all ? "and" : "or");
    from = t + 1;
  }
  if (!*out || from >= t) return false;
  m->at = places(m, m->prev, t - 1);
  diags_drop_inside(m->px->diags, V0104, m->at);
  return tell(m, V0114,
              joins_all ? "conditions are joined with `and`" : "conditions are joined with `or`",
              words(m, "write: %s%s", out, written_here(m, from, t)));
}

static bool odd_aggregate(struct mistake *m) {
  bool name = m->prev && m->prev->kind == TOK_NAME;
  if (m->t->kind == TOK_NAME && name && aggregate_word(m->prev->name)) {
    m->at = places(m, m->prev, m->t);
    bool rows = word_is(m->prev, "count") || word_is(m->prev, "share");
    const char *help = words(m, rows ? "write: %s of %s" : "write: %s of %s over …", m->prev->name,
                             quote(m->px, m->t));
    bool latest = word_is(m->prev, "latest"); /* a value is that of the day anyway */
    return tell_loose(
        m, V0114, words(m, "`of` is missing after `%s`", m->prev->name), help,
        (struct loose_words){
            .name = quote(m->px, m->t), .rows = help, .value = latest ? "write: $1" : NULL});
  }
  if (m->t->kind == TOK_OF && name && joined_conditions(m)) return true;
  if (m->t->kind == TOK_OF && name) {
    m->at = place(m, m->prev);
    static const struct {
      const char *word, *times;
    } parts[] = {{"half", "50%"}, {"third", "1/3"}, {"quarter", "25%"}, {"double", "2"},
                 {"twice", "2"},  {"triple", "3"},  {"moitié", "50%"},  {"most", NULL}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
      if (!parts[i].times || !word_is(m->prev, parts[i].word)) continue;
      struct stretch what = right_of(m->t + 1, false);
      if (what.from >= what.to) break;
      m->at = places(m, m->prev, what.to - 1);
      return tell(m, V0106, words(m, "`%s of` is a product", m->prev->name),
                  words(m, "write: %s * %s", written_here(m, what.from, what.to), parts[i].times));
    }
    return tell(
        m, V0114, words(m, "`%s of` is no aggregate", m->prev->name),
        "aggregates are sum, avg, min, max, median, latest, count, share and percentile 90");
  }
  const struct token *agg = aggregate_around(m);
  if (agg && m->t->kind == TOK_FROM && expects(m, TOK_OVER))
    return tell(m, V0114, "the rows of an aggregate stand after `over`", "write: over");
  if (!agg || !expects(m, TOK_OVER) ||
      !(ends_clause(m->t) || m->t->kind == TOK_RPAREN || m->t->kind == TOK_WHERE ||
        m->t->kind == TOK_IN))
    return false;
  m->at = places(m, agg, m->t - 1);
  return tell(m, V0114, "this aggregate does not say over which rows",
              words(m, "write: %s over ENTITY", span_text(m->px->arena, m->at)));
}

/* sum(amount) over subscription */
static bool aggregate_as_call(struct mistake *m) {
  if (m->t->kind != TOK_OVER || !m->prev || m->prev->kind != TOK_RPAREN) return false;
  const struct token *open = m->prev;
  for (int depth = 0; open > m->first; open--) {
    depth += open->kind == TOK_RPAREN ? 1 : open->kind == TOK_LPAREN ? -1 : 0;
    if (!depth) break;
  }
  const char *word = open > m->first && open + 1 < m->prev ? aggregate_word(open[-1].name) : NULL;
  if (!word) return false;
  m->at = places(m, open - 1, m->next->kind == TOK_NAME ? m->next : m->t);
  return tell(m, V0114, words(m, "an aggregate is written with `of`, without parentheses"),
              words(m, "write: %s of %s over %s", word,
                    span_text(m->px->arena, places(m, open + 1, m->prev - 1)),
                    m->next->kind == TOK_NAME ? quote(m->px, m->next) : "subscription"));
}

/* ---- numbers -------------------------------------------------------------------------- */

/* A word of speech, which is no unit of a number that stands before it. */
static bool is_common_word(const char *word) {
  static const char *const words[] = {"at",      "in",    "on",   "for",  "times", "but",
                                      "so",      "to",    "from", "with", "as",    "by",
                                      "because", "since", "only", "per",  NULL};
  for (const char *const *w = words; *w; w++)
    if (strcasecmp(*w, word) == 0) return true;
  return false;
}

static bool odd_number(struct mistake *m) {
  if (!m->prev) return false;
  const char *a = quote(m->px, m->prev), *b = quote(m->px, m->t);
  if (m->t->kind == TOK_NUMBER && m->prev->kind == TOK_NUMBER && strlen(b) >= 3 &&
      strspn(b, "0123456789") >= 3) {
    m->at = places(m, m->prev, m->t);
    return tell(m, V0102, "a number has no blanks inside", words(m, "write %s%s", a, b));
  }
  if (m->t->kind == TOK_COMMA && m->prev->kind == TOK_NUMBER && m->next->kind == TOK_NUMBER) {
    m->at = places(m, m->prev, m->next);
    return tell(m, V0102, "a number has a decimal point, not a comma",
                words(m, "write %s.%s", a, quote(m->px, m->next)));
  }
  if (m->t->kind == TOK_NUMBER && m->prev->kind == TOK_NAME && currency_known(m->prev->name)) {
    m->at = places(m, m->prev, m->t);
    return tell(m, V0114, "the currency stands after the amount", words(m, "write %s %s", b, a));
  }
  if (m->t->kind == TOK_NAME && m->prev->kind == TOK_NUMBER && !currency_known(m->t->name) &&
      !habit_help(m->t->name) && !is_common_word(m->t->name))
    return tell(m, V0114, words(m, "`%s` is not a currency or a unit", b),
                "money is written 100k EUR, a duration 30d, a percent 10%");
  return false;
}

/* 20% of arr */
static bool percent_of(struct mistake *m) {
  if (m->t->kind != TOK_OF || !m->prev || m->prev->kind != TOK_PERCENT) return false;
  m->at = places(m, m->prev, m->next->kind == TOK_NAME ? m->next : m->t);
  return tell(m, V0114, "a part of a value is a product",
              words(m, "write: %s * %s", quote(m->px, m->prev),
                    m->next->kind == TOK_NAME ? quote(m->px, m->next) : "arr"));
}

/* kpi total = sum of mrr over account by plan */
static bool split_at_the_end(struct mistake *m) {
  const struct token *by = m->t, *eq = m->first;
  if (m->prev && (word_is(m->prev, "per") || word_is(m->prev, "par"))) by = m->prev;
  bool said =
      by->kind == TOK_BY || by->kind == TOK_FOR_EACH || word_is(by, "per") || word_is(by, "par");
  const struct token *what = by + 1;
  if (!said || m->first->kind != TOK_K_KPI || m->first[1].kind != TOK_NAME ||
      what->kind != TOK_NAME)
    return false;
  while (eq < by && eq->kind != TOK_EQ) eq++;
  if (eq == by) return false;
  if (unit_sign(what->name)) {
    m->at = places(m, by, what);
    return tell(m, V0114, "over which days a KPI is shown is said where it is asked for",
                words(m, "remove it; vigie kpi rules --from 2025-01 --every %s shows it over time",
                      quote(m->px, what)));
  }
  m->at = places(m, m->first, last_of_clause(what));
  return tell(m, V0114, "the split stands before `=`",
              words(m, "write: kpi %s by %s = %s", quote(m->px, &m->first[1]), quote(m->px, what),
                    span_text(m->px->arena, places(m, eq + 1, by - 1))));
}

/* ---- what is left --------------------------------------------------------------------- */

/* plan not in ("Basic", "Pro") */
static bool not_in_list(struct mistake *m) {
  if (m->t->kind != TOK_IN || !m->prev || m->prev->kind != TOK_NOT) return false;
  m->at = places(m, m->prev, m->t);
  return tell(m, V0114, "a list of texts stands after `one of`",
              "write: plan not one of \"Pro\", \"Enterprise\"");
}

/* =<, and two comparisons in a row. */
static bool odd_comparison(struct mistake *m) {
  if (!compares(m->t->kind) || !m->prev) return false;
  if (m->prev->kind == TOK_EQ && m->t->kind == TOK_EQ) {
    m->at = place(m, m->t);
    return tell(m, V0106, "a formula begins without a second `=`", "leave it out");
  }
  if (m->prev->kind == TOK_EQ) {
    const char *sign = quote(m->px, m->t);
    m->at = places(m, m->prev, m->t);
    return tell(m, V0106, words(m, "`=%s` is not used in rule files", sign),
                words(m, "write `%s=`", sign));
  }
  bool split = (m->prev->kind == TOK_GT || m->prev->kind == TOK_LT) && m->t->kind == TOK_EQ;
  if (split) { /* > = */
    const char *sign = quote(m->px, m->prev);
    m->at = places(m, m->prev, m->t);
    return tell(m, V0106, words(m, "`%s=` is one sign, without a blank", sign),
                words(m, "write `%s=`", sign));
  }
  const struct token *before = m->prev;
  while (before > m->first && is_value(before->kind)) before--;
  if (!compares(before->kind) || before == m->prev || before == m->first) return false;
  const char *middle = span_text(m->px->arena, places(m, before + 1, m->prev)),
             *next = ends_clause(m->next) ? "…" : quote(m->px, m->next);
  m->at = places(m, before - 1, ends_clause(m->next) ? m->t : m->next);
  if (before[-1].kind == TOK_NAME) middle = quote(m->px, &before[-1]);
  if (before[-1].kind == TOK_RPAREN)
    return tell(m, V0114, "two comparisons stand in a row",
                words(m, "join them with `and`: … and %s %s %s", middle, quote(m->px, m->t), next));
  return tell(
      m, V0114, "two comparisons stand in a row",
      words(m, "write: %s and %s %s %s", span_text(m->px->arena, places(m, before - 1, m->prev)),
            middle, quote(m->px, m->t), next));
}

static bool begins_condition(int k) {
  return k == TOK_AND || k == TOK_OR || k == TOK_WHERE || k == TOK_IF || k == TOK_K_WHEN ||
         k == TOK_K_CLEAR;
}

/* when not one of "Pro", when not matches "^P", when not in this month: of what? */
static bool asked_of_nothing(struct mistake *m) {
  const struct token *t = m->t;
  if (!m->prev) return false;
  if (m->prev->kind == TOK_IN && m->prev > m->first) t = m->prev;
  bool asks = t->kind == TOK_ONE || t->kind == TOK_MATCHES || t->kind == TOK_IN;
  bool negated = t > m->first && t[-1].kind == TOK_NOT;
  const struct token *before = t - (negated ? 2 : 1);
  if (!asks || before < m->first || !begins_condition(before->kind)) return false;
  const struct token *end = t;
  while (!ends_clause(end + 1) && end[1].kind != TOK_AND && end[1].kind != TOK_OR &&
         end[1].kind != TOK_ARROW)
    end++;
  m->at = places(m, before + 1, end);
  const char *word = t->kind == TOK_ONE ? "one of" : quote(m->px, t);
  return tell(
      m, V0114,
      words(m, "`%s%s` is asked of nothing: a name stands before it", negated ? "not " : "", word),
      words(m, "write: %s %s", t->kind == TOK_IN ? "renewal" : "plan",
            span_text(m->px->arena, m->at)));
}

/* sum of if A then b else c over account: an `if` is no part of a larger value. */
static bool bare_if(struct mistake *m) {
  if (m->t->kind != TOK_IF || !m->prev || !expects(m, TOK_LPAREN)) return false;
  return tell(m, V0114, "an `if` that is part of a larger value stands in parentheses",
              words(m, "write: %s (if … then … else …)", quote(m->px, m->prev)));
}

/* in segment well 30d ago */
static bool shifted_segment(struct mistake *m) {
  if (m->t->kind != TOK_DURATION || m->next->kind != TOK_AGO || !m->prev || m->prev <= m->first ||
      m->prev[-1].kind != TOK_SEGMENT)
    return false;
  m->at = places(m, m->prev - 2, m->next);
  return tell(m, V0114, "what is looked at on another day stands in parentheses",
              words(m, "write: (in segment %s) %s ago", m->prev->name, quote(m->px, m->t)));
}

/* and and, and ->, where at the end of a line. */
static bool nothing_after_connector(struct mistake *m) {
  if (!m->prev || !expects(m, TOK_LPAREN)) return false;
  int k = m->prev->kind;
  bool condition = k == TOK_AND || k == TOK_OR || k == TOK_NOT || k == TOK_WHERE || k == TOK_IF ||
                   k == TOK_K_WHEN || k == TOK_K_CLEAR;
  if (!condition && !is_operator(k) && k != TOK_THEN && k != TOK_ELSE && k != TOK_IF_ELSE)
    return false;
  m->at = place(m, m->prev);
  const char *word = quote(m->px, m->prev);
  return tell(
      m, V0114, words(m, "nothing stands after `%s`", word),
      compares(k) && (ends_clause(m->t) || m->t->kind == TOK_ARROW)
          ? words(m, "write a value behind it, such as %s 40", word)
          : words(m, "remove it, or write a %s behind it", condition ? "condition" : "value"));
}

/* stage is Closed Won: a text without its quotes */
static bool text_of_words(struct mistake *m) {
  if (m->t->kind != TOK_NAME || !m->prev || m->prev->kind != TOK_NAME || m->prev <= m->first)
    return false;
  int sign = m->prev[-1].kind;
  if (sign != TOK_IS && sign != TOK_EQ && sign != TOK_NE && sign != TOK_NOT) return false;
  const struct token *last = m->t;
  bool large = true;
  for (const struct token *t = m->prev; t <= last; t++) {
    char c = t->name[0];
    large &= c >= 'A' && c <= 'Z';
    if (t == last && t[1].kind == TOK_NAME) last++;
  }
  if (!large) return false;
  m->at = places(m, m->prev, last);
  return tell(m, V0114, "a text stands in quotes",
              words(m, "write: \"%s\"", span_text(m->px->arena, places(m, m->prev, last))));
}

static bool two_names(struct mistake *m) {
  if (m->t->kind != TOK_NAME || !m->prev || m->prev->kind != TOK_NAME) return false;
  const char *a = quote(m->px, m->prev), *b = quote(m->px, m->t);
  m->at = places(m, m->prev, m->t);
  if (spelling_is_invisible(m->px->words->src->text + m->prev->end, m->t->at - m->prev->end))
    return tell(m, V0114, "an invisible character stands inside this name",
                words(m, "write: %s%s", a, b));
  return tell_loose(
      m, V0114, "two names stand side by side",
      words(m, "a name is one word (%s_%s?), or a sign or word is missing between them", a, b),
      (struct loose_words){.name = a, .second = b, .here = rows_here(m)});
}

static bool two_values(struct mistake *m) {
  int k = m->t->kind;
  bool band =
      m->first->kind == TOK_K_GREEN || m->first->kind == TOK_K_AMBER || m->first->kind == TOK_K_RED;
  if (!is_value(k) || band || !expects(m, TOK_GT) || !m->prev) return false;
  const char *a = quote(m->px, m->prev), *b = quote(m->px, m->t);
  m->at = places(m, m->prev, m->t);
  return tell(m, V0114, words(m, "something is missing between `%s` and `%s`", a, b),
              k == TOK_STRING ? words(m, "write: %s is %s", a, b)
              : k == TOK_DURATION
                  ? words(m, "write: %s within %s, or %s %s ago", a, b, a, b)
                  : words(m, "write: %s > %s; or the comparison that is meant", a, b));
}

/* usage 30d > 40: of the past, or one name. */
static bool length_behind_name(struct mistake *m) {
  if (m->expected->n != 1 || m->expected->kind[0] != TOK_AGO || !m->prev || m->prev <= m->first)
    return false;
  const struct token *name = m->prev - 1;
  if (m->prev->kind != TOK_DURATION || name->kind != TOK_NAME || m->t->kind == TOK_NAME)
    return false;
  const char *a = quote(m->px, name), *b = quote(m->px, m->prev);
  m->at = places(m, name, m->prev);
  return tell_loose(m, V0114, words(m, "`ago` is missing after `%s`", b),
                    words(m, "write: %s %s ago", a, b),
                    (struct loose_words){.name = a, .second = b});
}

const mistake_pattern value_patterns[] = {
    comparison_without_name,
    clock_in_words,
    unit_in_words,
    percent_of,
    split_at_the_end,
    odd_number,
    duration_without_unit,
    within_next,
    last_unit,
    asked_of_nothing,
    bare_if,
    shifted_segment,
    odd_period,
    span_after_comparison,
    shift_in_aggregate,
    odd_move,
    odd_each,
    other_aggregate,
    habit,
    odd_aggregate,
    aggregate_as_call,
    aggregate_needs_parentheses,
    if_without_else,
    not_in_list,
    odd_comparison,
    nothing_after_connector,
    text_of_words,
    two_names,
    two_values,
    length_behind_name,
    NULL,
};
