/* Money at stake that does not go together. In: rules. Out: a rule over rows whose `worth` is the
 * number of the company; money of a month beside money of a year. */
#include "lint/check.h"
#include "lint/money_span.h"

void lint_worth_of_company(struct lint *l) {
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule *r = l->facts.rules.v[i].rule;
    const struct term *w = r->worth;
    if (!r->entity || !w || !w->src || w->ent || (w->kind != T_KPI && w->kind != T_AGG)) continue;
    struct diag *d =
        lint_tell(l, w->src->span, "`%s` is a number of the company, and %s is about one %s each",
                  lint_quote(l, w->src->span), rule_title(l, r), r->entity->name);
    lint_help(l, d, "name what is at stake with one %s: a column, or a KPI of %s", r->entity->name,
              r->entity->name);
  }
}

/* ---- of a month, of a year ------------------------------------------------------------ */

struct spans {
  long n[SPAN_YEAR + 1];
  const struct rule *first[SPAN_YEAR + 1];
};

/* Whose money it is in the end: of a lease that belongs to a lessee the lessee's. */
static const struct entity *customer_of(const struct rule *r) {
  return r->account.n ? r->account.v[r->account.n - 1].entity : r->entity;
}

static enum money_span span_of(const struct rule *r, const struct entity *e) {
  bool counts =
      e && customer_of(r) == e && r->worth && r->worth->src && r->worth->type.unit == U_MONEY;
  return counts ? money_span_of(r->worth) : SPAN_UNSAID;
}

static struct spans spans_of(const struct lint *l, const struct entity *e) {
  struct spans s = {{0}, {NULL}};
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule *r = l->facts.rules.v[i].rule;
    enum money_span span = span_of(r, e);
    if (span && !s.n[span]++) s.first[span] = r;
  }
  return s;
}

/* The fewer are told, of as many those of a month: what a customer is worth is said by the year. */
static void check_spans(struct lint *l, const struct entity *e) {
  struct spans s = spans_of(l, e);
  if (!s.n[SPAN_MONTH] || !s.n[SPAN_YEAR]) return;
  enum money_span odd = s.n[SPAN_MONTH] > s.n[SPAN_YEAR] ? SPAN_YEAR : SPAN_MONTH,
                  other = odd == SPAN_MONTH ? SPAN_YEAR : SPAN_MONTH;
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule *r = l->facts.rules.v[i].rule;
    if (span_of(r, e) != odd) continue;
    struct diag *d = lint_tell(l, r->worth->src->span,
                               "what is at stake is money of a %s here, and of a %s in other rules "
                               "for %s",
                               odd == SPAN_MONTH ? "month" : "year",
                               odd == SPAN_MONTH ? "year" : "month", e->name);
    lint_note(l, d, s.first[other]->worth->src->span, "such as here");
    if (s.first[other]->entity == r->entity)
      lint_help(l, d, "write: worth %s", lint_quote(l, s.first[other]->worth->src->span));
    else
      lint_help(l, d, "write: worth %s per %s", lint_quote(l, r->worth->src->span),
                odd == SPAN_MONTH ? "year" : "month");
  }
}

void lint_worth_of_two_spans(struct lint *l) {
  for (size_t i = 0; i < l->rs->entities.n; i++) check_spans(l, l->rs->entities.v[i]);
}
