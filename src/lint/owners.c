/* People and teams. In: teams, and everything that names an owner. Out: what lands on nobody's
 * desk. */
#include <string.h>

#include "base/suggest.h"
#include "lint/check.h"

static void check_owner(struct lint *l, const char *owner, struct span at, const char *of) {
  if (!owner || strchr(owner, '@') || strchr(owner, ' ') || map_get(&l->rs->team_names, owner))
    return;
  name_list names = {0};
  for (size_t i = 0; i < l->rs->teams.n; i++) VEC_PUSH(l->a, &names, l->rs->teams.v[i]->name);
  const char *near = suggest(owner, names.v, names.n);
  struct diag *d =
      lint_tell(l, at, "the owner of %s is `%s`, which is no team and no person", of, owner);
  if (near)
    lint_help(l, d, "did you mean `%s`?", near);
  else
    lint_help(l, d, "declare the team, or write the person: owner \"name@company.example\"");
}

void lint_owner_nobody(struct lint *l) {
  const struct ruleset *rs = l->rs;
  for (size_t i = 0; i < rs->kpis.n; i++)
    check_owner(l, rs->kpis.v[i]->owner, rs->kpis.v[i]->owner_span,
                arena_printf(l->a, "the KPI `%s`", rs->kpis.v[i]->name));
  for (size_t i = 0; i < rs->targets.n; i++) {
    const struct target *t = rs->targets.v[i];
    bool of_group = t->owner_term && t->owner_term->kind == T_DIM; /* whoever the group is of */
    if (!of_group) check_owner(l, t->owner, t->owner_span, "this target");
  }
  for (size_t i = 0; i < rs->rules.n; i++)
    check_owner(l, rs->rules.v[i]->responsible, rs->rules.v[i]->responsible_span,
                rule_title(l, rs->rules.v[i]));
  for (size_t i = 0; i < rs->thresholds.n; i++)
    check_owner(l, rs->thresholds.v[i]->owner, rs->thresholds.v[i]->span,
                arena_printf(l->a, "the threshold `%s`", rs->thresholds.v[i]->name));
}

/* ---- a person who is never asked ------------------------------------------------------- */

struct person_use {
  const struct attr *attr;
  bool used;
};

static void uses_person(void *ctx, const struct term *t) {
  struct person_use *x = ctx;
  x->used |= t->kind == T_ATTR && t->attr == x->attr;
}

static bool is_used(const struct lint *l, const struct attr *at) {
  struct person_use x = {at, false};
  terms_each(l, KIND(T_ATTR), uses_person, &x);
  return x.used;
}

/* People of a row who do not answer for it. */
static const char *const bystanders[] = {
    "creator",  "created",  "author",   "requester", "reporter", "reported", "submitter",
    "sponsor",  "contact",  "champion", "approver",  "approved", "manager",  "lead",
    "updated",  "modified", "referrer", "partner",   "previous", "former",   "backup",
    "customer", "buyer",    "auteur",   "demandeur", "createur", "créateur", NULL};

/* The rules over rows with a person of their own whom nobody asks. */
static const struct attr *person_left_out(const struct lint *l, const struct entity *e) {
  for (size_t i = 0; i < e->attrs.n; i++) {
    const struct attr *at = e->attrs.v[i];
    bool answers = at->type.unit == U_PERSON && !lint_has_word(at->name, bystanders);
    if (answers && !is_used(l, at)) return at;
  }
  return NULL;
}

/* A team with rules over other rows, too, has its people from where they all lead, on purpose. */
static bool is_of_these_rows(const struct lint *l, const struct rule *r) {
  for (size_t i = 0; i < l->rs->rules.n; i++) {
    const struct rule *o = l->rs->rules.v[i];
    if (o->team == r->team && o->entity && o->entity != r->entity) return false;
  }
  return true;
}

/* CS and CS_renewals, Renewals_EMEA and Renewals_US: one team in parts. */
static bool share_a_word(struct lint *l, const char *x, const char *y) {
  for (const char *p = x; *p;) {
    size_t n = strcspn(p, "_");
    const char *const word[] = {arena_strndup(l->a, p, n), NULL};
    if (n && lint_has_word(y, word)) return true;
    p += n + (p[n] == '_');
  }
  return false;
}

static const struct term *assigned(const struct term *t) {
  while (t && (t->kind == T_ELSE || t->kind == T_PARENT)) t = t->a;
  return t;
}

/* Another team of rules that takes its people from the same column; NULL: none, or one that is a
 * part of the same team. */
static const struct team *team_of_same_column(struct lint *l, const struct rule *r) {
  const struct term *own = assigned(r->owner);
  const struct team *found = NULL;
  for (size_t i = 0; own && own->kind == T_ATTR && i < l->rs->rules.n; i++) {
    const struct rule *other = l->rs->rules.v[i];
    const struct term *t = assigned(other->owner);
    bool same = other->team && other->team != r->team && t && t->kind == T_ATTR;
    if (!same || t->attr != own->attr) continue;
    if (share_a_word(l, other->team->name, r->team->name)) return NULL;
    if (!found) found = other->team;
  }
  return found;
}

void lint_person_left_out(struct lint *l) {
  struct map told = {0}, seen = {0}; /* a team and an entity are looked at once */
  for (size_t i = 0; i < l->rs->rules.n; i++) {
    const struct rule *r = l->rs->rules.v[i];
    if (!r->entity || !r->team || map_get(&told, r->team->name)) continue;
    const char *pair = arena_printf(l->a, "%s %s", r->team->name, r->entity->name);
    if (map_put(&seen, l->a, pair, (void *)r)) continue;
    const struct team *same = team_of_same_column(l, r);
    const struct attr *left = same && is_of_these_rows(l, r) ? person_left_out(l, r->entity) : NULL;
    if (!left) continue;
    map_put(&told, l->a, r->team->name, (void *)r);
    struct diag *d = lint_tell(
        l, r->team->assigns ? r->team->assigns->span : r->team->span,
        "team %s has its people from the same column as team %s, and nobody asks `%s` of the %s",
        r->team->name, same->name, left->name, r->entity->name);
    lint_help(l, d, "write: assigns %s.%s; or remove the column that nobody needs", r->entity->name,
              left->name);
  }
}

/* ---- a column that no rule reaches ----------------------------------------------------- */

/* Does the rule see who the column names? Without the rows, only the `else` is left. */
static bool reaches_person(const struct rule *r) {
  const struct term *own = assigned(r->owner);
  return own && own->kind == T_ATTR;
}

void lint_team_out_of_reach(struct lint *l) {
  for (size_t i = 0; i < l->rs->teams.n; i++) {
    const struct team *t = l->rs->teams.v[i];
    const struct rule *first = NULL;
    bool reached = false;
    const struct expr *column = t->assigns;
    while (column && column->kind == E_ELSE) column = column->a;
    if (!column || column->kind != E_PATH || t->turn.n) continue;
    for (size_t k = 0; k < l->facts.rules.n; k++) {
      const struct rule *r = l->facts.rules.v[k].rule;
      if (r->team != t) continue;
      if (r->entity && !first) first = r;
      reached |= !r->entity || reaches_person(r);
    }
    if (!first || reached) continue;
    struct diag *d =
        lint_tell(l, column->span,
                  "no rule of team %s is about rows that lead to `%s`: all its items go "
                  "to the `else`",
                  t->name, lint_quote(l, column->span));
    lint_note(l, d, rule_span(first), "this rule is about each %s", first->entity->name);
    lint_help(l, d, "name a person of the %s, or of what it belongs to", first->entity->name);
  }
}

void lint_team_without_person(struct lint *l) {
  for (size_t i = 0; i < l->rs->teams.n; i++) {
    const struct team *t = l->rs->teams.v[i];
    if (t->assigns || t->turn.n) continue;
    struct diag *d =
        lint_tell(l, t->span, "team %s has no person: what it gets, nobody gets", t->name);
    lint_help(l, d, "add under it: assigns \"name@company.example\"");
  }
}

void lint_owner_may_be_missing(struct lint *l) {
  for (size_t i = 0; i < l->rs->teams.n; i++) {
    const struct team *t = l->rs->teams.v[i];
    if (!t->assigns || t->assigns->kind != E_PATH) continue;
    struct diag *d =
        lint_tell(l, t->assigns->span, "where `%s` is empty, an item of team %s has no owner",
                  lint_quote(l, t->assigns->span), t->name);
    lint_help(l, d, "say who gets it then: assigns %s else \"lead@company.example\"",
              lint_quote(l, t->assigns->span));
  }
}

void lint_target_without_owner(struct lint *l) {
  for (size_t i = 0; i < l->rs->targets.n; i++) {
    const struct target *t = l->rs->targets.v[i];
    if (t->owner || (t->kpi && t->kpi->owner)) continue;
    lint_help(l, lint_tell(l, t->span, "nobody answers for this target"),
              "add under it: owner TEAM");
  }
}

void lint_nobody_covers(struct lint *l) {
  for (size_t i = 0; i < l->rs->teams.n; i++) {
    const struct team *t = l->rs->teams.v[i];
    const struct team_people *p = &t->people;
    bool has_else = t->otherwise || (t->assigns && t->assigns->kind == E_ELSE);
    if (!p->entity || p->stand_in || has_else || t->turn.n || t->escalates_to) continue;
    struct diag *d =
        lint_tell(l, (t->away ? t->away : t->left)->span,
                  "nobody has the items of team %s while their owner is not there", t->name);
    lint_help(l, d,
              "say who: add `else \"lead@company.example\"` to the line, or under it "
              "`covered by %s.stand_in`",
              p->entity->name);
  }
}
