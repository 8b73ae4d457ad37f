/* Lines as other languages and forms have them. In: the unexpected token and its neighbours. Out:
 * the line as it is written here, made of what its author wrote. */
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "base/unit.h"
#include "parse.h"
#include "syntax/habits.h"
#include "syntax/mistake.h"
#include "syntax/words.h"

static const char *text_between(struct mistake *m, const struct token *from,
                                const struct token *last) {
  return from <= last && !ends_clause(from) ? span_text(m->px->arena, places(m, from, last)) : "";
}

static bool is_one_of(const struct token *t, const char *const *list) {
  for (; t->name && *list; list++)
    if (strcasecmp(t->name, *list) == 0) return true;
  return false;
}

/* The help and the place of a whole line. */
static bool tell_line(struct mistake *m, enum diag_code code, const char *message,
                      const char *line) {
  m->at = places(m, m->first, last_of_clause(m->first));
  return tell(m, code, message, words(m, "write: %s", line));
}

/* ---- headers -------------------------------------------------------------------------- */

/* kpi x per plan, kpi x for account */
static bool split_of_kpi(struct mistake *m) {
  static const char *const splits[] = {"per", "for", "on", "group", "in", NULL};
  const struct token *word = m->first + 2, *rest = word + 1;
  if (m->first->kind != TOK_K_KPI || ends_clause(m->first + 1) || ends_clause(word)) return false;
  bool each = word->kind == TOK_FOR_EACH;
  if (!each && word->kind != TOK_FOR && word->kind != TOK_IN && !is_one_of(word, splits))
    return false;
  while (word_is(rest, "each") || word_is(rest, "by") || rest->kind == TOK_BY) rest++, each = true;
  if (rest->kind != TOK_NAME) return false;
  each |= word_is(word, "per");
  return tell_line(
      m, V0114,
      each ? "what a KPI is split by stands after `by`" : "whose KPI it is stands after `of`",
      words(m, "%s %s %s", text_between(m, m->first, m->first + 1), each ? "by" : "of",
            text_between(m, rest, last_of_clause(rest))));
}

/* kpi tickets of account by plan = …: it is of each row, or of each group */
static bool rows_and_groups(struct mistake *m) {
  const struct token *name = m->first + 1, *by = m->first + 4;
  if (m->first->kind != TOK_K_KPI || ends_clause(name) || ends_clause(name + 1)) return false;
  if (name[1].kind != TOK_OF || name[2].kind != TOK_NAME || by != m->t) return false;
  if (by->kind != TOK_BY && !word_is(by, "by")) return false;
  return tell_line(
      m, V0114, "a KPI has a value for each row (`of`) or for each group (`by`)",
      words(m, "%s %s", text_between(m, m->first, name), text_between(m, by, last_of_clause(by))));
}

/* kpi sum of mrr over account as total_mrr: the name is missing, or stands behind */
static bool kpi_of_formula(struct mistake *m) {
  const struct token *fn = m->first + 1, *end = fn;
  if (m->first->kind != TOK_K_KPI || ends_clause(fn) || fn[1].kind != TOK_OF || !fn->name)
    return false;
  if (!aggregate_word(text_lower(m->px->arena, fn->name)) || m->t <= fn + 1) return false;
  while (!ends_clause(end) && !word_is(end, "as")) end++;
  const char *name = ends_clause(end) || ends_clause(end + 1) ? "NAME" : quote(m->px, end + 1);
  return tell_line(m, V0114, "the name of a KPI stands before its formula",
                   words(m, "kpi %s = %s", name, text_between(m, fn, end - 1)));
}

/* rule a on account, rule a of account */
static bool rows_of_rule(struct mistake *m) {
  static const char *const words_for[] = {"on", "of", "to", "in", "over", "about", NULL};
  const struct token *word = m->first + 2;
  if (m->first->kind != TOK_K_RULE || ends_clause(m->first + 1) || ends_clause(word)) return false;
  if (!is_one_of(word, words_for) || word[1].kind != TOK_NAME) return false;
  return tell_line(m, V0114, "what a rule is about stands after `for`",
                   words(m, "%s for %s", text_between(m, m->first, m->first + 1),
                         text_between(m, word + 1, last_of_clause(word))));
}

/* segment big = accounts with mrr > 5k; segment big of account with mrr > 5k */
static bool segment_with(struct mistake *m) {
  static const char *const asks[] = {"with", "where", "when", "if", "having", "whose", NULL};
  const struct token *set = m->first + 3, *word = set + 1;
  if (m->first->kind != TOK_K_SEGMENT) return false;
  for (int i = 0; i < 4; i++)
    if (ends_clause(m->first + 1 + i)) return false;
  bool equals = set[-1].kind == TOK_EQ;
  if ((!equals && set[-1].kind != TOK_OF) || set->kind != TOK_NAME) return false;
  bool asked = word->kind == TOK_WHERE || word->kind == TOK_IF || is_one_of(word, asks);
  if (!asked || ends_clause(word + 1) || m->t > word) return false;
  return tell_line(m, V0114, "a segment is of an entity, and `where` says which rows are in it",
                   words(m, "segment %s of %s where %s", quote(m->px, m->first + 1),
                         equals ? singular(m, quote(m->px, set)) : quote(m->px, set),
                         text_between(m, word + 1, last_of_clause(word))));
}

/* segment vip for account where …, segment big as select * from account where … */
static bool segment_as_question(struct mistake *m) {
  const struct token *where = m->first;
  if (m->first->kind != TOK_K_SEGMENT || ends_clause(m->first + 1)) return false;
  while (!ends_clause(where) && where->kind != TOK_WHERE) where++;
  const struct token *set = where - 1;
  if (ends_clause(where) || set <= m->first + 1 || set->kind != TOK_NAME || m->t > set)
    return false;
  return tell_line(
      m, V0114, "a segment is of an entity, and `where` says which rows are in it",
      words(m, "segment %s of %s %s", quote(m->px, m->first + 1), singular(m, quote(m->px, set)),
            text_between(m, where, last_of_clause(where))));
}

/* threshold floor = 20 -> 25: what was, and what is. */
static bool threshold_moves(struct mistake *m) {
  if (m->first->kind != TOK_K_THRESHOLD || m->t->kind != TOK_ARROW || ends_clause(m->next))
    return false;
  const char *now = text_between(m, m->next, last_of_clause(m->next));
  return tell_line(m, V0114, "a threshold has one value on a day",
                   words(m,
                         "threshold %s = %s; for days to come it has a line of its own: from "
                         "DAY = %s",
                         quote(m->px, m->first + 1), now, now));
}

/* target company_arr from 10M EUR to 14M EUR by end of FY2027 */
static bool target_with_start(struct mistake *m) {
  const struct token *from = m->t, *to = m->t, *last = last_of_clause(m->first);
  if (m->first->kind != TOK_K_TARGET || (from->kind != TOK_FROM && !word_is(from, "from")))
    return false;
  while (!ends_clause(to) && !word_is(to, "to") && to->kind != TOK_ARROW) to++;
  if (ends_clause(to) || to == last) return false;
  return tell_line(m, V0114, "a target says where to get to: where it began is in the data",
                   words(m, "target %s >= %s", text_between(m, m->first + 1, from - 1),
                         text_between(m, to + 1, last)));
}

/* rule support_fire renamed to urgent_support for account */
static bool renamed_header(struct mistake *m) {
  static const char *const was[] = {"formerly", "was", "previously", "aka", NULL};
  const struct token *name = m->first + 1, *word = m->first + 2, *other, *rest;
  bool head = m->first->kind == TOK_K_RULE || m->first->kind == TOK_K_KPI;
  if (!head || ends_clause(name) || ends_clause(word)) return false;
  bool renamed = word_is(word, "renamed");
  if (!renamed && !is_one_of(word, was)) return false;
  other = word + 1;
  if (word_is(other, "to") || word_is(other, "from") || word_is(other, "as")) other++;
  if (ends_clause(other) || other->kind != TOK_NAME) return false;
  rest = other + 1;
  bool forward = renamed && !word_is(word + 1, "from");
  const struct token *new_name = forward ? other : name, *old = forward ? name : other;
  return tell_line(m, V0114, "the name that it had before stands on a line of its own",
                   words(m, "%s %s%s%s, and on the line below it: was %s", quote(m->px, m->first),
                         quote(m->px, new_name), ends_clause(rest) ? "" : " ",
                         text_between(m, rest, last_of_clause(m->first)), quote(m->px, old)));
}

/* retired rule nps_low; new kpi churn = … */
static bool word_before_header(struct mistake *m) {
  static const char *const off[] = {"retired", "disabled", "inactive", "old",      "deprecated",
                                    "paused",  "archived", "unused",   "obsolete", NULL};
  const struct token *header = m->first + 1;
  bool top = m->first->at == 0 || m->px->words->src->text[m->first->at - 1] == '\n';
  if (!top || m->first->kind != TOK_NAME || ends_clause(header) || header->kind != TOK_NAME ||
      !m->next)
    return false;
  if (!header_word(header->name) || header[1].kind != TOK_NAME || m->t > header + 1) return false;
  const char *line = text_between(m, header, last_of_clause(header));
  m->at = places(m, m->first, last_of_clause(header));
  if (is_one_of(m->first, off))
    return tell(m, V0114, words(m, "a %s that is over is removed", quote(m->px, header)),
                "remove its lines, or write # before each of them");
  return tell(m, V0114, words(m, "this line begins with the word `%s`", quote(m->px, header)),
              words(m, "write: %s", line));
}

/* entity contact from "crm"."contacts" */
static bool table_of_schema(struct mistake *m) {
  if (m->first->kind != TOK_K_ENTITY || m->t->kind != TOK_DOT || m->next->kind != TOK_STRING)
    return false;
  return tell_line(
      m, V0114, "a table is named alone: the database is that of --db",
      words(m, "entity %s from %s", quote(m->px, m->first + 1), quote(m->px, m->next)));
}

/* given account "Acme" renewal = 2026-04-10 */
static bool given_with_signs(struct mistake *m) {
  static const char *const fill[] = {"with", "where", "whose", "having", "a", "an",
                                     "the",  "has",   "of",    "on",     NULL};
  const struct token *at = m->prev && is_one_of(m->prev, fill) ? m->prev : m->t;
  bool word = is_one_of(at, fill) || at->kind == TOK_WHERE;
  bool sign = at->kind == TOK_EQ || at->kind == TOK_IS;
  if (m->first->kind != TOK_K_GIVEN || (!sign && !word)) return false;
  const char *out = "";
  for (const struct token *t = m->first; !ends_clause(t); t++) {
    if (t->kind == TOK_EQ || t->kind == TOK_IS || t->kind == TOK_WHERE || t->kind == TOK_OF ||
        is_one_of(t, fill))
      continue;
    if (t->kind == TOK_AND) {
      out = words(m, "%s,", out);
      continue;
    }
    out = words(m, "%s%s%s", out, *out && t->at > t[-1].end ? " " : "",
                span_text(m->px->arena, place(m, t)));
  }
  return tell_line(m, V0114,
                   sign ? "what is given stands behind its name, without a sign"
                        : "what is given stands behind its name, without words between",
                   out);
}

/* expect renewal_at_risk to fire, … fires, … does not fire, … = true */
static bool expected_in_words(struct mistake *m) {
  static const char *const no[] = {"not", "doesn't", "never", "false", "no", "nothing", "0", NULL};
  static const char *const fires[] = {
      "fire",  "fires", "fired", "firing", "open",     "opens",     "opened", "trigger",
      "true",  "yes",   "alert", "alerts", "triggers", "triggered", "happen", "happens",
      "exist", "false", "no",    "exists", "nothing",  "1",         "0",      NULL};
  const struct token *rule = m->first + 1, *last = last_of_clause(m->first);
  bool denied = false;
  if (m->first->kind != TOK_K_EXPECT) return false;
  static const char *const fill[] = {"rule", "the", "that", "rules", "alert", NULL};
  while (rule < last && is_one_of(rule, fill) && rule[1].kind == TOK_NAME) rule++;
  if (rule->kind != TOK_NAME || last == rule) return false;
  if (!is_one_of(last, fires) && last->kind != TOK_TRUE && last->kind != TOK_FALSE &&
      !(last->kind == TOK_NUMBER && is_one_of(&(struct token){.name = quote(m->px, last)}, fires)))
    return false;
  for (const struct token *t = rule + 1; t <= last; t++)
    denied |= is_one_of(t, no) || t->kind == TOK_NOT || t->kind == TOK_FALSE || t->kind == TOK_NO ||
              strcmp(quote(m->px, t), "0") == 0;
  return tell_line(m, V0114, "a rule that is expected is named, and no more",
                   words(m, "expect %s%s", denied ? "no " : "", quote(m->px, rule)));
}

/* expect hot due in 7 days, expect hot assigned to CS: without an arrow */
static bool item_without_arrow(struct mistake *m) {
  static const char *const parts[] = {"due",   "assign",   "assigned", "assigns",
                                      "owner", "priority", "worth",    NULL};
  const struct token *rule = m->first + 1, *word = m->first + 2;
  if (m->first->kind != TOK_K_EXPECT || ends_clause(rule) || ends_clause(word)) return false;
  if (rule->kind != TOK_NAME || !is_one_of(&(struct token){.name = quote(m->px, word)}, parts))
    return false;
  m->at = places(m, m->first, last_of_clause(m->first));
  return tell(m, V0114, "what the item is like stands behind `->`, its due day as a date",
              words(m, "as in: expect %s -> assign CS, due 2026-03-08", quote(m->px, rule)));
}

/* -> assign CS, due 7d. */
static bool full_stop(struct mistake *m) {
  if (m->t->kind != TOK_DOT || !ends_clause(m->next) || m->t == m->first) return false;
  return tell(m, V0114, "a line ends without a full stop", "remove it");
}

/* threshold floor 10 */
static bool threshold_without_sign(struct mistake *m) {
  int k = m->t->kind;
  bool number = k == TOK_NUMBER || k == TOK_PERCENT || k == TOK_POINTS || k == TOK_DURATION;
  const struct token *value = m->first + 2;
  if (m->first->kind != TOK_K_THRESHOLD || ends_clause(m->first + 1)) return false;
  if (word_is(value, "is") || value->kind == TOK_IS) value++, number = !ends_clause(value);
  if (!number || value < m->t) return false;
  return tell_line(m, V0114, "`=` stands before the value of a threshold",
                   words(m, "threshold %s = %s", quote(m->px, m->first + 1),
                         text_between(m, value, last_of_clause(value))));
}

/* import std.retention; include "shared/teams.vigie" */
static bool imports(struct mistake *m) {
  static const char *const words_for[] = {"import", "include", "require", "load", NULL};
  const struct token *what = m->first + 1, *last = last_of_clause(m->first);
  bool file = what->kind == TOK_STRING && last == what;
  bool theme = what->kind == TOK_NAME && what + 2 == last && what[1].kind == TOK_DOT;
  if (m->first->kind != TOK_NAME || !is_one_of(m->first, words_for) || ends_clause(what))
    return false;
  if (!file && !theme && last != what) return false;
  const char *text = text_between(m, what, last);
  return tell_line(m, V0106, "formulas and other files come with `use`",
                   file || theme ? words(m, "use %s", text) : words(m, "use std.%s", text));
}

/* from std import retention */
static bool brings_in(struct mistake *m) {
  if (m->first->kind != TOK_K_FROM && m->first->kind != TOK_FROM && !word_is(m->first, "from"))
    return false;
  const struct token *file = m->first + 1, *last = last_of_clause(m->first);
  if (file->kind != TOK_NAME || last <= file + 1 || !word_is(file + 1, "import")) return false;
  return tell_line(m, V0106, "formulas come with `use`",
                   words(m, "use %s.%s", quote(m->px, file), quote(m->px, last)));
}

/* ---- clauses -------------------------------------------------------------------------- */

/* strategic yes, leading: true */
static bool flag_alone(struct mistake *m) {
  static const char *const denied[] = {"no", "false", "off", "n", NULL};
  int k = m->first->kind;
  bool flag =
      k == TOK_K_STRATEGIC || k == TOK_K_LEADING || k == TOK_K_LAGGING || k == TOK_K_PUBLISHED;
  if (!flag || m->t == m->first || ends_clause(m->t)) return false;
  const char *word = quote(m->px, m->first);
  bool no = is_one_of(m->t, denied) || m->t->kind == TOK_FALSE || m->t->kind == TOK_NO;
  m->at = places(m, m->first, last_of_clause(m->first));
  return tell(m, V0114, words(m, "`%s` stands alone", word),
              no ? "leave the line out" : words(m, "write: %s", word));
}

/* message "Call {label}" under a rule, description "…" under a KPI */
static bool text_with_another_word(struct mistake *m) {
  static const char *const acts[] = {
      "message", "text", "note",        "action", "task", "body",    "title", "alert",
      "subject", "todo", "description", "say",    "with", "comment", "then",  NULL};
  static const char *const says[] = {"description", "definition", "comment", "meaning", "note",
                                     "doc",         "label",      "title",   NULL};
  enum clause_kind head = head_above(m->px);
  if (m->first->kind == TOK_K_MEANS || m->t->kind != TOK_STRING || m->t != m->first + 1)
    return false;
  bool rule = head == C_RULE && is_one_of(m->first, acts);
  static const char *const why[] = {"reason", "why", "because", "cause", "rationale", NULL};
  if (head == C_RULE && is_one_of(m->first, why))
    return tell_line(m, V0118,
                     words(m, "`%s` is not the beginning of a clause", quote(m->px, m->first)),
                     words(m, "means %s", quote(m->px, m->t)));
  if (!rule &&
      !((head == C_KPI || head == C_THRESHOLD || head == C_TARGET) && is_one_of(m->first, says)))
    return false;
  return tell_line(m, V0118,
                   words(m, "`%s` is not the beginning of a clause", quote(m->px, m->first)),
                   words(m, "%s %s", rule ? "do" : "means", quote(m->px, m->t)));
}

/* owner Camille Roy */
static bool owner_of_two_names(struct mistake *m) {
  if (m->first->kind != TOK_K_OWNER || m->t->kind != TOK_NAME || m->t != m->first + 2) return false;
  return tell_line(
      m, V0114, "a person stands in quotes, a team without them",
      words(m, "owner \"%s\"", text_between(m, m->first + 1, last_of_clause(m->first))));
}

/* 1. health < 40 -> …; a line of a list */
static bool numbered_line(struct mistake *m) {
  bool number = m->first->kind == TOK_NUMBER && m->t == m->first + 1 && m->t->kind == TOK_DOT;
  if (!number || ends_clause(m->next)) return false;
  if (head_above(m->px) == C_PLAYBOOK && m->next->kind == TOK_STRING)
    return tell_line(m, V0114, "a step of a playbook has no number",
                     words(m, "step %s", text_between(m, m->next, last_of_clause(m->t))));
  return tell_line(m, V0114, "a line of a rule file has no number",
                   text_between(m, m->next, last_of_clause(m->t)));
}

/* -> assign CS, deadline 7d; , by 7d; , within 7d */
static bool deadline(struct mistake *m) {
  static const char *const due[] = {"deadline", "within", "by",    "in",       "before", "until",
                                    "eta",      "sla",    "délai", "échéance", "sous",   NULL};
  if (!m->prev || m->prev->kind != TOK_COMMA) return false;
  const struct token *arrow = m->prev;
  while (arrow > m->first && arrow->kind != TOK_ARROW) arrow--;
  bool word = is_one_of(m->t, due) || m->t->kind == TOK_WITHIN || m->t->kind == TOK_BY ||
              m->t->kind == TOK_IN || m->t->kind == TOK_BEFORE;
  if (arrow->kind != TOK_ARROW || !word) return false;
  const struct token *n = m->next, *end = n + 1;
  const char *when = length_said(m, n, &end), *said = quote(m->px, m->t);
  if (!when && n->kind == TOK_DATE) when = quote(m->px, n);
  if (!when && n->kind == TOK_NUMBER) when = words(m, "%sd", quote(m->px, n));
  if (!when) return false;
  m->at = places(m, m->t, end - 1);
  return tell(m, V0114, words(m, "the day of an action stands after `due`, not after `%s`", said),
              words(m, "write: due %s", when));
}

/* ---- values --------------------------------------------------------------------------- */

/* plan is "Pro", "Basic" */
static bool list_after_is(struct mistake *m) {
  if (m->t->kind != TOK_COMMA || !m->prev || m->prev->kind != TOK_STRING) return false;
  const struct token *is = m->prev - 1, *last = m->t;
  if (is <= m->first || m->next->kind != TOK_STRING) return false;
  bool denied = is->kind == TOK_NE || is->kind == TOK_NOT;
  const struct token *op = is->kind == TOK_NOT ? is - 1 : is;
  if (op->kind != TOK_IS && op->kind != TOK_EQ && op->kind != TOK_NE) return false;
  while (last->kind == TOK_COMMA && last[1].kind == TOK_STRING) last += 2;
  m->at = places(m, op, last - 1);
  return tell(
      m, V0114, "a list of texts stands after `one of`",
      words(m, "write: %sone of %s", denied ? "not " : "", text_between(m, m->prev, last - 1)));
}

/* plan not "Pro" */
static bool not_a_text(struct mistake *m) {
  if (m->t->kind != TOK_STRING || !m->prev || m->prev->kind != TOK_NOT || m->prev == m->first)
    return false;
  const struct token *name = m->prev - 1;
  if (name->kind != TOK_NAME) return false;
  m->at = places(m, m->prev, m->t);
  return tell(m, V0114, "`is` is missing before `not`",
              words(m, "write: is not %s", quote(m->px, m->t)));
}

/* in ytd, in current month, in last month */
static bool period_in_words(struct mistake *m) {
  static const struct {
    const char *word, *write;
  } periods[] = {{"ytd", "this year"}, {"mtd", "this month"},     {"qtd", "this quarter"},
                 {"wtd", "this week"}, {"lytd", "previous year"}, {"fytd", "this fiscal year"},
                 {"today", "last 1d"}};
  static const char *const current[] = {"current", "actual", NULL};
  static const char *const before[] = {"past", "prior", "preceding", NULL};
  static const char *const units[] = {"week", "month", "quarter", "year", "day", NULL};
  bool bare =
      m->prev && m->prev > m->first && m->prev->kind == TOK_NAME && m->t->kind != TOK_STRING;
  if (bare && !ends_clause(m->next) && m->next->name) { /* closed last quarter, closed this month */
    bool last_one = m->t->kind == TOK_LAST || word_is(m->t, "last") || word_is(m->t, "previous");
    bool this_one = m->t->kind == TOK_THIS || word_is(m->t, "this") || word_is(m->t, "current");
    if ((last_one || this_one) && is_one_of(m->next, units)) {
      m->at = places(m, m->t, m->next);
      return tell(m, V0114, "`in` is missing before the period",
                  words(m, "write: in %s %s", last_one ? "previous" : "this", m->next->name));
    }
  }
  bool short_word = bare && m->first->kind != TOK_K_RULE && m->prev->kind == TOK_NAME;
  for (size_t i = 0; short_word && m->t->name && i + 1 < sizeof periods / sizeof *periods; i++) {
    if (strcasecmp(m->t->name, periods[i].word) != 0) continue;
    m->at = place(m, m->t);
    return tell(m, V0106, words(m, "`%s` is written otherwise in rule files", m->t->name),
                words(m, "write: in %s", periods[i].write));
  }
  if (!m->prev || m->prev->kind != TOK_IN || !m->t->name) return false;
  const char *write = NULL;
  for (size_t i = 0; i < sizeof periods / sizeof *periods; i++)
    if (strcasecmp(m->t->name, periods[i].word) == 0) write = periods[i].write;
  const struct token *last = m->t;
  if (!write && is_one_of(m->next, units)) {
    last = m->next;
    if (is_one_of(m->t, current)) write = words(m, "this %s", m->next->name);
    if (is_one_of(m->t, before)) write = words(m, "previous %s", m->next->name);
  }
  if (!write) return false;
  m->at = places(m, m->prev, last);
  return tell(m, V0106,
              words(m, "`%s` is written otherwise in rule files", text_between(m, m->t, last)),
              words(m, "write: in %s", write));
}

/* 5000 eur, 5000 euros, 5k dollars */
static bool currency_in_words(struct mistake *m) {
  if (m->t->kind != TOK_NAME || !m->prev || m->prev->kind != TOK_NUMBER) return false;
  const char *found = currency_said(m->px->arena, m->t->name);
  if (!found) return false;
  const char *said = quote(m->px, m->t);
  m->at = places(m, m->prev, m->t);
  return tell(m, V0114,
              words(m, "a currency is written with three large letters, not as `%s`", said),
              words(m, "write %s %s", quote(m->px, m->prev), found));
}

/* ---- SQL ------------------------------------------------------------------------------ */

/* sum of mrr over account group by plan */
static bool group_by(struct mistake *m) {
  const struct token *group = word_is(m->t, "group") ? m->t : m->prev, *eq = m->first;
  if (!group || !word_is(group, "group") || group[1].kind == TOK_NEWLINE) return false;
  while (eq < group && eq->kind != TOK_EQ) eq++;
  const struct token *by = group + 2;
  if (m->first->kind != TOK_K_KPI || eq == group || by->kind != TOK_NAME) return false;
  return tell_line(
      m, V0106, "the split stands before `=`",
      words(m, "kpi %s by %s = %s", quote(m->px, m->first + 1),
            text_between(m, by, last_of_clause(by)), text_between(m, eq + 1, group - 1)));
}

/* case when A then b when C then d else e end, as a chain of `if`. */
static bool case_when(struct mistake *m) {
  const struct token *from = m->t, *t;
  while (from > m->first && strcasecmp(quote(m->px, from), "case") != 0) from--;
  if (strcasecmp(quote(m->px, from), "case") != 0) return false;
  const char *out = "", *text, *asked = "";
  int whens = 0;
  bool otherwise = false;
  for (t = from + 1; !ends_clause(t) && strcasecmp(quote(m->px, t), "when") != 0;) t++;
  if (t > from + 1 && !ends_clause(t)) /* case plan when "Pro" then … */
    asked = words(m, " %s is", text_between(m, from + 1, t - 1));
  for (t = *asked ? t : from + 1; !ends_clause(t) && strcasecmp(quote(m->px, t), "end") != 0; t++) {
    text = written_here(m, t, t + 1);
    if (strcasecmp(text, "when") == 0) text = words(m, "%s%s", whens++ ? "else if" : "if", asked);
    if (strcasecmp(text, "then") == 0) text = "then";
    if (strcasecmp(text, "else") == 0) text = "else", otherwise = true;
    out = words(m, "%s%s%s", out, *out && t->at > t[-1].end ? " " : "", text);
  }
  if (!whens) return false;
  m->at = places(m, from, ends_clause(t) ? t - 1 : t);
  diags_drop_inside(m->px->diags, V0107, m->at);
  return tell(m, V0106, "`case` is written with `if`",
              words(m, "write: %s%s", out, otherwise ? "" : " else unknown"));
}

/* select sum(amount) from subscription where active; count(*) from account */
static bool select_from(struct mistake *m) {
  const struct token *t = m->first, *open, *close;
  while (!ends_clause(t) && t->kind != TOK_LPAREN) t++;
  if (ends_clause(t) || t <= m->first) return false;
  open = close = t;
  while (!ends_clause(close) && close->kind != TOK_RPAREN) close++;
  const char *fn = NULL;
  if (open[-1].name) fn = aggregate_word(text_lower(m->px->arena, open[-1].name));
  if (!fn || ends_clause(close) || close == open + 1) return false;
  bool from = strcasecmp(quote(m->px, close + 1), "from") == 0;
  if (!from || close[2].kind != TOK_NAME) return false;
  const struct token *first = open - 1, *rest = close + 3;
  if (first > m->first && strcasecmp(quote(m->px, first - 1), "select") == 0) first--;
  bool rows = strcmp(fn, "count") == 0;
  const char *what = rows ? "" : words(m, "%s over ", text_between(m, open + 1, close - 1));
  m->at = places(m, first, last_of_clause(close));
  diags_drop_inside(m->px->diags, V0104, m->at);
  const struct token *joined = rest; /* a row leads to its parent without a join */
  bool joins = word_is(rest, "join") || word_is(rest, "inner") || word_is(rest, "left");
  while (joins && !ends_clause(joined) && joined->kind != TOK_WHERE) joined++;
  const char *tail = text_between(m, joined, last_of_clause(close));
  if (strncasecmp(tail, "where ", 6) == 0) tail = words(m, "where %s", tail + 6);
  if (m->first->kind == TOK_K_KPI && m->first[2].kind == TOK_EQ &&
      strncasecmp(tail, "group by ", 9) == 0)
    return tell_line(m, V0114, "what a KPI is split by stands before `=`",
                     words(m, "kpi %s by %s = %s of %s%s", quote(m->px, m->first + 1), tail + 9, fn,
                           what, singular(m, close[2].name)));
  return tell(m, V0114, "an aggregate is written with `of` and `over`",
              words(m, "write: %s of %s%s%s%s", fn, what, close[2].name, *tail ? " " : "", tail));
}

/* `> 100000` of `having sum(arr) > 100000`. */
static const char *having_bound(struct mistake *m, const struct token *open,
                                const struct token *last) {
  const struct token *close = closer_of(open);
  return close && close < last ? source_between(m, close + 1, last + 1) : "> 0";
}

/* The end of a question to a database: order by arr desc, limit 10, as total, having x > 2. */
static bool sql_tail(struct mistake *m) {
  const struct token *t = m->t;
  while (t > m->first && m->t - t < 2 && !word_is(t, "order") && !word_is(t, "limit") &&
         !word_is(t, "having") && !word_is(t, "as"))
    t--;
  bool tail =
      word_is(t, "order") || word_is(t, "limit") || word_is(t, "having") || word_is(t, "as");
  if (!tail || t == m->first || ends_clause(t + 1)) return false;
  const struct token *last = last_of_clause(t);
  struct span found = m->at;
  for (const struct token *k = t; k < last; k++)
    if (k->kind == TOK_ARROW) last = k - 1;
  bool by = t[1].kind == TOK_BY || word_is(t + 1, "by");
  m->at = places(m, t, last);
  if (word_is(t, "having") && t[2].kind == TOK_LPAREN && t[1].name &&
      aggregate_word(text_lower(m->px->arena, t[1].name)) && m->first->kind == TOK_K_KPI)
    return tell(m, V0106, "a KPI keeps all its groups: which of them alarm is a rule",
                words(m,
                      "remove it; a rule asks for it: rule high for each …, and below it: when %s"
                      " %s",
                      quote(m->px, m->first + 1), having_bound(m, t + 2, last)));
  if (word_is(t, "having")) {
    m->at = place(m, t);
    return tell(m, V0106, "`having` is written `where` in rule files", "write: where");
  }
  const struct token *limit = t;
  while (limit < last && !word_is(limit, "limit") && !word_is(limit, "top")) limit++;
  const char *most = limit < last && limit[1].kind == TOK_NUMBER
                         ? words(m, "; on another: at most %s open", quote(m->px, limit + 1))
                         : "";
  if (word_is(t, "order") && by && last > t + 1)
    return tell(m, V0106, "items come in the order of what they are worth",
                words(m, "remove it; on a line of its own: worth %s%s", quote(m->px, t + 2), most));
  if (word_is(t, "limit") && t[1].kind == TOK_NUMBER)
    return tell(m, V0106, "how many items a rule may have open stands on a line of its own",
                words(m, "remove it; on a line of its own: at most %s open", quote(m->px, t + 1)));
  if (word_is(t, "as") && t[1].kind == TOK_NAME && m->first->kind == TOK_K_KPI) {
    if (t[2].kind == TOK_OVER) m->at = places(m, t, t + 1); /* sum of mrr as total over account */
    return tell(m, V0106, "a KPI has its name before `=`", "remove it");
  }
  m->at = found;
  return false;
}

/* select * from account where health < 40 */
static bool select_rows(struct mistake *m) {
  const struct token *from = m->first, *where;
  if (strcasecmp(quote(m->px, m->first), "select") != 0) return false;
  while (!ends_clause(from) && strcasecmp(quote(m->px, from), "from") != 0) from++;
  if (ends_clause(from) || from[1].kind != TOK_NAME) return false;
  where = from + 2;
  if (ends_clause(where) || strcasecmp(quote(m->px, where), "where") != 0) return false;
  const struct token *arrow = where + 1, *last = last_of_clause(where);
  while (arrow <= last && arrow->kind != TOK_ARROW) arrow++;
  const char *condition = written_here(m, where + 1, arrow);
  const char *act = arrow <= last ? source_between(m, arrow, last + 1) : "-> assign CS, due 7d";
  m->at = places(m, m->first, last);
  m->at.end += m->px->words->src->text[m->at.end] == ';';
  diags_drop_inside(m->px->diags, V0104, m->at);
  const char *message = "a rule names its rows in its first line, and asks them below it";
  if (head_above(m->px) == C_RULE && indented(m, m->first))
    return tell(m, V0106, message, words(m, "write: when %s %s", condition, act));
  return tell(m, V0106, message,
              words(m, "write: rule NAME for %s, and below it: when %s %s",
                    singular(m, quote(m->px, from + 1)), condition, act));
}

/* *health* < 40, _health_: the bold letters of a chat. */
static bool bold_name(struct mistake *m) {
  const struct token *t = m->t, *open;
  while (t > m->first && t->kind != TOK_STAR) t--;
  if (t->kind == TOK_STAR && t > m->first && t[-1].kind == TOK_NAME && t - 2 >= m->first &&
      t[-2].kind == TOK_STAR)
    t -= 2;
  if (t->kind != TOK_STAR) return false;
  for (open = t; t->kind == TOK_STAR; t++) {
  }
  const struct token *close = t + 1;
  if (t->kind != TOK_NAME || ends_clause(close) || close->kind != TOK_STAR) return false;
  if (open->end != t[t - open > 1 ? -1 : 0].at && open->end != t->at) return false;
  while (close[1].kind == TOK_STAR) close++;
  m->at = places(m, open, close);
  return tell(m, V0104, "a name stands alone, without signs around it",
              words(m, "write: %s", quote(m->px, t)));
}

const mistake_pattern line_patterns[] = {
    select_rows,
    sql_tail,
    bold_name,
    split_of_kpi,
    rows_and_groups,
    kpi_of_formula,
    rows_of_rule,
    segment_with,
    segment_as_question,
    threshold_moves,
    target_with_start,
    renamed_header,
    word_before_header,
    table_of_schema,
    given_with_signs,
    expected_in_words,
    item_without_arrow,
    full_stop,
    threshold_without_sign,
    imports,
    brings_in,
    flag_alone,
    text_with_another_word,
    owner_of_two_names,
    numbered_line,
    deadline,
    list_after_is,
    not_a_text,
    period_in_words,
    currency_in_words,
    group_by,
    case_when,
    select_from,
    NULL,
};
