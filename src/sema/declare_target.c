/* Targets. In: their clauses. Out: a goal with its measure and day. */
#include <string.h>

#include "base/suggest.h"
#include "sema/sema.h"

/* ---- targets -------------------------------------------------------------------------- */

void declare_target(struct ruleset *rs, const struct ast_item *it) {
  struct target *t = NEW(rs->arena, struct target);
  t->span = it->head->span;
  t->expr = it->head->expr;
  t->dims = it->head->dims;
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
      diag_help(&rs->diags, d, "write: %s", near ? near : "monthly; or daily, weekly, quarterly");
    }
  }
}

static struct kpi *measured_kpi(const struct term *t) {
  while (t && (t->kind == T_MOVE || t->kind == T_AGO)) t = t->a;
  return t && t->kind == T_KPI && !t->kpi->entity ? t->kpi : NULL;
}

/* A KPI that is not split by what the target names has no value for each of them. */
static bool is_split_for(const struct scope *sc, const struct target *t) {
  for (size_t i = 0; i < t->dims.n; i++) {
    const struct kpi *k = t->kpi;
    bool found = false;
    for (size_t j = 0; j < k->dims.n; j++) found |= same_dim(&k->dims.v[j], &t->dims.v[i]);
    if (found) continue;
    const char *dim = quoted(sc, t->dims.v[i].path);
    struct diag *d =
        TELL(sc, V0206, t->dims.v[i].path->span, "`%s` is not split by `%s`", k->name, dim);
    HELP_WITH(sc, d, "split the KPI the same way: kpi %s by %s = …", k->name, dim);
    return false;
  }
  return true;
}

/* The KPIs of the goal: of the same groups, or one value for all of them. What is split by a part
 * of them, or by something else, would be a guess. */
static bool goal_is_split_alike(const struct scope *sc, const struct target *t,
                                const struct term *part) {
  if (!part) return true;
  if (part->kind == T_KPI && !part->kpi->entity && part->kpi->dims.n && !part->for_all) {
    struct target like = {.kpi = part->kpi, .dims = t->dims};
    if (!is_split_for(sc, &like)) return false;
  }
  bool good = goal_is_split_alike(sc, t, part->a) && goal_is_split_alike(sc, t, part->b) &&
              goal_is_split_alike(sc, t, part->c);
  for (size_t i = 0; i < part->list.n; i++) good &= goal_is_split_alike(sc, t, part->list.v[i]);
  return good;
}

/* owner csm: the person that the group is of. NULL: none of the dimensions has the name. */
static struct term *owner_of_group(const struct scope *sc, const struct target *t,
                                   const struct clause *owner) {
  for (size_t i = 0; i < t->dims.n; i++) {
    const name_list *path = &t->dims.v[i].path->path;
    if (owner->name != path->v[path->n - 1]) continue;
    struct term *person = type_path(sc, t->dims.v[i].path);
    if (person) person->type = type_of(U_PERSON);
    return person;
  }
  return NULL;
}

static void resolve_owner(const struct scope *sc, struct target *t, const struct clause *owner) {
  if (owner && owner->name && (t->owner_term = owner_of_group(sc, t, owner))) return;
  if (owner && owner->name && (t->team = find_team(sc->rs, owner->name, owner->name_span)))
    t->owner_term = owner_term(sc, t->team, owner->name_span);
  if (!owner || !owner->text) return;
  t->owner_term = term_const(sc, t->expr, type_of(U_PERSON), 0);
  t->owner_term->value.text = owner->text;
}

/* target company_arr +15%: what has to come on top of the value of a year ago. */
static bool tell_growth(const struct scope *sc, const struct expr *e) {
  bool grows = e->kind == E_ARITH && (e->op == OP_ADD || e->op == OP_SUB) && e->a->kind == E_PATH;
  if (!grows || e->b->kind != E_PERCENT) return false;
  struct diag *d = TELL(sc, V0401, e->span, "a target compares a KPI of the company with a value");
  HELP_WITH(sc, d, "write: %s %s over 1y >= %s", quoted(sc, e->a),
            e->op == OP_ADD ? "rise" : "drop", quoted(sc, e->b));
  return true;
}

static void resolve_target(struct ruleset *rs, struct target *t, const struct ast_item *it) {
  struct scope sc = {.rs = rs, .dims = t->dims.n ? &t->dims : NULL, .is_target = true};
  const struct clause *h = it->head;
  if (!each_is_there(rs, &t->dims)) return;
  t->by = type_value(&sc, h->expr2);
  if (t->by && t->by->type.unit != U_DATE)
    HELP_WITH(&sc,
              TELL(&sc, V0301, h->expr2->span, "`%s` is %s; a target is reached by a day",
                   quoted(&sc, h->expr2), unit_phrase(&sc, t->by)),
              "write: by end of FY2027, or by 2026-12-31");
  t->name = name_from_words(rs, h->expr->kind == E_CMP ? h->expr->a : h->expr, "target_", t);
  if (tell_growth(&sc, h->expr)) return;
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
    bool equal = t->kpi && t->op == OP_EQ && h->expr->kind == E_CMP;
    if (equal)
      HELP_WITH(&sc, d, "write: %s >= %s", quoted(&sc, h->expr->a), quoted(&sc, h->expr->b));
    else
      HELP_WITH(&sc, d, "it is written like this: target company_arr >= 12M EUR by end of FY2027");
    t->kpi = NULL;
  }
  if (t->kpi && t->dims.n && (!is_split_for(&sc, t) || !goal_is_split_alike(&sc, t, t->goal)))
    t->kpi = NULL;
  resolve_owner(&sc, t, find_clause(it, C_OWNER));
}

void resolve_targets(struct ruleset *rs) {
  for (size_t i = 0; i < rs->targets.n; i++)
    resolve_target(rs, rs->targets.v[i], rs->target_items.v[i]);
}
