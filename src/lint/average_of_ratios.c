/* Means of ratios. In: averages over rows. Out: those whose value is itself a share, so that a
 * small row weighs as much as a large one. */
#include "lint/check.h"

/* The value of an average over rows that is a share. NULL: it is none. */
static const struct term *share_averaged(const struct term *t) {
  if (t->kind != T_AGG || t->agg->fn != AGG_AVG || t->agg->values.n != 1) return NULL;
  const struct term *value = t->agg->values.v[0];
  return term_core(value)->type.unit == U_SHARE ? value : NULL;
}

static struct diag *report(struct lint *l, const struct term *t, const struct term *value) {
  return lint_tell(l, t->src->span, "the mean of `%s` gives a small `%s` the weight of a large one",
                   lint_quote(l, value->src->span), t->agg->entity->name);
}

static void check_division(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  const struct term *value = share_averaged(t), *core = value ? term_core(value) : NULL;
  if (!core) return;
  if (core->kind == T_AGG && core->agg->fn == AGG_SHARE) {
    lint_help(l, report(l, t, value),
              "if the share of the whole is meant, ask all rows at once: share of %s where …",
              core->agg->entity->name);
    return;
  }
  if (core->kind != T_ARITH || core->op != OP_DIV) return;
  const char *rows = t->agg->entity->name;
  lint_help(l, report(l, t, value),
            "if the share of the whole is meant, divide the sums: (sum of %s over %s) / (sum of %s "
            "over %s)",
            lint_quote(l, core->a->src->span), rows, lint_quote(l, core->b->src->span), rows);
}

static void check_column(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  const struct term *value = share_averaged(t);
  if (!value || term_core(value)->kind != T_ATTR) return;
  const char *rows = t->agg->entity->name, *name = lint_quote(l, value->src->span);
  lint_help(l, report(l, t, value),
            "if the share of the whole is meant, weigh each row by its size: (sum of %s * SIZE "
            "over %s) / (sum of SIZE over %s)",
            name, rows, rows);
}

void lint_average_of_ratios(struct lint *l) { terms_each(l, KIND(T_AGG), check_division, l); }
void lint_average_of_shares(struct lint *l) { terms_each(l, KIND(T_AGG), check_column, l); }
