/* Lines whose parts stand in the words and the order of another form: a band as a range, a target
 * as a growth, a step with its person and its day, a rule of all rows, a clause behind a comma. In:
 * the unexpected token and its neighbours. Out: the line as it is written here. */
#include <string.h>
#include <strings.h>

#include "parse.h"
#include "syntax/habits.h"
#include "syntax/mistake.h"
#include "syntax/parse_file.h"
#include "syntax/words.h"
#include "syntax/yaml_keys.h"

enum { ALIAS_MOST = 3 }; /* letters of a second name: a, acc */

static bool tell_whole(struct mistake *m, const char *message, const char *line) {
  m->at = places(m, m->first, last_of_clause(m->first));
  return tell(m, V0114, message, words(m, "write: %s", line));
}

/* ---- bands ---------------------------------------------------------------------------- */

/* The number with its unit at *s, which moves behind it; NULL: none. */
static const char *bound(struct mistake *m, const char **s) {
  const char *p = *s + strspn(*s, " "), *from = p;
  p += strspn(p, "0123456789.");
  while (p > from && p[-1] == '.') p--; /* 70..100 */
  if (p == from) return NULL;
  p += strspn(p, "kM%p");
  if (p[0] == ' ' && strspn(p + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3) p += 4;
  *s = p;
  return words(m, "%.*s", (int)(p - from), from);
}

/* One of the words at *s, which moves behind it. */
static bool takes_one(const char **s, const char *const *list) {
  const char *p = *s + strspn(*s, " ");
  for (; *list; list++) {
    size_t n = strlen(*list);
    if (strncasecmp(p, *list, n) != 0) continue;
    *s = p + n;
    return true;
  }
  return false;
}

/* What stands behind the place on its line, without a comment. */
static const char *rest_of_source_line(struct mistake *m, uint32_t at) {
  const char *text = m->px->words->src->text + at;
  size_t n = strcspn(text, "#\r\n");
  while (n > 0 && text[n - 1] == ' ') n--;
  return words(m, "%.*s", (int)n, text);
}

/* green 70-100, amber from 40 to 70, red 0..40, green 80+, red 40 and below */
static bool band_as_range(struct mistake *m) {
  static const char *const froms[] = {"from ", "between ", "de ", "entre ", "in ", "=", ":", NULL};
  static const char *const tos[] = {"to ", "and ", "-", "...", "..", "until ", "à ", "et ", NULL};
  static const char *const up[] = {"+",        "and above",  "and more",  "and up", "or more",
                                   "or above", "and higher", "or higher", "plus",   NULL};
  static const char *const down[] = {"and below", "and less", "and under", "or less",
                                     "or below",  "or lower", "and lower", NULL};
  int k = m->first->kind;
  if (k != TOK_K_GREEN && k != TOK_K_AMBER && k != TOK_K_RED) return false;
  if (ends_clause(m->first + 1)) return false;
  const char *s = rest_of_source_line(m, m->first->end), *sign = NULL, *whole = s;
  takes_one(&s, froms);
  const char *low = bound(m, &s), *high = NULL;
  if (!low) return false;
  if (takes_one(&s, up))
    sign = ">=";
  else if (takes_one(&s, down))
    sign = "<=";
  else if (!takes_one(&s, tos) || !(high = bound(m, &s)))
    return false;
  if (s[strspn(s, " ")]) return false;
  const char *band = quote(m->px, m->first);
  bool percent = high && strchr(high, '%') && !strchr(low, '%');
  m->at = place(m, m->first);
  m->at.end += (uint32_t)strlen(whole);
  return tell(m, V0114, "a band is a comparison",
              high ? words(m, "write: %s >= %s%s and <= %s", band, low, percent ? "%" : "", high)
                   : words(m, "write: %s %s %s", band, sign, low));
}

/* threshold floors:, and below it a value for each plan, as a dictionary has them. */
static bool table_of_keys(struct mistake *m) {
  const char *text = m->px->words->src->text;
  const struct token *name = m->first + 1;
  if (m->first->kind != TOK_K_THRESHOLD || name->kind != TOK_NAME || !ends_clause(name + 1))
    return false;
  const char *next = strchr(text + name->end, '\n');
  if (!next) return false;
  next++;
  next += strspn(next, " \t");
  if (!keyed_line_at(m->px->words->src, (uint32_t)(next - text))) return false;
  size_t n = strcspn(next, ": "), gap = n + strspn(next + n, ": ");
  size_t value = strcspn(next + gap, " \t\r\n#");
  const char *quoted = *next == '"' ? "" : "\"";
  m->at = places(m, m->first, name);
  return tell(m, V0114, "a threshold with several values is a table, by a text of the rows",
              words(m,
                    "write: threshold %s by plan, and below it: for %s%.*s%s = %.*s, and so the "
                    "next lines",
                    name->name, quoted, (int)n, next, quoted, (int)value, next + gap));
}

/* threshold alarm = 12 if plan is "Basic" else 10 */
static bool threshold_with_condition(struct mistake *m) {
  const struct token *value = m->first + 3, *asks = m->t, *other, *last = last_of_clause(m->first);
  if (m->first->kind != TOK_K_THRESHOLD || asks <= value || value[-1].kind != TOK_EQ) return false;
  if (asks->kind != TOK_IF && asks->kind != TOK_WHERE && !word_is(asks, "when")) return false;
  for (other = asks; other < last && other->kind != TOK_ELSE && other->kind != TOK_IF_ELSE &&
                     !word_is(other, "otherwise");)
    other++;
  bool both = other < last && other > asks + 1;
  const char *here = source_between(m, value, asks);
  const char *condition = source_between(m, asks + 1, both ? other : last + 1);
  return tell_whole(
      m, "a threshold has a line for the rows of each segment",
      words(m,
            "threshold %s = %s, and below it: for some = %s; above it: segment some of account "
            "where %s",
            quote(m->px, m->first + 1), both ? source_between(m, other + 1, last + 1) : here, here,
            condition));
}

/* ---- targets -------------------------------------------------------------------------- */

static const struct {
  const char *word, *write;
} aims[] = {{"grows", "rise"},     {"grow", "rise"},     {"growth", "rise"},   {"up", "rise"},
            {"increases", "rise"}, {"increase", "rise"}, {"improves", "rise"}, {"rises", "rise"},
            {"shrinks", "drop"},   {"falls", "drop"},    {"drops", "drop"},    {"down", "drop"},
            {"decreases", "drop"}, {"decrease", "drop"}, {"reduce", "drop"},   {"reaches", ">="},
            {"reach", ">="},       {"hits", ">="},       {"hit", ">="},        {"at", ">="},
            {"is", ">="},          {"equals", ">="},     {"to", ">="},         {"of", ">="},
            {"stays", ">="},       {"min", ">="},        {"minimum", ">="},    {"exceeds", ">"},
            {"above", ">"},        {"over", ">"},        {"below", "<"},       {"under", "<"},
            {"max", "<="},         {"maximum", "<="}};

static const char *aim_of(struct mistake *m, const struct token *t) {
  if (t->kind == TOK_PLUS) return "rise";
  if (t->kind == TOK_EQ) return ">=";
  const char *text = quote(m->px, t);
  for (size_t i = 0; t->kind != TOK_STRING && i < sizeof aims / sizeof *aims; i++)
    if (strcasecmp(text, aims[i].word) == 0) return aims[i].write;
  return NULL;
}

/* by end of FY2027 for `in FY2027`, `for 2027`; NULL: no day is said from t on. */
static const char *target_day(struct mistake *m, const struct token *t) {
  static const char *const whole[] = {"in", "for", "during", "by", "before", "until", "pour", NULL};
  if (ends_clause(t)) return NULL;
  const struct token *what = t + 1;
  bool word = t->kind == TOK_IN || t->kind == TOK_FOR || t->kind == TOK_BY ||
              t->kind == TOK_BEFORE || said_one_of(t, whole);
  if (!word || ends_clause(what)) return NULL;
  const char *rest = source_between(m, what, last_of_clause(what) + 1);
  bool quarter = strlen(rest) == 7 && strchr("QqTt", *rest) && rest[1] >= '1' && rest[1] <= '4' &&
                 rest[2] == ' ' && strspn(rest + 3, "0123456789") == 4;
  if (quarter) return words(m, "by end of %s-Q%c", rest + 3, rest[1]);
  bool year = what->kind == TOK_NUMBER && strlen(quote(m->px, what)) == 4;
  if (what->kind == TOK_PERIOD || year || what->kind == TOK_THIS || word_is(what, "this"))
    return words(m, "by end of %s", rest);
  return words(m, "by %s", rest);
}

/* target company_arr grows 15% by end of FY2027, reaches 15M EUR in FY2027, +15% … */
static bool target_in_words(struct mistake *m) {
  static const char *const fill[] = {"by",   "to", "of", "at",     "least", "more",
                                     "than", "a",  "be", "should", "must",  NULL};
  const struct token *t = m->first + 2, *value;
  if (m->first->kind != TOK_K_TARGET || ends_clause(m->first + 1) || ends_clause(t)) return false;
  while (word_is(t, "should") || word_is(t, "must") || word_is(t, "will")) t++;
  const char *aim = ends_clause(t) ? NULL : aim_of(m, t), *over = "1y";
  if (!aim && (t->kind == TOK_NUMBER || t->kind == TOK_PERCENT)) aim = ">=", t--;
  if (!aim) return false;
  bool moves = aim[0] == 'r' || aim[0] == 'd';
  for (t++; !ends_clause(t) && (said_one_of(t, fill) || t->kind == TOK_BY || t->kind == TOK_OF);
       t++)
    if (moves && word_is(t, "to")) aim = aim[0] == 'r' ? ">=" : "<=", moves = false;
  value = t;
  bool number = t->kind == TOK_NUMBER || t->kind == TOK_PERCENT || t->kind == TOK_POINTS;
  if (!number) return false;
  if (moves && t->kind == TOK_NUMBER && word_is(t - 1, "at")) return false;
  t += t->kind == TOK_NUMBER && (t[1].kind == TOK_NAME || t[1].kind == TOK_CURRENCY_CODE) ? 2 : 1;
  const char *amount = source_between(m, value, t);
  if (t->kind == TOK_OVER && t[1].kind == TOK_DURATION) over = quote(m->px, t + 1), t += 2;
  if (word_is(t, "yoy") || word_is(t, "YoY")) t++;
  const char *day = target_day(m, t);
  if (!day) return false;
  const char *name = quote(m->px, m->first + 1);
  return tell_whole(m, "a target is a comparison, and a day",
                    moves ? words(m, "target %s %s over %s >= %s %s", name, aim, over, amount, day)
                          : words(m, "target %s %s %s %s", name, aim, amount, day));
}

/* target reach 13M EUR of company_arr by end of FY2027; target 13M EUR company_arr by … */
static bool target_value_first(struct mistake *m) {
  static const char *const fill[] = {"reach",   "hit", "get", "to",  "at", "least",
                                     "achieve", "of",  "in",  "for", "a",  NULL};
  const struct token *t = m->first + 1, *value, *name;
  if (m->first->kind != TOK_K_TARGET) return false;
  while (!ends_clause(t) && said_one_of(t, fill)) t++;
  value = t;
  if (t->kind != TOK_NUMBER && t->kind != TOK_PERCENT) return false;
  t += t->kind == TOK_NUMBER && t[1].kind == TOK_CURRENCY_CODE ? 2 : 1;
  const char *amount = source_between(m, value, t);
  while (!ends_clause(t) && (said_one_of(t, fill) || t->kind == TOK_OF || t->kind == TOK_IN)) t++;
  name = t++;
  const char *day = name->kind == TOK_NAME ? target_day(m, t) : NULL;
  return day && tell_whole(m, "a target is a comparison, and a day",
                           words(m, "target %s >= %s %s", quote(m->px, name), amount, day));
}

/* target new_mrr >= 50k EUR per quarter: how often, and no day. */
static bool target_without_day(struct mistake *m) {
  static const char *const every[] = {"per", "each", "every", "a", "chaque", "par", NULL};
  static const struct {
    const char *word, *of, *check;
  } units[] = {{"day", "month", "daily"},          {"week", "month", "weekly"},
               {"month", "month", "weekly"},       {"quarter", "quarter", "monthly"},
               {"year", "year", "monthly"},        {"mois", "month", "weekly"},
               {"trimestre", "quarter", "monthly"}};
  const struct token *t = m->first + 1;
  if (m->first->kind != TOK_K_TARGET) return false;
  for (; !ends_clause(t) && t->kind != TOK_BY; t++) {
    bool one = t->kind == TOK_PER || t->kind == TOK_EACH_UNIT; /* both words */
    if (!one && !said_one_of(t, every) && t->kind != TOK_EVERY && t->kind != TOK_FOR_EACH) continue;
    const struct token *unit = one ? t : t + 1;
    if (ends_clause(unit) || !ends_clause(unit + 1) || !unit->name) continue;
    const char *word = unit->name;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
      if (strcasecmp(units[i].word, word) != 0) continue;
      const char *goal = source_between(m, m->first, t);
      return tell_whole(m, "a target has one day, and is set anew for each period",
                        words(m,
                              "%s by end of %s; how often it is looked at says a line below it: "
                              "check %s",
                              goal, units[i].of, units[i].check));
    }
  }
  return false;
}

/* plan text "plan" unreadable is missing */
static bool unreadable_is(struct mistake *m) {
  bool said = m->prev && m->prev->kind == TOK_IS && m->prev > m->first &&
              word_is(m->prev - 1, "unreadable");
  if (!said || m->t->kind != TOK_NAME) return false;
  return tell(m, V0114, "a value that cannot be read is an error, or unknown", "write: unknown");
}

/* given holidays from "holidays", given holiday 2026-12-25 to 2027-01-01 */
static bool holidays_of_test(struct mistake *m) {
  static const char *const words[] = {"holiday", "holidays", NULL};
  const struct token *name = m->first + 1;
  if (m->first->kind != TOK_K_GIVEN || (name->kind != TOK_K_HOLIDAYS && !said_one_of(name, words)))
    return false;
  m->at = places(m, m->first, last_of_clause(m->first));
  return tell(m, V0114, "the holidays of a test are named one by one: it reads no table",
              "write: given holiday 2026-04-03, 2026-04-06");
}

/* ---- playbooks ------------------------------------------------------------------------ */

/* step "Call" by CS within 2 days; step "Call", CS, 2d; step "Call" on day 3, owner CS */
static bool step_in_words(struct mistake *m) {
  static const char *const fill[] = {
      "by",   "within", "in",   "due",      "owner", "assign", "assigned", "to",  "for",
      "team", "after",  "then", "deadline", "on",    "at",     "before",   "who", "the",
      "par",  "sous",   "pour", "avant",    "from",  "with",   "day",      NULL};
  const struct token *text = m->first + 1, *t = text + 1, *end;
  const char *length = NULL, *team = NULL;
  bool odd = false; /* a comma that is missing has a message of its own */
  if (m->first->kind != TOK_K_STEP || text->kind != TOK_STRING || ends_clause(t)) return false;
  for (; !ends_clause(t); t = end) {
    end = t + 1;
    const char *found = length_said(m, t, &end);
    if (!found && t->kind == TOK_NUMBER && word_is(t - 1, "day"))
      found = words(m, "%sd", quote(m->px, t));
    if (found && (length || end->kind == TOK_BEFORE)) return false;
    if (found) length = found;
    int k = t->kind;
    bool due = t[-1].kind == TOK_DUE || word_is(t - 1, "due");
    bool assign = t[-1].kind == TOK_ASSIGN || word_is(t - 1, "assign");
    odd |= found && (!due || k != TOK_DURATION);
    bool filler = k == TOK_COMMA || k == TOK_BY || k == TOK_WITHIN || k == TOK_IN || k == TOK_DUE ||
                  k == TOK_ASSIGN || k == TOK_FOR || k == TOK_AFTER || k == TOK_ARROW ||
                  k == TOK_LPAREN || k == TOK_RPAREN || k == TOK_FROM || k == TOK_BEFORE ||
                  k == TOK_MINUS || said_one_of(t, fill);
    if (found || filler) continue;
    if (k != TOK_NAME || team) return false;
    team = quote(m->px, t);
    odd |= !assign;
  }
  if (!odd) return false;
  return tell_whole(m, "the day of a step stands after `due`, its team after `assign`",
                    words(m, "step %s%s%s%s%s", quote(m->px, text), length ? ", due " : "",
                          length ? length : "", team ? ", assign " : "", team ? team : ""));
}

/* ---- headers -------------------------------------------------------------------------- */

/* rule churn for all accounts, for tous les comptes, for every account */
static bool rule_of_all(struct mistake *m) {
  static const char *const all[] = {"all",  "any",   "every", "our", "the", "tous", "toutes",
                                    "tout", "toute", "les",   "la",  "le",  "des",  NULL};
  const struct token *word = m->first + 2, *t = word;
  if (m->first->kind != TOK_K_RULE || ends_clause(m->first + 1) || ends_clause(word)) return false;
  bool said = word->kind == TOK_FOR_ALL;
  if (!said && word->kind != TOK_FOR && word->kind != TOK_FOR_EACH) return false;
  for (t++; !ends_clause(t) && (said_one_of(t, all) || t->kind == TOK_EVERY || t->kind == TOK_OF);
       t++)
    said = true;
  if (!said || t->kind != TOK_NAME) return false;
  const char *name = quote(m->px, m->first + 1), *rows = quote(m->px, t);
  m->at = places(m, m->first, t);
  return tell_loose(
      m, V0114, "a rule is of all rows anyway: which entity's stands after `for`",
      words(m, "write: rule %s for %s", name, singular(m, rows)),
      (struct loose_words){.name = rows, .rows = words(m, "write: rule %s for $1", name)});
}

/* rule churn(account), def of a programming language. */
static bool rule_with_parameters(struct mistake *m) {
  const struct token *name = m->first + 1, *open = m->first + 2, *row = open + 1;
  if (m->first->kind != TOK_K_RULE || name->kind != TOK_NAME || open->kind != TOK_LPAREN)
    return false;
  if (row->kind != TOK_NAME || row[1].kind != TOK_RPAREN) return false;
  m->at = places(m, m->first, last_of_clause(row));
  m->at.end += m->px->words->src->text[m->at.end] == ':';
  diags_drop_inside(m->px->diags, V0104, m->at);
  const char *of = quote(m->px, row);
  return tell_loose(m, V0114, "what a rule is about stands after `for`, without parentheses",
                    words(m, "write: rule %s for %s", quote(m->px, name), singular(m, of)),
                    (struct loose_words){
                        .name = of, .rows = words(m, "write: rule %s for $1", quote(m->px, name))});
}

/* rule churn for account a: a second name for the row, as a question of SQL has it. */
static bool rule_with_alias(struct mistake *m) {
  const struct token *of = m->first + 3, *alias = of + 1, *last = last_of_clause(m->first);
  if (m->first->kind != TOK_K_RULE || last < alias || m->first[2].kind != TOK_FOR) return false;
  if (word_is(alias, "as")) alias++;
  if (alias != last || alias->kind != TOK_NAME || strlen(alias->name) > ALIAS_MOST) return false;
  m->at = places(m, of + 1, last);
  return tell(m, V0114, "a row needs no second name: its attributes are named alone", "remove it");
}

/* threshold x from 2026-01-01 is 5: what holds from a day stands below what holds before. */
static bool threshold_from(struct mistake *m) {
  const struct token *from = m->first + 2, *value;
  if (m->first->kind != TOK_K_THRESHOLD || ends_clause(m->first + 1) || ends_clause(from))
    return false;
  if (from->kind != TOK_FROM || from[1].kind != TOK_DATE || ends_clause(from + 2)) return false;
  for (value = from + 2; !ends_clause(value) &&
                         (value->kind == TOK_EQ || value->kind == TOK_IS || word_is(value, "at"));)
    value++;
  if (ends_clause(value)) return false;
  const char *v = source_between(m, value, last_of_clause(value) + 1);
  return tell_whole(m, "the value from a day on has a line of its own",
                    words(m,
                          "threshold %s = %s, and below it: from %s = %s; the first is what "
                          "holds before",
                          quote(m->px, m->first + 1), v, quote(m->px, from + 1), v));
}

/* health < 40 for the first time */
static bool first_time(struct mistake *m) {
  const struct token *t = m->t;
  while (t > m->first && m->t - t < 3 && t->kind != TOK_FOR && !word_is(t, "for")) t--;
  if ((t->kind != TOK_FOR && !word_is(t, "for")) || !word_is(t + 1, "the")) return false;
  if (!word_is(t + 2, "first") || !word_is(t + 3, "time")) return false;
  m->at = places(m, t, t + 3);
  return tell(m, V0114, "an item opens once, when its condition begins to hold", "remove it");
}

/* capacity 15 items per person */
static bool capacity_of(struct mistake *m) {
  const struct token *n = m->first + 1;
  if (m->first->kind != TOK_K_CAPACITY || n->kind != TOK_NUMBER || ends_clause(n + 1)) return false;
  return tell_whole(m, "how many items a person can hold is a number",
                    words(m, "capacity %s", quote(m->px, n)));
}

/* rule churn for account except self_serve */
static bool rule_except(struct mistake *m) {
  static const char *const outs[] = {"except", "excluding", "excl", "unless", "without",
                                     "but",    "sauf",      "hors", "not",    NULL};
  static const char *const fill[] = {"for", "in", "segment", "not", "those", "the", NULL};
  const struct token *word = m->first + 4, *what = word + 1, *last = last_of_clause(m->first);
  if (m->first->kind != TOK_K_RULE || last <= word || m->first[2].kind != TOK_FOR) return false;
  if (!said_one_of(word, outs) && word->kind != TOK_NOT && word->kind != TOK_UNLESS) return false;
  while (what < last && (said_one_of(what, fill) || what->kind == TOK_SEGMENT ||
                         what->kind == TOK_FOR || what->kind == TOK_IN))
    what++;
  bool name = what == last && what->kind == TOK_NAME;
  m->at = places(m, word, last);
  return tell(m, V0114,
              words(m, "a rule is for every %s: which ones is said in its condition",
                    quote(m->px, m->first + 3)),
              words(m,
                    name ? "remove it; the condition below begins: when not in segment %s and …"
                         : "remove it; the condition below begins: when not (%s) and …",
                    source_between(m, what, last + 1)));
}

/* account in top 10 by arr: so many items, those worth most. */
static bool most_of_all(struct mistake *m) {
  static const char *const before[] = {"in", "the", "is", "among", "of", NULL};
  const struct token *t = m->t, *from, *by, *end;
  while (t > m->first && m->t - t < 3 && !word_is(t, "top")) t--;
  if (!word_is(t, "top") || t == m->first || t[1].kind != TOK_NUMBER) return false;
  for (from = t; from - 1 > m->first && (said_one_of(from - 1, before) || from[-1].kind == TOK_IN ||
                                         from[-1].kind == TOK_IS || from[-1].kind == TOK_OF);)
    from--;
  if (from - 1 > m->first && from[-1].kind == TOK_NAME && from < t) from--;
  for (by = t + 2; !ends_clause(by) && by->kind == TOK_NAME && !word_is(by, "by");) by++;
  bool named = !ends_clause(by) && (by->kind == TOK_BY || word_is(by, "by"));
  end = named && by[1].kind == TOK_NAME ? by + 2 : by;
  const char *worth = named ? quote(m->px, by + 1) : "arr";
  if (end->kind == TOK_AND) end++;
  if (from[-1].kind == TOK_AND && end[-1].kind != TOK_AND) from--;
  m->at = places(m, from, end - 1);
  return tell(m, V0106, "how many items a rule may have open stands on a line of its own",
              words(m, "remove it; on lines of their own: worth %s, and: at most %s open", worth,
                    quote(m->px, t + 1)));
}

/* arr in top 10%, arr is in the bottom 20%: a place among all rows of the segment or rule. */
static bool place_among_all(struct mistake *m) {
  const struct token *t = m->t, *from;
  while (t > m->first && m->t - t < 4 && !word_is(t, "top") && !word_is(t, "bottom")) t--;
  bool top = word_is(t, "top");
  if ((!top && !word_is(t, "bottom")) || t[1].kind != TOK_PERCENT) return false;
  for (from = t; from > m->first && (word_is(from - 1, "the") || from[-1].kind == TOK_IN ||
                                     from[-1].kind == TOK_IS || word_is(from - 1, "among"));
       from--) {
  }
  const struct token *name = from - 1;
  if (name <= m->first || name->kind != TOK_NAME) return false;
  const char *rows = "account", *what = quote(m->px, name);
  if (m->first->kind == TOK_K_SEGMENT && m->first[2].kind == TOK_OF)
    rows = quote(m->px, m->first + 3);
  for (size_t i = m->px->ast->clauses.n; i-- > 0 && m->first->kind != TOK_K_SEGMENT;)
    if (m->px->ast->clauses.v[i]->kind == C_RULE && m->px->ast->clauses.v[i]->of) {
      rows = m->px->ast->clauses.v[i]->of;
      break;
    }
  double share = t[1].num > 1 ? t[1].num : t[1].num * 100;
  m->at = places(m, name, t + 1);
  return tell(m, V0106, "a place among all is a percentile of all",
              words(m, "write: %s %s (percentile %.15g of %s over %s for all)", what,
                    top ? ">=" : "<=", top ? 100 - share : share, what, rows));
}

/* ---- the words of tools that alert ------------------------------------------------------ */

/* What the lines of such a tool say of a condition. */
struct alert_lines {
  const char *sign, *value, *lasting;
};

/* A line below `metric health`: below 40, operator lt, threshold 40, for 7d. The end of its words;
 * NULL: it is another. */
static const struct token *line_of_alert(struct mistake *m, const struct token *t,
                                         struct alert_lines *out) {
  static const char *const signs[] = {"operator",   "op",        "comparison",
                                      "comparator", "condition", NULL};
  static const char *const values[] = {"threshold", "value", "limit", "level", NULL};
  static const char *const lasts[] = {"for", "duration", "window", "period", NULL};
  const struct token *what = t + 1;
  if (ends_clause(t) || ends_clause(what)) return NULL;
  const struct token word = {.kind = TOK_NAME, .name = quote(m->px, t)};
  if (said_one_of(&word, lasts) && what->kind == TOK_DURATION)
    return out->lasting = quote(m->px, what), what + 1;
  if (said_one_of(&word, signs)) {
    out->sign = comparison_said(quote(m->px, what++));
    if (!out->sign) return NULL;
  } else if (!said_one_of(&word, values)) {
    out->sign = comparison_said(word.name);
    if (!out->sign) return NULL;
  }
  int k = what->kind;
  bool value = k == TOK_NUMBER || k == TOK_PERCENT || k == TOK_STRING || k == TOK_POINTS;
  if (value) out->value = quote(m->px, what++);
  return what;
}

/* metric health, and on the lines below it: operator <, threshold 40 */
static bool metric_lines(struct mistake *m) {
  static const char *const metrics[] = {"metric",    "measure", "field",   "property", "signal",
                                        "indicator", "column",  "metrics", NULL};
  const struct token *list = m->px->words->list.v, *name = m->first + 1, *end = name, *t;
  struct alert_lines x = {0};
  if (!said_one_of(m->first, metrics) || head_above(m->px) != C_RULE || name->kind != TOK_NAME)
    return false;
  while (end->kind == TOK_NAME && end[1].kind == TOK_DOT) end += 2;
  const char *what = source_between(m, name, end + 1);
  for (t = ++end; t; t = line_of_alert(m, t, &x)) {
    end = t;
    if (!ends_clause(t)) {
      if (t->kind == TOK_ARROW || line_of_alert(m, t, &(struct alert_lines){0}) == NULL) break;
    }
    while (t->kind == TOK_NEWLINE) t++;
    end = t;
  }
  if (!x.value || !x.sign) return false;
  m->px->told_to = (size_t)(end - list);
  m->at = places(m, m->first, name);
  return tell(m, V0118, words(m, "`%s` is not the beginning of a clause", quote(m->px, m->first)),
              words(m, "write: when %s %s %s%s%s, in place of the lines below it", what, x.sign,
                    x.value, x.lasting ? " for " : "", x.lasting ? x.lasting : ""));
}

/* ---- actions -------------------------------------------------------------------------- */

/* The `->` that m->t stands behind; NULL: none. */
static const struct token *arrow_before(const struct mistake *m) {
  const struct token *t = m->t;
  while (t > m->first && t->kind != TOK_ARROW) t--;
  return t->kind == TOK_ARROW && t < m->t ? t : NULL;
}

/* -> assign CS in 5bd, assign CS within 5 days, assign CS 7d: the day without its word. */
static bool day_of_action(struct mistake *m) {
  static const char *const due[] = {"within", "by",   "in",    "before", "until", "deadline",
                                    "after",  "sous", "avant", "sla",    "eta",   NULL};
  if (!arrow_before(m) || !m->prev || m->prev->kind != TOK_NAME || m->prev[-1].kind != TOK_ASSIGN)
    return false;
  const struct token *t = m->t, *end;
  int k = t->kind;
  bool word = k == TOK_IN || k == TOK_WITHIN || k == TOK_BY || k == TOK_BEFORE || k == TOK_AFTER ||
              k == TOK_FOR || said_one_of(t, due);
  if (word) t++;
  const char *length = ends_clause(t) ? NULL : length_said(m, t, &end);
  if (!length && t->kind == TOK_DATE) length = quote(m->px, t), end = t + 1;
  if (!length) return false;
  m->at = places(m, m->prev - 1, end - 1);
  return tell(m, V0114, "the day of an action stands after `due`",
              words(m, "write: assign %s, due %s", quote(m->px, m->prev), length));
}

/* Is the word the first of a clause that a rule has on a line of its own? */
static bool begins_rule_clause(struct mistake *m, const struct token *t) {
  bool rule = m->first->kind == TOK_K_WHEN || m->first->kind == TOK_ARROW;
  const char *text = quote(m->px, t);
  if (t->kind == TOK_STRING || ends_clause(t) || ends_clause(t + 1)) return false;
  for (int k = 0; k < CLAUSE_KINDS; k++) {
    if (clause_is_head((enum clause_kind)k)) continue;
    bool fits = clause_fits((enum clause_kind)k, C_SENTENCE) ||
                (rule && clause_fits((enum clause_kind)k, C_RULE));
    const char *word = fits && k != C_BROKEN ? clause_word((enum clause_kind)k) : NULL;
    if (word && strncmp(word, text, strlen(text)) == 0 && strchr(" ", word[strlen(text)]))
      return true;
  }
  return false;
}

/* -> assign CS, due 7d, escalate 3bd after due */
static bool clause_behind_comma(struct mistake *m) {
  const struct token *t = m->t, *end = t;
  if (!arrow_before(m) || !m->prev || !begins_rule_clause(m, t)) return false;
  if (m->prev->kind != TOK_COMMA && m->prev->kind != TOK_AND) return false;
  while (!ends_clause(end) && end->kind != TOK_COMMA) end++;
  const char *clause = opening_written(m, t, C_RULE);
  if (!clause) clause = written_here(m, t, end);
  m->at = places(m, m->prev, end - 1);
  return tell(m, V0114, words(m, "`%s` stands on a line of its own", quote(m->px, t)),
              words(m, "remove it; on a line of its own: %s", clause));
}

const mistake_pattern form_patterns[] = {
    metric_lines,         table_of_keys,
    band_as_range,        target_in_words,
    step_in_words,        rule_of_all,
    unreadable_is,        holidays_of_test,
    place_among_all,      day_of_action,
    clause_behind_comma,  threshold_with_condition,
    rule_with_parameters, rule_with_alias,
    threshold_from,       first_time,
    capacity_of,          rule_except,
    most_of_all,          target_value_first,
    target_without_day,   NULL,
};
