/* What joins the parts of a line: commas, arrows, words in the place of a sign. In: the unexpected
 * token and its neighbours. Out: a message, when the slip is one of these. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/text.h"
#include "parse.h"
#include "syntax/habits.h"
#include "syntax/mistake.h"
#include "syntax/parse_file.h"
#include "syntax/told.h"

static const struct token *arrow_before(const struct mistake *m, const struct token *t) {
  while (t > m->first && t->kind != TOK_ARROW) t--;
  return t->kind == TOK_ARROW ? t : NULL;
}

static bool compares_between(const struct token *from, const struct token *to) {
  for (; from < to; from++)
    if ((from->kind >= TOK_EQ && from->kind <= TOK_GE) || from->kind == TOK_IS ||
        from->kind == TOK_WITHIN || from->kind == TOK_OVERDUE || from->kind == TOK_MATCHES ||
        from->kind == TOK_OLDER)
      return true;
  return false;
}

/* ---- commas --------------------------------------------------------------------------- */

/* health < 40, mrr > 0 */
static bool comma_for_and(struct mistake *m) {
  const struct token *t = m->next, *end = t;
  bool part = t->kind == TOK_NAME || t->kind == TOK_LPAREN || t->kind == TOK_NOT;
  if (m->t->kind != TOK_COMMA || !m->prev || !part || arrow_before(m, m->t)) return false;
  if (m->first->kind != TOK_K_WHEN && m->first->kind != TOK_NAME && m->first->kind != TOK_K_CLEAR)
    return false;
  if (word_is(t, "assign") || word_is(t, "then")) return false;
  while (!ends_clause(end) && end->kind != TOK_COMMA && end->kind != TOK_ARROW) end++;
  if (!compares_between(m->first, m->t) || !compares_between(t, end)) return false;
  m->at = places(m, m->prev, m->t);
  return tell(m, V0114, "conditions are joined with `and`, not with a comma",
              words(m, "write: %s and; or `or`, if one of them is enough", quote(m->px, m->prev)));
}

/* one of "Pro" "Basic" */
static bool comma_in_list(struct mistake *m) {
  const struct token *t = m->t;
  if (t->kind != TOK_STRING || !m->prev || m->prev->kind != TOK_STRING) return false;
  while (t > m->first && t->kind != TOK_ONE) t--;
  if (t->kind != TOK_ONE) return false;
  m->at = places(m, m->prev, m->t);
  return tell(m, V0114, "a comma is missing between the texts of a list",
              words(m, "write: %s, %s", quote(m->px, m->prev), quote(m->px, m->t)));
}

/* -> assign CS, due 7d do "Call {label}" */
static bool comma_before_text(struct mistake *m) {
  static const char *const parts[] = {"do", "priority", "worth", NULL};
  if (!said_one_of(m->t, parts) || !m->prev || ends_clause(m->next)) return false;
  if (m->prev->kind == TOK_COMMA || m->prev->kind == TOK_ARROW || !arrow_before(m, m->prev))
    return false;
  m->at = places(m, m->prev, m->t);
  const char *word = quote(m->px, m->t);
  return tell(m, V0114, words(m, "a comma is missing before `%s`", word),
              words(m, "write: %s, %s", quote(m->px, m->prev), word));
}

/* assigns ana@acme.example, bob@acme.example */
static bool people_of_team(struct mistake *m) {
  const struct token *from = m->first + 1;
  if (m->first->kind != TOK_K_ASSIGNS || m->t->kind != TOK_COMMA || m->prev != from) return false;
  const char *out = "";
  const struct token *t = from;
  for (; !ends_clause(t); t++) {
    bool comma = t->kind == TOK_COMMA || t->kind == TOK_LIST_COMMA || t->kind == TOK_AND;
    if (t->kind != TOK_STRING && !comma) return false;
    if (!comma) out = words(m, "%s%s\"%s\"", out, *out ? ", " : "", t->name);
  }
  m->at = places(m, m->first, t - 1);
  diags_drop_inside(m->px->diags, V0107, m->at);
  return tell(m, V0114, "several people have the items of a team in turn",
              words(m, "write: assigns in turn %s", out));
}

/* one of "Basic", "Pro", and nothing behind the last comma */
static bool comma_at_end(struct mistake *m) {
  const struct token *comma = m->prev;
  bool ends = ends_clause(m->t) || m->t->kind == TOK_ARROW;
  if (m->t->kind == TOK_COMMA && m->next->kind == TOK_ARROW) comma = m->t, ends = true;
  if (!ends || !comma || (comma->kind != TOK_COMMA && comma->kind != TOK_LIST_COMMA)) return false;
  if (arrow_before(m, comma) || comma == m->first || comma[-1].kind != TOK_STRING) return false;
  const char *text = m->px->words->src->text;
  if (text[comma->end + strspn(text + comma->end, " ")] != '\n') return true; /* … is told */
  m->at = place(m, comma);
  return tell(m, V0114, "a line does not end with a comma", "remove it");
}

/* assigns account.csm or "ana@acme.example" */
static bool or_for_else(struct mistake *m) {
  if (m->first->kind != TOK_K_ASSIGNS || m->t->kind != TOK_OR || ends_clause(m->next)) return false;
  return tell(m, V0114, "who has an item where nobody is named stands behind `else`",
              "write `else`");
}

/* health < 40 50, as a change that was tracked leaves it */
static bool two_numbers(struct mistake *m) {
  bool numbers = m->t->kind == TOK_NUMBER && m->prev && m->prev->kind == TOK_NUMBER;
  if (!numbers || strlen(quote(m->px, m->t)) == 3 || m->next->kind == TOK_NAME) return false;
  const char *a = quote(m->px, m->prev), *b = quote(m->px, m->t);
  m->at = places(m, m->prev, m->t);
  return tell(m, V0102, "two numbers stand side by side",
              words(m, "leave one of them out: %s, or %s", a, b));
}

/* ---- arrows --------------------------------------------------------------------------- */

/* -> assign CS -> due 7d; a second line of `->` */
static bool second_arrow(struct mistake *m) {
  if (m->t->kind != TOK_ARROW || !m->prev || !arrow_before(m, m->prev)) return false;
  if (ends_clause(m->next)) return false;
  const struct token *last = last_of_clause(m->t);
  m->at = places(m, m->t, last);
  const char *rest = source_between(m, m->next, last + 1);
  bool acts = m->next->kind == TOK_ASSIGN || word_is(m->next, "assign");
  if (!acts)
    return tell(m, V0114, "the parts of an action stand behind commas",
                words(m, "write: , %s", rest));
  return tell(m, V0114, "a rule has one action",
              words(m, "remove it; a second rule with the same condition has it: -> %s", rest));
}

/* do "Call {label}", and the line of the arrow under it */
static bool action_below(struct mistake *m) {
  bool begins = m->first->kind == TOK_K_DO || m->first->kind == TOK_K_PRIORITY ||
                m->first->kind == TOK_K_WORTH || m->first->kind == TOK_K_ONCE;
  if (m->t->kind != TOK_ARROW || !begins || head_above(m->px) != C_RULE) return false;
  m->at = places(m, m->t, last_of_clause(m->t));
  const char *word = quote(m->px, m->first);
  return tell(m, V0114, words(m, "the action stands before its `%s`", word),
              words(m, "move the line of `->` above the line of `%s`", word));
}

static bool is_threshold_value(const struct token *t) {
  return (t->kind == TOK_PERCENT || t->kind == TOK_NUMBER || t->kind == TOK_DURATION ||
          t->kind == TOK_POINTS) &&
         ends_clause(t + 1);
}

/* for "Proposal" -> 50%; Proposal, 50% */
static bool entry_of_table(struct mistake *m) {
  if (head_above(m->px) != C_THRESHOLD || !indented(m, m->first)) return false;
  if (m->first->kind == TOK_K_FOR && m->t->kind == TOK_ARROW && m->prev != m->first)
    return tell(m, V0114, "`=` stands before the value of a threshold", "write `=`");
  const struct token *sign = m->first + 1;
  bool text = m->first->kind == TOK_STRING;
  if ((!text && m->first->kind != TOK_NAME) || ends_clause(m->first)) return false;
  while (!text && !ends_clause(sign) && sign->kind == TOK_NAME) sign++;
  if (ends_clause(sign) || ends_clause(sign + 1) || !is_threshold_value(sign + 1)) return false;
  if (sign->kind != TOK_COMMA && sign->kind != TOK_ARROW && sign->kind != TOK_EQ) return false;
  m->at = places(m, m->first, sign + 1);
  const char *entry =
      text ? quote(m->px, m->first) : words(m, "\"%s\"", source_between(m, m->first, sign));
  return tell(m, V0114, "an entry of a table begins with `for`",
              words(m, "write: for %s = %s", entry, quote(m->px, sign + 1)));
}

/* ---- how far back --------------------------------------------------------------------- */

/* health drop in last 90d > 10, drop vs 90d ago, drop since 90d */
static bool how_far_back(struct mistake *m) {
  static const char *const fill[] = {"the",      "last",     "past", "previous", "vs",    "versus",
                                     "compared", "to",       "with", "during",   "since", "than",
                                     "trailing", "relative", "from", NULL};
  static const char *const behind[] = {"ago", "before", "earlier", NULL};
  const struct token *move = m->t, *t, *end;
  while (move > m->first && m->t - move < 6 && !is_move(move->kind)) move--;
  if (!is_move(move->kind)) return false;
  for (t = move + 1; !ends_clause(t); t++)
    if (t->kind != TOK_IN && t->kind != TOK_WITHIN && t->kind != TOK_OVER && t->kind != TOK_SINCE &&
        t->kind != TOK_LAST && t->kind != TOK_FROM && !said_one_of(t, fill))
      break;
  const char *length = ends_clause(t) ? NULL : length_said(m, t, &end);
  if (!length || t == move + 1 || end < m->t || (move[1].kind == TOK_OVER && t == move + 2))
    return false;
  if (end->kind == TOK_AGO || said_one_of(end, behind)) end++;
  m->at = places(m, move + 1, end - 1);
  const char *word = quote(m->px, move);
  return tell(m, V0114, words(m, "how far `%s` looks back stands after `over`", word),
              words(m, "write: over %s", length));
}

/* usage year to date */
static bool period_to_date(struct mistake *m) {
  static const char *const units[] = {"week", "month", "quarter", "year", NULL};
  const struct token *t = m->t;
  while (t > m->first && m->t - t < 3 && !said_one_of(t, units)) t--;
  if (t == m->first || !said_one_of(t, units) || ends_clause(t + 1) || ends_clause(t + 2))
    return false;
  if (!word_is(t + 1, "to") || !word_is(t + 2, "date")) return false;
  const struct token *from = t[-1].kind == TOK_IN ? t - 1 : t;
  m->at = places(m, from, t + 2);
  return tell(m, V0106,
              words(m, "`%s` is written otherwise in rule files", source_between(m, t, t + 3)),
              words(m, "write: in this %s", t->name));
}

/* mrr < last month: its own value on another day */
static bool compared_with_last(struct mistake *m) {
  const struct token *last = m->t, *name = m->t - 2;
  if (!m->prev || m->prev <= m->first + 1 || ends_clause(m->next)) return false;
  bool said = last->kind == TOK_LAST || word_is(last, "last") || word_is(last, "previous");
  bool compares = m->prev->kind > TOK_EQ && m->prev->kind <= TOK_GE;
  const char *sign = m->next->name ? unit_sign(m->next->name) : NULL;
  if (!said || !compares || name->kind != TOK_NAME || !sign) return false;
  m->at = places(m, last, m->next);
  return tell(m, V0114, "a value on another day says how long ago",
              words(m, "write: (%s 1%s ago)", quote(m->px, name), sign));
}

/* usage_30d < average of last 3 months */
static bool compared_with_mean(struct mistake *m) {
  static const char *const means[] = {"average", "avg", "mean", "median", NULL};
  const struct token *fn = m->t, *t, *end;
  while (fn > m->first && m->t - fn < 3 && !said_one_of(fn, means) && fn->kind != TOK_AGG) fn--;
  if (fn < m->first + 2 || ends_clause(fn + 1) || fn[1].kind != TOK_OF) return false;
  if (fn[-1].kind < TOK_NE || fn[-1].kind > TOK_GE || fn[-2].kind != TOK_NAME) return false;
  t = fn + 2;
  while (word_is(t, "the") || word_is(t, "its")) t++;
  if (t->kind != TOK_LAST && !word_is(t, "last") && !word_is(t, "past")) return false;
  const char *length = length_said(m, t + 1, &end);
  if (!length) return false;
  const char *word = text_lower(m->px->arena, quote(m->px, fn));
  m->at = places(m, fn, end - 1);
  return tell(m, V0114, "what was on many days is asked day by day, week by week",
              words(m, "write: (%s of %s each %s in last %s)",
                    strcmp(word, "median") == 0 ? "median" : "avg", quote(m->px, fn - 2),
                    length[strlen(length) - 1] == 'd' ? "week" : "month", length));
}

/* mrr last month, where a value stands: its value on another day. */
static const struct token *value_of_last(const struct token *t) {
  bool last = t[1].kind == TOK_LAST || word_is(t + 1, "last") || word_is(t + 1, "previous");
  if (t->kind != TOK_NAME || ends_clause(t + 1) || !last || ends_clause(t + 2)) return NULL;
  const char *sign = t[2].name ? unit_sign(t[2].name) : NULL;
  int before = t[-1].kind;
  bool value = before == TOK_EQ || before == TOK_PLUS || before == TOK_MINUS ||
               before == TOK_STAR || before == TOK_SLASH || before == TOK_LPAREN ||
               (before > TOK_EQ && before <= TOK_GE);
  return value && sign ? t + 2 : NULL;
}

/* kpi growth = (mrr - mrr last month) / mrr last month */
static bool values_of_last(struct mistake *m) {
  const struct token *from = NULL, *end = NULL, *t, *last;
  for (t = m->first + 1; !ends_clause(t); t++) {
    if (!(last = value_of_last(t))) continue;
    if (!from) from = t;
    end = last;
  }
  if (!from || end < m->t - 1 || from > m->t) return false;
  const char *out = "";
  for (t = from; t <= end; t++) {
    last = value_of_last(t);
    const char *gap = t > from && t->at > t[-1].end ? " " : "";
    const char *text = span_text(m->px->arena, place(m, t));
    if (last) text = words(m, "(%s 1%s ago)", text, unit_sign(last->name));
    out = words(m, "%s%s%s", out, gap, text);
    if (last) t = last;
  }
  m->at = places(m, from, end);
  return tell(m, V0114, "a value on another day says how long ago", words(m, "write: %s", out));
}

/* rolling average of usage_30d over 3 months */
static bool rolling_mean(struct mistake *m) {
  static const char *const rolling[] = {"rolling", "moving", "trailing", "running", NULL};
  static const char *const fill[] = {"the", "last", "past", "in", "over", "previous", NULL};
  const struct token *word = m->t, *fn, *what, *t, *end;
  while (word > m->first && m->t - word < 4 && !said_one_of(word, rolling)) word--;
  fn = word + 1, what = word + 3;
  if (!said_one_of(word, rolling) || ends_clause(fn) || ends_clause(fn + 1) || ends_clause(what))
    return false;
  if (fn[1].kind != TOK_OF || what->kind != TOK_NAME) return false;
  for (t = what + 1; !ends_clause(t) && (t->kind == TOK_OVER || t->kind == TOK_IN ||
                                         t->kind == TOK_LAST || said_one_of(t, fill));)
    t++;
  const char *length = t > what + 1 ? length_said(m, t, &end) : NULL;
  if (!length) return false;
  m->at = places(m, word, end - 1);
  return tell(m, V0114, "what was on many days is asked day by day, week by week",
              words(m, "write: avg of %s each %s in last %s", quote(m->px, what),
                    length[strlen(length) - 1] == 'd' ? "week" : "month", length));
}

/* ---- words for signs ------------------------------------------------------------------ */

/* The sign that `divided by` at t says, *end behind it; NULL: none. */
static const char *sign_said(const struct token *t, const struct token **end) {
  static const struct {
    const char *first, *second, *sign;
  } said[] = {{"divided", "by", "/"},
              {"multiplied", "by", "*"},
              {"times", NULL, "*"},
              {"minus", NULL, "-"},
              {"divisé", "par", "/"}};
  for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
    if (!word_is(t, said[i].first) || ends_clause(t + 1)) continue;
    const char *second = said[i].second;
    bool by =
        second && (word_is(t + 1, second) || (strcmp(second, "by") == 0 && t[1].kind == TOK_BY));
    if (second && !by) continue;
    *end = t + (second ? 2 : 1);
    return said[i].sign;
  }
  return NULL;
}

static bool begins_aggregate(int k) {
  return k == TOK_AGG || k == TOK_COUNT || k == TOK_SHARE || k == TOK_PERCENTILE;
}

/* sum of amount over deal where won divided by sum of amount over deal */
static bool sign_in_words(struct mistake *m) {
  const struct token *t = m->t, *end, *from = m->first;
  const char *sign = NULL;
  for (; t > m->first && m->t - t < 3 && !(sign = sign_said(t, &end)); t--) {
  }
  if (!sign || ends_clause(end)) return false;
  while (from < t && from->kind != TOK_EQ) from++;
  if (from == t || !begins_aggregate(from[1].kind)) {
    m->at = places(m, t, end - 1);
    return tell(m, V0106, words(m, "`%s` is a sign here", source_between(m, t, end)),
                words(m, "write `%s`", sign));
  }
  const struct token *last = last_of_clause(t);
  const char *right = source_between(m, end, last + 1);
  m->at = places(m, from + 1, last);
  return tell(m, V0106, words(m, "`%s` is a sign here", source_between(m, t, end)),
              words(m, begins_aggregate(end->kind) ? "write: (%s) %s (%s)" : "write: (%s) %s %s",
                    source_between(m, from + 1, t), sign, right));
}

/* mrr is 10% below arr */
static bool so_much_below(struct mistake *m) {
  static const char *const less[] = {"below", "under", "less", "lower", "beneath", NULL};
  static const char *const more[] = {"above", "over", "more", "higher", "greater", NULL};
  const struct token *t = m->t;
  while (t > m->first && m->t - t < 3 && t->kind != TOK_PERCENT) t--;
  if (t->kind != TOK_PERCENT || ends_clause(t + 1)) return false;
  const struct token *side = t + 1, *what = side + 1, *from = t;
  bool up = side->kind == TOK_OVER || said_one_of(side, more);
  if ((!up && !said_one_of(side, less)) || ends_clause(what)) return false;
  if (what->kind == TOK_THAN || word_is(what, "than")) what++;
  if (from <= m->first || from[-1].kind != TOK_IS) return false;
  from--;
  struct stretch value = right_of(what, false);
  if (value.from >= value.to || from == m->first) return false;
  m->at = places(m, from, value.to - 1);
  double part = up ? 100 + t->num : 100 - t->num;
  return tell(m, V0114, "a part of a value is a product",
              words(m, "write: %s %.15g%% * %s", up ? ">" : "<", part,
                    written_here(m, value.from, value.to)));
}

/* urgent_tickets in (1, 2, 3): one of some numbers */
static bool one_of_numbers(struct mistake *m) {
  const struct token *open = m->t, *in = open - 1, *close, *name;
  if (open->kind != TOK_LPAREN || in <= m->first || in->kind != TOK_IN) return false;
  bool denied = in - 1 > m->first && in[-1].kind == TOK_NOT;
  name = in - (denied ? 2 : 1);
  if (name < m->first || name->kind != TOK_NAME || !(close = closer_of(open))) return false;
  const char *out = "", *said = quote(m->px, name);
  for (const struct token *t = open + 1; t < close; t++) {
    if (t->kind == TOK_COMMA || t->kind == TOK_LIST_COMMA) continue;
    if (t->kind != TOK_NUMBER && t->kind != TOK_PERCENT) return false;
    out = words(m, "%s%s%s = %s", out, *out ? " or " : "", said, quote(m->px, t));
  }
  if (!*out) return false;
  m->at = places(m, name, close);
  return tell(m, V0114, "`one of` is for texts: each number is compared",
              words(m, denied ? "write: not (%s)" : "write: (%s)", out));
}

/* count(ticket where active) */
static bool count_with_where(struct mistake *m) {
  const struct token *open = m->t - 2, *close;
  if (m->t->kind != TOK_WHERE || open <= m->first || open->kind != TOK_LPAREN) return false;
  bool count = open[-1].kind == TOK_COUNT || word_is(open - 1, "count");
  if (!count || m->prev->kind != TOK_NAME || !(close = closer_of(open))) return false;
  m->at = places(m, open - 1, close);
  const char *rows = quote(m->px, m->prev), *where = written_here(m, m->t, close);
  bool alone = ends_clause(close + 1) && open - 2 > m->first && open[-2].kind == TOK_EQ;
  const char *help = words(m, alone ? "write: count of %s %s" : "write: (count of %s %s)",
                           singular(m, rows), where);
  return tell(m, V0114, "what is counted stands after `of`, without parentheses", help);
}

/* health < threshold health_alarm, in segment "enterprise" */
static bool kind_before_name(struct mistake *m) {
  const struct token *word = m->t;
  bool kind = word->kind == TOK_K_THRESHOLD || word_is(word, "threshold") || word_is(word, "kpi");
  if (!kind && m->prev && m->prev > m->first) {
    word = m->prev;
    kind = word->kind == TOK_K_THRESHOLD || word_is(word, "threshold") || word_is(word, "kpi");
  }
  if (kind && word > m->first && word[1].kind == TOK_NAME) {
    m->at = places(m, word, word + 1);
    return tell(m, V0114, "a threshold or a KPI is named alone",
                words(m, "write: %s", quote(m->px, word + 1)));
  }
  word = m->t->kind == TOK_STRING ? m->t - 1 : m->t;
  bool segment = word > m->first && (word->kind == TOK_SEGMENT || word_is(word, "segment"));
  if (!segment || word[1].kind != TOK_STRING) return false;
  m->at = place(m, word + 1);
  return tell(m, V0114, "a segment is named without quotes", words(m, "write: %s", word[1].name));
}

/* team Blue is "blue@acme.example", team Blue: "blue@acme.example" */
static bool team_with_address(struct mistake *m) {
  const struct token *name = m->first + 1, *last = last_of_clause(m->first);
  if (m->first->kind != TOK_K_TEAM || ends_clause(name) || last <= name + 1) return false;
  if (last->kind != TOK_STRING || !strchr(last->name, '@') || m->t < name + 1) return false;
  m->at = places(m, m->first, last);
  diags_drop_inside(m->px->diags, V0107, m->at);
  return tell(m, V0114, "whose items they are stands below the team",
              words(m, "write: team %s, and on the line below it: assigns \"%s\"",
                    quote(m->px, name), last->name));
}

/* entity account from public.accounts */
static bool table_with_schema(struct mistake *m) {
  const struct token *from = m->first + 2, *table = m->first + 5;
  if (m->first->kind != TOK_K_ENTITY || ends_clause(m->first + 1) || ends_clause(from))
    return false;
  if (from[1].kind != TOK_NAME || from[2].kind != TOK_DOT || table->kind != TOK_NAME) return false;
  m->at = places(m, from + 1, table);
  return tell(m, V0114, "a table is named alone, in quotes: the database is that of --db",
              words(m, "write: \"%s\"", quote(m->px, table)));
}

/* due, and nothing behind it */
static bool due_of_nothing(struct mistake *m) {
  bool due = m->prev && m->prev->kind == TOK_DUE && m->prev > m->first;
  if (!due || !ends_clause(m->t)) return false;
  m->at = place(m, m->prev);
  return tell(m, V0114, "nothing stands after `due`", "write: due 7d; or the day that is meant");
}

/* ---- quotes --------------------------------------------------------------------------- */

/* matches /retail/i */
static bool pattern_in_slashes(struct mistake *m) {
  if (m->t->kind != TOK_SLASH || !m->prev || m->prev->kind != TOK_MATCHES) return false;
  const struct token *close = m->next;
  while (!ends_clause(close) && close->kind != TOK_SLASH) close++;
  if (ends_clause(close) || close == m->next) return false;
  const struct token *flags = close + 1;
  bool any_case = flags->at == close->end && word_is(flags, "i");
  m->at = places(m, m->t, any_case ? flags : close);
  diags_drop_inside(m->px->diags, V0106, m->at); /* the | of nord|sud */
  return tell(
      m, V0114, "a pattern stands in quotes, without slashes",
      words(m, "write: \"%s%s\"", any_case ? "(?i)" : "", source_between(m, m->next, close)));
}

/* within "60d", for "2 weeks" */
static bool length_in_quotes(struct mistake *m) {
  struct duration dur;
  if (said_one_of(m->prev ? m->prev : m->t, (const char *const[]){"interval", NULL})) return false;
  if (m->t->kind != TOK_STRING || !expects(m, TOK_DURATION) || expects(m, TOK_STRING)) return false;
  const char *text = m->t->name, *unit;
  size_t digits = strspn(text, "0123456789");
  unit = text + digits + strspn(text + digits, " ");
  bool whole = duration_parse(text, strlen(text), &dur);
  if (!digits || (!whole && !unit_sign(unit))) return false;
  return tell(
      m, V0103, "a length of time stands without quotes",
      words(m, "write: %.*s%s", (int)digits, text, whole ? text + digits : unit_sign(unit)));
}

/* do "Ask "why" to {label}" */
static bool quotes_inside_text(struct mistake *m) {
  const struct token *open = m->prev, *t = m->t;
  if (!open || open->kind != TOK_STRING || t->kind != TOK_NAME || t->at != open->end) return false;
  while (!ends_clause(t) && t->kind != TOK_STRING) t++;
  if (ends_clause(t) || t[-1].end != t->at) return false;
  const char *inner = source_between(m, m->t, t);
  m->at = places(m, open, t);
  return tell(m, V0108, "a quote inside a text is written \\\"",
              words(m, "write: \"%s\\\"%s\\\"%s\"", open->name, inner, t->name));
}

/* use shared/teams.vigie */
static bool file_without_quotes(struct mistake *m) {
  if (m->first->kind != TOK_K_USE || m->t == m->first) return false;
  if (m->first[1].kind == TOK_STRING) return false;
  const char *file = source_between(m, m->first + 1, last_of_clause(m->first) + 1);
  if (!strchr(file, '/') && !strstr(file, ".vigie")) return false;
  m->at = places(m, m->first + 1, last_of_clause(m->first));
  return tell(m, V0114, "the name of a file stands in quotes", words(m, "write: \"%s\"", file));
}

/* escalates to "vp@acme.example" */
static bool escalates_to_person(struct mistake *m) {
  const struct token *t = m->first + 1;
  if (m->first->kind != TOK_K_ESCALATES || ends_clause(t)) return false;
  if (word_is(t, "to")) t++;
  if (t->kind != TOK_STRING) return false;
  m->at = place(m, t);
  diags_drop_inside(m->px->diags, V0107, m->at);
  return tell(m, V0114, words(m, "a team acts, and `%s` is a person", t->name),
              words(m,
                    "declare a team: team VP, and on the line below it: assigns \"%s\"; then "
                    "write: escalates to VP",
                    t->name));
}

/* when alone on its line, the conditions on those below it */
static bool when_alone(struct mistake *m) {
  const struct token *below = m->t + 1, *end;
  bool alone = m->first->kind == TOK_K_WHEN && m->t == m->first + 1 && m->t->kind == TOK_NEWLINE;
  if (!alone || below->kind != TOK_NAME || !indented(m, below)) return false;
  for (end = below; !ends_clause(end);) end++;
  m->px->told_to = (size_t)(end - m->px->words->list.v);
  for (end = below; !ends_clause(end) && end->kind != TOK_ARROW;) end++;
  m->at = place(m, m->first);
  return tell(m, V0114, "the condition stands on the line of `when`",
              words(m, "leave this line out; the one below it becomes: when %s",
                    written_here(m, below, end)));
}

/* ---- headers -------------------------------------------------------------------------- */

/* segment big = mrr > 5k, segment big where mrr > 5k */
static bool segment_of_nothing(struct mistake *m) {
  const struct token *sign = m->first + 2, *last = last_of_clause(m->first);
  if (m->first->kind != TOK_K_SEGMENT || m->t != sign || last <= sign) return false;
  if (sign->kind != TOK_EQ && sign->kind != TOK_WHERE && sign->kind != TOK_IF) return false;
  if (sign[1].kind != TOK_NAME || !compares_between(sign + 2, sign + 3)) return false;
  m->at = places(m, m->first, last);
  return tell(m, V0114, "a segment is of an entity, and `where` says which rows are in it",
              words(m, "write: segment %s of account where %s", quote(m->px, m->first + 1),
                    source_between(m, sign + 1, last + 1)));
}

/* *health < 40* and mrr > 0: the bold letters of a chat around a condition */
static bool bold_condition(struct mistake *m) {
  const struct token *close = m->next;
  bool opens = m->t->kind == TOK_STAR && !ends_clause(close) && close->at == m->t->end;
  if (!opens || !expects(m, TOK_LPAREN)) return false;
  while (!ends_clause(close) && close->kind != TOK_STAR) close++;
  if (ends_clause(close) || close[-1].end != close->at || close == m->next + 1) return false;
  m->at = places(m, m->t, close);
  return tell(m, V0104, "a condition stands alone, without signs around it",
              words(m, "write: %s", source_between(m, m->next, close)));
}

/* kpi x(plan) = sum of mrr over account */
static bool split_in_brackets(struct mistake *m) {
  const struct token *name = m->first + 1, *by = m->t + 1;
  if (m->first->kind != TOK_K_KPI || m->t != m->first + 2 || m->t->kind != TOK_LPAREN) return false;
  if (by->kind != TOK_NAME || by[1].kind != TOK_RPAREN) return false;
  m->at = places(m, name, by + 1);
  return tell(m, V0114, "what a KPI is split by stands after `by`",
              words(m, "write: %s by %s", quote(m->px, name), quote(m->px, by)));
}

/* rule for account */
static bool rule_without_name(struct mistake *m) {
  const struct token *word = m->first + 1, *what = m->first + 2;
  if (m->first->kind != TOK_K_RULE || ends_clause(word) || ends_clause(what)) return false;
  bool unnamed = (word_is(word, "for") || word->kind == TOK_FOR) && what->kind == TOK_NAME;
  if (!unnamed || !(ends_clause(what + 1))) return false;
  m->at = places(m, m->first, what);
  const char *rows = quote(m->px, what);
  return tell(m, V0114, "this rule has no name",
              words(m, "write: rule %s_at_risk for %s; with a name that says what it is about",
                    rows, rows));
}

/* kpi total sum of mrr over account */
static bool kpi_without_sign(struct mistake *m) {
  const struct token *name = m->first + 1, *fn = m->first + 2;
  if (m->first->kind != TOK_K_KPI || ends_clause(name) || ends_clause(fn)) return false;
  bool formula = begins_aggregate(fn->kind) || (fn->name && aggregate_word(fn->name));
  if (!formula || fn[1].kind != TOK_OF || m->t > fn + 2) return false;
  m->at = places(m, name, fn);
  return tell(m, V0114, "`=` is missing before the formula",
              words(m, "write: %s = %s", quote(m->px, name), quote(m->px, fn)));
}

/* sum of mrr account */
static bool over_is_missing(struct mistake *m) {
  const struct token *agg = aggregate_around(m);
  bool names = m->t->kind == TOK_NAME && m->prev && m->prev->kind == TOK_NAME;
  if (!agg || !names || agg[1].kind != TOK_OF || m->prev != agg + 2) return false;
  static const char *const others[] = {"each", "as",  "per",  "by",  "from",
                                       "in",   "for", "last", "not", NULL};
  if (agg->kind == TOK_COUNT || agg->kind == TOK_SHARE || said_one_of(m->t, others)) return false;
  const char *what = quote(m->px, m->prev), *rows = quote(m->px, m->t);
  m->at = places(m, m->prev, m->t);
  return tell_loose(
      m, V0114, "two names stand side by side",
      words(m, "a name is one word (%s_%s?), or `over` is missing between them", what, rows),
      (struct loose_words){.name = rows, .rows = words(m, "write: %s over $1", what)});
}

/* plan enum("Basic", "Pro") "plan_tier" */
static bool listed_type(struct mistake *m) {
  static const char *const types[] = {"enum",     "picklist", "select", "choice", "options",
                                      "category", "dropdown", "one_of", NULL};
  const struct token *type = m->first + 1, *close;
  if (head_above(m->px) != C_ENTITY || ends_clause(type) || !said_one_of(type, types)) return false;
  if (type[1].kind != TOK_LPAREN || !(close = closer_of(type + 1))) return false;
  const struct token *column = close + 1;
  const char *name = quote(m->px, m->first), *list = "";
  for (const struct token *t = type + 2; t < close; t++)
    if (t->kind == TOK_STRING) list = words(m, "%s%s\"%s\"", list, *list ? ", " : "", t->name);
  if (!*list) return false;
  m->at = places(m, m->first, last_of_clause(m->first));
  diags_drop_inside(m->px->diags, V0107, m->at);
  return tell(
      m, V0402, "a text with a few values is a `text` that lists them",
      words(m, "write: %s text %s one of %s", name,
            column->kind == TOK_STRING ? quote(m->px, column) : words(m, "\"%s\"", name), list));
}

/* The name of the KPI above; NULL: there is none. */
static const char *kpi_above(struct mistake *m) {
  const struct ast *ast = m->px->ast;
  for (size_t i = ast->clauses.n; i-- > 0;)
    if (clause_is_head(ast->clauses.v[i]->kind))
      return ast->clauses.v[i]->kind == C_KPI ? ast->clauses.v[i]->name : NULL;
  return NULL;
}

/* target 100, under a KPI */
static bool target_under_kpi(struct mistake *m) {
  const struct token *value = m->first + 1;
  if (m->first->kind != TOK_K_TARGET || !indented(m, m->first) || ends_clause(value)) return false;
  const char *name = kpi_above(m), *sign = ">=";
  if (value->kind >= TOK_LT && value->kind <= TOK_GE) sign = quote(m->px, value++);
  bool number = value->kind == TOK_NUMBER || value->kind == TOK_PERCENT;
  if (!name || !number) return false;
  const struct token *last = last_of_clause(m->first);
  m->at = places(m, m->first, last);
  return tell(m, V0114, "a target names its KPI, and the day by which it is reached",
              words(m, "write: target %s %s %s by end of 2026; with the day that is meant", name,
                    sign, source_between(m, value, last + 1)));
}

const mistake_pattern joint_patterns[] = {
    comma_for_and,       two_numbers,         comma_in_list,
    comma_before_text,   people_of_team,      second_arrow,
    action_below,        entry_of_table,      how_far_back,
    period_to_date,      values_of_last,      sign_in_words,
    so_much_below,       pattern_in_slashes,  length_in_quotes,
    file_without_quotes, escalates_to_person, one_of_numbers,
    count_with_where,    kind_before_name,    team_with_address,
    table_with_schema,   due_of_nothing,      rolling_mean,
    comma_at_end,        or_for_else,         compared_with_last,
    compared_with_mean,  quotes_inside_text,  rule_without_name,
    kpi_without_sign,    over_is_missing,     listed_type,
    split_in_brackets,   segment_of_nothing,  bold_condition,
    when_alone,          target_under_kpi,    NULL,
};
