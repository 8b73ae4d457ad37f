/* What is at stake. In: the `worth` of a rule. Out: its term, and whose money it is, so that the
 * money of one row is counted once, whatever rules and rows speak of it. */
#include "sema/fan_out.h"
#include "sema/sema.h"

static bool is_straight(const struct term *t) {
  while (t->kind == T_PARENT) t = t->a;
  return t->kind == T_ATTR || (t->kind == T_KPI && t->kpi->entity);
}

static const char *name_of(const struct scope *sc, const struct term *t) {
  const struct term *leaf = t;
  while (leaf->kind == T_PARENT) leaf = leaf->a;
  if (!is_straight(t)) return quoted(sc, t->src);
  return leaf->kind == T_ATTR ? leaf->attr->name : leaf->kpi->name;
}

/* The key of the row to which the edges of a T_PARENT lead. */
static struct term *key_along(const struct scope *sc, const struct term *t,
                              const struct entity **home) {
  struct scope own = *sc;
  if (t->kind != T_PARENT) {
    own.ent = (struct entity *)*home;
    return term_new(&own, T_KEY, t->src, type_of(U_TEXT));
  }
  *home = t->edge->parent;
  struct term *key = key_along(sc, t->a, home);
  own.ent = t->edge->child;
  struct term *p = term_new(&own, T_PARENT, t->src, key->type);
  p->edge = t->edge;
  p->a = key;
  return p;
}

static struct term *company_key(const struct scope *sc, const struct expr *src) {
  struct term *t = term_const(sc, src, type_of(U_TEXT), 0);
  t->value.text = "company";
  return t;
}

/* A number that other rows have too: it is theirs. */
static void set_other_home(const struct scope *sc, struct measure *m, const struct term *t) {
  struct ruleset *rs = sc->rs;
  if (t->kind == T_PARENT) {
    const struct entity *home = NULL;
    VEC_PUSH(rs->arena, &m->key, key_along(sc, t, &home));
    m->entity = home->name;
    return;
  }
  m->entity = "company";
  if (t->kind == T_KPI && t->ent) { /* of the row's own group */
    const dim_list *dims = &t->kpi->dims;
    m->entity = dims_name(dims, rs->arena);
    for (size_t i = 0; i < dims->n; i++)
      VEC_PUSH(rs->arena, &m->key, dim_term(rs, sc->ent, &dims->v[i], (struct span){0}));
    return;
  }
  VEC_PUSH(rs->arena, &m->key, company_key(sc, t->src));
}

/* A total in a rule `for each` group: of the company. */
static bool is_total(const struct rule *r, const struct term *t) {
  return r->dims.n && ((t->kind == T_KPI && (!t->kpi->dims.n || t->for_all)) ||
                       (t->kind == T_AGG && t->agg->for_all));
}

void resolve_worth(const struct scope *sc, struct rule *r, const struct expr *e) {
  struct term *t = type_value(sc, e);
  r->worth = t;
  if (!t) return;
  if (t->type.unit != U_MONEY) {
    HELP_WITH(
        sc,
        TELL(sc, V0301, e->span, "`%s` is %s; `worth` is money", quoted(sc, e), unit_phrase(sc, t)),
        "write a money attribute or KPI, such as worth arr");
    return;
  }
  r->measure.name = name_of(sc, t);
  r->measure.entity = r->entity   ? r->entity->name
                      : r->dims.n ? dims_name(&r->dims, sc->rs->arena)
                                  : "company";
  const struct term *other = r->entity ? repeated_number(sc->rs, t) : is_total(r, t) ? t : NULL;
  if (other) set_other_home(sc, &r->measure, other);
}
