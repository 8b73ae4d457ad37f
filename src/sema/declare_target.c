/* Targets and tests. In: their clauses. Out: a goal with its measure and day; examples whose names and units fit. */
#include <string.h>

#include "sema/sema.h"
#include "syntax/build.h"

/* ---- targets ---------------------------------------------------------------------------------------- */

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
      const char *near = did_you_mean(c->name, often, 4);
      struct diag *d = diag_add(&rs->diags, V0403, c->name_span, "`%s` is not how often a target can be checked", c->name);
      diag_help(&rs->diags, d, "write: check %s", near ? near : "daily, weekly, monthly or quarterly");
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
    HELP_WITH(&sc, TELL(&sc, V0301, h->expr2->span, "`%s` is %s; a target is reached by a day", quoted(&sc, h->expr2), unit_phrase(&sc, t->by)), "write: by end of FY2027, or by 2026-12-31");
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
    struct diag *d = TELL(&sc, V0401, h->expr->span, "a target compares a KPI of the company with a value");
    HELP_WITH(&sc, d, "write: target company_arr >= 12M EUR by end of FY2027");
    t->kpi = NULL;
  }
  const struct clause *owner = find_clause(it, C_OWNER);
  if (owner && owner->name && (t->team = find_team(rs, owner->name, owner->name_span))) t->owner_term = owner_term(&sc, t->team, owner->name_span);
  if (owner && owner->text) {
    t->owner_term = term_const(&sc, h->expr, type_of(U_PERSON), 0);
    t->owner_term->value.text = owner->text;
  }
}

void resolve_targets(struct ruleset *rs) {
  for (size_t i = 0; i < rs->targets.n; i++) resolve_target(rs, rs->targets.v[i], rs->target_items.v[i]);
}

/* ---- tests ---------------------------------------------------------------------------------------------- */

void declare_test(struct ruleset *rs, const struct ast_item *it) {
  struct test *t = NEW(rs->arena, struct test);
  *t = (struct test){.name = it->head->text, .span = it->head->span, .item = (struct ast_item *)it};
  VEC_PUSH(rs->arena, &rs->tests, t);
}

static void check_fact(struct ruleset *rs, struct entity *ent, const struct fact *f) {
  struct scope sc = {.rs = rs, .ent = ent};
  struct term *t = type_path(&sc, f->path);
  if (!t || f->value->kind == E_UNKNOWN) return;
  struct term *v = type_value(&sc, f->value);
  if (v) agree(&sc, f->value->span, t, v, "the same");
  if (v) check_listed(&sc, t, v);
  if (f->ago && !has_past(rs, t))
    HELP_WITH(&sc, TELL(&sc, V0307, f->path->span, "`%s` has only today's value", quoted(&sc, f->path)), "give today's value: %s …", quoted(&sc, f->path));
}

static void check_given(struct ruleset *rs, const struct clause *c) {
  struct entity *ent = map_get(&rs->entity_names, c->name);
  if (!ent) {
    if (map_get(&rs->poisoned, c->name)) return;
    struct scope sc = {.rs = rs};
    const char *names[256];
    size_t n = 0;
    for (size_t i = 0; i < rs->entities.n && n < 256; i++) names[n++] = rs->entities.v[i]->name;
    const char *near = did_you_mean(c->name, names, n);
    struct diag *d = TELL(&sc, V0201, c->name_span, "there is no entity called `%s`", c->name);
    if (near) HELP_WITH(&sc, d, "did you mean `%s`?", near);
    else HELP_WITH(&sc, d, "write: given account \"Acme\" health 65, …");
    return;
  }
  for (size_t i = 0; i < c->facts.n; i++) check_fact(rs, ent, &c->facts.v[i]);
}

static void check_expect(struct ruleset *rs, const struct clause *c) {
  if (c->word_count == EXPECT_COUNT || !c->name) return;
  bool value = c->word_count == EXPECT_VALUE;
  if (map_get(value ? &rs->kpi_names : &rs->rule_names, c->name) || map_get(&rs->poisoned, c->name)) {
    if (c->actions && c->actions->assign) find_team(rs, c->actions->assign, c->actions->assign_span);
    return;
  }
  const char *names[1024];
  size_t n = 0;
  if (value)
    for (size_t i = 0; i < rs->kpis.n && n < 1024; i++) names[n++] = rs->kpis.v[i]->name;
  else
    for (size_t i = 0; i < rs->rules.n && n < 1024; i++) names[n++] = rs->rules.v[i]->name;
  const char *near = did_you_mean(c->name, names, n);
  struct diag *d = diag_add(&rs->diags, V0201, c->name_span, "there is no %s called `%s`", value ? "KPI" : "rule", c->name);
  if (near) diag_help(&rs->diags, d, "did you mean `%s`?", near);
  else diag_help(&rs->diags, d, "expect names a %s of these files", value ? "KPI" : "rule");
}

void resolve_tests(struct ruleset *rs) {
  for (size_t i = 0; i < rs->tests.n; i++) {
    const struct ast_item *it = rs->tests.v[i]->item;
    for (size_t k = 0; k < it->body.n; k++) {
      if (it->body.v[k]->kind == C_GIVEN) check_given(rs, it->body.v[k]);
      if (it->body.v[k]->kind == C_EXPECT) check_expect(rs, it->body.v[k]);
    }
    if (!find_clause(it, C_EXPECT) && !item_has_broken(it)) {
      struct diag *d = diag_add(&rs->diags, V0401, it->head->span, "this test expects nothing");
      diag_help(&rs->diags, d, "add: expect RULE, or: expect no RULE");
    }
  }
}
