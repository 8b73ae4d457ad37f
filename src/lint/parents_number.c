/* A parent's number, added to numbers of its rows. In: sums over rows. Out: those of which one
 * addend, or one side of an `if`, is a number of the parent: it counts once for each row. A value
 * that is nothing else is an error already. */
#include "sema/fan_out.h"

#include "lint/check.h"

struct parts {
  struct lint *l;
  const struct term *sum, *found;
};

static bool is_computed(const struct term *t) {
  while (t->kind == T_PARENT || t->kind == T_AGO) t = t->a;
  return t->kind == T_KPI || t->kind == T_AGG;
}

/* chosen: one of several values of the row, where a column of the parent stands in for an empty one
 * (a price, a rate) and only what is computed is a mistake. */
static void look(struct parts *x, const struct term *t, bool chosen) {
  if (x->found) return;
  if (t->kind == T_ARITH && (t->op == OP_ADD || t->op == OP_SUB)) {
    look(x, t->a, chosen);
    look(x, t->b, chosen);
  } else if (t->kind == T_IF) {
    look(x, t->b, true);
    look(x, t->c, true);
  } else if (t->kind == T_ELSE) {
    look(x, t->a, true);
    look(x, t->b, true);
  } else if (repeated_number(x->l->rs, t) && (!chosen || is_computed(t))) {
    x->found = t;
  }
}

static void check_term(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (t->kind != T_AGG || t->agg->fn != AGG_SUM || t->agg->values.n != 1) return;
  const struct term *value = t->agg->values.v[0];
  struct parts x = {.l = l, .sum = t};
  if (value->type.unit == U_DURATION || repeated_number(l->rs, value)) return;
  look(&x, value, false);
  if (!x.found || !x.found->src) return;
  const char *what = lint_quote(l, x.found->src->span), *rows = t->agg->entity->name;
  struct diag *d =
      lint_tell(l, x.found->src->span,
                "`%s` is no number of the %s: it is counted once for each %s", what, rows, rows);
  lint_help(l, d, "take it out of the sum, and add it once to what comes out");
}

void lint_parents_number(struct lint *l) { terms_each(l, KIND(T_AGG), check_term, l); }
