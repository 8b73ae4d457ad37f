/* What a rule asks for. In: rules. Out: those without a text, a due day, a test. */
#include <string.h>

#include "lint/allow.h"
#include "lint/selection.h"
#include "sema/threshold_line.h"
#include "syntax/build.h"

void lint_no_action_text(struct lint *l) {
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule *r = l->facts.rules.v[i].rule;
    if (r->action.n) continue;
    struct diag *d = lint_tell(l, rule_span(r), "%s does not say what to do", rule_title(l, r));
    lint_help(l, d, "add under it: do \"Call {label}: …\"");
  }
}

void lint_no_due_day(struct lint *l) {
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule *r = l->facts.rules.v[i].rule;
    /* V1116 says it of those that escalate */
    if (r->due.kind != DUE_NONE || !r->team || r->levels.n) continue;
    struct diag *d = lint_tell(l, rule_span(r), "%s does not say by when: its items are never late",
                               rule_title(l, r));
    lint_help(l, d, "write: -> assign %s, due 7d", r->team->name);
  }
}

/* The days between which a duration surely ends: months are long or short, and weekends lie between
 * business days, holidays set aside. */
static int least_days(struct duration d) {
  if (d.unit == DUR_BDAY) return d.n + d.n / 5 * 2;
  return duration_is_months(d) ? duration_months(d) * 28 : duration_days(d);
}

static int largest_days(struct duration d) {
  if (d.unit == DUR_BDAY) return d.n + (d.n + 4) / 5 * 2;
  return duration_is_months(d) ? duration_months(d) * 31 : duration_days(d);
}

static bool is_later(struct duration step, struct duration due) {
  if (dur_unit_base(step.unit) == dur_unit_base(due.unit))
    return step.n * dur_unit_size(step.unit) > due.n * dur_unit_size(due.unit);
  return least_days(step) > largest_days(due);
}

void lint_step_after_due(struct lint *l) {
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule *r = l->facts.rules.v[i].rule;
    char step[16], due[16];
    for (size_t k = 0; r->due.kind == DUE_AFTER_OPENING && k < r->steps.n; k++) {
      const struct playbook_step *s = r->steps.v[k].of;
      struct duration asked = length_on(&s->due, l->options->today),
                      whole = length_on(&r->due.dur, l->options->today);
      if (!s->has_due || !is_later(asked, whole)) continue;
      struct diag *d =
          lint_tell(l, s->span, "this step is due %s after the start, and %s %s",
                    duration_text(asked, step), rule_title(l, r), duration_text(whole, due));
      lint_help(l, d, "give the item more time, or the step less");
    }
  }
}

/* ---- urgent, and much later ------------------------------------------------------------ */

/* What is due within days goes up within two months. */
enum { URGENT_DAYS = 45, LATE_DAYS = 200, SOON_DAYS = 14, LATE_AFTER_SOON = 92 };

static void tell_late(struct lint *l, const struct rule *r, struct duration d, const char *what) {
  char buf[16];
  struct diag *x =
      lint_tell(l, rule_span(r), "%s %s %s", rule_title(l, r), what, duration_text(d, buf));
  lint_help(l, x, "is there a 0 too many? Days are written 7d, business days 5bd");
}

enum { PAST_DAYS = 150, HOPED_DAYS = 365 };

/* Over how many days a condition such as due older than T asks; 0: that is not said in days. */
static int days_past(const struct lint *l, const struct term *t) {
  if (t->kind == T_OLDER) return least_days(t->dur);
  const struct term *bound = t->kind != T_CMP            ? NULL
                             : t->b->kind == T_THRESHOLD ? t->b
                             : t->b->kind == T_DATE_DAYS ? t->b->b
                                                         : NULL;
  if (!bound || bound->kind != T_THRESHOLD) return 0;
  for (size_t i = 0; i < bound->threshold->lines.n; i++) {
    const struct threshold_line *line = &bound->threshold->lines.v[i];
    bool today =
        !line->segment && threshold_line_on(bound->threshold, line, l->options->today) == line;
    if (today && bound->threshold->is_duration) return least_days(line->dur);
  }
  return 0;
}

static const char *const written_off[] = {"write",       "off",      "legal",    "court",
                                          "provision",   "bad_debt", "bad debt", "archive",
                                          "delete",      "lawyer",   "agency",   "collect_agency",
                                          "contentieux", "inkasso",  NULL};

/* due older than 200d: asked for the first time half a year after its day. */
static void check_long_past(struct lint *l, const struct rule *r, const struct term *t) {
  static const char *const due_words[] = {
      "due", "due_on", "payable", "deadline", "pay_by", "echeance", "échéance", "a_payer_le", NULL};
  static const char *const hoped[] = {"expected", "closing", "answer_by", "prevue", "prévue", NULL};
  if (t->kind == T_AND) {
    check_long_past(l, r, t->a);
    check_long_past(l, r, t->b);
    return;
  }
  const struct term *day = selection_day_passed(t);
  if (!day || day->kind != T_ATTR || !t->src || lint_told(l, "V1053", t->src->span)) return;
  bool due = lint_has_word(day->attr->name, due_words);
  if (!due && !lint_has_word(day->attr->name, hoped)) return;
  int days = days_past(l, t);
  if (days <= (due ? PAST_DAYS : HOPED_DAYS)) return;
  if ((r->name && lint_has_word(r->name, written_off)) ||
      (r->action_text && lint_has_word(r->action_text, written_off)))
    return;
  struct diag *d = lint_tell(l, t->src->span, "%s begins %d days after `%s`", rule_title(l, r),
                             days, day->attr->name);
  lint_help(l, d, "is there a 0 too many? Days are written 7d");
}

void lint_due_far_off(struct lint *l) {
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule *r = l->facts.rules.v[i].rule;
    if (r->when) check_long_past(l, r, r->when);
    struct duration due = length_on(&r->due.dur, l->options->today);
    bool after = r->due.kind == DUE_AFTER_OPENING && due.n;
    bool high = r->priority && strcmp(r->priority, "high") == 0;
    if (after && high && least_days(due) > URGENT_DAYS)
      tell_late(l, r, due, "has priority high, and its items are due after");
    else if (after && least_days(due) > LATE_DAYS)
      tell_late(l, r, due, "gives its items a due day after");
    for (size_t k = 0; k < r->levels.n; k++) {
      struct duration up = length_on(&r->levels.v[k].after, l->options->today);
      bool urgent = high && after && due.n && least_days(due) <= URGENT_DAYS &&
                    least_days(up) + least_days(due) > URGENT_DAYS;
      bool soon = after && due.n && least_days(due) <= SOON_DAYS && k == 0;
      if (up.n && least_days(up) > (soon ? LATE_AFTER_SOON : LATE_DAYS))
        tell_late(l, r, up, "escalates late items after");
      else if (up.n && urgent && k == 0)
        tell_late(l, r, up, "has priority high, and who is late with it goes up only after");
    }
  }
}

/* ---- due and the window ---------------------------------------------------------------- */

/* closing within 21d, due end of year; renewal within 60d, due 30d after renewal */
static void check_after(struct lint *l, const struct rule *r, const struct term *t,
                        struct duration window) {
  static const int days[PERIOD_UNITS] = {[PU_QUARTER] = 90,  [PU_YEAR] = 365,  [PU_FMONTH] = 28,
                                         [PU_FQUARTER] = 90, [PU_FYEAR] = 365, [PU_MONTH] = 28};
  const struct term *due = r->due.term;
  bool edge = r->due.kind == DUE_DATE && due && due->kind == T_EDGE &&
              due->period.unit < PERIOD_UNITS && days[due->period.unit] >= 2 * largest_days(window);
  bool behind = r->due.kind == DUE_ANCHOR && r->due.side > 0 && due && t->a->kind == T_ATTR &&
                lint_is_ahead(t->a->attr->name) &&
                strcmp(term_key(l->a, due), term_key(l->a, t->a)) == 0;
  if (!edge && !behind) return;
  char w[16];
  struct diag *d =
      lint_tell(l, t->src->span, "items open at most %s before that day, and are due %s",
                duration_text(window, w), edge ? "when it may be long over" : "after it");
  lint_help(l, d, "make it due before that day, such as: due 7d");
}

/* renewal within 60d, escalate 90d after due */
static void check_levels(struct lint *l, const struct rule *r, const struct term *t,
                         struct duration window) {
  char w[16], u[16];
  for (size_t k = 0; k < r->levels.n; k++) {
    struct duration up = length_on(&r->levels.v[k].after, l->options->today);
    if (!up.n || !is_later(up, window) || least_days(up) > LATE_DAYS) continue; /* V1137 */
    struct diag *d = lint_tell(l, t->src->span,
                               "items open at most %s before that day, and go up %s after they are "
                               "due: when it is over",
                               duration_text(window, w), duration_text(up, u));
    lint_help(l, d, "let them go up earlier, such as: escalate 3bd after due");
    return;
  }
}

/* renewal within 60d: the item opens 60 days before at the earliest. */
static void check_window(struct lint *l, const struct rule_facts *f, const struct term *t) {
  const struct rule *r = f->rule;
  bool next = t->kind == T_RANGE && t->period.kind == PERIOD_NEXT;
  if (t->kind != T_WITHIN && !next) return;
  struct duration window = next ? t->period.dur : t->dur,
                  due = length_on(&r->due.dur, l->options->today);
  if (!window.n) return;
  check_after(l, r, t, window);
  check_levels(l, r, t, window);
  if (!is_later(due, window)) return;
  bool before = r->due.kind == DUE_ANCHOR && r->due.side < 0 && r->due.term &&
                strcmp(term_key(l->a, r->due.term), term_key(l->a, t->a)) == 0;
  if (!before && r->due.kind != DUE_AFTER_OPENING) return;
  char w[16], d[16];
  struct diag *told = lint_tell(
      l, t->src->span,
      before
          ? "items open at most %s before that day, and are due %s before it: late from the start"
          : "items open at most %s before that day, and are due %s after they open: when it is "
            "over",
      duration_text(window, w), duration_text(due, d));
  lint_help(
      l, told,
      before ? "look further ahead, or make it due later" : "make it due earlier, such as: due 7d");
}

/* answer_by older than 5d, due 2d before answer_by */
static void check_passed(struct lint *l, const struct rule *r, const struct term *t) {
  bool passed = t->kind == T_OLDER || t->kind == T_OVERDUE;
  bool before = r->due.kind == DUE_ANCHOR && r->due.side < 0 && r->due.term;
  if (!passed || !before || strcmp(term_key(l->a, r->due.term), term_key(l->a, t->a)) != 0) return;
  struct diag *d =
      lint_tell(l, t->src->span,
                "items are due before `%s`, and open when it has passed: late from the start",
                lint_quote(l, t->a->src->span));
  lint_help(l, d, "ask for days that lie ahead: %s within 14d; or make it due after they open",
            lint_quote(l, t->a->src->span));
}

/* due 2024-03-31 */
static void check_written_day(struct lint *l, const struct rule *r) {
  const struct term *due = r->due.kind == DUE_DATE ? r->due.term : NULL;
  if (!due || due->kind != T_CONST || !due->value.known || due->type.unit != U_DATE || !due->src)
    return;
  if ((day_t)due->value.num >= l->options->today) return;
  struct diag *d =
      lint_tell(l, due->src->span, "this day has passed: each item of %s is late when it opens",
                rule_title(l, r));
  lint_help(l, d, "count from the day it opens, such as: due 7d; or name a day that comes");
}

void lint_due_beyond_window(struct lint *l) {
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule_facts *f = &l->facts.rules.v[i];
    check_written_day(l, f->rule);
    if (f->when->any.n != 1) continue; /* another way in has another day */
    for (size_t k = 0; k < f->when->any.v[0].atoms.n; k++)
      if (!f->when->any.v[0].atoms.v[k]->negated) {
        check_window(l, f, f->when->any.v[0].atoms.v[k]->term);
        check_passed(l, f->rule, f->when->any.v[0].atoms.v[k]->term);
      }
  }
}

void note_tested(struct lint *l, struct map *tested) {
  for (size_t i = 0; i < l->rs->tests.n; i++) {
    const struct ast_item *it = l->rs->tests.v[i]->item;
    for (size_t k = 0; k < it->body.n; k++)
      if (it->body.v[k]->kind == C_EXPECT && it->body.v[k]->name &&
          it->body.v[k]->word_count != EXPECT_VALUE && it->body.v[k]->word_count != EXPECT_TARGET)
        map_put(tested, l->a, it->body.v[k]->name, it->body.v[k]);
  }
}

static void tell_untested(struct lint *l, const struct rule *first, size_t n, size_t rules) {
  struct diag *d = n == 1 ? lint_tell(l, rule_span(first), "%s has no test", rule_title(l, first))
                          : lint_tell(l, rule_span(first),
                                      "%zu of the %zu rules of this file have no test, %s first", n,
                                      rules, rule_title(l, first));
  lint_help(l, d, "add: test \"what it shows\", with lines `on DAY`, `given %s …`, `expect %s`",
            first->entity ? first->entity->name : "…", first->name);
}

/* One finding a file: a policy begins without tests. A rule that a comment speaks of has its own
 * one. */
void lint_rule_without_test(struct lint *l) {
  struct map tested = {0};
  note_tested(l, &tested);
  for (size_t s = 0; s < l->rs->sources.n; s++) {
    const struct rule *first = NULL;
    size_t n = 0, rules = 0;
    for (size_t i = 0; i < l->facts.rules.n; i++) {
      const struct rule *r = l->facts.rules.v[i].rule;
      if (rule_span(r).src != l->rs->sources.v[s]) continue;
      rules++;
      if (map_get(&tested, r->name)) continue;
      if (allow_names_check(l, l->result, rule_span(r)))
        tell_untested(l, r, 1, 1);
      else if (!n++)
        first = r;
    }
    if (n) tell_untested(l, first, n, rules);
  }
}
