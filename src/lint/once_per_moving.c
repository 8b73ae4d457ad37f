/* `once per` what moves. In: rules. Out: those that open one item for each value of a number, or
 * of today. */
#include "lint/check.h"

/* Days that move with each thing that happens. */
static const char *const moving[] = {"activity", "touch",    "touched", "contact", "contacted",
                                     "updated",  "modified", "seen",    "login",   "activité",
                                     "relance",  "modifié",  "modifie", "visit",   "viewed",
                                     "synced",   NULL};

/* latest of day over call: each call moves it. */
static bool is_latest_day(const struct term *t) {
  const struct term *core = term_core(t);
  bool last = core->kind == T_AGG && (core->agg->fn == AGG_LATEST || core->agg->fn == AGG_MAX);
  return last && core->type.unit == U_DATE && core->agg->entity->event;
}

static bool moves(const struct term *t) {
  if (unit_class(t->type.unit) == CLASS_NUM || t->kind == T_TODAY) return true;
  if (is_latest_day(t)) return true;
  bool day = t->kind == T_ATTR && t->type.unit == U_DATE;
  return day && lint_has_word(t->attr->name, moving);
}

static const struct clause *once_clause(const struct ast_item *it) {
  for (size_t i = 0; i < it->body.n; i++)
    if (it->body.v[i]->kind == C_ONCE) return it->body.v[i];
  return NULL;
}

void lint_once_per_moving(struct lint *l) {
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule_facts *f = &l->facts.rules.v[i];
    const struct term *t = f->rule->once;
    if (!t || !moves(t)) continue;
    const struct clause *c = once_clause(f->item);
    struct span at = c ? c->span : rule_span(f->rule);
    struct diag *d = lint_tell(l, at, "`%s` moves: whenever it changes, %s opens a new item",
                               lint_quote(l, t->src->span), rule_title(l, f->rule));
    lint_help(l, d, "name what an item is about, such as a day that is agreed: once per renewal");
  }
}
