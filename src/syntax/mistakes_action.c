/* Slips in actions and in what says who acts: arrows, teams, days, steps. In: the unexpected token
 * and its neighbours. Out: a message, when the slip is one of these. The order of the list below is
 * the order of asking. */
#include <string.h>
#include <strings.h>

#include "base/unit.h"
#include "parse.h"
#include "syntax/habits.h"
#include "syntax/mistake.h"
#include "syntax/spelling.h"
#include "syntax/words.h"

const char *name_of_words_in(struct mistake *m, const char *text) {
  char *word = arena_strdup(m->px->arena, text);
  for (char *p = word; *p; p++)
    if (*p == ' ' || *p == '-') *p = '_';
  return *word ? word : "my_name";
}

const char *rest_from(struct mistake *m, const struct token *from) {
  const struct token *last = from;
  while (!ends_clause(last + 1)) last++;
  return span_text(m->px->arena, places(m, from, last));
}

bool is_do_word(int kind) { return kind == TOK_K_DO || kind == TOK_ACT_DO; }

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
                  : words(m, "write: assigns %s", rest_from(m, m->first + 1)));
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
                words(m, "write: step \"Call {label}\", %s", rest_from(m, m->first)));
  }
  if (m->first->kind != TOK_K_STEP || !m->prev || !says_who_or_when(m->t)) return false;
  if (m->prev->kind == TOK_COMMA) return false;
  return tell(m, V0114, words(m, "a comma is missing before `%s`", quote(m->px, m->t)),
              words(m, "write: step %s, %s", quote(m->px, m->first + 1), rest_from(m, m->t)));
}

/* do "QBR with {label}", save_renewal */
static bool playbook_behind_its_text(struct mistake *m) {
  const struct token *name = m->t->kind == TOK_COMMA ? m->t + 1 : m->t, *text = name - 1;
  if (name == m->first || ends_clause(name) || name->kind != TOK_NAME) return false;
  if (text > m->first && text->kind == TOK_COMMA) text--;
  if (text <= m->first || text->kind != TOK_STRING || !is_do_word(text[-1].kind)) return false;
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
              words(m, "write: -> assign CS, %s", rest_from(m, m->first)));
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
                words(m, "write: assign %s", name_of_words_in(m, m->t->name)));
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

const mistake_pattern action_patterns[] = {
    team_assigns,
    line_of_the_project,
    line_of_a_step,
    playbook_behind_its_text,
    long_unless,
    due_on_its_own,
    missing_assign,
    odd_team,
    action_of_clear,
    missing_comma_before_due,
    missing_arrow,
    due_in,
    NULL,
};
