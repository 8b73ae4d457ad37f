/* Slips in headers, clauses and actions. In: the unexpected token and its neighbours. Out: a
 * message, when the slip is one of these. The order of the list below is the order of asking. */
#include <string.h>
#include <strings.h>

#include "base/suggest.h"
#include "base/unit.h"
#include "parse.h"
#include "syntax/habits.h"
#include "syntax/mistake.h"
#include "syntax/spelling.h"
#include "syntax/words.h"

static const char *as_name(struct mistake *m, const char *text) {
  char *word = arena_strdup(m->px->arena, text);
  for (char *p = word; *p; p++)
    if (*p == ' ' || *p == '-') *p = '_';
  return *word ? word : "my_name";
}

static const char *rest_of_line(struct mistake *m, const struct token *from) {
  const struct token *last = from;
  while (!ends_clause(last + 1)) last++;
  return span_text(m->px->arena, places(m, from, last));
}

static bool is_do(int kind) { return kind == TOK_K_DO || kind == TOK_ACT_DO; }

/* ---- actions -------------------------------------------------------------------------- */

/* assign CS due 5 days do "Call": the commas of an action, all of them. */
static const char *with_commas(struct mistake *m, const struct token *t) {
  static const char *const begins[] = {"due", "do", "priority", "worth", "assign", NULL};
  const char *out = "";
  const struct token *from = t;
  for (; !ends_clause(t); t++) {
    bool part = false;
    for (size_t i = 0; t->kind != TOK_STRING && begins[i]; i++) part |= word_is(t, begins[i]);
    if (!part || t == from || t[-1].kind == TOK_ARROW) continue;
    const struct token *end = t[-1].kind == TOK_COMMA ? t - 1 : t;
    out = words(m, "%s%s, ", out, written_here(m, from, end));
    from = t;
  }
  return words(m, "%s%s", out, written_here(m, from, t));
}

static bool missing_comma_before_due(struct mistake *m) {
  if (m->t->kind != TOK_DUE || !expects(m, TOK_COMMA)) return false;
  const struct token *arrow = m->t;
  while (arrow > m->first && arrow->kind != TOK_ARROW) arrow--;
  if (arrow->kind != TOK_ARROW) return false;
  m->at = places(m, arrow, last_of_clause(arrow));
  return tell(m, V0114, "a comma is missing before `due`",
              words(m, "write: %s", with_commas(m, arrow)));
}

/* assign, under a team: its clause is `assigns`. */
static bool team_assigns(struct mistake *m) {
  if (head_above(m->px) != C_TEAM || !word_is(m->first, "assign")) return false;
  m->at = places(m, m->first, last_of_clause(m->first));
  return tell(m, V0118, "`assign` is not the beginning of a clause of a team",
              ends_clause(m->first + 1)
                  ? "write: assigns account.csm"
                  : words(m, "write: assigns %s", rest_of_line(m, m->first + 1)));
}

static bool is_code(const struct token *t) {
  return t->kind == TOK_NAME && t->name && (*t->name == 'V' || *t->name == 'v') &&
         strspn(t->name + 1, "0123456789") == 4 && !t->name[5];
}

/* check V1015 off, V1015 off, V1015 = off, lint V1015, V1016 off: under a project. */
static bool line_of_the_project(struct mistake *m) {
  if (head_above(m->px) != C_PROJECT) return false;
  const struct token *code = is_code(m->first) ? m->first : m->first + 1;
  if (m->first->kind == TOK_K_LINT && m->t->kind == TOK_COMMA) {
    return tell(m, V0114, "each check has a line of its own",
                words(m, "write: lint %s off because \"the reason\"; and so the next one",
                      quote(m->px, code)));
  }
  if (ends_clause(m->first) || ends_clause(code) || !is_code(code)) return false;
  if (m->first->kind == TOK_K_LINT && code[1].kind == TOK_NAME) return false;
  m->at = places(m, m->first, last_of_clause(m->first));
  return tell(m, V0114, "this line does not say how loud a check is",
              words(m, "write: lint %s off because \"the reason\"; or info, warning or error",
                    quote(m->px, code)));
}

static bool says_who_or_when(const struct token *t) {
  return t->kind == TOK_ASSIGN || t->kind == TOK_DUE || word_is(t, "assign") || word_is(t, "due");
}

/* assign Finance, or due 2d, on a line of its own under a playbook, and without the comma behind
 * the text of a step. */
static bool line_of_a_step(struct mistake *m) {
  if (head_above(m->px) == C_PLAYBOOK && says_who_or_when(m->first)) {
    m->at = places(m, m->first, last_of_clause(m->first));
    return tell(m, V0114, words(m, "`%s` stands on the line of its step", quote(m->px, m->first)),
                words(m, "write: step \"Call {label}\", %s", rest_of_line(m, m->first)));
  }
  if (m->first->kind != TOK_K_STEP || !m->prev || !says_who_or_when(m->t)) return false;
  if (m->prev->kind == TOK_COMMA) return false;
  return tell(m, V0114, words(m, "a comma is missing before `%s`", quote(m->px, m->t)),
              words(m, "write: step %s, %s", quote(m->px, m->first + 1), rest_of_line(m, m->t)));
}

/* do "QBR with {label}", save_renewal */
static bool playbook_behind_its_text(struct mistake *m) {
  const struct token *name = m->t->kind == TOK_COMMA ? m->t + 1 : m->t, *text = name - 1;
  if (name == m->first || ends_clause(name) || name->kind != TOK_NAME) return false;
  if (text > m->first && text->kind == TOK_COMMA) text--;
  if (text <= m->first || text->kind != TOK_STRING || !is_do(text[-1].kind)) return false;
  m->at = place(m, name);
  return tell(m, V0114, "the playbook stands before the text",
              words(m, "write: do %s %s", quote(m->px, name), quote(m->px, text)));
}

/* unless employee.status is "away" else …: the `else` would belong to the comparison. */
static bool long_unless(struct mistake *m) {
  const struct token *from = m->first;
  if (m->first->kind != TOK_K_ASSIGNS) return false;
  while (from < m->t && from->kind != TOK_UNLESS) from++;
  if (from >= m->t - 1) return false;
  const struct token *last = m->t;
  while (!ends_clause(last + 1) && last[1].kind != TOK_ELSE) last++;
  m->at = places(m, from + 1, last);
  return tell(m, V0114, "what stands behind `unless` is longer than a name",
              words(m, "put it in parentheses: unless (%s)",
                    span_text(m->px->arena, places(m, from + 1, last))));
}

/* due on a line of its own. */
static bool due_on_its_own(struct mistake *m) {
  if (head_above(m->px) == C_ENTITY || (!word_is(m->first, "due") && m->first->kind != TOK_DUE))
    return false;
  m->at = places(m, m->first, last_of_clause(m->first));
  return tell(m, V0114, "`due` stands on the line of the action",
              words(m, "write: -> assign CS, %s", rest_of_line(m, m->first)));
}

static bool missing_arrow(struct mistake *m) {
  bool assign = word_is(m->t, "assign") ||
                (m->prev && m->prev->kind == TOK_NAME && word_is(m->prev, "assign"));
  bool due = word_is(m->t, "due") && m->prev && m->prev->kind == TOK_COMMA;
  if (!assign && !due) return false;
  if (m->first->kind == TOK_K_TEAM || m->first->kind == TOK_K_ASSIGNS ||
      m->first->kind == TOK_K_STEP)
    return false;
  if (word_is(m->prev, "assign")) m->at = place(m, m->prev);
  return tell(m, V0114, "`->` is missing before the action",
              assign ? "write: -> assign" : "write: -> due");
}

/* else if health < 60 -> …, on a line of its own below the action */
static bool else_if(struct mistake *m) {
  if (m->t->kind != TOK_ELSE && m->t->kind != TOK_IF_ELSE) return false;
  const struct token *from = m->next, *end;
  if (from->kind != TOK_IF && !word_is(from, "if") && !word_is(from, "when")) return false;
  for (end = ++from; !ends_clause(end) && end->kind != TOK_ARROW; end++) {
  }
  if (end == from) return false;
  m->at = places(m, m->t, end - 1);
  return tell(m, V0114, "a rule has one condition and one action",
              words(m, "write a second rule, with: when %s",
                    span_text(m->px->arena, places(m, from, end - 1))));
}

/* health < 40 else assign Support */
static bool else_of_a_rule(struct mistake *m) {
  if ((m->t->kind != TOK_ELSE && m->t->kind != TOK_IF_ELSE) ||
      !(m->next->kind == TOK_ASSIGN || word_is(m->next, "assign") || m->next->kind == TOK_ARROW))
    return false;
  const struct token *from = m->first, *arrow = m->first;
  while (arrow < m->t && arrow->kind != TOK_ARROW) arrow++;
  if (from->kind == TOK_K_WHEN || from->kind == TOK_IF) from++;
  const char *asked = arrow > from && arrow < m->t
                          ? span_text(m->px->arena, places(m, from, arrow - 1))
                          : condition_above(m);
  return tell(m, V0114, "a rule has one action",
              words(m, "write a second rule with the opposite condition: when not (%s)",
                    asked ? asked : "health < 40"));
}

/* -> send email to CS, create a task for CS, assigned to CS: what other tools do. */
static bool acts_elsewhere(const struct token *t) {
  static const char *const verbs[] = {
      "send",    "notify",  "email",  "mail", "alert",    "tell",     "slack",
      "create",  "make",    "add",    "open", "ping",     "assigned", "assigns",
      "task",    "message", "call",   "post", "enroll",   "enrol",    "start",
      "trigger", "run",     "update", "set",  "schedule", "book",     "escalate",
      "webhook", "remind",  "warn",   "flag", "give"};
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
    if (word_is(t, verbs[i])) return true;
  return false;
}

/* The team after `to` or `for`, or the last name before a comma; NULL: nobody is named. */
static const struct token *team_named(const struct token *t, const struct token **end) {
  const struct token *team = NULL;
  bool after_to = false;
  for (; !ends_clause(t) && t->kind != TOK_COMMA; t++) {
    bool to = word_is(t, "to") || word_is(t, "for") || t->kind == TOK_FOR;
    if (after_to && t->kind == TOK_NAME && !word_is(t, "the")) team = t, after_to = false;
    after_to |= to;
  }
  *end = t;
  return team;
}

/* ", due 3d" of `due in 3 days`, `within 3d` among the words of an action; NULL: no day is said. */
static const char *day_among(struct mistake *m, const struct token *t, const struct token *end) {
  for (; t < end; t++) {
    const char *sign = t->kind == TOK_NUMBER ? unit_sign(t[1].name) : NULL;
    if (t->kind == TOK_DURATION) return words(m, ", due %s", quote(m->px, t));
    if (sign) return words(m, ", due %s%s", quote(m->px, t), sign);
  }
  return NULL;
}

/* , do "Call {label}" of a text among the words of an action; "": there is none. */
static const char *text_among(struct mistake *m, const struct token *t, const struct token *end) {
  for (; t < end; t++)
    if (t->kind == TOK_STRING && !strpbrk(t->name, "#@"))
      return words(m, ", do %s", quote(m->px, t));
  return "";
}

static bool tell_action(struct mistake *m, const struct token *team, const struct token *rest,
                        const char *message) {
  const struct token *last = rest;
  const char *day = day_among(m, m->t, rest), *text = text_among(m, m->t, rest);
  while (!ends_clause(last) && !ends_clause(last + 1)) last++;
  bool due = rest->kind == TOK_COMMA && last > rest;
  m->at = places(m, m->t, due ? last : rest - 1);
  return tell(m, V0114, message,
              words(m, "write: assign %s%s%s", team ? quote(m->px, team) : "CS",
                    due   ? span_text(m->px->arena, places(m, rest, last))
                    : day ? day
                          : ", due 7d",
                    text));
}

/* -> CS, -> due 7d …: the word that the action begins with is missing. */
static bool missing_assign(struct mistake *m) {
  const struct token *rest, *team;
  if (!m->prev || m->prev->kind != TOK_ARROW) return false;
  if (ends_clause(m->t)) {
    m->at = place(m, m->prev);
    return tell(m, V0114, "`->` is followed by what to do", "write: -> assign CS, due 7d");
  }
  if (word_is(m->t, "assign") && ends_clause(m->t + 1)) {
    m->at = place(m, m->t);
    bool sign =
        m->px->words->src->text[m->t->end] == ' ' && m->px->words->src->text[m->t->end + 1] == '#';
    return tell(m, V0114,
                sign ? "`#` begins a comment: the team is missing" : "the team is missing",
                "write: assign CS, due 7d");
  }
  team = team_named(m->t, &rest);
  if (word_is(m->t, "set") || word_is(m->t, "update")) {
    m->at = places(m, m->t, rest - 1);
    return tell(m, V0114, "Vigie changes nothing in other systems: a rule gives an item to a team",
                "write: assign CS, due 7d; how urgent it is says a line of its own: priority high");
  }
  if (m->t->kind == TOK_NAME && acts_elsewhere(m->t))
    return tell_action(m,
                       team                                           ? team
                       : word_is(m->t, "assigned") && rest > m->t + 1 ? m->t + 1
                                                                      : NULL,
                       rest,
                       word_is(m->t, "assigned") || word_is(m->t, "assigns")
                           ? "the word of an action is `assign`"
                           : "Vigie sends nothing: a rule gives an item to a team");
  if (m->t->kind == TOK_NAME)
    return tell_action(m,
                       rest == m->t + 1 ? m->t
                       : team           ? team
                                        : m->next,
                       rest, "`assign` is missing after `->`");
  bool text = m->t->kind == TOK_STRING && m->next->kind == TOK_COMMA;
  if (text && (m->next[1].kind == TOK_ASSIGN || word_is(m->next + 1, "assign"))) {
    const struct token *last = last_of_clause(m->t);
    m->at = places(m, m->t, last);
    return tell(
        m, V0114, "what to do stands behind its word",
        words(m, "write: %s, do %s", source_between(m, m->next + 1, last + 1), quote(m->px, m->t)));
  }
  return tell(m, V0114, "`->` is followed by `assign` and a team, or `due` and a duration",
              "write: -> assign CS, due 7d");
}

static bool odd_team(struct mistake *m) {
  if (!m->prev) return false;
  if (m->prev->kind == TOK_ASSIGN && m->t->kind == TOK_STRING && strchr(m->t->name, '@')) {
    say_person_as_team(m->px->diags, m->at, m->t->name);
    return true;
  }
  if (m->prev->kind == TOK_ASSIGN && m->t->kind == TOK_STRING)
    return tell(m, V0114, "a team is a name without quotes",
                words(m, "write: assign %s", as_name(m, m->t->name)));
  bool after_team = m->prev > m->first && m->prev[-1].kind == TOK_ASSIGN;
  if (after_team && word_is(m->prev, "to")) {
    const struct token *team = m->t;
    while (word_is(team, "the") || word_is(team, "our") || word_is(team, "team")) team++;
    if (team->kind != TOK_NAME) return false;
    static const char *const people[] = {"owner",    "csm", "manager", "rep",
                                         "seller",   "ae",  "person",  "responsible",
                                         "assignee", "him", "them",    NULL};
    bool of_row = said_one_of(team, people);
    of_row |= team[1].kind == TOK_NAME && !word_is(team + 1, "due") && !word_is(team + 1, "do");
    bool two = of_row && team[1].kind == TOK_NAME && !word_is(team + 1, "due");
    m->at = places(m, m->prev - 1, two ? team + 1 : team);
    if (of_row)
      return tell(m, V0114, "`assign` is followed by a team, which is one word",
                  "write: assign CS; who has it for each row says the team: assigns account.csm");
    return tell(m, V0114, "`assign` is followed by the team, without `to`",
                words(m, "write: assign %s", quote(m->px, team)));
  }
  if (after_team && m->t->kind == TOK_NAME && !word_is(m->t, "due") && !word_is(m->t, "do")) {
    m->at = places(m, m->prev, m->t);
    return tell(
        m, V0114, "`assign` is followed by a team, which is one word",
        "name a team: assign CS; who has it for each row says the team: assigns account.csm");
  }
  if (after_team && m->t->kind == TOK_DOT && m->next->kind == TOK_NAME) {
    m->at = places(m, m->prev, m->next);
    return tell(m, V0114, "a team acts: who has the item of each row is said under the team",
                words(m, "write the name of a team: assign CS; and under team CS: assigns %s",
                      span_text(m->px->arena, m->at)));
  }
  bool joined = m->t->kind == TOK_SLASH || m->t->kind == TOK_PLUS || m->t->kind == TOK_OR;
  if (after_team && joined && m->next->kind == TOK_NAME) {
    m->at = places(m, m->prev, m->next);
    return tell(m, V0114, "one item has one team",
                words(m, "write: %s; and a second rule for the other team", quote(m->px, m->prev)));
  }
  if (after_team && m->t->kind == TOK_AND)
    return tell(m, V0114, "one item has one team", "write a second rule for the other team");
  return false;
}

static const char *unit_in_english(const char *word) {
  static const char *const units[][2] = {
      {"d", "day"}, {"w", "week"}, {"mo", "month"}, {"q", "quarter"}, {"y", "year"}};
  const char *sign = unit_sign(word);
  for (size_t i = 0; sign && i < sizeof units / sizeof *units; i++)
    if (strcmp(units[i][0], sign) == 0) return units[i][1];
  return NULL;
}

/* due by the end of the month, due in a week, due next friday, due tomorrow. */
static bool due_in_speech(struct mistake *m, const struct token *t) {
  static const struct {
    const char *word, *write;
  } days[] = {{"tomorrow", "1d"},     {"today", "today"},      {"asap", "1bd"},
              {"immediately", "1bd"}, {"monday", "5bd"},       {"tuesday", "5bd"},
              {"wednesday", "5bd"},   {"thursday", "5bd"},     {"friday", "5bd"},
              {"eow", "end of week"}, {"eom", "end of month"}, {"eoq", "end of quarter"},
              {"eoy", "end of year"}, {"eod", "1bd"}};
  static const char *const same[] = {"same", "that", "le", NULL};
  if (said_one_of(m->prev, same) && m->prev[-1].kind == TOK_DUE && word_is(m->t, "day")) {
    m->at = places(m, m->prev, m->t);
    return tell(m, V0114, "`same day` is no deadline of rule files", "write: due today");
  }
  const struct token *from = m->prev->kind == TOK_DUE ? m->t : m->prev;
  bool one = word_is(from, "a") || word_is(from, "one"), next = word_is(from, "next");
  for (; word_is(t, "the") || word_is(t, "a") || word_is(t, "an") || word_is(t, "next") ||
         word_is(t, "this") || word_is(t, "one") || t->kind == TOK_NEXT || t->kind == TOK_THIS;
       t++)
    one |= word_is(t, "a") || word_is(t, "an") || word_is(t, "one"), next |= word_is(t, "next");
  const char *write = NULL, *sign = unit_sign(t->name);
  for (size_t i = 0; t->name && t->kind != TOK_STRING && i < sizeof days / sizeof *days; i++)
    if (strcasecmp(t->name, days[i].word) == 0) write = days[i].write;
  if (!write && sign && (one || next)) write = words(m, "1%s", sign);
  if (!write && word_is(t, "fin") && !ends_clause(t + 1) && !ends_clause(t + 2)) {
    const struct token *unit = word_is(t + 1, "de") || word_is(t + 1, "du") ? t + 2 : t + 1;
    write = words(m, "end of %s", unit_in_english(unit->name)), t = unit;
    if (!unit_in_english(unit->name)) return false;
  }
  if (!write && (t->kind == TOK_END || word_is(t, "end")) && !ends_clause(t + 1) &&
      (t[1].kind == TOK_OF)) {
    const struct token *unit = t + 2;
    while (word_is(unit, "the") || word_is(unit, "this")) unit++;
    if (!unit->name || (unit->kind != TOK_UNIT && !unit_sign(unit->name))) return false;
    write = words(m, "end of %s", unit->name), t = unit;
  }
  bool clock = word_is(t + 1, "at") && !ends_clause(t + 2); /* tomorrow at 9am */
  if (!write || (t == from && !clock && !word_is(t, "today"))) return false;
  m->at = places(m, from, clock ? t + 2 : t);
  if (clock) diags_drop_inside(m->px->diags, V0103, m->at);
  return tell(m, V0114,
              words(m, "`%s` is no deadline of rule files", span_text(m->px->arena, m->at)),
              words(m, "write: due %s", write));
}

/* due in 14 days, due within 7d, due +7: the duration alone is meant. */
static bool due_in(struct mistake *m) {
  bool word = m->t->kind == TOK_IN || m->t->kind == TOK_WITHIN || m->t->kind == TOK_AFTER ||
              m->t->kind == TOK_BY || m->t->kind == TOK_PLUS || word_is(m->t, "within");
  if (!m->prev || m->prev == m->first) return false;
  bool article = m->prev->kind == TOK_NAME && m->prev[-1].kind == TOK_DUE;
  if (m->prev->kind != TOK_DUE && !article) return false;
  if (word_is(m->t, "at") && due_in_speech(m, m->prev)) return true;
  if (due_in_speech(m, word ? m->next : m->t)) return true;
  if (!word || article) return false;
  const struct token *n = m->next;
  const struct token *end = n + 1;
  const char *said = quote(m->px, m->t), *when = length_said(m, n, &end);
  if (!when && n->kind == TOK_DATE) when = quote(m->px, n);
  if (!when && n->kind == TOK_NUMBER) when = words(m, "%sd", quote(m->px, n));
  if (when) m->at = places(m, m->t, end - 1);
  return tell(m, V0114, words(m, "`due` is followed by a duration or a date, without `%s`", said),
              words(m, "write: due %s", when ? when : "7d"));
}

/* clear when health > 50 -> close: what closes an item is a condition alone. */
static bool action_of_clear(struct mistake *m) {
  if (m->t->kind != TOK_ARROW || m->first->kind != TOK_K_CLEAR) return false;
  const struct token *last = m->t;
  while (!ends_clause(last + 1)) last++;
  m->at = places(m, m->t, last);
  return tell(m, V0114, "`clear when` closes the item, and has no action of its own",
              words(m, "leave it out: %s; a second action is a second rule",
                    span_text(m->px->arena, places(m, m->first, m->prev))));
}

/* ---- headers -------------------------------------------------------------------------- */

static bool declares(int k) {
  return k == TOK_K_KPI || k == TOK_K_RULE || k == TOK_K_TEAM || k == TOK_K_SEGMENT ||
         k == TOK_K_THRESHOLD || k == TOK_K_ENTITY || k == TOK_K_DEFINE || k == TOK_K_PLAYBOOK;
}

static bool bad_name_of_a_thing(struct mistake *m) {
  if (!m->prev || !declares(m->prev->kind) || m->t->kind == TOK_NAME) return false;
  const char *what = quote(m->px, m->prev), *text = quote(m->px, m->t);
  if (ends_clause(m->t) || m->t->kind == TOK_EQ || m->t->kind == TOK_OF || m->t->kind == TOK_FROM)
    return tell(m, V0114, words(m, "this %s has no name", what), words(m, "write: %s NAME", what));
  if (m->t->kind == TOK_STRING)
    return tell(m, V0114, words(m, "the name of a %s is one word without quotes", what),
                words(m, "write: %s", as_name(m, m->t->name)));
  return tell(m, V0114, words(m, "`%s` cannot be the name of a %s", text, what),
              m->t->name
                  ? words(m, "`%s` has a meaning of its own: choose another name, such as my_%s",
                          text, text)
                  : "a name begins with a letter");
}

/* rule renewal at risk, rule renewal-at-risk: the words that were meant to be one name. */
static bool name_of_words(struct mistake *m) {
  if (!m->prev || m->prev == m->first || !declares(m->prev[-1].kind) || m->prev->kind != TOK_NAME)
    return false;
  bool dash = m->t->kind == TOK_MINUS && m->next->kind == TOK_NAME;
  if (!dash && m->t->kind != TOK_NAME) return false;
  const struct token *last = m->prev;
  const char *name = quote(m->px, last);
  for (const struct token *t = m->t;
       t->kind == TOK_NAME || (t->kind == TOK_MINUS && t[1].kind == TOK_NAME); t++)
    if (t->kind == TOK_NAME) name = words(m, "%s_%s", name, quote(m->px, last = t));
  m->at = places(m, m->prev, last);
  return tell(m, V0114,
              dash          ? "a name has no dash"
              : last > m->t ? "several names stand side by side"
                            : "two names stand side by side",
              words(m, "write: %s; a name is one word", name));
}

static bool rule_without_condition(struct mistake *m) {
  if (m->t->kind != TOK_ARROW || m->first->kind != TOK_K_RULE) return false;
  const struct token *below = m->t;
  while (!ends_clause(below)) below++;
  m->at = places(m, m->t, below - 1);
  if (below->kind == TOK_NEWLINE && below[1].kind == TOK_K_WHEN)
    return tell(m, V0114, "the condition stands before the action",
                "move the line of `when` above the line of `->`");
  m->at = places(m, m->first, m->prev);
  return tell(m, V0401, "this rule has no condition", "write under it: when renewal within 60d");
}

static bool chooses_rows(const struct token *t) {
  return word_is(t, "when") || word_is(t, "where") || word_is(t, "with") || word_is(t, "on") ||
         word_is(t, "having") || word_is(t, "whose") || word_is(t, "who");
}

/* rule a for account = 'Acme', for account where plan is "Pro": a rule is of all rows. */
static bool row_in_header(struct mistake *m) {
  bool chooses = m->t->kind == TOK_EQ || m->t->kind == TOK_IS || m->t->kind == TOK_STRING ||
                 m->t->kind == TOK_WHERE || m->t->kind == TOK_IN || m->t->kind == TOK_K_WHEN ||
                 chooses_rows(m->t);
  if (m->first->kind != TOK_K_RULE || !chooses || !m->prev || m->prev < m->first + 3) return false;
  const struct token *last = m->t, *value = m->t;
  while (!ends_clause(last + 1) && last[1].kind != TOK_ARROW) last++;
  while (value < last && value->kind != TOK_STRING) value++;
  m->at = places(m, m->t, last);
  uint32_t gap = m->t->at - m->prev->end;
  bool below = memchr(m->px->words->src->text + m->prev->end, '\n', gap) != NULL;
  if (below && m->t->kind == TOK_WHERE && last > m->t)
    return tell(m, V0106, "the condition of a rule stands after `when`",
                words(m, "write: when %s", span_text(m->px->arena, places(m, m->t + 1, last))));
  bool condition = m->t->kind == TOK_WHERE || m->t->kind == TOK_IN || chooses_rows(m->t) ||
                   m->t->kind == TOK_K_WHEN;
  const char *which =
      m->t->kind == TOK_IN ? span_text(m->px->arena, m->at)
      : last == m->t + 2 && m->t[1].kind == TOK_NAME && last->kind == TOK_STRING
          ? words(m, "%s is %s", quote(m->px, m->t + 1), quote(m->px, last))
      : condition && last > m->t
          ? span_text(m->px->arena, places(m, m->t + 1, last))
          : words(m, "label is \"%s\"", value->kind == TOK_STRING ? value->name : "Acme");
  return tell(m, V0114,
              words(m, "a rule is for every %s: which ones is said in its condition",
                    quote(m->px, m->prev)),
              words(m, "write: %s, and below it: when %s and …",
                    span_text(m->px->arena, places(m, m->first, m->prev)), which));
}

/* fiscal year starts April 1, starts 1/4 */
static bool fiscal_year(struct mistake *m) {
  if (m->first->kind != TOK_K_FISCAL) return false;
  if (m->first[1].name && strcmp(m->first[1].name, "periods") == 0)
    return tell(m, V0114, "this line does not say which table lists the fiscal periods, and how",
                "write: fiscal periods from \"fiscal_calendar\" start \"first_day\" period \"no\" "
                "year \"fiscal_year\"");
  return tell(m, V0114, "the fiscal year begins on a month and a day with two digits each",
              "write: fiscal year starts 04-01 named by end year");
}

static bool target_by_a_period(struct mistake *m) {
  if (m->first->kind != TOK_K_TARGET || m->t->kind != TOK_PERIOD || m->prev->kind != TOK_BY)
    return false;
  const char *text = quote(m->px, m->t);
  return tell(m, V0114, words(m, "a target is reached by a day, and `%s` has many", text),
              words(m, "write: by end of %s", text));
}

/* ---- attributes and other clauses ----------------------------------------------------- */

static bool is_type(const struct token *t) {
  enum unit u;
  return t->kind == TOK_NAME &&
         (unit_from_name(t->name, &u) || word_is(t, "percent") || word_is(t, "ratio"));
}

/* before date "before": a word of the language in the place of a name. */
static bool reserved_attribute(struct mistake *m) {
  if (m->t->kind == TOK_NAME || m->t->kind == TOK_STRING || !m->t->name) return false;
  if (!is_type(m->next) || m->next[1].kind != TOK_STRING) return false;
  const char *word = quote(m->px, m->t);
  return tell(m, V0114, words(m, "`%s` is a word of the language, and no name", word),
              words(m, "call it otherwise, the column keeps its name: my_%s %s %s", word,
                    m->next->name, quote(m->px, &m->next[1])));
}

static bool attribute_line(struct mistake *m) {
  if (head_above(m->px) != C_ENTITY || m->first->kind != TOK_NAME || m->t != m->first + 1)
    return false;
  const char *name = quote(m->px, m->first);
  if (m->t->kind == TOK_STRING) {
    m->at = places(m, m->first, m->t);
    return tell(
        m, V0402, words(m, "`%s` has no type", name),
        words(m, "write: %s text %s (or number, money, date, flag …)", name, quote(m->px, m->t)));
  }
  if (!is_type(m->t)) return false;
  m->at = m->next->kind == TOK_NAME ? place(m, m->next) : m->at;
  return tell(m, V0114, "the column of the database stands in quotes",
              words(m, "write: %s %s \"%s\"", name, m->t->name,
                    m->next->kind == TOK_NAME ? m->next->name : name));
}

static bool clause_misspelt(struct mistake *m) {
  if (m->first->kind != TOK_NAME || m->t != m->first + 1) return false;
  switch (m->t->kind) {
    case TOK_STRING:
    case TOK_NAME:
    case TOK_DURATION:
    case TOK_DATE:
    case TOK_UNKNOWN:
    case TOK_NUMBER:
    case TOK_FROM:
    case TOK_LPAREN:
    case TOK_BY:
    case TOK_FOR: break;
    default: return false;
  }
  size_t n = 0;
  while (clause_words()[n]) n++;
  const char *near = suggest(m->first->name, clause_words(), n);
  if (!near) return false;
  m->at = place(m, m->first);
  return tell(m, V0118, words(m, "`%s` is not the beginning of a clause", m->first->name),
              words(m, "did you mean `%s`?", near));
}

/* means Revenue of the month: the quotes are missing, around a word or around all the rest of the
 * line. */
static bool missing_quotes(struct mistake *m) {
  bool list =
      m->prev && m->prev->kind == TOK_OF && m->prev > m->first && m->prev[-1].kind == TOK_ONE;
  if (!expects(m, TOK_STRING) || !m->t->name || !m->prev) return false;
  /* do call the customer: the first word could be a playbook */
  bool done = m->prev > m->first && is_do(m->prev[-1].kind);
  if (done && m->prev->kind == TOK_NAME) m->t = m->prev--;
  if (!list && !done && (expects(m, TOK_LPAREN) || expects(m, TOK_NAME) || expects(m, TOK_NUMBER)))
    return false;
  int k = m->prev->kind;
  bool all = k == TOK_K_MEANS || k == TOK_K_DECIDES || is_do(k) || k == TOK_K_TEST ||
             k == TOK_K_STEP || k == TOK_K_LINK || k == TOK_BECAUSE || m->first->kind == TOK_K_TIME;
  const struct token *last = m->t;
  /* billing.vigie: what touches the word is of it */
  while (!ends_clause(last + 1) &&
         (all || (m->first->kind == TOK_K_LINT && last[1].at == last->end)))
    last++;
  m->at = places(m, m->t, last);
  const char *text = span_text(m->px->arena, m->at);
  if (word_is(m->prev, "renamed") && word_is(m->t, "to"))
    return tell(m, V0114, "what the value was called before is missing",
                "the old value stands before `to`, the new one behind it: renamed \"Pro\" to "
                "\"Premium\"");
  if (list) {
    const char *texts = words(m, "\"%s\"", text);
    for (; !ends_clause(last + 1) && last[1].kind == TOK_COMMA && last[2].kind == TOK_NAME &&
           last[3].kind != TOK_NAME && !ends_clause(last + 2);
         last += 2)
      texts = words(m, "%s, \"%s\"", texts, last[2].name);
    m->at = places(m, m->t, last);
    return tell(m, V0114, "texts stand in quotes", words(m, "write: %s", texts));
  }
  return tell(m, V0114, "quotes are missing here",
              words(m, "write: %s \"%s\"", quote(m->px, m->prev), text));
}

/* Lines that a person writes of what a test expects, by a word in them. */
static const struct expected_line {
  const char *const words[8];
  bool begins; /* the word only begins so */
  const char *wrong;
  const char *right; /* the name for every %s */
} expected_lines[] = {
    /* expect churn escalated to VP_CS for "Acme", expect churn is escalated, expect churn escalates
     */
    {{"escalat"},
     true,
     "this is not how an escalation is expected",
     "write: expect %1$s escalated to TEAM, or: expect %1$s for \"Acme\" escalated, or: "
     "expect %1$s not escalated"},
    /* expect target of arr is missed, expect arr on track */
    {{"target", "behind", "track", "reached", "missed", "met"},
     false,
     "this is not how a target is expected",
     "write: expect target %1$s behind, or: expect target %1$s on track, or: expect target %1$s "
     "reached"},
    /* expect churn for "Acme" is ignored, expect churn skipped */
    {{"ignore", "ignores", "ignored", "skipped", "unjudged"},
     false,
     "this is not how a row with not enough data is expected",
     "write: expect %1$s ignored, or: expect %1$s for \"Acme\" ignored because health; a row that "
     "no `if unknown` line concerns is expected like this: expect %1$s unknown because health"},
    {{"fired", "fires", "fire"},
     false,
     "this is not how an item is expected",
     "an open item is expected like this: expect %1$s; one that `if unknown fire` opened, like "
     "this: expect %1$s fired unknown because health"},
};

static bool says_one_of(const struct token *t, const struct expected_line *l) {
  for (const char *const *w = l->words; *w && t->name && t->kind != TOK_STRING; w++)
    if (l->begins ? strncmp(t->name, *w, strlen(*w)) == 0 : strcmp(t->name, *w) == 0) return true;
  return false;
}

/* What the line is about: its first name that is no word of the form. */
static const char *expected_name(const struct token *first, const struct expected_line *l) {
  for (const struct token *t = first + 1; !ends_clause(t); t++)
    if (t->kind == TOK_NAME && !says_one_of(t, l)) return t->name;
  return l->words[0] && strcmp(l->words[0], "target") == 0 ? "KPI" : "RULE";
}

static bool expected_otherwise(struct mistake *m) {
  if (m->first->kind != TOK_K_EXPECT) return false;
  for (size_t i = 0; i < sizeof expected_lines / sizeof *expected_lines; i++) {
    const struct expected_line *l = &expected_lines[i];
    const struct token *t = m->first + 1;
    while (!ends_clause(t) && !says_one_of(t, l)) t++;
    if (ends_clause(t)) continue;
    return tell(m, V0114, l->wrong, words(m, l->right, expected_name(m->first, l)));
  }
  return false;
}

const mistake_pattern clause_patterns[] = {
    expected_otherwise,
    team_assigns,
    line_of_the_project,
    line_of_a_step,
    playbook_behind_its_text,
    long_unless,
    due_on_its_own,
    fiscal_year,
    reserved_attribute,
    else_if,
    else_of_a_rule,
    missing_assign,
    odd_team,
    action_of_clear,
    row_in_header,
    missing_comma_before_due,
    missing_arrow,
    due_in,
    bad_name_of_a_thing,
    name_of_words,
    rule_without_condition,
    target_by_a_period,
    attribute_line,
    clause_misspelt,
    missing_quotes,
    NULL,
};
