/* Rules that do not ask whether a row is still open. In: rules over rows, and what says of a row
 * that it is open. Out: those that ask whether the planned day of closing has passed, and no more;
 * the only one of several that does not ask; a flag called open that holds for "Lost". */
#include <string.h>

#include "lint/selection.h"

static const char *const open_words[] = {
    "open",   "ouvert", "ouverte", "pending", "running",    "en_cours", "active",  "actif",
    "active", "offen",  "live",    "waiting", "en_attente", "attente",  "ongoing", NULL};
static const char *const closing_words[] = {"closing",  "close_date",    "expected_close",
                                            "close_on", "prevue",        "prévue",
                                            "expected", "planned_close", NULL};
static const char *const end_words[] = {"end",      "ends",     "ended",   "until", "closed",
                                        "fin",      "expires",  "expiry",  "over",  "term_end",
                                        "échéance", "echeance", "renewal", NULL};

static bool has_state_over(const struct attr *at) {
  for (size_t i = 0; i < at->one_of.n; i++)
    if (at->one_of.v[i]->name && lint_is_over(at->one_of.v[i]->name)) return true;
  return false;
}

/* What says of a row whether it is still open: an interval, a flag, a state, a day of closing. */
static bool says_open(const struct attr *at) {
  bool flag = at->type.unit == U_FLAG && lint_has_word(at->name, open_words);
  return at->kind == ATTR_ACTIVE || flag || at->known_from || has_state_over(at);
}

static const struct attr *what_says_open(const struct entity *e) {
  for (size_t i = 0; i < e->attrs.n; i++)
    if (says_open(e->attrs.v[i])) return e->attrs.v[i];
  return NULL;
}

static bool asks_open(const struct selection *s) {
  for (size_t i = 0; i < s->asked.n; i++)
    if (says_open(s->asked.v[i])) return true;
  return false;
}

/* The planned day that the condition asks to have passed; NULL: none. */
static const struct attr *closing_passed(const struct term *t) {
  if (t->kind == T_AND) {
    const struct attr *day = closing_passed(t->a);
    return day ? day : closing_passed(t->b);
  }
  const struct term *day = selection_day_passed(t);
  bool planned = day && day->kind == T_ATTR && !day->attr->known_from;
  return planned && lint_has_word(day->attr->name, closing_words) ? day->attr : NULL;
}

static bool check_closing(struct lint *l, const struct selection *s) {
  const struct attr *day = closing_passed(s->where), *open = what_says_open(s->entity);
  if (!day || !open || day->entity != s->entity || term_names_kpi(s->where)) return false;
  struct diag *d = lint_tell(l, s->at, "%s takes every %s whose `%s` has passed, also what is over",
                             selection_title(l, s), s->entity->name, day->name);
  lint_note(l, d, open->span, "this says which are still open");
  lint_help(l, d, "ask for what is open, too: and %s",
            open->type.unit == U_FLAG
                ? open->name
                : arena_printf(l->a, open->known_from ? "%s is unknown" : "%s is …", open->name));
  return true;
}

/* ---- as the others do ------------------------------------------------------------------ */

enum { OTHERS_LEAST = 2 };

static bool asks_for_an_end(const struct selection *s) {
  for (size_t i = 0; i < s->asked.n; i++)
    if (s->asked.v[i]->type.unit == U_DATE && lint_has_word(s->asked.v[i]->name, end_words))
      return true;
  return false;
}

/* All other rules over these rows ask for the flag, two at least. */
static void check_others(struct lint *l, const selection_list *list, const struct selection *s,
                         const struct attr *flag) {
  const struct selection *first = NULL;
  size_t n = 0;
  for (size_t i = 0; i < list->n; i++) {
    const struct selection *o = &list->v[i];
    if (o == s || !o->rule || o->entity != s->entity) continue;
    int way = selection_way(o->where, flag);
    if (!way && asks_for_an_end(o)) continue; /* what has ended is its business */
    if (way <= 0) return;
    if (!first) first = o;
    n++;
  }
  if (n < OTHERS_LEAST) return;
  struct diag *d = lint_tell(l, s->at, "%s is the only rule over %s that does not ask for `%s`",
                             selection_title(l, s), s->entity->name, flag->name);
  lint_note(l, d, first->at, "%s does, and so do the others", selection_title(l, first));
  lint_help(l, d, "add: and %s", flag->name);
}

static void check_rule(struct lint *l, const selection_list *list, const struct selection *s) {
  if (asks_open(s) || check_closing(l, s) || asks_for_an_end(s)) return;
  for (size_t i = 0; i < s->entity->attrs.n; i++) {
    const struct attr *at = s->entity->attrs.v[i];
    bool flag =
        at->kind == ATTR_ACTIVE || (at->type.unit == U_FLAG && lint_has_word(at->name, open_words));
    if (flag) check_others(l, list, s, at);
  }
}

/* ---- a flag called open ---------------------------------------------------------------- */

/* The state that the flag asks for; NULL: it asks for something else besides. */
static const struct term *state_of(const struct condition *c) {
  const struct term *state = NULL;
  for (size_t i = 0; i < c->any.n; i++)
    for (size_t k = 0; k < c->any.v[i].atoms.n; k++) {
      const struct term *t = c->any.v[i].atoms.v[k]->term;
      bool text =
          (t->kind == T_CMP || t->kind == T_ONEOF) && t->a->kind == T_ATTR && t->a->attr->one_of.n;
      if (!text || (state && state->attr != t->a->attr)) return NULL;
      state = t->a;
    }
  return state;
}

static void check_flag(struct lint *l, const struct attr *at) {
  bool computed = at->kind == ATTR_COMPUTED && at->type.unit == U_FLAG && at->term;
  if (!computed || !lint_has_word(at->name, open_words)) return;
  const struct condition *c = condition_of(&l->subjects, at->term);
  const struct term *state = c->opaque ? NULL : state_of(c);
  for (size_t i = 0; state && i < state->attr->one_of.n; i++) {
    const char *value = state->attr->one_of.v[i]->name;
    if (!value || !lint_is_over(value) || leaves_out(l, c, state, value)) continue;
    struct diag *d = lint_tell(l, at->span, "`%s` holds for what is \"%s\"", at->name, value);
    lint_help(l, d, "leave out what is over, or give it another name");
    return;
  }
}

void lint_forgets_open(struct lint *l) {
  selection_list list = selections_of(l);
  for (size_t i = 0; i < list.n; i++)
    if (list.v[i].rule) check_rule(l, &list, &list.v[i]);
  for (size_t i = 0; i < l->rs->entities.n; i++)
    for (size_t k = 0; k < l->rs->entities.v[i]->attrs.n; k++)
      check_flag(l, l->rs->entities.v[i]->attrs.v[k]);
}
