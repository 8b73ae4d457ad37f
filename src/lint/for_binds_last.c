/* `for` behind `and` or `or`. In: the trees. Out: durations that hold for the last condition only,
 * where people who know alerting rules read them of all. */
#include "lint/check.h"

static void check_expr(struct lint *l, const struct expr *e) {
  if (!e) return;
  if ((e->kind == E_AND || e->kind == E_OR) && e->b->kind == E_FOR && !e->b->parens &&
      e->a->kind != E_FOR) {
    const char *last = lint_quote(l, e->b->a->span), *for_how_long = lint_quote(l, e->b->b->span);
    struct diag *d = lint_tell(l, e->b->span,
                               "only `%s` has to hold for %s: what stands before "
                               "`%s` is asked of today alone",
                               last, for_how_long, e->kind == E_AND ? "and" : "or");
    lint_help(l, d, "to ask it of all: (%s %s %s) for %s; else write the parentheses: (%s)",
              lint_quote(l, e->a->span), e->kind == E_AND ? "and" : "or", last, for_how_long,
              lint_quote(l, e->b->span));
    lint_fix(l, d, e->b->span, arena_printf(l->a, "(%s)", span_text(l->a, e->b->span)));
  }
  for (size_t i = 0; i < expr_kid_count(e); i++) check_expr(l, expr_kid(e, i));
}

void lint_for_binds_last(struct lint *l) {
  for (size_t i = 0; i < l->rs->asts.n; i++)
    for (size_t k = 0; k < l->rs->asts.v[i]->clauses.n; k++) {
      check_expr(l, l->rs->asts.v[i]->clauses.v[k]->expr);
      check_expr(l, l->rs->asts.v[i]->clauses.v[k]->expr2);
    }
}
