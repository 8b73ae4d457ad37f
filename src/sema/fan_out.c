/* Fan-out. In: an aggregate and what it puts together. Out: a message where a number of another
 * row, or of the company, is counted once for each of the rows. */
#include "sema/fan_out.h"

#include "base/text.h"
#include "sema/sema.h"

/* What numbers a value is made of. Each name is looked at once, however often it is used. */
struct made_of {
  struct arena *a;
  struct map seen;
  bool own;                 /* a number of the rows themselves */
  const struct term *other; /* the first number of another row, or of the company; NULL */
};

static void gather_numbers(struct made_of *x, const struct term *t);

/* Its formula; what is made of constants alone is said of each row, and so is its own. */
static void gather_behind(struct made_of *x, const char *name, const void *thing,
                          const struct term *formula) {
  if (map_put(&x->seen, x->a, name, (void *)thing)) return;
  const struct term *before = x->other;
  gather_numbers(x, formula);
  x->own |= x->other == before;
}

static void gather_from_kpi(struct made_of *x, const struct term *t) {
  const struct kpi *k = t->kpi;
  if (k->entity) {
    gather_behind(x, k->name, k, k->term);
    return;
  }
  struct made_of company = {.a = x->a};
  gather_numbers(&company, k->term); /* a price that is written as a KPI is a constant */
  if (company.other && !x->other) x->other = t;
}

/* The numbers that come out; what a condition asks chooses among them, and is none. */
static void gather_numbers(struct made_of *x, const struct term *t) {
  if (!t || x->own) return;
  switch (t->kind) {
    case T_KEY:
    case T_LABEL: x->own = true; return;
    case T_ATTR:
      if (t->attr->kind == ATTR_COMPUTED)
        gather_behind(x, t->attr->name, t->attr, t->attr->term);
      else
        x->own = true;
      return;
    case T_PARENT:
      if (!x->other) x->other = t;
      return;
    case T_KPI: gather_from_kpi(x, t); return;
    case T_AGG:
      if (t->agg->to)
        x->own = true;
      else if (!x->other)
        x->other = t;
      return;
    case T_IF:
      gather_numbers(x, t->b);
      gather_numbers(x, t->c);
      return;
    case T_ON: gather_numbers(x, t->a); return;
    case T_ASOF: gather_numbers(x, t->b); return;
    case T_THRESHOLD: return;
    default: break;
  }
  gather_numbers(x, t->a);
  gather_numbers(x, t->b);
  gather_numbers(x, t->c);
  for (size_t i = 0; i < t->list.n; i++) gather_numbers(x, t->list.v[i]);
}

const struct term *repeated_number(struct ruleset *rs, const struct term *value) {
  struct made_of x = {.a = rs->arena};
  gather_numbers(&x, value);
  return x.own ? NULL : x.other;
}

/* ---- what is reported --------------------------------------------------------------- */

/* Whose number it is; NULL: of the company, or of a group. */
static const struct entity *home_of(const struct term *t) {
  const struct entity *home = NULL;
  for (; t->kind == T_PARENT; t = t->a) home = t->edge->parent;
  return home;
}

static const char *name_at_home(const struct scope *sc, const struct term *t) {
  while (t->kind == T_PARENT) t = t->a;
  return t->kind == T_ATTR ? t->attr->name : t->kind == T_KPI ? t->kpi->name : quoted(sc, t->src);
}

static const char *each_once(const struct scope *sc, const struct expr *e,
                             const struct term *other) {
  const char *where = e->a ? arena_printf(sc->rs->arena, " where %s", quoted(sc, e->a)) : "";
  return arena_printf(sc->rs->arena, "%s of %s over %s where (count of %s%s) > 0",
                      agg_text((enum agg_fn)e->op), name_at_home(sc, other), home_of(other)->name,
                      e->name, where);
}

/* "a number of the account", "one number of each plan" */
static const char *whose(const struct scope *sc, const struct term *other) {
  const struct entity *home = home_of(other);
  if (home) return arena_printf(sc->rs->arena, "a number of the %s", home->name);
  return other->kind == T_KPI && other->ent
             ? arena_printf(sc->rs->arena, "one number of each %s",
                            dims_name(&other->kpi->dims, sc->rs->arena))
             : "one number for all";
}

static void tell_sum(const struct scope *sc, const struct expr *e, const struct agg *g,
                     const struct term *other) {
  const struct entity *home = home_of(other);
  const char *row = g->entity->name;
  struct diag *d = TELL(sc, V0316, e->span, "`%s` is %s, and would be counted once for each %s",
                        quoted(sc, e->list.v[0]), whose(sc, other), row);
  const char *once = home && !g->to ? arena_printf(sc->rs->arena, "to count each %s once: %s",
                                                   home->name, each_once(sc, e, other))
                                    : "to count it once, leave the sum out";
  HELP_WITH(sc, d,
            "%s; to count it for each %s on purpose, multiply by a number of the %s, such as a "
            "column of its own",
            once, row, row);
}

static void tell_weights(const struct scope *sc, const struct expr *e, const struct agg *g,
                         const struct term *other) {
  const struct entity *home = home_of(other);
  if (!home || g->to) return; /* the same number on every row: so is what comes out */
  const char *rows = plural_name(sc->rs->arena, g->entity->name);
  struct diag *d = TELL(sc, V0317, e->span,
                        "`%s` is a number of the %s: one with more %s weighs more (weighted by %s)",
                        quoted(sc, e->list.v[0]), home->name, rows, rows);
  HELP_WITH(sc, d, "to count each %s once: %s", home->name, each_once(sc, e, other));
}

/* A link table says which rows go together, and nothing more: no key, no day, no number. In a KPI
 * of one side (`sum of deal.amount over deal_company` of a company) each row brings in another
 * deal. */
static bool is_link(const struct entity *ent) {
  if (ent->key || ent->life.from || ent->edges.n < 2) return false;
  for (size_t i = 0; i < ent->attrs.n; i++) {
    enum unit_class class = unit_class(ent->attrs.v[i]->type.unit);
    if (class != CLASS_TXT && class != CLASS_BOOL) return false;
  }
  return true;
}

bool fans_out(const struct scope *sc, const struct expr *e, const struct agg *g) {
  bool sums = g->fn == AGG_SUM;
  if (!sums && g->fn != AGG_AVG && g->fn != AGG_MEDIAN && g->fn != AGG_PERCENTILE) return false;
  const struct term *other = repeated_number(sc->rs, g->values.v[0]);
  if (!other || (g->to && g->to != home_of(other) && home_of(other) && is_link(g->entity)))
    return false;
  if (sums)
    tell_sum(sc, e, g, other);
  else
    tell_weights(sc, e, g, other);
  return sums;
}
