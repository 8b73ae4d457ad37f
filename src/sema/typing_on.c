/* A value on a day. In: `E on D`, both typed. Out: a term that asks for E on the day that D is.
 *
 * Where D is the same for all rows, E is planned for that day. Where it is a row's own date, each
 * history in E is looked up row by row (an as-of join): E is copied with its names replaced by what
 * they stand for, down to the histories. */
#include "sema/sema.h"
#include "sema/threshold_line.h"

/* ---- a day that is the same for all rows ---------------------------------------------- */

static bool moved_day(const struct term *t, day_t day, const struct calendar *c, day_t *out) {
  day_t from;
  if (!term_common_day(t->a, day, c, &from)) return false;
  if (t->kind == T_DATE_ADD) {
    *out = day_shift(c, from, t->dur, t->op);
    return true;
  }
  if (t->b->kind != T_CONST || !t->b->value.known) return false;
  *out = from == DAY_NONE ? DAY_NONE : from + (day_t)(t->op * t->b->value.num);
  return true;
}

bool term_common_day(const struct term *t, day_t day, const struct calendar *c, day_t *out) {
  switch (t->kind) {
    case T_CONST: *out = t->value.known ? (day_t)t->value.num : DAY_NONE; return t->value.known;
    case T_TODAY: *out = day; return true;
    case T_EDGE: {
      struct dayrange r;
      bool there = period_find(&t->period, day, c, &r);
      *out = !there ? DAY_NONE : t->op ? r.last : r.first;
      return true;
    }
    case T_EDGEOF: {
      struct dayrange r;
      if (!term_common_day(t->a, day, c, out) || !period_find(&t->period, *out, c, &r))
        return false;
      *out = t->op ? r.last : r.first;
      return true;
    }
    case T_AGO: return term_common_day(t->a, day_back(c, day, term_duration(t, day)), c, out);
    case T_DATE_ADD:
    case T_DATE_DAYS: return moved_day(t, day, c, out);
    default: return false;
  }
}

/* ---- a row's own day ------------------------------------------------------------------ */

struct looking {
  const struct scope *sc;
  const struct expr *e;
  struct term *day;
  const edge_path *way; /* from the row to where the term stands */
  bool found;           /* a history was */
};

static struct term *looked_up(struct looking *x, struct term *t);

/* t, which stands at the end of the way, seen from the row. */
static struct term *seen_from_row(struct looking *x, struct term *t) {
  for (size_t i = x->way->n; i-- > 0;) {
    struct term *up = term_new(x->sc, T_PARENT, t->src, t->type);
    up->ent = x->way->v[i]->child;
    up->edge = x->way->v[i];
    up->a = t;
    t = up;
  }
  return t;
}

static struct term *history_on(struct looking *x, struct term *t) {
  struct term *n = term_new(x->sc, T_ASOF, t->src, t->type);
  n->a = x->day;
  n->b = seen_from_row(x, t);
  n->attr = t->attr;
  x->found = true;
  return n;
}

static struct term *parent_on(struct looking *x, struct term *t) {
  edge_path longer = {0};
  for (size_t i = 0; i < x->way->n; i++) VEC_PUSH(x->sc->rs->arena, &longer, x->way->v[i]);
  VEC_PUSH(x->sc->rs->arena, &longer, t->edge);
  const edge_path *way = x->way;
  x->way = &longer;
  struct term *n = looked_up(x, t->a);
  x->way = way;
  return n;
}

static struct term *parts_on(struct looking *x, struct term *t) {
  struct term *n = term_new(x->sc, t->kind, t->src, t->type);
  *n = *t;
  n->ent = x->sc->ent;
  n->list = (term_list){0};
  if (t->a && !(n->a = looked_up(x, t->a))) return NULL;
  if (t->b && !(n->b = looked_up(x, t->b))) return NULL;
  if (t->c && !(n->c = looked_up(x, t->c))) return NULL;
  for (size_t i = 0; i < t->list.n; i++) {
    struct term *v = looked_up(x, t->list.v[i]);
    if (!v) return NULL;
    VEC_PUSH(x->sc->rs->arena, &n->list, v);
  }
  return n;
}

static struct term *tell_no_row_past(struct looking *x, const struct term *t) {
  struct diag *d =
      TELL(x->sc, V0315, x->e->b->span,
           "`%s` is another day for each row, and `%s` has no value on each of them",
           quoted(x->sc, x->e->b), t->src ? quoted(x->sc, t->src) : quoted(x->sc, x->e->a));
  HELP_WITH(
      x->sc, d,
      "on a row's own day stand histories and formulas over them: account.health on %s; KPIs "
      "of aggregates stand on a day that is the same for all rows: mrr on start of this month",
      quoted(x->sc, x->e->b));
  return NULL;
}

/* t on the row's day; NULL: it has no value there, which was reported. */
static struct term *looked_up(struct looking *x, struct term *t) {
  switch (t->kind) {
    case T_ATTR:
      if (t->attr->kind == ATTR_COMPUTED) return looked_up(x, t->attr->term);
      if (t->attr->kind == ATTR_HISTORY) return history_on(x, t);
      /* what is known from a day on is not known on every day of a row */
      return t->attr->kind == ATTR_COLUMN && !t->attr->known_from ? seen_from_row(x, t)
                                                                  : tell_no_row_past(x, t);
    case T_KEY:
    case T_LABEL: return seen_from_row(x, t);
    case T_KPI: return t->kpi->entity ? looked_up(x, t->kpi->term) : tell_no_row_past(x, t);
    case T_SEGMENT: return looked_up(x, t->segment->term);
    case T_PARENT: return parent_on(x, t);
    case T_CONST:
    case T_UNKNOWN:
    case T_NEG:
    case T_NOT:
    case T_AND:
    case T_OR:
    case T_ARITH:
    case T_DATE_DIFF:
    case T_DATE_ADD:
    case T_DATE_DAYS:
    case T_CMP:
    case T_ELSE:
    case T_IF:
    case T_KNOWN:
    case T_PERIODOF:
    case T_EDGEOF:
    case T_ONEOF:
    case T_MATCHES:
    case T_CALL: return parts_on(x, t);
    default: return tell_no_row_past(x, t);
  }
}

static struct term *tell_no_past(const struct scope *sc, const struct expr *e) {
  HELP_WITH(sc,
            TELL(sc, V0307, e->span, "`%s` has only today's value, so there is none on another day",
                 quoted(sc, e->a)),
            "declare it with its history: %s … history \"table\" by \"key\" at \"day\" value "
            "\"column\"",
            quoted(sc, e->a));
  return NULL;
}

struct term *type_on(const struct scope *sc, const struct expr *e, struct term *a, struct term *d) {
  if (!a || !d) return NULL;
  struct term *t = term_new(sc, T_ON, e, a->type);
  t->a = a;
  t->b = d;
  t->ratio = a->ratio;
  day_t day;
  if (term_common_day(d, 0, &sc->rs->calendar, &day)) return has_past(a) ? t : tell_no_past(sc, e);
  edge_path here = {0};
  struct looking x = {.sc = sc, .e = e, .day = d, .way = &here};
  t->c = looked_up(&x, a);
  if (!t->c) return NULL;
  return x.found ? t : tell_no_past(sc, e);
}
