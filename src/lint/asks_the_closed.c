/* What is over and still followed up. In: rules over rows. Out: those that take rows whose state is
 * "Closed Won" or "Lost", and look at a day that mattered while they were open. */
#include <string.h>

#include "lint/selection.h"

/* Who was lost is called again on purpose, and who bought is handed over. */
static const char *const on_purpose[] = {
    "win_back",  "win back",  "winback",     "again",   "reopen",     "revive",      "retry",
    "recycle",   "nurture",   "post_mortem", "reason",  "why",        "learn",       "survey",
    "referral",  "reference", "onboarding",  "onboard", "kickoff",    "kick-off",    "handover",
    "hand over", "implement", "archive",     "clean",   "reconquête", "reconquérir", "raison",
    "pourquoi",  "bilan",     "corriger",    "correct", "fix",        NULL};

/* The value of a state in which a row is over; NULL: it asks for none. */
static const char *state_over(const struct atom *b) {
  const struct term *t = b->term;
  if (b->negated || (t->kind != T_CMP && t->kind != T_ONEOF)) return NULL;
  if (t->a->kind != T_ATTR || t->a->type.unit != U_TEXT) return NULL;
  if (t->kind == T_CMP) {
    bool same = t->op == OP_EQ && t->b->kind == T_CONST && t->b->value.text;
    return same && lint_is_over(t->b->value.text) ? t->b->value.text : NULL;
  }
  for (size_t i = 0; i < t->list.n; i++)
    if (t->list.v[i]->kind == T_CONST && t->list.v[i]->value.text &&
        lint_is_over(t->list.v[i]->value.text))
      return t->list.v[i]->value.text;
  return NULL;
}

/* closing overdue, last_activity older than 21d, renewal within 60d; NULL: another condition */
static const char *day_asked(const struct atom *b) {
  const struct term *t = b->term;
  const struct term *day = t->kind == T_WITHIN ? t->a : selection_day_passed(t);
  while (day && day->kind == T_ELSE) day = day->a;
  if (b->negated || !day) return NULL;
  bool not_yet = day->kind == T_ATTR && day->attr->known_from;
  const char *name = day->kind == T_ATTR  ? day->attr->name
                     : day->kind == T_KPI ? day->kpi->name
                                          : NULL;
  return name && !not_yet && lint_is_ahead(name) ? name : NULL;
}

/* The flag called open that stands in the `and`, as it is written: what it is made of, conditions
 * that are taken apart say instead. NULL: none. */
static const struct term *open_flag(const struct term *t, bool denied) {
  static const char *const open[] = {"open",    "running", "pending", "ouvert", "ouverte",
                                     "is_open", "offen",   "ongoing", NULL};
  if (t->kind == T_AND) {
    const struct term *found = open_flag(t->a, denied);
    return found ? found : open_flag(t->b, denied);
  }
  if (denied && t->kind != T_NOT) return NULL;
  const struct term *flag = denied ? t->a : t;
  bool is = flag->kind == T_ATTR && flag->type.unit == U_FLAG && t->src;
  return is && lint_has_word(flag->attr->name, open) ? flag : NULL;
}

/* not open and answer_by overdue */
static void check_not_open(struct lint *l, const struct rule *r, const struct conjunction *c) {
  const struct term *flag = open_flag(r->when, true);
  const struct atom *day = NULL;
  for (size_t i = 0; i < c->atoms.n; i++)
    if (!day && day_asked(c->atoms.v[i])) day = c->atoms.v[i];
  if (!flag || !day || flag->attr->entity != r->entity || !flag->src) return;
  if (lint_told(l, l->now->kind.code, flag->src->span)) return;
  struct diag *d = lint_tell(l, flag->src->span, "%s follows up `%s` of rows that are not `%s`",
                             rule_title(l, r), day_asked(day), flag->attr->name);
  lint_help(l, d, "write: %s, without the `not`", flag->attr->name);
}

/* open and stage is "Won" */
static void check_open_and_over(struct lint *l, const struct rule *r, const struct conjunction *c) {
  const struct term *flag = open_flag(r->when, false);
  const struct atom *state = NULL;
  for (size_t i = 0; i < c->atoms.n; i++) {
    const struct term *t = c->atoms.v[i]->term;
    if (!state && t->kind == T_CMP && state_over(c->atoms.v[i])) state = c->atoms.v[i];
  }
  if (!flag || !state || flag->attr->entity != r->entity || !state->term->src) return;
  if (lint_told(l, l->now->kind.code, state->term->src->span)) return;
  struct diag *d =
      lint_tell(l, state->term->src->span, "%s asks for what is `%s`, and whose `%s` is \"%s\"",
                rule_title(l, r), flag->attr->name, state->term->a->attr->name, state_over(state));
  lint_help(l, d, "what is over is not open: one of the two is not meant");
}

static void check_way(struct lint *l, const struct rule *r, const struct conjunction *c) {
  const struct atom *state = NULL, *day = NULL;
  check_not_open(l, r, c);
  check_open_and_over(l, r, c);
  for (size_t i = 0; i < c->atoms.n; i++) {
    if (!state && state_over(c->atoms.v[i])) state = c->atoms.v[i];
    if (!day && day_asked(c->atoms.v[i])) day = c->atoms.v[i];
  }
  const char *asked = day ? day_asked(day) : NULL;
  if (!state || !asked || !state->term->src || state->term->a->attr->entity != r->entity) return;
  struct diag *d =
      lint_tell(l, rule_span(r), "%s follows up `%s` of rows whose `%s` is \"%s\"",
                rule_title(l, r), asked, state->term->a->attr->name, state_over(state));
  lint_note(l, d, state->term->src->span, "the state is asked for here");
  lint_help(l, d,
            "ask for what is still open; or say in its name or text what is to be done with what "
            "is over: win back, hand over");
}

static const char *const over_words[] = {
    "ended",     "closed",   "over",    "final",   "after",   "former",    "lost",     "left",
    "expired",   "lapsed",   "past",    "gone",    "stopped", "cancelled", "inactive", "not active",
    "churned",   "archive",  "termine", "terminé", "fini",    "clos",      "paused",   "returned",
    "no longer", "finished", "without", "again",   NULL};

/* budget_overrun where not active: of what is over, and no word says so. */
static void check_not_active(struct lint *l, const struct rule *r, const struct conjunction *c) {
  const struct atom *over = NULL;
  for (size_t i = 0; i < c->atoms.n; i++) {
    const struct term *t = c->atoms.v[i]->term;
    bool life = t->kind == T_ATTR && t->attr->kind == ATTR_ACTIVE && t->attr->entity == r->entity;
    if (life && c->atoms.v[i]->negated && t->src) over = c->atoms.v[i];
  }
  if (!over || c->atoms.n < 2 || !r->named) return;
  if (lint_has_word(r->name, over_words)) return;
  if (r->action_text && lint_has_word(r->action_text, over_words)) return;
  struct diag *d = lint_tell(l, over->term->src->span,
                             "%s is about each %s that is not `%s`, and no word of it says so",
                             rule_title(l, r), r->entity->name, over->term->attr->name);
  lint_help(l, d, "write: %s; or say in its name or text that they are over",
            over->term->attr->name);
}

static bool means_it(const struct rule *r) {
  return (r->name && lint_has_word(r->name, on_purpose)) ||
         (r->action_text && lint_has_word(r->action_text, on_purpose));
}

/* ---- what was won, by the day it was expected ------------------------------------------- */

static const char *const over_flags[] = {"won",   "signed", "closed", "decided", "gagne",
                                         "gagné", "signé",  "signe",  "lost",    NULL};

/* A part of the condition that asks for what is over: won, stage is "Won". */
static bool asks_over(const struct term *t) {
  if (!t) return false;
  if (t->kind == T_AND) return asks_over(t->a) || asks_over(t->b);
  if (t->kind == T_ATTR) return t->type.unit == U_FLAG && lint_has_word(t->attr->name, over_flags);
  bool state = t->kind == T_CMP && t->op == OP_EQ && t->b->kind == T_CONST && t->b->value.text;
  return state && lint_has_word(t->b->value.text, over_flags);
}

/* expected in this quarter: by a day that was planned; NULL: none. */
static const struct term *planned_asked(const struct term *t) {
  if (!t) return NULL;
  if (t->kind == T_AND) {
    const struct term *found = planned_asked(t->a);
    return found ? found : planned_asked(t->b);
  }
  bool period = t->kind == T_RANGE && t->period.kind != PERIOD_NEXT && t->a->kind == T_ATTR;
  if (!period || t->a->attr->known_from || !t->src) return NULL;
  static const char *const planned[] = {"expected", "planned", "forecast", "prevue", "prévue",
                                        "prevu",    "prévu",   "closing",  NULL};
  const char *name = t->a->attr->name, *column = t->a->attr->column;
  bool ahead = lint_has_word(name, planned) || (column && lint_has_word(column, planned));
  return ahead ? t : NULL;
}

/* The day on which it was over in fact. */
static const struct attr *day_it_was_over(const struct entity *e, const struct attr *but) {
  static const char *const days[] = {"closed",     "won",   "signed", "decided",
                                     "close_date", "signé", "decide", NULL};
  for (size_t i = 0; i < e->attrs.n; i++) {
    const struct attr *at = e->attrs.v[i];
    if (at != but && at->type.unit == U_DATE && lint_has_word(at->name, days)) return at;
  }
  return NULL;
}

/* The day, known once it has come, that the condition asks to lie in a period. */
static const struct attr *day_that_came(const struct term *t) {
  if (t->kind == T_AND) {
    const struct attr *found = day_that_came(t->a);
    return found ? found : day_that_came(t->b);
  }
  bool day = t->kind == T_RANGE && t->a->kind == T_ATTR && t->a->attr->known_from;
  return day ? t->a->attr : NULL;
}

/* avg of answer_by - sent over offer where answered in last 12mo: up to a day that was planned. */
static void check_planned_end(struct lint *l, const struct kpi *k) {
  static const char *const planned[] = {"answer_by", "expected", "planned", "deadline",
                                        "due",       "forecast", "prevue",  "prévue",
                                        "payable",   "by",       "target",  NULL};
  static const char *const granted[] = {"term",     "terms",    "planned", "granted",
                                        "notice",   "promised", "late",    "slip",
                                        "expected", "allowed",  NULL};
  const struct term *t = k->term, *where = t && t->kind == T_AGG ? t->agg->where : NULL;
  if (!where || !t->agg->values.n || t->agg->values.v[0]->kind != T_DATE_DIFF) return;
  const struct term *diff = t->agg->values.v[0];
  if (diff->a->kind != T_ATTR || diff->b->kind != T_ATTR || !diff->src) return;
  const struct attr *end = diff->a->attr, *came = day_that_came(where);
  if (!came || end == came || diff->b->attr == came || end->known_from) return;
  if (came->entity != end->entity || !lint_has_word(end->name, planned)) return;
  if (lint_has_word(k->name, granted) || (k->means && lint_has_word(k->means, granted))) return;
  struct diag *d =
      lint_tell(l, diff->src->span, "`%s` is a day that was planned, and `%s` the one that came",
                end->name, came->name);
  lint_help(l, d, "write: %s - %s", came->name, lint_quote(l, diff->b->src->span));
}

/* sum of amount over deal where won and expected in this quarter */
static void check_counted(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (t->kind != T_AGG || !t->src || from_library(t->src->span)) return;
  const struct term *day = planned_asked(t->agg->where);
  if (!day || !asks_over(t->agg->where)) return;
  const struct attr *other = day_it_was_over(t->agg->entity, day->a->attr);
  if (!other || lint_told(l, l->now->kind.code, day->src->span)) return;
  struct diag *d = lint_tell(l, day->src->span,
                             "these are over, and are counted by the day that was expected, `%s`",
                             day->a->attr->name);
  lint_note(l, d, other->span, "when it came is here");
  lint_help(l, d, "write %s in place of %s", other->name, day->a->attr->name);
}

void lint_asks_the_closed(struct lint *l) {
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    term_walk(l->rs->kpis.v[i]->term, check_counted, l);
    check_planned_end(l, l->rs->kpis.v[i]);
  }
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule_facts *f = &l->facts.rules.v[i];
    if (!f->rule->entity || f->dead || means_it(f->rule)) continue;
    for (size_t w = 0; w < f->when->any.n; w++) {
      check_way(l, f->rule, &f->when->any.v[w]);
      check_not_active(l, f->rule, &f->when->any.v[w]);
    }
  }
}
