/* Ratios over a cohort that count a row on one side only. In: divisions of aggregates over the
 * same rows. Out: a value that one side asks for and the other does not, so that a row without it
 * looks as if it had left. */
#include <string.h>

#include "lint/check.h"

typedef VEC(const struct term *) terms;

struct side {
  const struct agg *agg;
  terms conjuncts; /* of its `where` */
  terms leaves;    /* values that a row must have to be judged */
  terms guarded;   /* values of which it asks whether they are known */
};

static void take_leaves(struct arena *a, terms *out, terms *guarded, const struct term *t) {
  if (!t) return;
  if (t->kind == T_ATTR || t->kind == T_KPI || t->kind == T_AGO || t->kind == T_PARENT) {
    VEC_PUSH(a, out, t);
    return;
  }
  if (t->kind == T_KNOWN) {
    take_leaves(a, guarded, guarded, t->a);
    return;
  }
  if (t->kind != T_ELSE) take_leaves(a, out, guarded, t->a);
  take_leaves(a, out, guarded, t->b);
  take_leaves(a, out, guarded, t->c);
  for (size_t i = 0; i < t->list.n; i++) take_leaves(a, out, guarded, t->list.v[i]);
}

static void take_conjuncts(struct arena *a, terms *out, const struct term *t) {
  if (t && t->kind == T_AND) {
    take_conjuncts(a, out, t->a);
    take_conjuncts(a, out, t->b);
  } else if (t) {
    VEC_PUSH(a, out, t);
  }
}

static struct side side_of(struct arena *a, const struct agg *g) {
  struct side s = {.agg = g};
  for (size_t i = 0; i < g->values.n; i++) take_leaves(a, &s.leaves, &s.guarded, g->values.v[i]);
  take_leaves(a, &s.leaves, &s.guarded, g->where);
  take_conjuncts(a, &s.conjuncts, g->where);
  return s;
}

static bool holds(struct arena *a, const terms *list, const struct term *t) {
  const char *key = term_key(a, t);
  for (size_t i = 0; i < list->n; i++)
    if (strcmp(term_key(a, list->v[i]), key) == 0) return true;
  return false;
}

/* Can it be unknown on some row? What is not yet on a day (`known from`) is judged, and a count of
 * nothing is 0. */
static bool may_be_unknown(struct arena *a, const struct term *t) {
  if (t->kind == T_AGO) return may_be_unknown(a, t->a);
  if (t->kind == T_ATTR && t->attr->kind == ATTR_COLUMN) return !t->attr->known_from;
  if (t->kind == T_ATTR && t->attr->kind == ATTR_ACTIVE) return false;
  const struct term *made = t->kind == T_KPI                                      ? t->kpi->term
                            : t->kind == T_ATTR && t->attr->kind == ATTR_COMPUTED ? t->attr->term
                                                                                  : NULL;
  if (!made) return true;
  if (made->kind == T_AGG) return made->agg->fn != AGG_COUNT;
  terms leaves = {0}, guarded = {0};
  take_leaves(a, &leaves, &guarded, made);
  for (size_t i = 0; i < leaves.n; i++)
    if (may_be_unknown(a, leaves.v[i])) return true;
  return false;
}

/* Does one side look at a part of the rows of the other? */
static bool is_cohort(struct arena *a, const struct side *part, const struct side *whole) {
  for (size_t i = 0; i < whole->conjuncts.n; i++) {
    const struct term *c = whole->conjuncts.v[i];
    if (c->kind != T_KNOWN && !holds(a, &part->conjuncts, c)) return false;
  }
  return true;
}

/* The first value that one side needs of a row, and the other does not ask for. NULL: there is
 * none. */
static const struct term *asked_by_one(struct arena *a, const struct side *one,
                                       const struct side *other) {
  for (size_t i = 0; i < one->leaves.n; i++) {
    const struct term *t = one->leaves.v[i];
    if (!holds(a, &other->leaves, t) && !holds(a, &other->guarded, t) &&
        !holds(a, &one->guarded, t) && may_be_unknown(a, t))
      return t;
  }
  return NULL;
}

static const struct agg *cohort_agg(const struct term *t) {
  t = term_core(t);
  if (t->kind != T_AGG || (t->agg->fn != AGG_SUM && t->agg->fn != AGG_COUNT)) return NULL;
  return t->agg;
}

static bool same_rows(const struct agg *x, const struct agg *y) {
  char one[40], two[40];
  return x->entity == y->entity && x->segment == y->segment && x->has_period == y->has_period &&
         (!x->has_period ||
          strcmp(period_text(&x->period, one), period_text(&y->period, two)) == 0);
}

/* `mrr` of today beside `mrr 12mo ago`: who is not known today is taken for one who left. */
static bool looks_back(struct arena *a, const terms *list, const struct term *t) {
  const struct term *now = t->kind == T_AGO ? t->a : t;
  for (size_t i = 0; i < list->n; i++) {
    const struct term *x = list->v[i], *other = x->kind == T_AGO ? x->a : x;
    if ((x->kind == T_AGO) != (t->kind == T_AGO) &&
        strcmp(term_key(a, other), term_key(a, now)) == 0)
      return true;
  }
  return false;
}

struct one_sided {
  struct lint *l;
  bool over_time; /* look for those that compare two days; else for the others */
};

static void report(struct lint *l, const struct term *ratio, const struct agg *rows,
                   const struct term *value, bool above) {
  const char *name = lint_quote(l, value->src->span), *own = above ? "above" : "below",
             *other = above ? "below" : "above";
  struct diag *d =
      lint_tell(l, ratio->src->span,
                "a row of `%s` of which `%s` is unknown counts %s the line and not %s it",
                rows->entity->name, name, other, own);
  bool wraps = value->kind == T_AGO;
  lint_help(l, d, "count it on neither side: %s the line, add `%s%s%s is known` to `where`", other,
            wraps ? "(" : "", name, wraps ? ")" : "");
}

static void check_term(void *ctx, const struct term *t) {
  struct one_sided *x = ctx;
  struct arena *a = x->l->a;
  if (t->kind != T_ARITH || t->op != OP_DIV) return;
  const struct agg *over = cohort_agg(t->a), *under = cohort_agg(t->b);
  if (!over || !under || !same_rows(over, under)) return;
  struct side above = side_of(a, over), below = side_of(a, under);
  if (!is_cohort(a, &above, &below)) return;
  const struct term *lone = asked_by_one(a, &above, &below);
  bool is_above = lone != NULL;
  if (!lone) lone = asked_by_one(a, &below, &above);
  if (!lone) return;
  bool over_time = looks_back(a, &above.leaves, lone) || looks_back(a, &below.leaves, lone);
  if (over_time == x->over_time) report(x->l, t, over, lone, is_above);
}

void lint_one_sided_retention(struct lint *l) {
  struct one_sided x = {l, true};
  terms_each(l, KIND(T_ARITH), check_term, &x);
}

void lint_one_sided_share(struct lint *l) {
  struct one_sided x = {l, false};
  terms_each(l, KIND(T_ARITH), check_term, &x);
}
