/* `else` beside arithmetic. In: the trees. Out: what people may read in two ways. */
#include "lint/check.h"

static void check_expr(struct lint *l, const struct expr *e) {
  if (!e) return;
  if (e->kind == E_ELSE) {
    const struct expr *sides[] = {e->a, e->b};
    for (int i = 0; i < 2; i++) {
      const struct expr *x = sides[i];
      if (x->kind != E_ARITH || x->parens || (x->op != OP_ADD && x->op != OP_SUB)) continue;
      const char *whole = i ? arena_printf(l->a, "%s else (%s)", lint_quote(l, e->a->span),
                                           lint_quote(l, e->b->span))
                            : arena_printf(l->a, "(%s) else %s", lint_quote(l, e->a->span),
                                           lint_quote(l, e->b->span));
      const char *part = i ? arena_printf(l->a, "(%s else %s) %s %s", lint_quote(l, e->a->span),
                                          lint_quote(l, x->a->span), op_text((enum op)x->op),
                                          lint_quote(l, x->b->span))
                           : arena_printf(l->a, "%s %s (%s else %s)", lint_quote(l, x->a->span),
                                          op_text((enum op)x->op), lint_quote(l, x->b->span),
                                          lint_quote(l, e->b->span));
      struct diag *d = lint_tell(l, e->span, "`%s` means %s", lint_quote(l, e->span), whole);
      lint_help(l, d, "write the parentheses; if the other reading was meant: %s", part);
      lint_fix(l, d, x->span,
               arena_printf(l->a, "(%.*s)", (int)(x->span.end - x->span.at),
                            x->span.src->text + x->span.at));
      break;
    }
  }
  for (size_t i = 0; i < expr_kid_count(e); i++) check_expr(l, expr_kid(e, i));
}

void lint_ambiguous_else(struct lint *l) {
  for (size_t i = 0; i < l->rs->asts.n; i++)
    for (size_t k = 0; k < l->rs->asts.v[i]->clauses.n; k++) {
      const struct clause *c = l->rs->asts.v[i]->clauses.v[k];
      check_expr(l, c->expr);
      check_expr(l, c->expr2);
      if (c->actions) check_expr(l, c->actions->worth);
    }
}
