/* Targets. In: their clauses. Out: a goal with its measure and day. */
#include <string.h>

#include "base/suggest.h"
#include "sema/sema.h"

/* ---- targets -------------------------------------------------------------------------- */

void declare_target(struct ruleset *rs, const struct ast_item *it) {
  struct target *t = NEW(rs->arena, struct target);
  t->span = it->head->span;
  t->expr = it->head->expr;
  VEC_PUSH(rs->arena, &rs->targets, t);
  VEC_PUSH(rs->arena, &rs->target_items, it);
  for (size_t i = 0; i < it->body.n; i++) {
    const struct clause *c = it->body.v[i];
    if (c->kind == C_OWNER) t->owner = c->name ? c->name : c->text, t->owner_span = c->name_span;
    if (c->kind == C_MEANS) t->means = c->text;
    if (c->kind != C_CHECK) continue;
    static const char *const often[] = {"daily", "weekly", "monthly", "quarterly"};
    for (int k = 0; k < 4; k++)
      if (strcmp(c->name, often[k]) == 0) t->check = c->name;
    if (!t->check) {
      const char *near = suggest(c->name, often, 4);
      struct diag *d = diag_add(&rs->diags, V0403, c->name_span,
                                "`%s` is not how often a target can be checked", c->name);
      diag_help(&rs->diags, d, "write: check %s",
                near ? near : "daily, weekly, monthly or quarterly");
    }
  }
}

static struct kpi *measured_kpi(const struct term *t) {
  while (t && (t->kind == T_MOVE || t->kind == T_AGO)) t = t->a;
  return t && t->kind == T_KPI && !t->kpi->entity ? t->kpi : NULL;
}

static void resolve_target(struct ruleset *rs, struct target *t, const struct ast_item *it) {
  struct scope sc = {.rs = rs};
  const struct clause *h = it->head;
  t->by = type_value(&sc, h->expr2);
  if (t->by && t->by->type.unit != U_DATE)
    HELP_WITH(&sc,
              TELL(&sc, V0301, h->expr2->span, "`%s` is %s; a target is reached by a day",
                   quoted(&sc, h->expr2), unit_phrase(&sc, t->by)),
              "write: by end of FY2027, or by 2026-12-31");
  t->name = name_from_words(rs, h->expr->kind == E_CMP ? h->expr->a : h->expr, "target_", t);
  struct term *c = type_condition(&sc, h->expr);
  if (!c) return;
  t->op = (enum op)c->op;
  t->measure = c->a;
  t->goal = c->b;
  bool relative = c->kind == T_MOVE_CMP;
  t->kpi = relative ? measured_kpi(c->a) : c->kind == T_CMP ? measured_kpi(c->a) : NULL;
  if (relative) t->measure = c;
  if (!t->kpi || t->op == OP_EQ || t->op == OP_NE) {
    struct diag *d =
        TELL(&sc, V0401, h->expr->span, "a target compares a KPI of the company with a value");
    HELP_WITH(&sc, d, "write: target company_arr >= 12M EUR by end of FY2027");
    t->kpi = NULL;
  }
  const struct clause *owner = find_clause(it, C_OWNER);
  if (owner && owner->name && (t->team = find_team(rs, owner->name, owner->name_span)))
    t->owner_term = owner_term(&sc, t->team, owner->name_span);
  if (owner && owner->text) {
    t->owner_term = term_const(&sc, h->expr, type_of(U_PERSON), 0);
    t->owner_term->value.text = owner->text;
  }
}

void resolve_targets(struct ruleset *rs) {
  for (size_t i = 0; i < rs->targets.n; i++)
    resolve_target(rs, rs->targets.v[i], rs->target_items.v[i]);
}
