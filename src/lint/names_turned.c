/* Names that say the other side of what is asked. In: KPIs and rules, and their conditions. Out:
 * above_limit of what is below it, no_uplift of those that have one, ends_soon by the day on which
 * it starts, tickets_per_seat as seats for each ticket. A part of words_against_sign. */
#include <string.h>
#include <strings.h>

#include "lint/selection.h"

static bool is_above(int op) { return op == OP_GT || op == OP_GE; }
static bool is_below(int op) { return op == OP_LT || op == OP_LE; }

static const struct term *inner(const struct term *t) {
  while (t->kind == T_PARENT || t->kind == T_FOR) t = t->a;
  return t;
}

static const char *name_of(const struct term *t) {
  t = inner(t);
  return t->kind == T_KPI ? t->kpi->name : t->kind == T_ATTR ? t->attr->name : NULL;
}

/* ---- above and below a threshold ------------------------------------------------------- */

static const char *const over[] = {"above", "over",   "exceeds",  "exceeding", "more than",
                                   "slow",  "late",   "too long", "too much",  "too many",
                                   "heavy", "excess", "beyond",   NULL};
static const char *const under[] = {"below", "under",   "less than", "fewer", "within",
                                    "fast",  "in time", "least",     "few",   NULL};

static bool is_bound(const struct term *t) { return t->kind == T_THRESHOLD || t->kind == T_CONST; }

/* The one comparison with a threshold in an `and`; *n counts all comparisons of numbers. */
static const struct term *compared(const struct term *t, int *n) {
  if (!t) return NULL;
  if (t->kind == T_AND) {
    const struct term *a = compared(t->a, n), *b = compared(t->b, n);
    return a ? a : b;
  }
  if (t->kind != T_CMP || !is_bound(t->b) || !(is_above(t->op) || is_below(t->op))) return NULL;
  ++*n;
  return t->b->kind == T_THRESHOLD ? t : NULL;
}

/* above_limit = count of contract where discount < max_discount */
static void check_counted(struct lint *l, const struct kpi *k) {
  const struct term *t = k->term;
  bool counts = t && t->kind == T_AGG && (t->agg->fn == AGG_COUNT || t->agg->fn == AGG_SHARE);
  int n = 0;
  const struct term *c = counts ? compared(t->agg->where, &n) : NULL;
  if (!c || n != 1 || !c->src || from_library(c->src->span)) return;
  bool up = lint_has_word(k->name, over), down = lint_has_word(k->name, under);
  if (up == down || (up ? is_above(c->op) : is_below(c->op))) return;
  if (k->means && lint_has_word(k->means, up ? under : over)) return;
  struct diag *d = lint_tell(l, c->src->span, "by its name, `%s` is those %s `%s`", k->name,
                             up ? "above" : "below", c->b->threshold->name);
  lint_help(l, d, "turn the sign around, or give the KPI another name");
}

/* over_commitment, overage; overdue is another word. */
static bool begins(const char *name, const char *word) {
  static const char *const others[] = {"overdue", "overview", "understand", "undershipped", NULL};
  for (size_t i = 0; others[i]; i++)
    if (strncmp(name, others[i], strlen(others[i])) == 0) return false;
  return strncmp(name, word, strlen(word)) == 0;
}

/* over_commitment, which acts where burn < 120%; under_use, where use > 50% */
static void check_over(struct lint *l, const struct rule *r, const struct term *t) {
  if (t->kind == T_AND) {
    check_over(l, r, t->a);
    check_over(l, r, t->b);
    return;
  }
  bool up = begins(r->name, "over") || begins(r->name, "above_") || begins(r->name, "too_many_") ||
            begins(r->name, "too_much_");
  bool down = begins(r->name, "under") || begins(r->name, "below_") || begins(r->name, "too_few_");
  bool wrong = t->kind == T_CMP && is_bound(t->b) && (up ? is_below(t->op) : is_above(t->op));
  const char *name = wrong ? name_of(t->a) : NULL;
  if (!name || up == down || !t->src || lint_told(l, "V1017", t->src->span)) return;
  bool share = t->a->type.unit == U_SHARE;
  if (t->a->type.unit == U_SCORE || (down && !share)) return;
  if (up && t->a->kind == T_KPI && t->a->kpi->better > 0) return;
  struct diag *d = lint_tell(l, t->src->span, "by its name, the rule `%s` is about %s `%s`",
                             r->name, up ? "much" : "little", name);
  lint_help(l, d, "turn the sign around, or give the rule another name");
}

/* active_workspaces = count of workspace where actions_28d = 0 */
static void check_active(struct lint *l, const struct kpi *k) {
  static const char *const active[] = {"active", "engaged", "busy", "actifs", "actives", NULL};
  static const char *const idle[] = {"inactive", "not", "no", "non", "without", "never", NULL};
  const struct term *t = k->term, *w = t->kind == T_AGG ? t->agg->where : NULL;
  bool counts = w && (t->agg->fn == AGG_COUNT || t->agg->fn == AGG_SHARE) && w->kind == T_CMP &&
                w->op == OP_EQ && w->src && !from_library(w->src->span);
  bool nothing = counts && w->b->kind == T_CONST && w->b->value.known && w->b->value.num == 0 &&
                 w->a->type.unit == U_COUNT;
  if (!nothing || !lint_has_word(k->name, active) || lint_has_word(k->name, idle)) return;
  if (k->means && lint_has_word(k->means, idle)) return;
  const char *what = lint_quote(l, w->a->src->span);
  struct diag *d = lint_tell(l, w->src->span,
                             "by its name, `%s` is those with some `%s`, and these "
                             "have none",
                             k->name, what);
  lint_help(l, d, "write: %s > 0", what);
}

/* ---- no_uplift ------------------------------------------------------------------------- */

static const char *const none[] = {"no_", "without_", "missing_", "zero_", NULL};

/* uplift of no_uplift; NULL: the name denies nothing. */
static const char *denied_by(const char *name) {
  for (size_t i = 0; none[i]; i++)
    if (strncmp(name, none[i], strlen(none[i])) == 0) return name + strlen(none[i]);
  return NULL;
}

static bool is_nothing(const struct term *t) {
  return t->kind == T_CONST && t->value.known && t->value.num == 0;
}

/* uplift > 0, next_step is known, has_csm: the thing itself, and not that it is missing. */
static const char *asked_for(const struct term *t) {
  if (t->kind == T_CMP && t->op == OP_GT && is_nothing(t->b)) return name_of(t->a);
  if (t->kind == T_KNOWN) return name_of(t->a);
  return t->kind == T_ATTR && t->type.unit == U_FLAG ? name_of(t) : NULL;
}

static void check_none(struct lint *l, const struct rule *r, const char *what,
                       const struct term *t) {
  if (t->kind == T_AND) {
    check_none(l, r, what, t->a);
    check_none(l, r, what, t->b);
    return;
  }
  const char *name = asked_for(t);
  const struct term *of = t->kind == T_KNOWN ? inner(t->a) : NULL;
  bool owner = of && of->kind == T_ATTR && of->type.unit == U_PERSON && strcmp(what, "owner") == 0;
  if (!name || (strcmp(name, what) != 0 && !owner) || !t->src) return;
  struct diag *d = lint_tell(l, t->src->span,
                             "the rule `%s` is about those without `%s`, and asks "
                             "for those with it",
                             r->name, name);
  lint_help(l, d,
            t->kind == T_KNOWN  ? "write: %s is unknown"
            : t->kind == T_ATTR ? "write: not %s"
                                : "write: %s = 0",
            name);
}

/* ---- the day of its name --------------------------------------------------------------- */

struct days {
  const struct attr *named; /* the day that the name says */
  const struct term *other; /* another one that is looked ahead to */
  bool asked;
};

static void take_day(void *ctx, const struct term *t) {
  struct days *x = ctx;
  bool ahead = t->kind == T_WITHIN || (t->kind == T_RANGE && t->period.kind == PERIOD_NEXT);
  if (t->kind == T_ATTR && t->attr == x->named) x->asked = true;
  if (ahead && t->a->kind == T_ATTR && t->a->attr != x->named && !x->other) x->other = t;
}

/* ends_soon where starts in next 30d */
static void check_day(struct lint *l, const struct rule *r) {
  for (size_t i = 0; r->entity && i < r->entity->attrs.n; i++) {
    const struct attr *at = r->entity->attrs.v[i];
    const char *const name[] = {at->name, NULL};
    if (at->type.unit != U_DATE || !lint_has_word(r->name, name)) continue;
    struct days x = {.named = at};
    term_walk(r->when, take_day, &x);
    if (x.asked || !x.other || !x.other->src || x.other->a->attr->type.unit != U_DATE) continue;
    const char *const found[] = {x.other->a->attr->name, NULL};
    if (lint_has_word(r->name, found)) continue;
    struct diag *d = lint_tell(l, x.other->src->span,
                               "the rule `%s` is named after `%s`, and looks "
                               "ahead to `%s`",
                               r->name, at->name, found[0]);
    lint_help(l, d, "ask for `%s`, or give the rule another name", at->name);
    return;
  }
}

/* ---- one for each other ---------------------------------------------------------------- */

/* Is a word of the side of a division the beginning of one that the name has there? */
static bool has_stem(const char *name, const char *word, size_t n) {
  enum { STEM = 4 };
  if (n < STEM) return false;
  while (n > STEM && word[n - 1] == 's') n--;
  for (const char *p = name; *p;) {
    size_t m = strcspn(p, "_");
    if (m >= n && strncasecmp(p, word, n) == 0) return true;
    p += m + (p[m] == '_');
  }
  return false;
}

/* tickets_per_seat = seats / open_tickets */
static void check_per(struct lint *l, const struct kpi *k) {
  const struct term *t = k->term;
  const char *per = strstr(k->name, "_per_");
  if (!per || !t || t->kind != T_ARITH || t->op != OP_DIV || !t->src) return;
  const char *top = name_of(t->a), *low = name_of(t->b), *unit = per + 5;
  if (!top || !low || lint_told(l, "V1052", t->src->span)) return;
  size_t first = strcspn(k->name, "_");
  bool turned = has_stem(low, k->name, first) && has_stem(top, unit, strcspn(unit, "_")) &&
                !has_stem(top, k->name, first);
  if (!turned) return;
  struct diag *d = lint_tell(l, t->src->span,
                             "`%s` divides `%s` by `%s`: by its name, it is the "
                             "other way round",
                             k->name, top, low);
  lint_help(l, d, "write: %s / %s", low, top);
}

/* ---- what waits, and has come ------------------------------------------------------------ */

static const char *const waiting[] = {
    "waits",    "waiting",    "pending",    "open",    "unanswered", "undecided", "unpaid",
    "unsigned", "unresolved", "en_attente", "impayée", "impayees",   "ouverts",   NULL};
static const char *const came[] = {"closed",   "paid",  "settled", "decided", "answered",
                                   "resolved", "done",  "signed",  "reglee",  "réglée",
                                   "payee",    "payée", "solved",  "cloture", NULL};

/* decided is known, closed is known: the part that asks for what has come; NULL: none. */
static const struct term *has_come(const struct term *t) {
  if (!t) return NULL;
  if (t->kind == T_AND) {
    const struct term *found = has_come(t->a);
    return found ? found : has_come(t->b);
  }
  bool day = t->kind == T_KNOWN && t->a->kind == T_ATTR && t->a->type.unit == U_DATE && t->src;
  return day && lint_has_word(t->a->attr->name, came) ? t : NULL;
}

static bool asks_no_past(const struct term *t) {
  if (!t) return true;
  if (t->kind == T_AND) return asks_no_past(t->a) && asks_no_past(t->b);
  return t->kind != T_RANGE;
}

static void tell_come(struct lint *l, const struct term *t, const char *title) {
  const char *day = t->a->attr->name;
  struct diag *d = lint_tell(l, t->src->span,
                             "by its words, %s is about what is still to come, and "
                             "asks that `%s` is known",
                             title, day);
  lint_help(l, d, "write: %s is unknown", day);
}

/* claim_waits of those that are decided */
static void check_come(struct lint *l, const struct rule *r) {
  const struct term *t = has_come(r->when);
  if (!t || !lint_has_word(r->name, waiting) || lint_has_word(r->name, came)) return;
  if (lint_told(l, "V1056", t->src->span)) return;
  tell_come(l, t, rule_title(l, r));
}

/* "Critical calls that are open", of those whose `closed` is known */
static void check_open(struct lint *l, const struct kpi *k) {
  static const char *const still[] = {"are open", "is open", "still open", "that are unpaid",
                                      "waiting",  "pending", NULL};
  const struct term *t = k->term->kind == T_AGG ? has_come(k->term->agg->where) : NULL;
  bool named = lint_has_word(k->name, waiting) || (k->means && lint_has_word(k->means, still));
  if (!t || !named || lint_has_word(k->name, came) || from_library(t->src->span)) return;
  if (k->term->agg->has_period || !asks_no_past(k->term->agg->where)) return;
  tell_come(l, t, arena_printf(l->a, "`%s`", k->name));
}

/* ---- near, and far -------------------------------------------------------------------- */

static const char *const near[] = {"ends",     "near",   "soon",   "expires",  "expiring",
                                   "upcoming", "lapses", "ending", "comes_up", "proche",
                                   "bientot",  "finit",  "coming", NULL};

/* days until renewal > 90; NULL: another condition, or the other bound is asked, too. */
static const struct term *far_off(const struct term *t, int *bounds) {
  if (t->kind == T_AND) {
    const struct term *a = far_off(t->a, bounds), *b = far_off(t->b, bounds);
    return a ? a : b;
  }
  bool days = t->kind == T_CMP && t->a->kind == T_DATE_DIFF && t->a->b->kind == T_TODAY;
  if (days || t->kind == T_WITHIN || t->kind == T_RANGE) ++*bounds;
  return days && is_above(t->op) && is_bound(t->b) ? t : NULL;
}

/* mandate_ends of those with more than 90 days to go */
static void check_far(struct lint *l, const struct rule *r) {
  int bounds = 0;
  const struct term *t = far_off(r->when, &bounds);
  if (!t || bounds != 1 || !t->src) return;
  bool before = r->due.kind == DUE_ANCHOR && r->due.side < 0;
  if (!before && !lint_has_word(r->name, near)) return;
  struct diag *d = lint_tell(l, t->src->span,
                             "%s is about a day that comes near, and takes all that "
                             "are further away",
                             rule_title(l, r));
  lint_help(l, d, "write: %s within …",
            lint_quote(l, t->a->a->src ? t->a->a->src->span : t->src->span));
}

/* ---- late, from the first day --------------------------------------------------------- */

static const char *const late_words[] = {"late",   "overdue",   "unpaid",  "past_due", "dunning",
                                         "retard", "en_retard", "relance", "reminder", NULL};
static const char *const due_words[] = {"due",      "due_on",   "due_date",   "payable", "pay_by",
                                        "echeance", "échéance", "a_payer_le", NULL};

static const struct attr *due_day(const struct entity *e) {
  for (size_t i = 0; i < e->attrs.n; i++)
    if (e->attrs.v[i]->type.unit == U_DATE && lint_has_word(e->attrs.v[i]->name, due_words))
      return e->attrs.v[i];
  return NULL;
}

/* invoice_late where issued older than 20d, of those that have a due day */
static void check_late(struct lint *l, const struct rule *r, const struct term *t) {
  if (t->kind == T_AND) {
    check_late(l, r, t->a);
    check_late(l, r, t->b);
    return;
  }
  const struct term *passed = t->src ? selection_day_passed(t) : NULL;
  const struct attr *day = passed && passed->kind == T_ATTR ? passed->attr : NULL;
  bool first = day && day->entity == r->entity && day->column && r->entity->life.from &&
               strcmp(day->column, r->entity->life.from) == 0;
  const struct attr *due = first && lint_has_word(r->name, late_words) ? due_day(r->entity) : NULL;
  struct days x = {.named = due};
  if (!due) return;
  term_walk(r->when, take_day, &x);
  if (x.asked) return;
  struct diag *d = lint_tell(l, t->src->span,
                             "by its name, %s is about what is late, and counts from "
                             "`%s`, not from `%s`",
                             rule_title(l, r), day->name, due->name);
  lint_help(l, d, "write: %s older than …", due->name);
}

/* renews of renewal_overdue: words that begin alike. */
static bool share_a_stem(const char *name, const char *day) {
  enum { STEM = 4 };
  return strlen(day) >= STEM && strncasecmp(name, day, STEM) == 0;
}

/* Does the condition also ask for such days that have passed? */
static bool asks_the_past_of(struct lint *l, const struct term *t, const struct term *day) {
  if (t->kind == T_AND || t->kind == T_OR)
    return asks_the_past_of(l, t->a, day) || asks_the_past_of(l, t->b, day);
  const struct term *passed = selection_day_passed(t);
  return passed && strcmp(term_key(l->a, passed), term_key(l->a, day)) == 0;
}

/* In how many conditions is the value compared with a number? */
static void count_bounds(struct lint *l, const struct term *t, const struct term *of, int *n) {
  if (t->kind == T_AND || t->kind == T_OR) {
    count_bounds(l, t->a, of, n);
    count_bounds(l, t->b, of, n);
    return;
  }
  *n += t->kind == T_CMP && strcmp(term_key(l->a, t->a), term_key(l->a, of)) == 0;
}

/* renewal_overdue where renewal within 60d */
static void check_past(struct lint *l, const struct rule *r, const struct term *t) {
  static const char *const past[] = {"overdue", "past_due", "expired", "lapsed", "echu", NULL};
  if (t->kind == T_AND) {
    check_past(l, r, t->a);
    check_past(l, r, t->b);
    return;
  }
  bool ahead = t->kind == T_WITHIN || (t->kind == T_RANGE && t->period.kind == PERIOD_NEXT);
  if (!ahead || !t->src || t->a->kind != T_ATTR || !lint_has_word(r->name, past)) return;
  if (!share_a_stem(r->name, t->a->attr->name) || asks_the_past_of(l, r->when, t->a)) return;
  struct diag *d = lint_tell(l, t->src->span,
                             "by its name, %s is about a day that has passed, and "
                             "this looks ahead",
                             rule_title(l, r));
  lint_help(l, d, "write: %s overdue", t->a->attr->name);
}

/* decided overdue: a day that is written when it comes is never late. */
static void check_came_overdue(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (t->a->kind != T_ATTR || t->a->attr->known_from != t->a->attr || !t->src) return;
  if (from_library(t->src->span)) return;
  struct diag *d = lint_tell(l, t->src->span, "`%s` is known when it has come: it is never overdue",
                             t->a->attr->name);
  lint_help(l, d, "ask for the day that was planned; or write: %s is known", t->a->attr->name);
}

/* worth owed, when owed < 500 EUR: those with little of it. */
static void check_little_at_stake(struct lint *l, const struct rule *r, const struct term *t) {
  if (t->kind == T_AND) {
    check_little_at_stake(l, r, t->a);
    check_little_at_stake(l, r, t->b);
    return;
  }
  const struct term *w = r->worth;
  bool little = t->kind == T_CMP && is_below(t->op) && t->b->kind == T_CONST && t->b->value.known &&
                t->b->value.num > 0 && t->a->type.unit == U_MONEY && t->src;
  if (!little || strcmp(term_key(l->a, t->a), term_key(l->a, w)) != 0) return;
  if (lint_told(l, "V1017", t->src->span) || lint_told(l, l->now->kind.code, t->src->span)) return;
  int n = 0;
  count_bounds(l, r->when, w, &n);
  if (n != 1) return;
  struct diag *d = lint_tell(l, t->src->span,
                             "%s is about those with little `%s`, and that is what is "
                             "at stake",
                             rule_title(l, r), lint_quote(l, t->a->src->span));
  lint_help(l, d, "turn the sign around: %s > …", lint_quote(l, t->a->src->span));
}

void names_turned(struct lint *l) {
  terms_each(l, KIND(T_OVERDUE), check_came_overdue, l);
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    if (!l->rs->kpis.v[i]->term) continue;
    check_counted(l, l->rs->kpis.v[i]);
    check_per(l, l->rs->kpis.v[i]);
    check_active(l, l->rs->kpis.v[i]);
    check_open(l, l->rs->kpis.v[i]);
  }
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule *r = l->facts.rules.v[i].rule;
    const char *what = r->named ? denied_by(r->name) : NULL;
    if (!r->named || !r->when) continue;
    check_over(l, r, r->when);
    if (what) check_none(l, r, what, r->when);
    check_day(l, r);
    check_come(l, r);
    check_far(l, r);
    check_past(l, r, r->when);
    if (r->worth) check_little_at_stake(l, r, r->when);
    if (r->entity) check_late(l, r, r->when);
  }
}
