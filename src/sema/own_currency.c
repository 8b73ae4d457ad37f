/* Currencies side by side. In: what a KPI is split by. Out: in which column its rows name their
 * currency, and what attributes, segments and KPIs mean there. */
#include "sema/own_currency.h"

#include <string.h>

#include "base/text.h"
#include "fn/fn.h"

/* ---- dimensions that name a currency --------------------------------------------------- */

/* Does money of the entity stand beside this column of codes? */
static bool is_code_column(const struct entity *ent, const char *column) {
  for (size_t i = 0; column && i < ent->attrs.n; i++)
    if (same_text(ent->attrs.v[i]->currency_column, column)) return true;
  return false;
}

static bool names_code(const struct entity *ent, const char *name) {
  const struct attr *at = entity_attr(ent, name);
  if (at) return at->kind == ATTR_COLUMN && is_code_column(ent, at->column);
  const struct edge *up = edge_named(ent, name);
  return up && is_code_column(ent, up->column);
}

void mark_currency_dims(const struct ruleset *rs, dim_list *dims) {
  for (size_t i = 0; i < dims->n; i++) {
    struct dim *d = &dims->v[i];
    const char *name = d->path->path.v[d->path->path.n - 1];
    d->currency = d->of == PU_DAY && strcmp(name, "currency") == 0;
    for (size_t k = 0; k < rs->entities.n && d->of == PU_DAY; k++)
      d->currency |= names_code(rs->entities.v[k], name);
  }
}

const struct dim *currency_dim(const dim_list *dims) {
  for (size_t i = 0; dims && i < dims->n; i++)
    if (dims->v[i].currency) return &dims->v[i];
  return NULL;
}

/* The columns of codes beside the money of an entity: the first, and one that differs. */
static void code_columns(const struct entity *ent, const struct attr *out[2]) {
  out[0] = out[1] = NULL;
  for (size_t i = 0; i < ent->attrs.n; i++) {
    const struct attr *at = ent->attrs.v[i];
    if (!at->currency_column) continue;
    if (!out[0]) out[0] = at;
    if (!out[1] && strcmp(out[0]->currency_column, at->currency_column) != 0) out[1] = at;
  }
}

/* The nearest entity at or above ent that has money beside a column of codes; NULL: none. */
static struct entity *nearest_with_codes(struct ruleset *rs, struct entity *ent, edge_path *way) {
  struct entity *best = NULL;
  for (size_t i = 0; i < rs->entities.n; i++) {
    const struct attr *of[2];
    edge_path to = {0};
    code_columns(rs->entities.v[i], of);
    if (!of[0] || find_way(rs->arena, ent, rs->entities.v[i], &to) != WAY_ONE) continue;
    if (best && to.n >= way->n) continue;
    best = rs->entities.v[i];
    *way = to;
  }
  return best;
}

static void tell_no_codes(const struct scope *sc, const struct entity *ent, struct span at) {
  struct diag *d =
      TELL(sc, V0206, at, "no money of %s has a column that names its currency", ent->name);
  HELP_WITH(sc, d, "say it under entity %s: amount money \"amount\" currency \"column\"",
            ent->name);
}

static void tell_two_codes(const struct scope *sc, const struct entity *ent, struct span at,
                           const struct attr *const of[2]) {
  struct diag *d = TELL(sc, V0206, at,
                        "`%s` and `%s` of %s have their currencies in two columns: "
                        "which is meant?",
                        of[0]->name, of[1]->name, ent->name);
  HELP_WITH(sc, d, "give the column a name under entity %s, and split by that: code text \"%s\"",
            ent->name, of[0]->currency_column);
}

static struct term *up_from(const struct scope *sc, const edge_path *way, struct term *t) {
  for (size_t i = way->n; i-- > 0;) {
    struct scope child = {.rs = sc->rs, .ent = way->v[i]->child};
    struct term *p = term_new(&child, T_PARENT, t->src, t->type);
    p->edge = way->v[i];
    p->a = t;
    t = p;
  }
  return t;
}

struct term *code_of_row(const struct scope *sc, struct entity *ent, const struct dim *d,
                         struct span at) {
  edge_path way = {0};
  struct entity *home = nearest_with_codes(sc->rs, ent, &way);
  const struct attr *of[2] = {NULL, NULL};
  if (home) code_columns(home, of);
  if (at.src && !home) tell_no_codes(sc, ent, at);
  if (at.src && of[1]) tell_two_codes(sc, home, at, of);
  if (!home || of[1]) return NULL;
  struct attr *code = NEW(sc->rs->arena, struct attr);
  *code = (struct attr){.name = "currency",
                        .entity = home,
                        .span = of[0]->span,
                        .kind = ATTR_COLUMN,
                        .type = type_of(U_TEXT),
                        .column = of[0]->currency_column,
                        .form = lenient_form(&of[0]->form)};
  struct scope own = {.rs = sc->rs, .ent = home};
  struct term *cell = term_new(&own, T_ATTR, d->path, code->type),
              *upper = term_new(&own, T_CALL, d->path, code->type);
  cell->attr = code;
  upper->fn = fn_find("upper"); /* eur is EUR */
  VEC_PUSH(sc->rs->arena, &upper->list, cell);
  return up_from(sc, &way, upper);
}

/* ---- which money it is ----------------------------------------------------------------- */

const struct own_currency *own_currency_of(struct ruleset *rs, struct entity *ent,
                                           const dim_list *dims) {
  const struct dim *d = currency_dim(dims);
  const struct term *t = d ? dim_term(rs, ent, d, (struct span){0}) : NULL;
  if (!t) return NULL;
  struct own_currency *own = NEW(rs->arena, struct own_currency);
  const struct entity *home = ent;
  while (t->kind == T_AGO) t = t->a;
  for (; t->kind == T_PARENT && t->a->kind != T_KEY; t = t->a) {
    VEC_PUSH(rs->arena, &own->path, t->edge);
    home = t->edge->parent;
  }
  if (t->kind == T_CALL) t = t->list.v[0]; /* in capitals */
  if (t->kind == T_ATTR && t->attr->kind == ATTR_COLUMN) own->column = t->attr->column;
  if (t->kind == T_PARENT) own->column = t->edge->column;
  return is_code_column(home, own->column) ? own : NULL;
}

/* The first n steps of the one path are those of the other. */
static bool same_steps(const edge_path *a, const edge_path *b, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (a->v[i] != b->v[i]) return false;
  return true;
}

static bool same_own(const struct own_currency *a, const struct own_currency *b) {
  if (!a || !b) return a == b;
  return strcmp(a->column, b->column) == 0 && a->path.n == b->path.n &&
         same_steps(&a->path, &b->path, a->path.n);
}

const struct own_currency *own_above(const struct scope *sc, const edge_path *way) {
  const struct own_currency *own = sc->own;
  if (!own || !way->n) return own;
  if (own->path.n < way->n || !same_steps(&own->path, way, way->n)) return NULL;
  struct own_currency *above = NEW(sc->rs->arena, struct own_currency);
  above->column = own->column;
  for (size_t i = way->n; i < own->path.n; i++)
    VEC_PUSH(sc->rs->arena, &above->path, own->path.v[i]);
  return above;
}

const struct own_currency *own_below(const struct scope *sc, const edge_path *path) {
  if (!sc->own || !path->n) return NULL;
  struct own_currency *below = NEW(sc->rs->arena, struct own_currency);
  below->column = sc->own->column;
  for (size_t i = 0; i < path->n; i++) VEC_PUSH(sc->rs->arena, &below->path, path->v[i]);
  for (size_t i = 0; i < sc->own->path.n; i++)
    VEC_PUSH(sc->rs->arena, &below->path, sc->own->path.v[i]);
  return below;
}

/* ---- copies ---------------------------------------------------------------------------- */

static bool reads_codes(const struct term *t);

/* What was asked once is known of the name. */
static bool below_reads(const struct term *t, struct resolution *made) {
  if (!made->coded) made->coded = reads_codes(t) ? 1 : -1;
  return made->coded > 0;
}

static bool aggregate_reads(const struct agg *g) {
  for (size_t i = 0; i < g->values.n; i++)
    if (reads_codes(g->values.v[i])) return true;
  return reads_codes(g->where) || (g->segment && below_reads(g->segment->term, &g->segment->made));
}

/* Is money in it beside which a currency stands? */
static bool reads_codes(const struct term *t) {
  if (!t) return false;
  if (t->kind == T_ATTR && t->attr->kind == ATTR_COLUMN) return t->attr->currency_column != NULL;
  if (t->kind == T_ATTR && t->attr->kind == ATTR_COMPUTED)
    return below_reads(t->attr->term, &t->attr->made);
  if (t->kind == T_KPI) return below_reads(t->kpi->term, &t->kpi->made);
  if (t->kind == T_SEGMENT) return below_reads(t->segment->term, &t->segment->made);
  if (t->kind == T_AGG) return aggregate_reads(t->agg);
  if (reads_codes(t->a) || reads_codes(t->b) || reads_codes(t->c)) return true;
  for (size_t i = 0; i < t->list.n; i++)
    if (reads_codes(t->list.v[i])) return true;
  return false;
}

static void *copy_made(const struct ruleset *rs, const struct own_copy *like) {
  for (size_t i = 0; i < rs->own_copies.n; i++) {
    const struct own_copy *c = &rs->own_copies.v[i];
    if (c->of == like->of && c->split == like->split && same_own(c->own, like->own)) return c->copy;
  }
  return NULL;
}

static void *keep_copy(struct ruleset *rs, struct own_copy c, void *copy) {
  c.copy = copy;
  VEC_PUSH(rs->arena, &rs->own_copies, c);
  return copy;
}

struct attr *attr_here(const struct scope *sc, struct attr *at) {
  bool column = at->kind == ATTR_COLUMN && sc->own && !sc->own->path.n &&
                same_text(at->currency_column, sc->own->column);
  bool made_of = at->kind == ATTR_COMPUTED && sc->own && below_reads(at->term, &at->made);
  if (!column && !made_of) return at;
  struct own_copy key = {.of = at, .own = sc->own};
  struct attr *c = copy_made(sc->rs, &key);
  if (c) return c->kind == ATTR_COMPUTED && !c->term ? NULL : c;
  c = NEW(sc->rs->arena, struct attr);
  *c = *at;
  c->own = sc->own;
  c->made = (struct resolution){0};
  c->term = NULL;
  if (column) c->type.currency = CURRENCY_OWN;
  keep_copy(sc->rs, key, c);
  return column || attr_term(sc->rs, c) ? c : NULL;
}

struct segment *segment_here(const struct scope *sc, struct segment *s) {
  if (!sc->own || !s->term || !below_reads(s->term, &s->made)) return s;
  struct own_copy key = {.of = s, .own = sc->own};
  struct segment *c = copy_made(sc->rs, &key);
  if (c) return c->term ? c : NULL;
  c = NEW(sc->rs->arena, struct segment);
  *c = *s;
  c->own = sc->own;
  c->made = (struct resolution){0};
  c->term = NULL;
  keep_copy(sc->rs, key, c);
  return segment_term(sc->rs, c) ? c : NULL;
}

struct kpi *kpi_here(const struct scope *sc, struct kpi *k) {
  bool split = !k->entity && !sc->ent && sc->is_kpi && currency_dim(sc->dims);
  bool row = k->entity && sc->own;
  if ((!split && !row) || !k->term || !below_reads(k->term, &k->made)) return k;
  struct own_copy key = {.of = k, .own = row ? sc->own : NULL, .split = split ? sc->dims : NULL};
  struct kpi *c = copy_made(sc->rs, &key);
  if (c) return c->term ? c : NULL;
  c = NEW(sc->rs->arena, struct kpi);
  *c = *k;
  c->own = key.own;
  c->split = key.split;
  c->made = (struct resolution){0};
  c->term = NULL;
  keep_copy(sc->rs, key, c);
  return kpi_term(sc->rs, c, k->span) ? c : NULL;
}

/* ---- a KPI whose currencies stand side by side ----------------------------------------- */

/* The rows or the groups of the scope are of one currency each, and it is the KPI's. */
static bool is_given(const struct scope *sc, const struct kpi *k) {
  if (sc->ent) {
    bool money = k->term->type.currency == CURRENCY_OWN;
    return !money || same_own(sc->own, own_currency_of(sc->rs, sc->ent, &k->dims));
  }
  const struct dim *mine = currency_dim(&k->dims), *theirs = currency_dim(sc->dims);
  if (!theirs) return false;
  for (size_t i = 0; !sc->is_kpi && i < sc->dims->n; i++) {
    bool found = false;
    for (size_t j = 0; j < k->dims.n; j++) found |= same_dim(&k->dims.v[j], &sc->dims->v[i]);
    if (!found) return false;
  }
  return sc->is_kpi || same_dim(mine, theirs);
}

bool kpi_has_total(const struct kpi *k) {
  struct resolution asked = k->made;
  return k->entity || !currency_dim(&k->dims) || !below_reads(k->term, &asked);
}

bool one_currency_meant(const struct scope *sc, struct kpi *k, const struct expr *src) {
  if (kpi_has_total(k)) return true;
  if (!src->for_all && is_given(sc, k)) return true;
  const struct dim *d = currency_dim(&k->dims);
  struct diag *x =
      TELL(sc, V0206, src->span, "`%s` is split by `%s`: over all currencies it has no value",
           k->name, quoted(sc, d->path));
  HELP_WITH(
      sc, x,
      "ask for one currency each: a KPI `by %s`, a rule or a target `for each %s`; amounts of "
      "different currencies are not added",
      quoted(sc, d->path), quoted(sc, d->path));
  return false;
}

/* ---- what else reads the money --------------------------------------------------------- */

struct money_search {
  struct arena *arena;
  const struct attr *money;
  VEC(const void *) seen; /* what names stand for, looked into once */
};

static bool reads_money(struct money_search *s, const struct term *t);

static bool reads_below(struct money_search *s, const void *thing, const struct term *t) {
  for (size_t i = 0; i < s->seen.n; i++)
    if (s->seen.v[i] == thing) return false;
  VEC_PUSH(s->arena, &s->seen, thing);
  return reads_money(s, t);
}

static bool rows_read_money(struct money_search *s, const struct agg *g) {
  for (size_t i = 0; i < g->values.n; i++)
    if (reads_money(s, g->values.v[i])) return true;
  return reads_money(s, g->where) || (g->segment && reads_below(s, g->segment, g->segment->term));
}

static bool reads_money(struct money_search *s, const struct term *t) {
  if (!t) return false;
  if (t->kind == T_ATTR)
    return t->attr == s->money || (t->attr->term && reads_below(s, t->attr, t->attr->term));
  if (t->kind == T_KPI) return reads_below(s, t->kpi, t->kpi->term);
  if (t->kind == T_SEGMENT) return reads_below(s, t->segment, t->segment->term);
  if (t->kind == T_AGG) return rows_read_money(s, t->agg);
  if (reads_money(s, t->a) || reads_money(s, t->b) || reads_money(s, t->c)) return true;
  for (size_t i = 0; i < t->list.n; i++)
    if (reads_money(s, t->list.v[i])) return true;
  return false;
}

bool in_one_currency(const struct ruleset *rs, const struct attr *at) {
  struct money_search s = {.arena = rs->arena, .money = at};
  bool copied = false;
  for (size_t i = 0; i < rs->own_copies.n; i++) copied |= rs->own_copies.v[i].of == at;
  if (!copied) return true;
  for (size_t i = 0; i < rs->kpis.n; i++)
    if (reads_money(&s, rs->kpis.v[i]->term)) return true;
  for (size_t i = 0; i < rs->rules.n; i++) {
    const struct rule *r = rs->rules.v[i];
    if (reads_money(&s, r->when) || reads_money(&s, r->clear) || reads_money(&s, r->settled) ||
        reads_money(&s, r->worth))
      return true;
  }
  for (size_t i = 0; i < rs->targets.n; i++)
    if (reads_money(&s, rs->targets.v[i]->measure) || reads_money(&s, rs->targets.v[i]->goal))
      return true;
  return false;
}
