/* What does not count any more, and is counted. In: sums and counts of KPIs, rules over rows, and
 * the states and days that their rows may have. Out: unpaid bills of which some are void; a sum
 * that does not ask whether a contract was cancelled, as the others do. */
#include <stdlib.h>
#include <string.h>

#include "base/text_buffer.h"
#include "lint/selection.h"

/* Values of a state: such a row was never meant, or was taken back. */
static const char *const void_words[] = {
    "void",     "voided",    "deleted",  "duplicate",   "spam",    "annulé",    "annulée",
    "annule",   "annulee",   "supprimé", "supprimée",   "doublon", "storniert", "gelöscht",
    "reversed", "cancelled", "canceled", "written off", NULL};
/* Names of a day or flag that says as much. */
static const char *const gone_words[] = {
    "cancelled",   "canceled",    "cancel",     "cancellation", "terminated", "voided",
    "deleted",     "churned",     "annulation", "annulé",       "annulée",    "annulee",
    "resiliation", "résiliation", "résilié",    "resilie",      "résiliée",   "resiliee",
    "gekündigt",   "storniert",   NULL};
static const char *const states[] = {"state", "status", "statut", "etat", "état", "zustand", NULL};
static const char *const void_flags[] = {
    "void",        "voided",    "cancelled", "canceled",   "duplicate", "deleted",
    "credit_note", "is_credit", "avoir",     "reversal",   "reversed",  "storno",
    "annulé",      "annulée",   "doublon",   "gutschrift", NULL};
static const char *const of_all[] = {"ever", "total",  "all",        "gross", "lifetime", "brut",
                                     "tous", "toutes", "cumulative", "share", "rate",     "taux",
                                     "part", "void",   "history",    NULL};

/* What the name and the values of an attribute say: worked out once, asked of each selection. */
struct said_of {
  const char *void_value; /* of a text: that such a row was never meant; NULL: none */
  bool state, gone, flag;
  const struct selection *without; /* the first that leaves out those with the flag; NULL: none */
};

struct chosen_alike {
  const struct selection *s;
  const struct chosen_alike *next;
};

struct voids {
  struct lint *l;
  selection_list list;
  struct pointer_map attrs; /* struct attr -> struct said_of */
  struct map by_asked;      /* rows and what is asked of them -> struct chosen_alike, in order */
};

static bool is_called(const struct attr *at, const char *const *words) {
  return lint_has_word(at->name, words) || (at->column && lint_has_word(at->column, words));
}

static bool named_for_all(const struct selection *s) {
  return s->kpi &&
         (lint_has_word(s->kpi->name, of_all) || lint_has_word(s->kpi->name, void_words) ||
          lint_has_word(s->kpi->name, gone_words));
}

/* Each state on a line of its own: by state. */
static bool is_split_by(struct lint *l, const struct selection *s, const struct attr *at) {
  const char *const names[] = {at->name, NULL};
  for (size_t i = 0; s->kpi && i < s->kpi->dims.n; i++)
    if (lint_has_word(span_text(l->a, s->kpi->dims.v[i].path->span), names)) return true;
  return false;
}

/* Below the line of a share stand all, void or not; so do both sides of an `if`. */
static bool is_beside_one_that_asks(const struct voids *x, const struct selection *s,
                                    const struct attr *at) {
  for (size_t i = 0; s->kpi && i < x->list.n; i++) {
    const struct selection *o = &x->list.v[i];
    if (o != s && o->kpi == s->kpi && o->entity == s->entity && selection_asks(o, at)) return true;
  }
  return false;
}

/* Is there another way in which it leaves them out? */
static bool asks_otherwise(const struct selection *s) {
  for (size_t i = 0; i < s->asked.n; i++) {
    const struct attr *at = s->asked.v[i];
    if (at->kind == ATTR_ACTIVE || is_called(at, gone_words) || is_called(at, states)) return true;
  }
  return false;
}

/* ---- others that ask ------------------------------------------------------------------ */

/* Does other ask for all that s asks for, but for one attribute? */
static bool asks_all_of(const struct selection *other, const struct selection *s,
                        const struct attr *but) {
  for (size_t i = 0; i < s->asked.n; i++)
    if (s->asked.v[i] != but && !selection_asks(other, s->asked.v[i])) return false;
  return true;
}

/* One of the two asks no more than the other, the attribute aside, and both ask for something. */
static bool is_kin(const struct selection *s, const struct selection *o, const struct attr *at) {
  if (o == s || o->entity != s->entity || (s->kpi && o->kpi == s->kpi)) return false;
  size_t rest = o->asked.n - (selection_asks(o, at) ? 1 : 0);
  return s->asked.n && rest && (asks_all_of(o, s, at) || asks_all_of(s, o, at));
}

static int by_address(const void *x, const void *y) {
  uintptr_t a = *(const uintptr_t *)x, b = *(const uintptr_t *)y;
  return a < b ? -1 : a > b;
}

/* Which rows, and all that is asked of them; with one attribute more (NULL: none). */
static const char *asked_key(struct arena *a, const struct selection *s, const struct attr *more) {
  size_t n = 0;
  uintptr_t *all = NEW_N(a, uintptr_t, s->asked.n + 1);
  for (size_t i = 0; i < s->asked.n; i++) all[n++] = (uintptr_t)s->asked.v[i];
  if (more) all[n++] = (uintptr_t)more;
  qsort(all, n, sizeof *all, by_address);
  struct text_buffer t = {.a = a};
  text_add(&t, s->entity->name);
  for (size_t i = 0; i < n; i++) text_add(&t, arena_printf(a, " %jx", (uintmax_t)all[i]));
  return text_of_buffer(&t);
}

/* unpaid and due, and one of the two rules asks for the state besides: the first such other. */
static const struct selection *twin_of(const struct voids *x, const struct selection *s,
                                       const struct attr *at) {
  if (s->asked.n < 2) return NULL;
  const struct chosen_alike *o = map_get(&x->by_asked, asked_key(x->l->a, s, at));
  while (o && s->kpi && o->s->kpi == s->kpi) o = o->next;
  return o ? o->s : NULL;
}

enum { KIN_LEAST = 2 };

/* Others over the same rows that ask whether the day is known, all of them the same way: the first;
 * NULL: too few, or one more that does not ask. */
static const struct selection *kin_that_ask(const struct voids *x, const struct selection *s,
                                            const struct attr *at) {
  const struct selection *first = NULL;
  size_t n = 0;
  for (size_t i = 0; i < x->list.n; i++) {
    const struct selection *o = &x->list.v[i];
    if (!is_kin(s, o, at)) continue;
    if (selection_way(o->where, at) >= 0) return NULL;
    if (!first) first = o;
    n++;
  }
  return n >= KIN_LEAST ? first : NULL;
}

/* ---- what is found -------------------------------------------------------------------- */

static const char *void_value(const struct attr *at) {
  for (size_t i = 0; i < at->one_of.n; i++)
    if (at->one_of.v[i]->name && lint_has_word(at->one_of.v[i]->name, void_words))
      return at->one_of.v[i]->name;
  return NULL;
}

/* The first that leaves out those with the flag; NULL: none. */
static const struct selection *leaves_out_flag(const struct voids *x, const struct attr *flag) {
  for (size_t i = 0; i < x->list.n; i++) {
    const struct selection *o = &x->list.v[i];
    if (o->entity == flag->entity && selection_way(o->where, flag) < 0) return o;
  }
  return NULL;
}

static const struct said_of *said_of(struct voids *x, const struct attr *at) {
  const struct said_of *known = pointer_map_get(&x->attrs, at);
  if (known) return known;
  struct said_of *said = NEW(x->l->a, struct said_of);
  said->void_value = at->type.unit == U_TEXT ? void_value(at) : NULL;
  said->state = at->type.unit == U_TEXT && is_called(at, states);
  said->gone = at->type.unit == U_DATE && at->known_from && is_called(at, gone_words);
  said->flag = at->type.unit == U_FLAG && at->kind == ATTR_COLUMN && is_called(at, void_flags);
  if (said->flag) said->without = leaves_out_flag(x, at);
  pointer_map_put(&x->attrs, x->l->a, at, said);
  return said;
}

static void check_state(struct voids *x, const struct selection *s, const struct attr *at,
                        const struct said_of *said) {
  struct lint *l = x->l;
  const char *value = said->void_value;
  const struct selection *twin = said->state ? twin_of(x, s, at) : NULL;
  if (!(value && !asks_otherwise(s)) && !twin) return;
  struct diag *d = value ? lint_tell(l, s->at, "%s takes rows of %s whose `%s` is \"%s\", too",
                                     selection_title(l, s), s->entity->name, at->name, value)
                         : lint_tell(l, s->at, "%s takes rows of %s whatever their `%s`",
                                     selection_title(l, s), s->entity->name, at->name);
  if (twin) lint_note(l, d, twin->at, "%s asks for it", selection_title(l, twin));
  if (value)
    lint_help(l, d, "add: and %s is not \"%s\"", at->name, value);
  else
    lint_help(l, d, "ask for `%s` here, too", at->name);
}

/* not credit_note, which another one asks of these rows */
static void check_flag(struct voids *x, const struct selection *s, const struct attr *flag,
                       const struct selection *o) {
  struct lint *l = x->l;
  if (!o || lint_told(l, "V1057", s->at) || lint_told(l, "V1051", s->at)) return;
  struct diag *d = lint_tell(l, s->at, "%s takes rows of %s with `%s`, too", selection_title(l, s),
                             s->entity->name, flag->name);
  lint_note(l, d, o->at, "%s leaves them out", selection_title(l, o));
  lint_help(l, d, "add: and not %s", flag->name);
}

static void check_day(struct voids *x, const struct selection *s, const struct attr *at) {
  struct lint *l = x->l;
  const struct selection *o = kin_that_ask(x, s, at);
  if (!o) return;
  struct diag *d = lint_tell(l, s->at, "%s takes rows of %s whose `%s` is known, too",
                             selection_title(l, s), s->entity->name, at->name);
  lint_note(l, d, o->at, "%s leaves them out, and so do the others", selection_title(l, o));
  lint_help(l, d, "add: and %s is unknown", at->name);
}

/* ---- only what does not count ---------------------------------------------------------- */

/* The state of those that it takes, where that one does not count; NULL. */
static const char *void_asked(const struct term *where, const struct attr *at) {
  const char *value = selection_value(where, at);
  return value && lint_has_word(value, void_words) ? value : NULL;
}

enum { STEM = 5 }; /* letters: credited of credit_note, annulled of annulé */

static bool has_stem(struct lint *l, const char *text, const char *value) {
  return strlen(value) >= STEM && strcasestr(text, arena_strndup(l->a, value, STEM));
}

/* Do the words say that it is about these: refunds_of_cancelled, "ask why {label} was annulled"? */
static bool says_void(struct lint *l, const struct selection *s, const char *value) {
  const char *texts[] = {s->kpi ? s->kpi->name : s->rule->name,
                         s->kpi ? s->kpi->means : s->rule->action_text,
                         s->kpi ? NULL : s->rule->means};
  for (int i = 0; i < 3; i++)
    if (texts[i] && (lint_has_word(texts[i], void_words) || lint_has_word(texts[i], gone_words) ||
                     has_stem(l, texts[i], value)))
      return true;
  return false;
}

/* Others over the same rows leave those with the flag out, and none takes them alone: the first;
 * NULL: none does. */
static const struct selection *all_leave_out(const struct voids *x, const struct selection *s,
                                             const struct attr *flag) {
  const struct selection *first = NULL;
  for (size_t i = 0; i < x->list.n; i++) {
    const struct selection *o = &x->list.v[i];
    if (o == s || o->entity != s->entity || (s->kpi && o->kpi == s->kpi)) continue;
    int way = selection_way(o->where, flag);
    if (way > 0) return NULL;
    if (way < 0 && !first && asks_all_of(o, s, flag)) first = o;
  }
  return first;
}

static const char *const no_business[] = {"pilot",    "trial",   "test",   "demo",
                                          "internal", "sandbox", "free",   "essai",
                                          "interne",  "pilote",  "trials", NULL};

/* Is the flag in its words? */
static bool names_flag(const struct selection *s, const struct attr *flag) {
  const char *const named[] = {flag->name, NULL};
  const char *name = s->kpi ? s->kpi->name : s->rule->name,
             *text = s->kpi ? s->kpi->means : s->rule->action_text;
  return (name && lint_has_word(name, named)) || (text && lint_has_word(text, named));
}

/* Somebody leaves those with the flag out, and nobody takes them alone who does not say so. */
static bool is_left_out(const struct voids *x, const struct selection *s, const struct attr *flag) {
  bool out = false;
  for (size_t i = 0; i < x->list.n; i++) {
    const struct selection *o = &x->list.v[i];
    int way = o == s || o->entity != s->entity ? 0 : selection_way(o->where, flag);
    if (way > 0 && !names_flag(o, flag)) return false;
    out |= way < 0;
  }
  return out;
}

/* company_arr of the customers with `churned` */
static bool takes_the_gone(const struct selection *s, const struct attr *at) {
  static const char *const gone[] = {
      "churned",        "cancelled", "canceled", "inactive", "deleted", "deactivated", "archived",
      "closed_account", "suspended", "résilié",  "resilie",  "perdu",   "parti",       NULL};
  static const char *const left[] = {"lost",  "left",    "gone",   "churn", "former", "perdus",
                                     "perdu", "leavers", "partis", "ended", "over",   NULL};
  if (!s->kpi || lint_has_word(s->kpi->name, left)) return false;
  if (s->kpi->means && lint_has_word(s->kpi->means, left)) return false;
  bool sum = s->kpi->term->type.unit == U_MONEY && s->kpi->term->kind == T_AGG;
  return sum && lint_has_word(at->name, gone) && selection_way(s->where, at) > 0 &&
         s->kpi->term->agg->where == s->where;
}

/* Rows that are open, and of these only the disputed ones, which all others leave out; a rule about
 * pilots that does not say so. */
static bool is_turned(const struct voids *x, const struct selection *s, const struct attr *at) {
  if (takes_the_gone(s, at)) return true;
  bool pilots = s->rule && selection_way(s->where, at) > 0 && lint_has_word(at->name, no_business);
  if (pilots && !names_flag(s, at) && is_left_out(x, s, at)) return true;
  return s->rule && s->asked.n > 1 && selection_way(s->where, at) > 0 &&
         all_leave_out(x, s, at) != NULL;
}

static void check_only(struct voids *x, const struct selection *s, const struct attr *at) {
  struct lint *l = x->l;
  bool flag = at->type.unit == U_FLAG && at->kind == ATTR_COLUMN;
  const char *value =
      at->type.unit == U_TEXT ? void_asked(s->where, at)
      : flag && (said_of(x, at)->flag || is_turned(x, s, at)) && selection_way(s->where, at) > 0
          ? at->name
          : NULL;
  if (!value || says_void(l, s, value) || (s->rule && !s->rule->name)) return;
  if (s->kpi && !s->kpi->means) return;
  if (is_split_by(l, s, at) || lint_told(l, "V1063", s->at)) return;
  struct diag *d =
      flag ? lint_tell(l, s->at, "%s takes only rows of %s with `%s`, and its words do not say so",
                       selection_title(l, s), s->entity->name, at->name)
           : lint_tell(l, s->at,
                       "%s takes only rows of %s whose `%s` is \"%s\", and its words do not say so",
                       selection_title(l, s), s->entity->name, at->name, value);
  if (flag)
    lint_help(l, d, "write: not %s", at->name);
  else
    lint_help(l, d, "write: %s is not \"%s\"", at->name, value);
}

static void check_selection(struct voids *x, const struct selection *s) {
  for (size_t i = 0; i < s->asked.n; i++) check_only(x, s, s->asked.v[i]);
  if (named_for_all(s)) return;
  for (size_t i = 0; i < s->entity->attrs.n; i++) {
    const struct attr *at = s->entity->attrs.v[i];
    const struct said_of *said = said_of(x, at);
    bool speaks = said->void_value || said->state || said->gone || said->without;
    if (!speaks || selection_asks(s, at) || is_split_by(x->l, s, at) ||
        is_beside_one_that_asks(x, s, at))
      continue;
    if (at->type.unit == U_TEXT) check_state(x, s, at, said);
    if (said->without) check_flag(x, s, at, said->without);
    if (said->gone) check_day(x, s, at);
  }
}

static void keep_asked(struct voids *x, const struct selection *s) {
  struct chosen_alike *one = NEW(x->l->a, struct chosen_alike);
  const char *key = asked_key(x->l->a, s, NULL);
  *one = (struct chosen_alike){s, map_get(&x->by_asked, key)};
  map_put(&x->by_asked, x->l->a, key, one);
}

void lint_counts_the_void(struct lint *l) {
  struct voids x = {.l = l, .list = selections_of(l)};
  for (size_t i = x.list.n; i-- > 0;) keep_asked(&x, &x.list.v[i]); /* the first one is ahead */
  for (size_t i = 0; i < x.list.n; i++) check_selection(&x, &x.list.v[i]);
}
