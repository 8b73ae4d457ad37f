/* Days and periods in words: Jan 8, 2026; Q2 2026; by december 2026; 3 days after enrollment. In:
 * the unexpected token and its neighbours. Out: a message with the day as it is written here. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "parse.h"
#include "syntax/habits.h"
#include "syntax/mistake.h"

/* ---- reading -------------------------------------------------------------------------- */

static const struct {
  const char *word;
  int month;
} months[] = {
    {"january", 1},   {"jan", 1},       {"janvier", 1},   {"janv", 1},     {"february", 2},
    {"feb", 2},       {"février", 2},   {"févr", 2},      {"march", 3},    {"mar", 3},
    {"mars", 3},      {"april", 4},     {"apr", 4},       {"avril", 4},    {"avr", 4},
    {"may", 5},       {"mai", 5},       {"june", 6},      {"jun", 6},      {"juin", 6},
    {"july", 7},      {"jul", 7},       {"juillet", 7},   {"juil", 7},     {"august", 8},
    {"aug", 8},       {"août", 8},      {"september", 9}, {"sept", 9},     {"sep", 9},
    {"septembre", 9}, {"october", 10},  {"oct", 10},      {"octobre", 10}, {"november", 11},
    {"nov", 11},      {"novembre", 11}, {"december", 12}, {"dec", 12},     {"décembre", 12},
    {"déc", 12}};

int month_called(const char *word) {
  for (size_t i = 0; word && i < sizeof months / sizeof *months; i++)
    if (strcasecmp(word, months[i].word) == 0) return months[i].month;
  return 0;
}

static int month_of(const struct token *t) {
  return t->kind == TOK_STRING ? 0 : month_called(t->name);
}

/* A whole number from lo to hi, 8th and 1er too; 0: t is none. */
static int number_at(struct mistake *m, const struct token *t, int lo, int hi) {
  if (t->kind != TOK_NUMBER && t->kind != TOK_DURATION) return 0;
  const char *text = quote(m->px, t);
  char *end;
  long n = strtol(text, &end, 10);
  static const char *const tails[] = {"", "st", "nd", "rd", "th", "er"};
  for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
    if (strcmp(end, tails[i]) == 0) return n >= lo && n <= hi ? (int)n : 0;
  return 0;
}

static int year_at(struct mistake *m, const struct token *t) { return number_at(m, t, 1990, 2100); }

/* The quarter of Q2, T2; 0: t is none. */
static int quarter_of(const struct token *t) {
  const char *w = t->kind == TOK_NAME ? t->name : NULL;
  if (!w || !strchr("QqTt", w[0]) || w[1] < '1' || w[1] > '4' || w[2]) return 0;
  return w[1] - '0';
}

static bool is_fiscal_year(struct mistake *m, const struct token *t) {
  const char *text = quote(m->px, t);
  return t->kind == TOK_PERIOD && strncasecmp(text, "FY", 2) == 0 && !strpbrk(text, "-QM");
}

/* What is read: a day, else a quarter or a month of a year. */
struct day_in_words {
  const struct token *end; /* behind it */
  const char *day;         /* 2026-01-08, or the first day of the period */
  const char *period;      /* 2026-Q2; NULL: it is a day */
  bool no_year;            /* March 4th: of this one, for want of another */
};

static const struct token *skip_comma(const struct token *t) {
  return t->kind == TOK_COMMA || word_is(t, "of") || t->kind == TOK_OF ? t + 1 : t;
}

static bool read_quarter(struct mistake *m, const struct token *t, struct day_in_words *out) {
  const struct token *year = t, *quarter = t;
  if (quarter_of(t))
    year = skip_comma(t + 1);
  else
    quarter = t + 1;
  int q = quarter_of(quarter), y = year_at(m, year);
  bool fiscal = is_fiscal_year(m, year);
  if (!q || (!y && !fiscal)) return false;
  out->end = (year > quarter ? year : quarter) + 1;
  out->period = fiscal ? words(m, "%s-Q%d", quote(m->px, year), q) : words(m, "%d-Q%d", y, q);
  out->day = fiscal ? NULL : words(m, "%d-%02d-01", y, q * 3 - 2);
  return true;
}

enum { YEAR_SHOWN = 2026 }; /* of an example */

static bool read_day(struct mistake *m, const struct token *t, struct day_in_words *out) {
  int month = month_of(t), day = 0;
  const struct token *next = t + 1;
  if (month) {
    day = number_at(m, next, 1, 31);
    if (day) next++;
  } else {
    day = number_at(m, t, 1, 31);
    if (!day || ends_clause(next)) return false;
    next = skip_comma(next);
    month = month_of(next++);
    if (!month) return false;
  }
  const struct token *behind = next;
  if (!ends_clause(next)) next = skip_comma(next);
  int year = ends_clause(next) ? 0 : year_at(m, next);
  out->no_year = !year;
  if (!year && !day) return false;
  if (!year) year = YEAR_SHOWN, next = behind - 1;
  out->end = next + 1;
  out->day = words(m, "%d-%02d-%02d", year, month, day ? day : 1);
  out->period = day ? NULL : words(m, "%d-%02d", year, month);
  return true;
}

const char *day_said(struct mistake *m, const struct token *t, const struct token **end) {
  struct day_in_words x = {0};
  if (ends_clause(t) || ends_clause(t + 1) || !read_day(m, t, &x) || x.period || x.no_year)
    return NULL;
  return *end = x.end, x.day;
}

static const char *counted(struct mistake *m, const struct token *t) {
  int n = t->kind == TOK_NAME ? number_said(t->name) : 0;
  return t->kind == TOK_NUMBER ? quote(m->px, t) : n ? words(m, "%d", n) : NULL;
}

static const char *const working[] = {"ouvrés", "ouvrables", "ouvres", "business", "working", NULL};

const char *length_said(struct mistake *m, const struct token *t, const struct token **end) {
  if (ends_clause(t)) return NULL;
  if (t->kind == TOK_DURATION) return *end = t + 1, quote(m->px, t);
  const char *number = counted(m, t), *sign = NULL;
  bool dashed = number && t[1].kind == TOK_MINUS && t[1].at == t->end && t[2].at == t[1].end;
  if (dashed && t[2].kind == TOK_NAME && unit_sign(t[2].name))
    return *end = t + 3, words(m, "%s%s", number, unit_sign(t[2].name));
  static const char *const running[] = {"consecutive", "straight", "full",   "whole",
                                        "successive",  "complete", "entire", NULL};
  bool adjective = number && !ends_clause(t + 1) && said_one_of(t + 1, running);
  if (adjective && !ends_clause(t + 2) && t[2].kind != TOK_STRING && unit_sign(t[2].name))
    return *end = t + 3, words(m, "%s%s", number, unit_sign(t[2].name));
  if (number && !ends_clause(t + 1) && t[1].kind != TOK_STRING) sign = unit_sign(t[1].name);
  bool worked = number && !ends_clause(t + 1) && !ends_clause(t + 2);
  bool before = worked && said_one_of(t + 1, working) && unit_sign(t[2].name);
  bool behind = worked && sign && strcmp(sign, "d") == 0 && said_one_of(t + 2, working);
  if (before || behind) return *end = t + 3, words(m, "%sbd", number);
  if (!sign) return NULL;
  *end = t + 2;
  bool in_a_row = !ends_clause(*end) && (t[2].kind == TOK_IN || word_is(t + 2, "in")) &&
                  word_is(t + 3, "a") && word_is(t + 4, "row");
  if (in_a_row) return *end = t + 5, words(m, "%s%s", number, sign);
  if (strcmp(sign, "bd") == 0 && !ends_clause(*end) && unit_sign((*end)->name)) ++*end;
  return words(m, "%s%s", number, sign);
}

/* ---- telling -------------------------------------------------------------------------- */

static const char *const sides[] = {"end",   "fin",   "start", "beginning",
                                    "début", "debut", "early", NULL};
static const char *const side_fill[] = {"de", "du", "d'", "of", "the", NULL};

/* The `fin` of `fin mars 2027`, the `beginning of` of March 2027; NULL: none. */
static const struct token *side_of_period(const struct mistake *m, const struct token *t) {
  const struct token *side = t - 1;
  while (side > m->first && (side->kind == TOK_OF || said_one_of(side, side_fill))) side--;
  bool said = side->kind == TOK_END || side->kind == TOK_START || said_one_of(side, sides);
  return said && side > m->first ? side : NULL;
}

/* The day in words that m->t stands in; NULL: none. */
static const struct token *day_around(struct mistake *m, struct day_in_words *out) {
  const struct token *found = NULL, *start = m->t;
  while (said_one_of(start, sides) || (said_one_of(start, side_fill) && start > m->first)) start++;
  for (const struct token *t = start; t >= m->first && start - t <= 3; t--) {
    struct day_in_words x = {0};
    if (ends_clause(t) || (t > m->first && t[-1].kind == TOK_DOT)) continue;
    if (!(read_quarter(m, t, &x) || read_day(m, t, &x)) || x.end <= m->t) continue;
    found = t, *out = x; /* 10 April 2026, not April 2026 */
  }
  return found;
}

/* from Q2 2026, by december 2026, reviewed Jan 8, 2026, before 10 April 2026 */
static bool day_as_said(struct mistake *m) {
  struct day_in_words x = {0};
  const struct token *from = day_around(m, &x);
  if (!from || from == m->first || m->first->kind == TOK_K_FISCAL) return false;
  bool target = m->first->kind == TOK_K_TARGET && x.period;
  bool in = from[-1].kind == TOK_IN && x.period;
  const char *write = target ? words(m, "end of %s", x.period) : in ? x.period : x.day;
  if (!write) return false;
  bool end_of = target && from - 2 > m->first && from[-1].kind == TOK_OF &&
                (from[-2].kind == TOK_END || word_is(from - 2, "end"));
  if (end_of) write = x.period;
  const struct token *side = side_of_period(m, from);
  if (side && x.period && !end_of) {
    bool end = side->kind == TOK_END || word_is(side, "end") || word_is(side, "fin");
    write = words(m, "%s of %s", end ? "end" : "start", x.period);
    from = side;
  }
  m->at = places(m, from, x.end - 1);
  return tell(m, V0101,
              words(m, "`%s` is not a date as Vigie writes them", span_text(m->px->arena, m->at)),
              words(m, x.no_year ? "write: %s; with the year that is meant" : "write: %s", write));
}

/* from 2026-04, reviewed 2026-Q2: a period in the place of a day. */
static bool period_for_day(struct mistake *m) {
  const char *text = quote(m->px, m->t);
  int year = 0, n = 0;
  bool quarter = sscanf(text, "%4d-Q%1d", &year, &n) == 2 && strlen(text) == 7;
  bool month = !quarter && sscanf(text, "%4d-%2d", &year, &n) == 2 && strlen(text) == 7;
  if (m->t->kind != TOK_PERIOD || !expects(m, TOK_DATE) || expects(m, TOK_PERIOD)) return false;
  if (!quarter && !month) return false;
  return tell(m, V0101, words(m, "`%s` has many days, and one is needed", text),
              words(m, "write: %d-%02d-01", year, quarter ? n * 3 - 2 : n));
}

/* due 3 days after enrollment: an action counts from its opening anyway. */
static bool counted_from_opening(struct mistake *m) {
  static const char *const starts[] = {"enrollment", "enrolment", "opening",    "now",   "today",
                                       "trigger",    "start",     "creation",   "alert", "that",
                                       "assignment", "opened",    "assigned",   "then",  "it",
                                       "l'alerte",   "ouverture", "l'ouverture"};
  const struct token *t = m->t, *length;
  while (t > m->first && m->t - t < 4 && t->kind != TOK_AFTER && t->kind != TOK_FROM &&
         !word_is(t, "from") && !word_is(t, "of"))
    t--;
  if (m->t->kind == TOK_NUMBER || m->t->kind == TOK_DURATION)
    t = m->t + (m->t->kind == TOK_NUMBER ? 2 : 1);
  else if (m->prev && m->prev->kind == TOK_NUMBER && unit_sign(m->t->name))
    t = m->t + 1;
  bool after = t->kind == TOK_AFTER || t->kind == TOK_FROM || word_is(t, "from");
  if (!after || t <= m->first || ends_clause(t + 1)) return false;
  bool start = false;
  const struct token *what = word_is(t + 1, "the") ? t + 2 : t + 1;
  for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) start |= word_is(what, starts[i]);
  length = t - 1;
  if (length > m->first && unit_sign(length->name) && length[-1].kind == TOK_NUMBER) length--;
  bool due = length > m->first && length[-1].kind == TOK_DUE;
  if (!start || !due) return false;
  m->at = places(m, length, what);
  return tell(m, V0114, "the day of an action counts from its opening, without a word for it",
              words(m, "write: %s", written_here(m, length, t)));
}

/* within two weeks */
static bool length_counted_in_words(struct mistake *m) {
  const struct token *end, *t = m->t;
  if (t > m->first && (ends_clause(t) || unit_sign(t->name))) t--;
  if (t == m->first || (t->kind != TOK_NAME && t->kind != TOK_NUMBER)) return false;
  const char *length = length_said(m, t, &end);
  if (!length || (t->kind == TOK_NUMBER && end < t + 3)) return false; /* 30 days: unit_in_words */
  m->at = places(m, t, end - 1);
  return tell(m, V0103, words(m, "`%s` is written as one word", span_text(m->px->arena, m->at)),
              words(m, "write %s", length));
}

/* 5 jours ouvrés, 3 working days */
static bool business_days(struct mistake *m) {
  const struct token *number = m->t->kind == TOK_NUMBER ? m->t : m->prev;
  if (!number || number < m->first || number->kind != TOK_NUMBER || ends_clause(number + 1))
    return false;
  const struct token *unit = number + 1, *more = number + 2;
  if (ends_clause(more)) return false;
  bool first = said_one_of(unit, working), second = said_one_of(more, working);
  const char *days = unit_sign(first ? more->name : unit->name);
  if (first == second || !days || strcmp(days, "d") != 0) return false;
  m->at = places(m, number, more);
  return tell(m, V0103, words(m, "`%s` is written as one word", span_text(m->px->arena, m->at)),
              words(m, "write %sbd", quote(m->px, number)));
}

const mistake_pattern day_patterns[] = {
    day_as_said,   period_for_day,          counted_from_opening,
    business_days, length_counted_in_words, NULL};
