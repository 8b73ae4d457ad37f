/* Aggregates. In: `sum of x over set …` and its scope. Out: a term that says which rows go where.
 */
#include "sema/own_currency.h"
#include "sema/plausible.h"

static struct entity *find_set(const struct scope *sc, const struct expr *e,
                               struct segment **segment) {
  struct ruleset *rs = sc->rs;
  struct entity *ent = set_entity(rs, e->name, segment);
  if (*segment && !segment_term(rs, *segment)) return NULL;
  if (ent) return ent;
  if (map_get(&rs->poisoned, e->name) || *segment) return NULL;
  tell_no_set(rs, e->name, e->name_span);
  return NULL;
}

/* over account below: the edge from the entity to itself, and the row from which on. */
static bool lead_down(const struct scope *sc, const struct expr *e, struct agg *g) {
  const char *name = g->entity->name, *part = tree_part_text(e->tree);
  struct edge *up = NULL;
  size_t n = 0;
  for (size_t i = 0; i < g->entity->edges.n; i++)
    if (g->entity->edges.v[i]->parent == g->entity && !n++) up = g->entity->edges.v[i];
  struct diag *d = NULL;
  if (!n && !g->entity->broken) {
    d = TELL(sc, V0206, e->name_span, "no %s belongs to another one, so none is below it", name);
    HELP_WITH(sc, d, "declare it under entity %s: belongs to %s as parent by \"column\"", name,
              name);
  } else if (n > 1) {
    d = TELL(sc, V0209, e->name_span, "%s belongs to %s in two ways", name, name);
    HELP_WITH(sc, d, "keep the one that is meant: belongs to %s as %s by \"%s\"", name, up->name,
              up->column);
  } else if (e->for_all || sc->ent != g->entity) {
    d = TELL(sc, V0206, e->name_span, "`over %s%s` is of one %s, and here none is given", e->name,
             part, name);
    HELP_WITH(sc, d, "write it as a KPI of %s, or leave out `%s`", name, part + 1);
  }
  if (d || !n) return false;
  g->up = up;
  g->here = e->tree == TREE_HERE_AND_BELOW;
  g->to = g->entity;
  return true;
}

/* The rows belong to it by names only (as seller, as creator): none of them is the one meant. */
static bool tell_of_roles(const struct scope *sc, const struct expr *e, const struct entity *child,
                          const struct entity *to) {
  const char *names = NULL, *first = NULL;
  for (size_t i = 0; i < child->edges.n; i++) {
    const struct edge *up = child->edges.v[i];
    if (up->parent != to || !up->is_role) continue;
    names = names ? arena_printf(sc->rs->arena, "%s and as %s", names, up->name)
                  : arena_printf(sc->rs->arena, "as %s", up->name);
    if (!first) first = up->name;
  }
  if (!first) return false;
  struct diag *d = TELL(sc, V0206, e->name_span,
                        "%s belongs to %s %s: its rows are not put together by such a name",
                        child->name, to->name, names);
  HELP_WITH(sc, d,
            "split by it: kpi NAME by %s = …; or declare the one that is meant without a name: "
            "belongs to %s by \"column\" under entity %s",
            first, to->name, child->name);
  return true;
}

/* The rows of an entity's aggregate are those that belong to it. */
static bool lead_to(const struct scope *sc, const struct expr *e, struct agg *g) {
  struct entity *to = sc->ent;
  if (e->tree != TREE_NONE) return lead_down(sc, e, g);
  if (e->for_all || !to) return true;
  edge_path way = {0};
  enum way w = g->entity == to ? WAY_NONE : find_way(sc->rs->arena, g->entity, to, &way);
  struct diag *d;
  if (w == WAY_ONE) {
    g->to = to;
    g->path.v = way.v;
    g->path.n = g->path.cap = way.n;
    return true;
  }
  if (w == WAY_TWO) {
    d = TELL(sc, V0209, e->name_span, "%s belongs to %s in two ways", g->entity->name, to->name);
    HELP_WITH(sc, d, "declare the one that is meant: belongs to %s by \"column\" under entity %s",
              to->name, g->entity->name);
  } else if (g->entity == to) {
    d = TELL(sc, V0206, e->name_span, "one %s does not have other %ss", to->name, to->name);
    HELP_WITH(sc, d,
              "to look at all of them, write `for all` at the end of the aggregate; at those "
              "that belong to it, `over %s below`",
              to->name);
  } else if (!g->entity->broken && !to->broken && !tell_of_roles(sc, e, g->entity, to)) {
    d = TELL(sc, V0206, e->name_span, "%s does not belong to %s", g->entity->name, to->name);
    HELP_WITH(
        sc, d,
        "say how they are related: belongs to %s by \"column\" under entity %s; or write `for all`",
        to->name, g->entity->name);
  }
  return false;
}

static bool operand_type(const struct scope *sc, const struct expr *e, const struct term *v,
                         struct type *out) {
  enum agg_fn f = (enum agg_fn)e->op;
  *out = v->type;
  if (f == AGG_DISTINCT) return true;
  if (f == AGG_LATEST) return true;
  bool date = v->type.unit == U_DATE && (f == AGG_MIN || f == AGG_MAX || f == AGG_MEDIAN);
  if ((v->kind == T_CONST && no_day_count(v)) || (!is_number(v) && !date)) {
    struct diag *d = TELL(sc, V0301, v->src->span, "`%s` is %s: it has no %s", quoted(sc, v->src),
                          unit_phrase(sc, v), agg_text(f));
    if (is_condition(v))
      HELP_WITH(sc, d, "to count rows: count of %s where %s", e->name, quoted(sc, v->src));
    else
      HELP_WITH(sc, d, "use a number; of texts there is `latest of` and `count distinct of`");
    return false;
  }
  if (v->type.unit == U_COUNT && (f == AGG_AVG || f == AGG_MEDIAN || f == AGG_PERCENTILE))
    *out = type_of(U_NUMBER);
  return true;
}

static bool needs_day(const struct scope *sc, const struct expr *e, const struct agg *g) {
  if (g->entity->life.from || g->entity->broken) return true;
  struct diag *d =
      e->has_period
          ? TELL(sc, V0401, e->name_span,
                 "the rows of %s have no day, so `in %s` cannot choose among them", g->entity->name,
                 "…")
          : TELL(sc, V0401, e->name_span,
                 "the rows of %s have no day, so none of them is the latest", g->entity->name);
  HELP_WITH(sc, d, "add the column that holds the day under entity %s: at \"column\"",
            g->entity->name);
  return false;
}

/* In a grouped KPI every aggregate must lead to every dimension. */
static bool reach_dims(const struct scope *sc, const struct expr *e, const struct agg *g) {
  if (sc->ent || !sc->dims || e->for_all) return true;
  for (size_t i = 0; i < sc->dims->n; i++)
    if (!dim_term(sc->rs, g->entity, &sc->dims->v[i], e->name_span)) return false;
  return true;
}

/* A level is there every day: `in last 30d` chooses rows by the day they began, and adds up none
 * of the level's days. */
static bool adds_levels(const struct scope *sc, const struct expr *e, const struct agg *g) {
  const struct term *v = g->values.n ? g->values.v[0] : NULL;
  if (g->fn != AGG_SUM || !g->has_period || !v || v->kind != T_ATTR ||
      v->attr->kind != ATTR_HISTORY)
    return false;
  struct diag *d = TELL(sc, V0312, e->span,
                        "`%s` is a level: it holds from day to day, and has no sum over a period",
                        v->attr->name);
  HELP_WITH(sc, d,
            "leave `in …` out for the level of the day; to choose rows by the day they began, use "
            "`where` and a date of theirs");
  return true;
}

/* In which currency the money of the rows is: that of their group, or of the row they go to. */
static const struct own_currency *own_of_rows(const struct scope *sc, const struct agg *g) {
  if (g->for_all || g->up) return NULL;
  edge_path path = {.v = g->path.v, .n = g->path.n, .cap = g->path.cap};
  return sc->ent ? own_below(sc, &path) : own_currency_of(sc->rs, g->entity, sc->dims);
}

struct term *type_aggregate(const struct scope *sc, const struct expr *e) {
  struct ruleset *rs = sc->rs;
  struct agg *g = NEW(rs->arena, struct agg);
  g->fn = (enum agg_fn)e->op;
  g->percentile = e->num;
  g->for_all = e->for_all;
  g->has_period = e->has_period;
  g->period = e->period;
  g->entity = find_set(sc, e, &g->segment);
  if (!g->entity || !lead_to(sc, e, g) || !reach_dims(sc, e, g)) return NULL;
  if ((e->has_period || g->fn == AGG_LATEST) && !needs_day(sc, e, g)) return NULL;
  if (g->fn == AGG_PERCENTILE && !(e->num >= 0 && e->num <= 100)) {
    HELP_WITH(sc, TELL(sc, V0306, e->span, "a percentile is between 0 and 100"),
              "write: percentile 90 of …");
    return NULL;
  }
  struct scope inner = {
      .rs = rs, .ent = g->entity, .outer = sc, .operand = true, .depth = sc->depth};
  inner.own = own_of_rows(sc, g);
  if (g->segment && !(g->segment = segment_here(&inner, g->segment))) return NULL;
  struct type type = type_of(g->fn == AGG_SHARE ? U_SHARE : U_COUNT);
  for (size_t i = 0; i < e->list.n; i++) {
    struct term *v = g->fn == AGG_DISTINCT || g->fn == AGG_LATEST
                         ? type_expr(&inner, e->list.v[i])
                         : type_value(&inner, e->list.v[i]);
    struct type of;
    if (!v || !operand_type(sc, e, v, &of)) return NULL;
    if (g->fn != AGG_DISTINCT) type = of;
    VEC_PUSH(rs->arena, &g->values, v);
  }
  inner.operand = false;
  if (e->a && !(g->where = type_condition(&inner, e->a))) return NULL;
  if (g->fn == AGG_SHARE && !e->a) {
    HELP_WITH(sc, TELL(sc, V0401, e->span, "`share of` needs to know which part is meant"),
              "write: share of %s where …", e->name);
    return NULL;
  }
  check_condition_tail(sc, e);
  if (adds_levels(sc, e, g) || fans_out(sc, e, g)) return NULL;
  struct term *t = term_new(sc, T_AGG, e, type);
  if (g->fn == AGG_SHARE) t->type.percent = true;
  t->agg = g;
  if (g->values.n == 1) t->ratio = g->values.v[0]->ratio;
  return t;
}
