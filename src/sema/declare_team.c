/* Teams. In: their clauses. Out: who gets their items, seen from the rows of a rule. */
#include <ctype.h>

#include "base/limits.h"
#include "sema/sema.h"

int take_count(struct ruleset *rs, const struct clause *c, const char *example) {
  if (c->num >= 1 && c->num <= ITEMS_MAX && c->num == (int)c->num) return (int)c->num;
  struct diag *d = diag_add(&rs->diags, V0403, c->name_span,
                            c->num < 1           ? "at least one item must be let through"
                            : c->num > ITEMS_MAX ? "nobody holds more than a million items"
                                                 : "items are counted in whole numbers");
  diag_help(&rs->diags, d, "write: %s; or leave the line out, which holds nothing back", example);
  return 0;
}

/* An address in small letters: Ann@… and ann@… are one person. */
static const char *same_person(struct arena *a, const char *address) {
  char *out = arena_strdup(a, address);
  for (char *c = out; *c; c++) *c = (char)tolower((unsigned char)*c);
  return out;
}

static void take_turn(struct ruleset *rs, struct team *t, const struct clause *c) {
  struct map known = {0};
  t->turn = c->names;
  for (size_t i = 0; i < c->names.n; i++) {
    const char *person = same_person(rs->arena, c->names.v[i]);
    if (!map_put(&known, rs->arena, person, t)) continue;
    struct diag *d =
        diag_add(&rs->diags, V0117, c->span, "%s stands twice in this list", c->names.v[i]);
    diag_help(&rs->diags, d, "each takes one turn: write every person once");
    return;
  }
}

void declare_team(struct ruleset *rs, const struct ast_item *it) {
  const struct clause *h = it->head;
  struct team *t = NEW(rs->arena, struct team);
  t->warned = item_has_broken(it); /* the line that would have said it */
  t->name = h->name;
  t->span = h->name_span;
  t->broken = item_has_broken(it);
  if (!declare_name(rs, &rs->team_names, h, "team", t)) return;
  VEC_PUSH(rs->arena, &rs->teams, t);
  for (size_t i = 0; i < it->body.n; i++) {
    const struct clause *c = it->body.v[i];
    if (c->kind == C_ASSIGNS) {
      *(c->names.n ? &t->otherwise : &t->assigns) = c->expr;
      t->away = c->expr2;
      if (c->names.n) take_turn(rs, t, c);
    }
    if (c->kind == C_LEFT) t->left = c->expr;
    if (c->kind == C_COVERED) t->covered_by = c->expr;
    if (c->kind == C_CAPACITY) t->capacity = take_count(rs, c, "capacity 15");
    if (c->kind == C_TELL) declare_tell(rs, t, c);
    if (c->kind == C_ESCALATES) t->escalates_to = c->name, t->escalates_span = c->name_span;
  }
}

void team_has_people(struct ruleset *rs, struct team *t) {
  if (t->assigns || t->turn.n || t->warned) return;
  t->warned = true;
  struct diag *d = diag_add(&rs->diags, V0401, t->span,
                            "team %s does not say which person gets its items", t->name);
  diag_help(&rs->diags, d, "write under team %s: assigns account.csm else \"lead@company.example\"",
            t->name);
}

/* An owner's expression can be typed from the entity that its path begins with. */
static void check_owner(struct ruleset *rs, const struct expr *assigns) {
  const struct expr *first = assigns;
  while (first && first->kind == E_ELSE) first = first->a;
  struct scope sc = {.rs = rs};
  if (first && first->kind == E_PATH) {
    sc.ent = map_get(&rs->entity_names, first->path.v[0]);
    if (first->path.n == 1) return; /* looked up on the rows of each rule */
    if (!sc.ent) {
      type_value(&sc, first);
      return;
    }
  }
  struct term *owner = type_value(&sc, assigns);
  if (!owner || unit_class(owner->type.unit) == CLASS_TXT) return;
  struct diag *d = diag_add(&rs->diags, V0301, assigns->span, "an owner is a person, `%s` is %s",
                            quoted(&sc, assigns), unit_phrase(&sc, owner));
  diag_help(&rs->diags, d, "write: assigns account.csm else \"lead@company.example\"");
}

void resolve_teams(struct ruleset *rs) {
  for (size_t i = 0; i < rs->teams.n; i++) {
    struct team *t = rs->teams.v[i];
    if (t->assigns) check_owner(rs, t->assigns);
    if (t->otherwise) check_owner(rs, t->otherwise);
    resolve_team_people(rs, t);
    if (t->escalates_to) find_team(rs, t->escalates_to, t->escalates_span);
  }
}

bool owner_part(const struct scope *sc, const struct expr *e) {
  if (e->kind != E_PATH) return true;
  const char *head = e->path.v[0];
  struct entity *ent = map_get(&sc->rs->entity_names, head);
  edge_path way;
  return e->path.n > 1 ? sc->ent && ent && find_way(sc->rs->arena, sc->ent, ent, &way) == WAY_ONE
                       : sc->ent && entity_attr(sc->ent, head);
}

struct term *owner_term(const struct scope *sc, const struct team *t, struct span at) {
  const struct expr *e = t->assigns;
  if (!e) return NULL;
  while (e->kind == E_ELSE && !owner_part(sc, e->a)) e = e->b;
  if (e->kind == E_PATH && e->path.n > 1) {
    struct entity *ent = map_get(&sc->rs->entity_names, e->path.v[0]);
    edge_path way;
    if (ent && !(sc->ent && find_way(sc->rs->arena, sc->ent, ent, &way) == WAY_ONE)) {
      struct diag *d = TELL(sc, V0206, at, "team %s assigns `%s`, which this rule does not reach",
                            t->name, quoted(sc, e));
      HELP_WITH(
          sc, d,
          "give the team someone else for such rules: assigns %s else \"lead@company.example\"",
          quoted(sc, e));
      return NULL;
    }
  }
  return type_value(sc, e);
}
