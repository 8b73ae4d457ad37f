/* Money at stake that does not go together. In: rules. Out: a rule over rows whose `worth` is the
 * number of the company; money of a month beside money of a year. */
#include "lint/check.h"
#include "lint/money_span.h"

/* ---- the parent's ------------------------------------------------------------------ */

static const char *const sold[] = {
    "deal",  "opportunity", "opp",     "quote", "offer",   "order",      "won",    "devis",
    "offre", "opportunite", "invoice", "bill",  "facture", "instalment", "payout", NULL};

/* The money of the row itself, which the worth of rules about such rows is. */
static const struct attr *money_of(const struct term *t, const struct entity *e) {
  while (t && t->kind == T_ARITH) t = t->a;
  bool own = t && t->kind == T_ATTR && t->attr->entity == e && t->type.unit == U_MONEY;
  return own ? t->attr : NULL;
}

/* A deal has an amount of its own: its only money, or what is called so. */
static const struct attr *money_of_sold(const struct entity *e) {
  static const char *const amounts[] = {"amount", "value", "total", "montant", "valeur", NULL};
  const struct attr *found = NULL;
  bool called = lint_has_word(e->name, sold);
  for (size_t i = 0; i < e->attrs.n; i++) {
    const struct attr *at = e->attrs.v[i];
    if (at->type.unit == U_MONEY && lint_has_word(at->name, amounts) && !found) found = at;
  }
  return called ? found : NULL;
}

static const struct kpi *parents_money(const struct term *w) {
  if (!w || !w->src || w->kind != T_PARENT) return NULL;
  while (w->kind == T_PARENT) w = w->a;
  return w->kind == T_KPI && w->type.unit == U_MONEY ? w->kpi : NULL;
}

/* worth account.arr of a deal, which has an amount. */
static void worth_of_parent(struct lint *l) {
  const struct attr **own = arena_alloc(l->a, (l->rs->entities.n + 1) * sizeof *own);
  for (size_t i = 0; i < l->rs->entities.n; i++) own[i] = money_of_sold(l->rs->entities.v[i]);
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule *r = l->facts.rules.v[i].rule;
    const struct attr *money = r->entity ? money_of(r->worth, r->entity) : NULL;
    if (money) own[r->entity->index] = money;
  }
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule *r = l->facts.rules.v[i].rule;
    const struct attr *money = r->entity ? own[r->entity->index] : NULL;
    if (!money || !parents_money(r->worth)) continue;
    struct diag *d = lint_tell(
        l, r->worth->src->span, "`%s` is all that the other row is worth, and %s is about one %s",
        lint_quote(l, r->worth->src->span), rule_title(l, r), r->entity->name);
    lint_note(l, d, money->span, "which has money of its own");
    lint_help(l, d, "write: worth %s", money->name);
  }
}

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
  worth_of_parent(l);
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
