/* Who of a team is there. In: `unless`, `left when` and `covered by` of the team. Out: terms over
 * the rows of the entity of people that they name. */
#include "sema/sema.h"

#include <string.h>

#include "base/check.h"
#include "base/text.h"

/* The entity that the first path names before its dot; NULL: none does. */
static struct entity *entity_named_in(struct ruleset *rs, const struct expr *e) {
  if (!e) return NULL;
  if (e->kind == E_PATH) return e->path.n > 1 ? map_get(&rs->entity_names, e->path.v[0]) : NULL;
  struct entity *found = NULL;
  for (size_t i = 0; !found && i < expr_kid_count(e); i++)
    found = entity_named_in(rs, expr_kid(e, i));
  return found;
}

static struct entity *find_people(struct ruleset *rs, const struct team *t) {
  const struct expr *said[] = {t->away, t->left, t->covered_by};
  struct entity *people = NULL;
  const struct expr *first = NULL;
  for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
    if (!people) people = entity_named_in(rs, said[i]);
    if (!first) first = said[i];
  }
  if (people) return people;
  CHECK(first);
  struct scope sc = {.rs = rs};
  struct diag *d = diag_add(&rs->diags, V0201, first->span,
                            "`%s` does not say in which entity the people are", quoted(&sc, first));
  diag_help(&rs->diags, d,
            "declare the table of people as an entity, and write its name before the dot: unless "
            "employee.away");
  return NULL;
}

/* ---- the address ---------------------------------------------------------------------- */

/* Of any team: one that is covered by nobody may ask who is away in the same table. */
static bool is_stand_in(const struct ruleset *rs, const struct entity *people,
                        const struct attr *at) {
  for (size_t i = 0; i < rs->teams.n; i++) {
    const struct expr *e = rs->teams.v[i]->covered_by;
    if (!e || e->kind != E_PATH || strcmp(e->path.v[e->path.n - 1], at->name) != 0) continue;
    if (e->path.n == 1 || strcmp(e->path.v[0], people->name) == 0) return true;
  }
  return false;
}

/* `assigns employee.email` says it; NULL: it does not. */
static struct attr *assigned_attr(const struct entity *people, const struct expr *assigns) {
  const struct expr *e = assigns;
  while (e && e->kind == E_ELSE) e = e->a;
  if (!e || e->kind != E_PATH || e->path.n != 2 || strcmp(e->path.v[0], people->name) != 0)
    return NULL;
  struct attr *at = entity_attr(people, e->path.v[1]);
  return at && unit_class(at->type.unit) == CLASS_TXT ? at : NULL;
}

/* The attribute that is an address: the only person, or the one in the column of the key. NULL: the
 * key is the address, or what was found was told. */
static struct attr *address_attr(struct ruleset *rs, const struct team *t, struct entity *people,
                                 bool *good) {
  struct attr *one = assigned_attr(people, t->assigns), *other = NULL;
  if (one) return one;
  for (size_t i = 0; i < people->attrs.n; i++) {
    struct attr *at = people->attrs.v[i];
    if (at->type.unit != U_PERSON || is_stand_in(rs, people, at)) continue;
    if (at->kind == ATTR_COLUMN && same_text(at->column, people->key)) return at;
    if (!one)
      one = at;
    else
      other = at;
  }
  if (!other) return one;
  struct diag *d =
      diag_add(&rs->diags, V0203, other->span, "which is the address of one %s: `%s` or `%s`?",
               people->name, one->name, other->name);
  diag_help(&rs->diags, d,
            "leave `person` to the address and to the stand-in: write `text` for the other");
  *good = false;
  return NULL;
}

static struct term *address_term(struct ruleset *rs, const struct team *t, struct entity *people,
                                 const struct expr *src) {
  bool good = true;
  struct scope sc = {.rs = rs, .ent = people};
  struct attr *at = address_attr(rs, t, people, &good);
  if (!good) return NULL;
  if (!at && !people->key) {
    need_key(rs, people, src->span, "nobody can be found in it by an address");
    return NULL;
  }
  if (!at) return term_new(&sc, T_KEY, src, type_of(U_TEXT));
  struct expr *path = expr_new(rs->arena, E_PATH, src->span);
  VEC_PUSH(rs->arena, &path->path, at->name);
  return type_value(&sc, path);
}

/* ---- the lines ------------------------------------------------------------------------ */

static struct term *stand_in_term(const struct scope *sc, const struct expr *e) {
  struct term *s = e ? type_value(sc, e) : NULL;
  if (!s || unit_class(s->type.unit) == CLASS_TXT) return s;
  struct diag *d = TELL(sc, V0301, e->span, "a stand-in is a person, `%s` is %s", quoted(sc, e),
                        unit_phrase(sc, s));
  HELP_WITH(sc, d, "name the column with the address of the stand-in: covered by %s.stand_in",
            sc->ent->name);
  return NULL;
}

/* `unless employee.away`: the days of an absence are not those between which the row is there, and
 * most people have none. `unless not employee.active` asks of the life of the row, as everywhere.
 */
static void mark_absence(const struct term *t) {
  if (!t) return;
  if (t->kind == T_OR || t->kind == T_AND) {
    mark_absence(t->a);
    mark_absence(t->b);
  } else if (t->kind == T_ATTR && t->attr->kind == ATTR_ACTIVE && t->attr->entity->life.until) {
    t->attr->entity->life.absence = true;
  }
}

void resolve_team_people(struct ruleset *rs, struct team *t) {
  struct team_people *p = &t->people;
  if (!t->away && !t->left && !t->covered_by) return;
  if (!t->away && !t->left && t->covered_by) {
    struct diag *d = diag_add(&rs->diags, V0401, t->covered_by->span,
                              "team %s does not say when somebody is covered", t->name);
    diag_help(&rs->diags, d,
              "say who is away behind `assigns`: assigns account.csm unless "
              "employee.away");
  }
  struct entity *people = find_people(rs, t);
  if (!people) return;
  struct scope sc = {.rs = rs, .ent = people};
  p->away = t->away ? type_condition(&sc, t->away) : NULL;
  mark_absence(p->away);
  p->left = t->left ? type_condition(&sc, t->left) : NULL;
  p->stand_in = stand_in_term(&sc, t->covered_by);
  p->address = address_term(rs, t, people, t->away ? t->away : t->left ? t->left : t->covered_by);
  if (p->address) p->entity = people;
}

/* ---- who has it otherwise ------------------------------------------------------------- */

/* The parts of the chain that the rows of the scope reach. */
static void add_parts(const struct scope *sc, const struct expr *e, term_list *out) {
  for (; e; e = e->kind == E_ELSE ? e->b : NULL) {
    const struct expr *part = e->kind == E_ELSE ? e->a : e;
    struct term *t = owner_part(sc, part) ? type_value(sc, part) : NULL;
    if (t) VEC_PUSH(sc->rs->arena, out, t);
  }
}

void next_owners(const struct scope *sc, const struct team *t, term_list *out) {
  if (!t->people.entity) return;
  const struct expr *e = t->turn.n ? t->otherwise : t->assigns;
  if (!t->turn.n) {
    while (e && e->kind == E_ELSE && !owner_part(sc, e->a)) e = e->b;
    e = e && e->kind == E_ELSE ? e->b : NULL;
  }
  add_parts(sc, e, out);
}
