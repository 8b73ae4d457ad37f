/* Movements of less than one. In: movements of counts, amounts and days, against a number. Out: the
 * number, where a share was meant. */
#include "lint/check.h"

/* The number as it was written, where it stands without a unit; 0 for anything else. */
static double bare_number(const struct term *t) {
  return t->kind == T_CONST && t->src && t->src->kind == E_NUMBER ? t->src->num : 0;
}

static void check_term(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (t->kind != T_CMP) return;
  const struct term *move = t->a->kind == T_MOVE ? t->a : t->b,
                    *number = move == t->a ? t->b : t->a;
  double n = bare_number(number);
  enum unit u = move->type.unit;
  if (move->kind != T_MOVE || n <= 0 || n >= 1) return;
  if (u != U_COUNT && u != U_MONEY && u != U_DURATION) return;
  const char *what = lint_quote(l, move->a->src->span);
  struct diag *d =
      lint_tell(l, number->src->span, "`%s` is %s: any movement of it is more than %.4g", what,
                u == U_COUNT   ? "a count"
                : u == U_MONEY ? "an amount of money"
                               : "a number of days",
                n);
  lint_help(l, d, "write %.4g%% if a share of it is meant", n * 100);
}

void lint_fraction_of_a_thing(struct lint *l) { ruleset_walk(l->rs, check_term, l); }
