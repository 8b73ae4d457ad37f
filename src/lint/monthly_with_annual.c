/* Money of a month beside money of a year. In: terms. Out: sums and comparisons of which one side
 * is of a month (mrr) and the other of a year (arr), and what is made annual or monthly twice. Two
 * types that differ are an error already. */
#include "lint/check.h"
#include "lint/money_span.h"

static void check_term(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  bool sums = t->kind == T_ARITH && (t->op == OP_ADD || t->op == OP_SUB);
  if ((!sums && t->kind != T_CMP) || !t->src) return;
  enum money_span a = money_span_of(t->a), b = money_span_of(t->b);
  if (!a || !b || a == b || !t->a->src || !t->b->src) return;
  const struct term *month = a == SPAN_MONTH ? t->a : t->b, *year = month == t->a ? t->b : t->a;
  const char *m = lint_quote(l, month->src->span), *y = lint_quote(l, year->src->span);
  struct diag *d =
      lint_tell(l, t->src->span, "`%s` is money of a month, `%s` of a year: they are %s", m, y,
                !sums             ? "compared"
                : t->op == OP_ADD ? "added"
                                  : "subtracted");
  lint_help(l, d, "make both annual: %s * 12; or both monthly: %s / 12", m, y);
}

/* company_arr = sum of mrr: called annual, and made of money of a month. */
static void check_name(struct lint *l, const struct kpi *k) {
  enum money_span name = span_said_by(k->name),
                  made = k->term ? money_span_of(k->term) : SPAN_UNSAID;
  if (!name || !made || name == made || !k->expr) return;
  bool year = name == SPAN_YEAR;
  struct diag *d =
      lint_tell(l, k->expr->span, "`%s` is called money of a %s, and is made of money of a %s",
                k->name, year ? "year" : "month", year ? "month" : "year");
  const char *text = lint_quote(l, k->expr->span);
  bool sum = k->expr->kind == E_AGG;
  lint_help(l, d, "write: %s%s%s %s 12; or correct the name", sum ? "(" : "", text, sum ? ")" : "",
            year ? "*" : "/");
}

/* fee_month = fee_year / 52 */
static void check_divided(struct lint *l, const struct kpi *k) {
  static const char *const month[] = {"month", "mois", "monat", NULL};
  const struct term *t = k->term;
  bool divided = t && t->kind == T_ARITH && t->op == OP_DIV && t->src && t->b->kind == T_CONST &&
                 t->b->value.known && unit_class(t->b->type.unit) == CLASS_NUM;
  if (!divided || from_library(t->src->span) || is_written_number(t->b, 12)) return;
  if (t->b->type.unit == U_MONEY || t->b->type.unit == U_SHARE) return;
  bool named = span_said_by(k->name) == SPAN_MONTH || lint_has_word(k->name, month);
  double n = t->b->value.num;
  if (!named || money_span_of(t->a) != SPAN_YEAR || n == 1 || n == 100 || n == 1000) return;
  struct diag *d =
      lint_tell(l, t->src->span,
                "`%s` is money of a month, made of money of a year divided by %.15g", k->name, n);
  lint_help(l, d, "write 12; or: per month");
}

/* means "Monthly recurring revenue" of what is made of money of a year. */
static void check_means(struct lint *l, const struct kpi *k) {
  const char *text = k->means && k->term && k->expr ? k->means : "";
  enum money_span said = span_said_by(arena_strndup(l->a, text, strcspn(text, " "))),
                  made = k->term ? money_span_of(k->term) : SPAN_UNSAID;
  if (!said || !made || said == made || lint_told(l, "V1034", k->expr->span)) return;
  bool year = said == SPAN_YEAR;
  struct diag *d = lint_tell(
      l, k->expr->span, "the `means` of `%s` says money of a %s, and it is made of money of a %s",
      k->name, year ? "year" : "month", year ? "month" : "year");
  lint_help(l, d, "correct the words; or %s by 12", year ? "multiply" : "divide");
}

static const char *const once_only[] = {"setup",        "one_off",         "one_time",
                                        "installation", "implementation",  "onboarding",
                                        "activation",   "mise_en_service", NULL};

static bool is_once_only(const struct term *t) {
  while (t->kind == T_PARENT || t->kind == T_ELSE) t = t->a;
  const char *name = t->kind == T_ATTR ? t->attr->name : t->kind == T_KPI ? t->kpi->name : "";
  return t->type.unit == U_MONEY && lint_has_word(name, once_only);
}

/* sum of yearly_fee + setup: the one comes each year, the other once. */
static void check_once_only(struct lint *l, const struct kpi *k) {
  const struct term *t = k->term;
  if (t && t->kind == T_AGG && t->agg->values.n == 1) t = t->agg->values.v[0];
  if (!t || t->kind != T_ARITH || t->op != OP_ADD || !t->src || from_library(t->src->span)) return;
  bool first = is_once_only(t->a), second = is_once_only(t->b);
  const struct term *once = first ? t->a : t->b, *other = first ? t->b : t->a;
  if (first == second || !once->src || !other->src) return;
  if (!money_span_of(other) && !span_said_by(k->name)) return;
  if (lint_has_word(k->name, once_only)) return;
  struct diag *d = lint_tell(l, once->src->span, "`%s` comes once, and `%s` again and again",
                             lint_quote(l, once->src->span), lint_quote(l, other->src->span));
  lint_help(l, d, "leave it out of what recurs, or give the KPI a name that says both");
}

/* value money per month "annual_value" */
static void check_column(struct lint *l, const struct attr *at) {
  enum money_span name = at->column ? span_said_by(at->column) : SPAN_UNSAID;
  bool year = at->type.per != PER_MONTH;
  if (!name || !at->type.per || (name == SPAN_YEAR) == year) return;
  struct diag *d =
      lint_tell(l, at->span, "`%s` is declared as money of a %s, and its column is called \"%s\"",
                at->name, year ? "year" : "month", at->column);
  lint_help(l, d, "write: money per %s", year ? "month" : "year");
}

void lint_monthly_with_annual(struct lint *l) {
  for (size_t i = 0; i < l->rs->entities.n; i++)
    for (size_t k = 0; k < l->rs->entities.v[i]->attrs.n; k++)
      if (l->rs->entities.v[i]->attrs.v[k]->kind == ATTR_COLUMN)
        check_column(l, l->rs->entities.v[i]->attrs.v[k]);
  terms_each(l, KIND(T_ARITH) | KIND(T_CMP), check_term, l);
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    check_name(l, l->rs->kpis.v[i]);
    check_means(l, l->rs->kpis.v[i]);
    check_once_only(l, l->rs->kpis.v[i]);
    check_divided(l, l->rs->kpis.v[i]);
  }
}

/* Days that a sum looks back over: sum of billed in last 12mo; 0: it is none, or of no length. */
static double days_summed(const struct term *t) {
  const struct term *core = term_core(t);
  const struct agg *g = core->kind == T_AGG && core->agg->fn == AGG_SUM ? core->agg : NULL;
  if (g && !g->has_period && !g->where && g->values.n == 1) return days_summed(g->values.v[0]);
  bool counted = g && g->has_period && g->period.kind == PERIOD_LAST && !g->period.dur_name;
  if (!counted || g->period.dur.unit == DUR_BDAY) return 0;
  struct duration d = g->period.dur;
  return duration_is_months(d) ? duration_months(d) * 30.4 : duration_days(d);
}

enum { MONTH_NEAR = 35, YEAR_NEAR = 330 };

/* (sum of billed over statement in last 12mo) * 12; spend_30d / 12 */
static bool check_window(struct lint *l, const struct term *t, const struct term *money) {
  double days = money->type.unit == U_MONEY ? days_summed(money) : 0;
  bool year = t->op == OP_MUL && days >= YEAR_NEAR,
       month = t->op == OP_DIV && days && days <= MONTH_NEAR;
  if (!year && !month) return false;
  const char *what = lint_quote(l, money->src->span);
  struct diag *d = lint_tell(
      l, t->src->span, "`%s` adds up %.0f days already: %s by 12, it is of %s", what, days,
      year ? "multiplied" : "divided", year ? "twelve years" : "the twelfth part of them");
  lint_help(l, d, "write %s without the 12", what);
  return true;
}

/* arr * 12, and mrr / 12 */
static void check_factor(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (t->kind != T_ARITH || (t->op != OP_MUL && t->op != OP_DIV) || !t->src) return;
  bool times = t->op == OP_MUL, turned = times && is_written_number(t->a, 12);
  const struct term *money = turned ? t->b : t->a, *twelve = turned ? t->a : t->b;
  if (!is_written_number(twelve, 12) || !money->src) return;
  if (check_window(l, t, money)) return;
  if (money_span_of(money) != (times ? SPAN_YEAR : SPAN_MONTH)) return;
  const char *what = lint_quote(l, money->src->span), *span = times ? "year" : "month";
  struct diag *d = lint_tell(
      l, t->src->span, "`%s` is money of a %s already: %s by 12, it is %s times what is meant",
      what, span, times ? "multiplied" : "divided", times ? "12" : "1/12");
  lint_help(l, d, "write %s without the 12; or correct the name that says a %s", what, span);
}

void lint_annualized_twice(struct lint *l) { terms_each(l, KIND(T_ARITH), check_factor, l); }
