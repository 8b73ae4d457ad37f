/* Money of a month and money of a year. In: a term. Out: what it is money of, as far as names,
 * types and factors of twelve say it. */
#include "lint/money_span.h"

#include "lint/check.h"

static const char *const monthly[] = {"mrr", "monthly", "mensuel", NULL};
static const char *const annual[] = {"arr", "annual", "annualized", "annually", "yearly", "annuel",
                                     "acv", "year",   "année",      "annee",    NULL};

enum { NAMES_DEEP = 12 }; /* KPIs that are followed below each other */

/* A name with both words ("monthly_arr") says nothing. */
enum money_span span_said_by(const char *name) {
  bool month = lint_has_word(name, monthly), year = lint_has_word(name, annual);
  return month == year ? SPAN_UNSAID : month ? SPAN_MONTH : SPAN_YEAR;
}

bool is_written_number(const struct term *t, double n) {
  return t->kind == T_CONST && t->value.known && t->type.unit != U_MONEY && t->value.num == n;
}

static enum money_span span_within(const struct term *t, int depth);

/* A share leaves it as it is, twelve months are a year; any other factor says nothing. */
static enum money_span of_arith(const struct term *t, int depth) {
  bool times = t->op == OP_MUL;
  const struct term *a = t->a, *b = t->b;
  if (times && a->type.unit != U_MONEY) a = t->b, b = t->a;
  enum money_span x = span_within(a, depth);
  if (times && b->type.unit == U_SHARE) return x;
  if (times && is_written_number(b, 12)) return x == SPAN_MONTH ? SPAN_YEAR : SPAN_UNSAID;
  if (t->op == OP_DIV && is_written_number(b, 12)) return x == SPAN_YEAR ? SPAN_MONTH : SPAN_UNSAID;
  if (times || t->op == OP_DIV) return SPAN_UNSAID;
  return x ? x : span_within(b, depth);
}

/* mrr_year = mrr * 12: what it is made of tells more than its name. */
static enum money_span of_kpi(const struct kpi *k, int depth) {
  enum money_span inside = k->term ? span_within(k->term, depth - 1) : SPAN_UNSAID;
  return inside ? inside : span_said_by(k->name);
}

/* value money "annual_value" */
static enum money_span of_attr(const struct attr *at) {
  enum money_span span = span_said_by(at->name);
  return !span && at->kind == ATTR_COLUMN && at->column ? span_said_by(at->column) : span;
}

static enum money_span span_within(const struct term *t, int depth) {
  if (t->type.unit != U_MONEY || depth == 0) return SPAN_UNSAID;
  if (t->type.per) return t->type.per == PER_MONTH ? SPAN_MONTH : SPAN_YEAR;
  switch (t->kind) {
    case T_ATTR: return of_attr(t->attr);
    case T_KPI: return of_kpi(t->kpi, depth);
    case T_PARENT:
    case T_AGO:
    case T_ON:
    case T_NEG:
    case T_ELSE: return span_within(t->a, depth);
    case T_EACH: return t->each->fn == AGG_SUM ? SPAN_UNSAID : span_within(t->a, depth);
    case T_AGG: return t->agg->values.n ? span_within(t->agg->values.v[0], depth) : SPAN_UNSAID;
    case T_ARITH: return of_arith(t, depth);
    default: return SPAN_UNSAID;
  }
}

enum money_span money_span_of(const struct term *t) { return span_within(t, NAMES_DEEP); }
