/* Days until a day that may have passed. In: conditions. Out: `days until renewal < 60`, where
 * nothing else is asked of the renewal. */
#include <string.h>

#include "lint/check.h"

static bool looks_ahead(const struct term *t) {
  bool below = t->kind == T_CMP && (t->op == OP_LT || t->op == OP_LE);
  if (!below || t->b->kind != T_CONST || !t->b->value.known || t->b->value.num <= 0) return false;
  return t->a->kind == T_DATE_DIFF && t->a->b->kind == T_TODAY && t->a->a->kind != T_TODAY;
}

struct mentions {
  struct arena *a;
  const char *key;
  bool found;
};

static void is_it(void *ctx, const struct term *t) {
  struct mentions *x = ctx;
  x->found |= strcmp(term_key(x->a, t), x->key) == 0;
}

/* Is something else asked of the date in the conjunction? */
static bool asked_otherwise(struct lint *l, const struct conjunction *c, const struct atom *but,
                            const struct term *date) {
  struct mentions x = {.a = l->a, .key = term_key(l->a, date)};
  for (size_t i = 0; i < c->atoms.n && !x.found; i++)
    if (c->atoms.v[i] != but) term_walk(c->atoms.v[i]->term, is_it, &x);
  return x.found;
}

static void check_conjunction(struct lint *l, const struct conjunction *c) {
  for (size_t i = 0; i < c->atoms.n; i++) {
    const struct atom *x = c->atoms.v[i];
    const struct term *t = x->term;
    if (x->negated || !looks_ahead(t) || !t->src || !t->a->a->src) continue;
    const struct term *date = t->a->a;
    if (asked_otherwise(l, c, x, date) || lint_told(l, "V1054", t->src->span)) continue;
    const char *name = lint_quote(l, date->src->span);
    struct diag *d = lint_tell(l, t->src->span, "`%s` is also true of every %s that has passed",
                               lint_quote(l, t->src->span), name);
    lint_help(
        l, d,
        "write: %s within %.15gd; with those that have passed: (%s within %.15gd or %s overdue)",
        name, t->b->value.num, name, t->b->value.num, name);
  }
}

/* ---- the other way round ---------------------------------------------------------------- */

static const char *const doings[] = {
    "activity", "touch",  "contact", "login", "seen",   "visit", "visited", "contacted", "created",
    "signed",   "opened", "issued",  "paid",  "closed", "sent",  "joined",  "reported",  NULL};
static const char *const to_come[] = {"renewal",  "renews",   "due",      "payable",
                                      "deadline", "expiry",   "expires",  "ends",
                                      "expected", "echeance", "échéance", NULL};

static const char *day_named(const struct term *t) {
  while (t->kind == T_PARENT) t = t->a;
  return t->kind == T_ATTR ? t->attr->name : t->kind == T_KPI ? t->kpi->name : "";
}

/* days until last_touch > 21: what has been never lies ahead. */
static bool is_never(const struct term *t) {
  bool days = t->kind == T_CMP && t->a->kind == T_DATE_DIFF && (t->op == OP_GT || t->op == OP_GE) &&
              t->b->kind == T_CONST && t->b->value.known && t->b->value.num >= 0;
  bool until = days && t->a->b->kind == T_TODAY && t->a->a->kind != T_TODAY;
  const char *name = until ? day_named(t->a->a) : "";
  return lint_has_word(name, doings) && !lint_has_word(name, to_come);
}

/* days since renewal < 90: true of all that lie ahead, too. */
static bool is_since_ahead(const struct term *t) {
  bool days = t->kind == T_CMP && t->a->kind == T_DATE_DIFF && (t->op == OP_LT || t->op == OP_LE) &&
              t->b->kind == T_CONST && t->b->value.known && t->b->value.num > 0;
  bool since = days && t->a->a->kind == T_TODAY && t->a->b->kind != T_TODAY;
  const char *name = since ? day_named(t->a->b) : "";
  return lint_has_word(name, to_come) && !lint_has_word(name, doings);
}

static void check_turned(struct lint *l, const struct conjunction *c) {
  for (size_t i = 0; i < c->atoms.n; i++) {
    const struct atom *x = c->atoms.v[i];
    const struct term *t = x->term;
    bool never = !x->negated && is_never(t), ahead = !x->negated && !never && is_since_ahead(t);
    if ((!never && !ahead) || !t->src || lint_told(l, "V1054", t->src->span)) continue;
    const struct term *date = never ? t->a->a : t->a->b;
    if (!date->src || (ahead && asked_otherwise(l, c, x, date))) continue;
    const char *name = lint_quote(l, date->src->span), *text = lint_quote(l, t->src->span);
    struct diag *d =
        never ? lint_tell(l, t->src->span,
                          "`%s` has been, and never lies ahead: `%s` is never true", name, text)
              : lint_tell(l, t->src->span, "`%s` is also true of every %s that lies ahead", text,
                          name);
    if (never)
      lint_help(l, d, "write: days since %s", name);
    else
      lint_help(l, d, "write: %s within %.15gd; or, of what has passed: %s in last %.15gd", name,
                t->b->value.num, name, t->b->value.num);
  }
}

void lint_days_both_ways(struct lint *l) {
  for (size_t i = 0; i < l->facts.places.n; i++) {
    const struct condition *c = l->facts.places.v[i].cond;
    for (size_t k = 0; c && !c->opaque && k < c->any.n; k++) check_conjunction(l, &c->any.v[k]);
    for (size_t k = 0; c && !c->opaque && k < c->any.n; k++) check_turned(l, &c->any.v[k]);
  }
}
