/* Names that say the other side of what is asked. In: KPIs and rules, and their conditions. Out:
 * above_limit of what is below it, no_uplift of those that have one, ends_soon by the day on which
 * it starts, tickets_per_seat as seats for each ticket. A part of words_against_sign. */
#include <string.h>
#include <strings.h>

#include "lint/check.h"

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

void names_turned(struct lint *l) {
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    if (!l->rs->kpis.v[i]->term) continue;
    check_counted(l, l->rs->kpis.v[i]);
    check_per(l, l->rs->kpis.v[i]);
    check_active(l, l->rs->kpis.v[i]);
  }
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule *r = l->facts.rules.v[i].rule;
    const char *what = r->named ? denied_by(r->name) : NULL;
    if (!r->named || !r->when) continue;
    check_over(l, r, r->when);
    if (what) check_none(l, r, what, r->when);
    check_day(l, r);
  }
}
