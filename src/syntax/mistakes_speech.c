/* What people say of many rows, of other rules and of examples: the average health of accounts,
 * 20% below average, two of three, every account without a csm, a test in words. In: the unexpected
 * token and its neighbours. Out: the line as it is written here. */
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "parse.h"
#include "syntax/habits.h"
#include "syntax/mistake.h"
#include "syntax/told.h"
#include "syntax/parse_file.h"
#include "syntax/words.h"

static bool said(const struct token *t, const char *word) {
  return said_one_of(t, (const char *const[]){word, NULL});
}

static const struct token *skip(const struct token *t, const char *const *list) {
  while (!ends_clause(t) && said_one_of(t, list)) t++;
  return t;
}

/* ---- aggregates ----------------------------------------------------------------------- */

/* avg for average, however it is written; NULL: the token is no such word. */
static const char *aggregate_at(struct mistake *m, const struct token *t) {
  static const struct {
    const char *word, *fn;
  } said_so[] = {{"average", "avg"}, {"mean", "avg"},    {"total", "sum"},   {"overall", "sum"},
                 {"maximum", "max"}, {"highest", "max"}, {"largest", "max"}, {"minimum", "min"},
                 {"lowest", "min"},  {"smallest", "min"}};
  if (ends_clause(t) || t->kind == TOK_STRING) return NULL;
  const char *word = text_lower(m->px->arena, quote(m->px, t));
  for (size_t i = 0; i < sizeof said_so / sizeof *said_so; i++)
    if (strcmp(said_so[i].word, word) == 0) return said_so[i].fn;
  const char *fn = aggregate_word(word);
  return fn && strcmp(fn, "count") != 0 && strcmp(fn, "share") != 0 ? fn : NULL;
}

/* average health of accounts, total mrr across all customers */
static bool aggregate_in_words(struct mistake *m) {
  static const char *const joins[] = {"across", "for", "from", "in", "among", NULL};
  static const char *const all[] = {"the", "all", "our", "every", "each", "of", NULL};
  const struct token *t = m->t, *what, *join, *rows;
  const char *fn = NULL;
  while (t > m->first && m->t - t < 4 && !(fn = aggregate_at(m, t))) t--;
  if (!fn || t[1].kind != TOK_NAME) return false;
  for (what = t + 1, join = what + 1; join->kind == TOK_DOT; join += 2) {
  }
  bool joined = join->kind == TOK_OF || join->kind == TOK_OVER || join->kind == TOK_FOR ||
                join->kind == TOK_IN || join->kind == TOK_FROM || said_one_of(join, joins);
  if (!joined || ends_clause(join + 1)) return false;
  rows = skip(join + 1, all);
  if (rows->kind != TOK_NAME || rows[1].kind == TOK_DOT) return false;
  const char *sum = words(m, "%s of %s", fn, source_between(m, what, join));
  bool whole = t > m->first && t[-1].kind == TOK_EQ && m->first->kind == TOK_K_KPI;
  const char *open = whole ? "" : "(", *close = whole ? "" : ")", *name = quote(m->px, rows);
  m->at = places(m, t, rows);
  return tell_loose(m, V0106, "an aggregate is written with `of` and `over`",
                    words(m, "write: %s%s over %s%s", open, sum, singular(m, name), close),
                    (struct loose_words){
                        .name = name, .rows = words(m, "write: %s%s over $1%s", open, sum, close)});
}

static const struct {
  const char *first, *second, *sign;
} sides[] = {{"below", NULL, "<"},    {"under", NULL, "<"},    {"less", "than", "<"},
             {"lower", "than", "<"},  {"fewer", "than", "<"},  {"smaller", "than", "<"},
             {"worse", "than", "<"},  {"above", NULL, ">"},    {"over", NULL, ">"},
             {"more", "than", ">"},   {"higher", "than", ">"}, {"greater", "than", ">"},
             {"larger", "than", ">"}, {"better", "than", ">"}, {"beyond", NULL, ">"}};

/* The sign of `below` or of `less than` at t, which moves behind it; NULL: neither. */
static const char *side_at(const struct mistake *m, const struct token **t) {
  int k = (*t)->kind;
  if (k >= TOK_EQ && k <= TOK_GE) return quote(m->px, (*t)++);
  for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
    bool same = k == TOK_OVER ? strcmp(sides[i].first, "over") == 0 : said(*t, sides[i].first);
    if (!same || (sides[i].second && (*t)[1].kind != TOK_THAN && !said(*t + 1, sides[i].second)))
      continue;
    *t += sides[i].second ? 2 : 1;
    return sides[i].sign;
  }
  return NULL;
}

/* health is 20% below the average, mrr < average */
static bool against_average(struct mistake *m) {
  static const char *const before[] = {"the",     "a",      "our",   "its",     "their", "company",
                                       "overall", "global", "total", "general", NULL};
  const struct token *t = m->first, *name, *from, *end;
  const char *fn = NULL, *sign = NULL, *rows = rows_here(m);
  double percent = 100;
  for (; !ends_clause(t) && t <= m->t + 3 && !sign; t++) {
    from = t, end = t;
    bool part = t->kind == TOK_PERCENT;
    if (part) end++;
    sign = ends_clause(end) ? NULL : side_at(m, &end);
    end = sign ? skip(end, before) : end;
    fn = sign ? aggregate_at(m, end) : NULL;
    bool bare = fn && (ends_clause(end + 1) || end[1].kind == TOK_AND || end[1].kind == TOK_OR ||
                       end[1].kind == TOK_ARROW);
    if (!bare || strcmp(fn, "sum") == 0 || end < m->t - 1) sign = NULL;
    if (sign && part) percent = *sign == '<' ? 100 - t->num : 100 + t->num;
  }
  if (!sign) return false;
  name = from - 1;
  while (name > m->first && (name->kind == TOK_IS || said(name, "was"))) name--;
  if (name->kind != TOK_NAME || name == m->first) return false;
  while (name - 2 > m->first && name[-1].kind == TOK_DOT) name -= 2;
  const struct token *behind = name + 1;
  while (behind->kind == TOK_DOT) behind += 2;
  const char *what = source_between(m, name, behind);
  m->at = places(m, name, end);
  return tell(m, V0106, "the mean of all is an aggregate over them",
              words(m, "write: %s %s %s(%s of %s over %s)", what, sign,
                    percent == 100 ? "" : words(m, "%.15g%% * ", percent), fn, what,
                    *rows ? rows : "ENTITY"));
}

/* ---- so many of these ----------------------------------------------------------------- */

static int number_at(const struct token *t) {
  static const char *const in_words[] = {"two", "three", "four", "five"};
  if (t->kind == TOK_NUMBER) return t->num >= 1 && t->num < 100 ? (int)t->num : 0;
  for (int i = 0; i < 4; i++)
    if (said(t, in_words[i])) return i + 2;
  return 0;
}

/* at least 2 of health < 40, mrr > 0, …: the conditions, each as 1 or 0, added up. */
static bool so_many_hold(struct mistake *m) {
  static const char *const before[] = {"at", "least", "any", NULL};
  static const char *const fill[] = {"the", "these", "following", "conditions", NULL};
  const struct token *t = m->first + 1, *list, *from;
  int n, parts = 0;
  const char *out = "";
  if (m->first->kind != TOK_K_WHEN && !said(m->first, "when")) return false;
  t = skip(t, before);
  if (t == m->first + 1 || !(n = number_at(t)) || t[1].kind != TOK_OF) return false;
  list = from = skip(t + 2, fill);
  for (t = list;; t++) {
    bool end = ends_clause(t) || t->kind == TOK_ARROW;
    if (!end && t->kind != TOK_COMMA && t->kind != TOK_LIST_COMMA) continue;
    if (t == from) return false;
    const struct token *last = from->kind == TOK_OR || from->kind == TOK_AND ? from + 1 : from;
    out = words(m, "%s%s(if %s then 1 else 0)", out, *out ? " + " : "", written_here(m, last, t));
    parts++, from = t + 1;
    if (end) break;
  }
  if (parts < 2) return false;
  m->at = places(m, m->first, t - 1);
  return tell(m, V0106, "how many of several conditions hold is a sum",
              words(m, "write: when %s >= %d", out, n));
}

/* every account without a csm -> …, each deal where …, all customers with … */
static bool every_row(struct mistake *m) {
  static const char *const all[] = {"every", "each", "any", "all", "chaque", "tous", NULL};
  static const char *const asks[] = {"with",   "where", "whose", "when",
                                     "having", "that",  "who",   NULL};
  static const char *const fill[] = {"a",  "an",  "any", "the", "has", "have",
                                     "no", "our", "les", "is",  NULL};
  const struct token *t = m->first, *rows, *word, *arrow;
  if (!said_one_of(t, all) && t->kind != TOK_EVERY) return false;
  rows = skip(t + 1, fill);
  word = rows + 1;
  if (ends_clause(rows) || rows->kind != TOK_NAME || ends_clause(word)) return false;
  for (arrow = word; !ends_clause(arrow) && arrow->kind != TOK_ARROW;) arrow++;
  bool lacks = said(word, "without") ||
               (said(word, "with") && (word[1].kind == TOK_NO || said(word + 1, "no")));
  bool asked = lacks || word->kind == TOK_WHERE || said_one_of(word, asks);
  if (!asked || word + 1 >= arrow) return false;
  const char *of = singular(m, quote(m->px, rows));
  const char *act = ends_clause(arrow) ? "-> assign CS, due 7d"
                                       : source_between(m, arrow, last_of_clause(arrow) + 1);
  const struct token *name = skip(word + (word[1].kind == TOK_NO ? 2 : 1), fill);
  bool one = lacks && name->kind == TOK_NAME && name + 1 == arrow;
  m->at = places(m, m->first, last_of_clause(m->first));
  const char *message = "a rule names its rows in its first line, and asks them below it";
  const char *form = "write: rule NAME for %s, below it: when %s, and below that: %s";
  if (!one)
    return !lacks &&
           tell(m, V0106, message, words(m, form, of, written_here(m, word + 1, arrow), act));
  const char *what = quote(m->px, name);
  return tell_loose(m, V0106, message, words(m, form, of, words(m, "%s is unknown", what), act),
                    (struct loose_words){.name = what,
                                         .rows = words(m, form, of, "(count of $1) = 0", act),
                                         .value = words(m, form, of, "$1 is unknown", act),
                                         .flag = words(m, form, of, "not $1", act)});
}

/* either health < 40 or mrr < 100 */
static bool either(struct mistake *m) {
  static const char *const joins[] = {"either", "both", "soit", NULL};
  const struct token *t = m->t, *end;
  while (t > m->first && m->t - t < 3 && !said_one_of(t, joins)) t--;
  bool begins =
      t > m->first && said_one_of(t, joins) && (t[-1].kind == TOK_K_WHEN || said(t - 1, "when"));
  if (!begins || ends_clause(t + 1)) return false;
  for (end = t + 1; !ends_clause(end) && end->kind != TOK_ARROW;) end++;
  const char *text = written_here(m, t + 1, end);
  m->at = places(m, t, end - 1);
  return tell(m, V0106, words(m, "`%s` falls away: `and` and `or` say it", quote(m->px, t)),
              words(m, "write: %s", text));
}

/* ---- French ----------------------------------------------------------------------------- */

static const char *const of_words[] = {"de", "des", "du", "d'", "les", "la", "le", "l'", NULL};

/* somme des montants des factures sur 12 mois glissants: the whole sum, as it is written here. */
static bool french_sum(struct mistake *m) {
  static const char *const fns[] = {"somme", "moyenne", "total", "cumul", "nombre", NULL};
  static const char *const to[] = {"sum", "avg", "sum", "sum", "count"};
  static const char *const before[] = {"sur",      "depuis",    "pendant", "les",
                                       "derniers", "dernières", NULL};
  static const char *const which[] = {"où", "dont", "where", NULL};
  static const char *const rolling[] = {"glissants", "glissantes", NULL};
  static const char *const open[] = {"ouverts", "ouvertes", "actifs", "actives", "courants", NULL};
  const struct token *t = m->first, *what, *rows, *end;
  int fn = 0;
  if (m->first->kind != TOK_K_KPI) return false;
  while (!ends_clause(t) && t->kind != TOK_EQ) t++;
  if (ends_clause(t) || ends_clause(t + 1)) return false;
  for (t++; fns[fn] && !said(t, fns[fn]);) fn++;
  what = fns[fn] ? skip(t + 1, of_words) : t;
  if (!fns[fn] || what == t + 1 || ends_clause(what) || what->kind != TOK_NAME) return false;
  bool counts = strcmp(to[fn], "count") == 0;
  rows = counts ? what : skip(what + 1, of_words);
  if (ends_clause(rows) || rows->kind != TOK_NAME || (!counts && rows == what + 1)) return false;
  const struct token *flag = rows + 1, *tail = flag;
  if (!ends_clause(flag) && said_one_of(flag, open)) tail++;
  const struct token *number = skip(tail, before);
  const char *length = ends_clause(number) ? NULL : length_said(m, number, &end);
  const char *of = singular(m, quote(m->px, rows)),
             *span = length ? words(m, " in last %s", length) : "";
  const char *where = tail > flag ? " where active" : "";
  const struct token *rest = length ? end : tail;
  if (!ends_clause(rest) && said_one_of(rest, rolling)) rest++;
  if (!ends_clause(rest)) { /* what chooses rows is kept; anything else is told elsewhere */
    struct stretch asked = {rest + 1, last_of_clause(t) + 1};
    if (!said_one_of(rest, which) || asked.from == asked.to || tail > flag) return false;
    where = words(m, " where %s", stretch_in_english(m, asked));
  }
  m->at = places(m, t, last_of_clause(t));
  const char *head =
      counts ? "count of" : words(m, "%s of %s over", to[fn], singular(m, quote(m->px, what)));
  return tell_loose(
      m, V0106, words(m, "the words of the language are English: `%s` is none of them", fns[fn]),
      words(m, "write: %s %s%s%s", head, of, span, where),
      (struct loose_words){.name = quote(m->px, rows),
                           .rows = words(m, "write: %s $1%s%s", head, span, where)});
}

/* ---- formulas ------------------------------------------------------------------------- */

/* The formula of the KPI of this name above; NULL: there is none. */
static const char *formula_above(struct mistake *m, const char *name) {
  const struct ast *ast = m->px->ast;
  for (size_t i = ast->clauses.n; i-- > 0;) {
    const struct clause *c = ast->clauses.v[i];
    if (c->kind == C_KPI && c->name && c->expr && strcmp(c->name, name) == 0)
      return span_text(m->px->arena, c->expr->span);
  }
  return NULL;
}

/* kpi total += sum of amount over deal */
static bool kpi_added(struct mistake *m) {
  const struct token *name = m->first + 1, *sign = m->first + 2;
  bool adds = m->first->kind == TOK_K_KPI && name->kind == TOK_NAME && !ends_clause(sign) &&
              (sign->kind == TOK_PLUS || sign->kind == TOK_MINUS || sign->kind == TOK_STAR ||
               sign->kind == TOK_SLASH) &&
              sign[1].kind == TOK_EQ && !ends_clause(sign + 2);
  if (!adds) return false;
  const char *own = quote(m->px, name), *above = formula_above(m, name->name);
  m->at = places(m, m->first, last_of_clause(m->first));
  const char *more = source_between(m, sign + 2, last_of_clause(sign) + 1);
  return tell(m, V0114, "a KPI has one formula, on one line",
              above ? words(m, "write: kpi %s = (%s) %s (%s); the line above is then left out", own,
                            above, quote(m->px, sign), more)
                    : words(m, "write: kpi %s = %s", own, more));
}

/* ---- entities ------------------------------------------------------------------------- */

/* account_id references accounts(id); foreign key (account_id) references accounts(id) */
static bool column_of_parent(struct mistake *m) {
  static const char *const refers[] = {"references", "ref",   "refs",   "fk",      "foreign_key",
                                       "joins",      "links", "lookup", "relates", NULL};
  static const char *const fill[] = {"to", "entity", "table", "key", NULL};
  const struct token *column = m->first, *word = column + 1, *of;
  if (head_above(m->px) != C_ENTITY || !indented(m, m->first)) return false;
  if (said(column, "foreign") && said(word, "key")) {
    column = word[1].kind == TOK_LPAREN ? word + 2 : word + 1;
    word = column[1].kind == TOK_RPAREN ? column + 2 : column + 1;
  }
  if (ends_clause(column) || ends_clause(word) || !said_one_of(word, refers)) return false;
  of = skip(word + 1, fill);
  if (of->kind == TOK_LPAREN) of++;
  if (ends_clause(of) || !of->name) return false;
  const char *key = column->name ? column->name : quote(m->px, column), *name = of->name;
  const struct token *last = last_of_clause(m->first);
  if (last->kind == TOK_STRING && last > of) key = last->name;
  m->at = places(m, m->first, last);
  return tell_loose(
      m, V0114, "the parent of a row is named by `belongs to`",
      words(m, "write: belongs to %s by \"%s\"", singular(m, name), key),
      (struct loose_words){.name = name, .rows = words(m, "write: belongs to $1 by \"%s\"", key)});
}

/* total money "total" default 0, key "id" not null */
static bool more_of_column(struct mistake *m) {
  static const char *const more[] = {"default",  "nullable", "null",     "required", "unique",
                                     "optional", "primary",  "unsigned", NULL};
  const struct token *t = m->first + 1;
  if (head_above(m->px) != C_ENTITY || !indented(m, m->first)) return false;
  while (!ends_clause(t) && t->kind != TOK_STRING) t++;
  if (ends_clause(t) || ends_clause(t + 1)) return false;
  t++;
  const struct token *word = t->kind == TOK_NOT ? t + 1 : t;
  if (ends_clause(word) || !said_one_of(word, more)) return false;
  bool filled = said(word, "default") && !ends_clause(word + 1);
  m->at = places(m, t, last_of_clause(t));
  diags_drop_inside(m->px->diags, V0103, m->at);
  const char *value = filled ? source_between(m, word + 1, last_of_clause(word) + 1) : "0";
  return tell(m, V0114, "a column says no more than its type: an empty cell is unknown",
              filled ? words(m, "remove it; where it is used, write: (%s else %s)",
                             quote(m->px, m->first), value)
                     : "remove it");
}

/* threshold ok = 40-60, 40 to 60 */
static bool threshold_of_two(struct mistake *m) {
  const struct token *name = m->first + 1;
  if (m->first->kind != TOK_K_THRESHOLD || ends_clause(name) || name[1].kind != TOK_EQ)
    return false;
  const char *p = m->px->words->src->text + name[1].end, *from = p += strspn(p, " ");
  size_t low = strspn(p, "0123456789.%"), gap = strspn(p + low, " ");
  p += low + gap;
  size_t joins = strncmp(p, "to ", 3) == 0 ? 3 : *p == '-' ? 1 : strncmp(p, "..", 2) == 0 ? 2 : 0;
  const char *to = p + joins + strspn(p + joins, " .");
  size_t high = strspn(to, "0123456789.%");
  if (!low || !joins || !high || from[low - 1] == '.') return false;
  const char *own = quote(m->px, name);
  m->at = places(m, m->first, last_of_clause(m->first));
  return tell(m, V0114, "a threshold is one number",
              words(m, "write: threshold %s_low = %.*s, and below it: threshold %s_high = %.*s",
                    own, (int)low, from, own, (int)high, to));
}

/* ---- tests ---------------------------------------------------------------------------- */

static bool is_value(const struct token *t) {
  int k = t->kind;
  return k == TOK_NUMBER || k == TOK_STRING || k == TOK_DATE || k == TOK_PERCENT || k == TOK_TRUE ||
         k == TOK_FALSE;
}

/* health 30, mrr 500 of the tokens: names with their values. */
static const char *facts_said(struct mistake *m, const struct token *from, const struct token *to) {
  static const char *const fill[] = {"is", "of", "equals", "at", "with", "=", NULL};
  const char *out = "";
  for (const struct token *t = from; t + 1 < to; t++) {
    const struct token *value = t + 1;
    while (value < to && (value->kind == TOK_IS || value->kind == TOK_OF || value->kind == TOK_EQ ||
                          said_one_of(value, fill)))
      value++;
    if (t->kind != TOK_NAME || value >= to || !is_value(value) || said_one_of(t, fill)) continue;
    out = words(m, "%s%s%s %s", out, *out ? ", " : "", quote(m->px, t), quote(m->px, value));
    t = value;
  }
  return out;
}

/* The rule that the lines name: behind the word `rule`, or a name of several words. */
static const char *rule_said(struct mistake *m, const struct token *from, const struct token *to) {
  for (const struct token *t = from; t < to; t++)
    if (t > from && (t[-1].kind == TOK_K_RULE || said(t - 1, "rule")) && t->kind == TOK_NAME)
      return quote(m->px, t);
  for (const struct token *t = from; t < to; t++)
    if (t->kind == TOK_NAME && strchr(quote(m->px, t), '_') && !is_value(t + 1))
      return quote(m->px, t);
  return "RULE";
}

static bool begins_test_line(const struct token *t) {
  return t->kind == TOK_K_ON || t->kind == TOK_K_GIVEN || t->kind == TOK_K_ROW ||
         t->kind == TOK_K_EXPECT || is_header_keyword(t->kind);
}

/* when an account has health 30, then RULE should fire: a test as people tell it. */
static bool test_in_words(struct mistake *m) {
  static const char *const begins[] = {"when", "if", "quand", "si", "where", NULL};
  const struct token *end = m->first;
  bool asked = m->first->kind == TOK_K_WHEN || m->first->kind == TOK_IF ||
               m->first->kind == TOK_WHERE || said_one_of(m->first, begins);
  if (head_above(m->px) != C_TEST || !indented(m, m->first) || !asked) return false;
  const struct token *last = end;
  while (end->kind != 0 && !begins_test_line(end) && indented(m, end)) {
    while (!ends_clause(end)) last = end++;
    while (end->kind == TOK_NEWLINE) end++;
  }
  const char *facts = facts_said(m, m->first, end);
  m->at = places(m, m->first, last_of_clause(m->first));
  m->px->told_to = (size_t)(end - m->px->words->list.v);
  return tell(m, V0114, "a test has a day, rows, and what is expected of them",
              words(m,
                    "write: on 2026-03-01, below it: given account \"Acme\" %s, and below that: "
                    "expect %s%s",
                    *facts ? facts : "health 30", rule_said(m, m->first, end),
                    last > last_of_clause(m->first) ? ", in place of the lines below it" : ""));
}

const mistake_pattern speech_patterns[] = {
    test_in_words, against_average,  aggregate_in_words, so_many_hold,
    every_row,     column_of_parent, kpi_added,          either,
    french_sum,    more_of_column,   threshold_of_two,   NULL,
};
