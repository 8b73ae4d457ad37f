/* Rows about money that nobody hears of. In: rules with `if unknown ignore`. Out: those that have a
 * `worth` of money or compare money, and do not ask whether what they need is known. */
#include "lint/check.h"

static void finds_money(void *ctx, const struct term *t) {
  bool *found = ctx;
  *found |= (t->kind == T_CMP || t->kind == T_MOVE_CMP) && t->a->type.unit == U_MONEY;
}

static void finds_known(void *ctx, const struct term *t) {
  bool *found = ctx;
  bool not_yet = t->kind == T_KNOWN && t->a->kind == T_ATTR && t->a->attr->known_from;
  *found |= t->kind == T_KNOWN && !not_yet; /* paid is unknown: not yet, and nothing is missing */
}

static struct span clause_span(const struct rule_facts *f) {
  for (size_t k = 0; k < f->item->body.n; k++)
    if (f->item->body.v[k]->kind == C_IFUNKNOWN) return f->item->body.v[k]->span;
  return rule_span(f->rule);
}

void lint_money_ignored(struct lint *l) {
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule_facts *f = &l->facts.rules.v[i];
    const struct rule *r = f->rule;
    bool money = r->worth && r->worth->type.unit == U_MONEY, asks = false;
    if (r->unknown != UNKNOWN_IGNORE) continue;
    term_walk(r->when, finds_money, &money);
    term_walk(r->when, finds_known, &asks);
    if (!money || asks) continue;
    struct diag *d = lint_tell(
        l, clause_span(f), "%s is about money, and leaves out unsaid the %s with not enough data",
        rule_title(l, r), rule_rows(r, 2, l->a));
    lint_help(l, d, "write: if unknown report; or say which %s are meant: … is known",
              rule_rows(r, 2, l->a));
  }
}
