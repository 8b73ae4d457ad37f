/* Monthly money beside annual money. In: sums, differences and comparisons. Out: those of which
 * one side is by its type or its name of a month (mrr) and the other of a year (arr). Two types
 * that differ are an error already. */
#include <string.h>

#include "lint/check.h"

enum span_said { SAYS_NOTHING, SAYS_MONTH, SAYS_YEAR };

static const char *const monthly[] = {"mrr", "monthly", "mensuel", NULL};
static const char *const annual[] = {"arr",    "annual", "annualized", "annually",
                                     "yearly", "annuel", "acv",        NULL};

/* A name with both words ("monthly_arr") says nothing. */
static enum span_said said_by(const char *name) {
  bool month = lint_has_word(name, monthly), year = lint_has_word(name, annual);
  return month == year ? SAYS_NOTHING : month ? SAYS_MONTH : SAYS_YEAR;
}

/* What is multiplied by a number may have been made annual: only a share leaves it as it is. */
static enum span_said said_of(const struct term *t) {
  if (t->type.unit != U_MONEY) return SAYS_NOTHING;
  if (t->type.per) return t->type.per == PER_MONTH ? SAYS_MONTH : SAYS_YEAR;
  switch (t->kind) {
    case T_ATTR: return said_by(t->attr->name);
    case T_KPI: return said_by(t->kpi->name);
    case T_PARENT:
    case T_AGO:
    case T_ON:
    case T_NEG:
    case T_EACH:
    case T_ELSE: return said_of(t->a);
    case T_AGG: return t->agg->values.n ? said_of(t->agg->values.v[0]) : SAYS_NOTHING;
    case T_ARITH: break;
    default: return SAYS_NOTHING;
  }
  if (t->op == OP_MUL && t->b->type.unit == U_SHARE) return said_of(t->a);
  if (t->op != OP_ADD && t->op != OP_SUB) return SAYS_NOTHING;
  enum span_said a = said_of(t->a);
  return a ? a : said_of(t->b);
}

static void check_term(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  bool sums = t->kind == T_ARITH && (t->op == OP_ADD || t->op == OP_SUB);
  if ((!sums && t->kind != T_CMP) || !t->src) return;
  enum span_said a = said_of(t->a), b = said_of(t->b);
  if (!a || !b || a == b || !t->a->src || !t->b->src) return;
  const struct term *month = a == SAYS_MONTH ? t->a : t->b, *year = month == t->a ? t->b : t->a;
  const char *m = lint_quote(l, month->src->span), *y = lint_quote(l, year->src->span);
  struct diag *d =
      lint_tell(l, t->src->span, "`%s` is money of a month, `%s` of a year: they are %s", m, y,
                !sums             ? "compared"
                : t->op == OP_ADD ? "added"
                                  : "subtracted");
  lint_help(l, d, "make both annual: %s * 12; or both monthly: %s / 12", m, y);
}

void lint_monthly_with_annual(struct lint *l) { ruleset_walk(l->rs, check_term, l); }
