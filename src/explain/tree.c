/* Conditions decomposed. In: terms and a day. Out: a tree of parts, first planned, then with
 * values. */
#include "explain/tree.h"

#include <string.h>

#include "base/limits.h"
#include "eval/results.h"
#include "explain/phrase.h"
#include "sema/threshold_line.h"

struct tree *tree_new(struct plan *p) {
  struct tree *x = NEW(p->arena, struct tree);
  x->p = p;
  return x;
}

static struct place *place_of(struct tree *x, struct place p) {
  for (size_t i = 0; i < x->places.n; i++) {
    struct place *at = x->places.v[i];
    if (at->domain == p.domain && at->from == p.from && at->edge == p.edge && at->group == p.group)
      return at;
  }
  struct place *at = NEW(x->p->arena, struct place);
  *at = p;
  VEC_PUSH(x->p->arena, &x->places, at);
  return at;
}

struct place *tree_place(struct tree *x, int domain, const struct place *from,
                         const struct edge *edge) {
  return place_of(x, (struct place){.domain = domain, .from = from, .edge = edge, .group = -1});
}

/* ---- one part ------------------------------------------------------------------------- */

static bool same_span(struct span a, struct span b) {
  return a.src == b.src && a.at == b.at && a.end == b.end;
}

/* Terms made of one written expression, or of a `define`, share its place: below the first they
 * are put in words. */
static const char *text_of(struct tree *x, const struct term *t, const struct term *above,
                           day_t day) {
  struct speaker s = {x->p->arena, TONGUE_VIGIE, day};
  bool written = t->src && t->src->span.src &&
                 !(above && above->src && same_span(t->src->span, above->src->span));
  if (!written) return say_term(&s, t);
  const char *text = span_text(x->p->arena, t->src->span);
  size_t n = strlen(text);
  bool parens = t->src->parens && n > 2 && text[0] == '(' && text[n - 1] == ')';
  return parens ? arena_strndup(x->p->arena, text + 1, n - 2) : text;
}

static struct part *part_new(struct tree *x, const struct term *t, const struct term *above,
                             struct place *at, day_t day) {
  struct part *p = NEW(x->p->arena, struct part);
  *p = (struct part){.term = t, .place = at, .day = day, .text = text_of(x, t, above, day)};
  p->node = plan_term(x->p, t, at->domain, day);
  VEC_PUSH(x->p->arena, &x->roots, p->node);
  VEC_PUSH(x->p->arena, &x->all, p);
  return p;
}

static void decompose(struct tree *x, struct part *p);

static void add(struct tree *x, struct part *above, const struct term *t, struct place *at,
                day_t day) {
  if (!t || t->kind == T_CONST || t->kind == T_UNKNOWN || t->kind == T_TODAY || t->kind == T_EDGE ||
      t->kind == T_DAYS_IN)
    return;
  struct part *p = part_new(x, t, above->term, at, day);
  VEC_PUSH(x->p->arena, &above->parts, p);
  decompose(x, p);
}

struct part *tree_add(struct tree *x, const struct term *t, struct place *at, day_t day) {
  struct part *p = part_new(x, t, NULL, at, day);
  decompose(x, p);
  return p;
}

static day_t before(const struct tree *x, const struct term *t, day_t day) {
  return day_back(&x->p->rs->calendar, day, term_duration(t, day));
}

/* ---- names: each is decomposed once a day -------------------------------------------- */

static bool is_name(const struct term *t) {
  return t->kind == T_KPI || t->kind == T_SEGMENT || t->kind == T_THRESHOLD || t->kind == T_ATTR;
}

static bool is_decomposed(const struct tree *x, struct part *p) {
  if (!is_name(p->term)) return false;
  for (size_t i = 0; i < x->all.n; i++) {
    const struct part *q = x->all.v[i];
    if (q == p) return false;
    if (q->node == p->node && q->place == p->place && q->term->kind == p->term->kind &&
        (q->parts.n || q->choices.n))
      return true;
  }
  return false;
}

/* On a row: that of its own group. */
static void decompose_own_group(struct tree *x, struct part *p) {
  const struct kpi *k = p->term->kpi;
  struct own_group o = plan_own_group(x->p, k, p->place->domain, p->day);
  struct place own = {.domain = o.groups, .from = p->place, .group = o.group};
  VEC_PUSH(x->p->arena, &x->roots, o.group);
  for (size_t i = 0; i < k->dims.n; i++)
    add(x, p,
        dim_term(x->p->rs, plan_entity(x->p, p->place->domain), &k->dims.v[i], (struct span){0}),
        p->place, p->day);
  x->p->in_kpi++;
  add(x, p, k->term, place_of(x, own), p->day);
  x->p->in_kpi--;
}

/* A KPI of the company inside a grouping is the group's when its formula gives the same node
 * there. */
static void decompose_kpi(struct tree *x, struct part *p) {
  const struct kpi *k = p->term->kpi;
  if (k->entity) {
    add(x, p, k->term, p->place, p->day);
    return;
  }
  if (x->p->nodes.v[p->node].op == N_OF_GROUP) {
    decompose_own_group(x, p);
    return;
  }
  x->p->in_kpi++;
  bool split = plan_kpi(x->p, k, p->place->domain, p->day) == p->node;
  if (split) add(x, p, k->term, p->place, p->day);
  x->p->in_kpi--;
  if (!split) add(x, p, k->term, tree_place(x, 0, NULL, NULL), p->day);
}

/* ---- thresholds ----------------------------------------------------------------------- */

/* stage = "Proposal" and kind = "Enterprise" */
static struct term *entries_condition(struct arena *a, const struct term *table,
                                      const struct threshold_line *l) {
  struct term *all = NULL;
  for (size_t i = 0; i < l->entries.n; i++) {
    struct term *entry = NEW(a, struct term), *is = NEW(a, struct term), *both = NULL;
    struct value text = {.type = {.unit = U_TEXT}, .known = true, .text = l->entries.v[i]};
    *entry = (struct term){.kind = T_CONST, .type = text.type, .value = text};
    *is = (struct term){
        .kind = T_CMP, .op = OP_EQ, .a = table->list.v[i], .b = entry, .type = {.unit = U_FLAG}};
    if (all) both = NEW(a, struct term);
    if (all) *both = (struct term){.kind = T_AND, .a = all, .b = is, .type = is->type};
    all = all ? both : is;
  }
  return all;
}

/* The condition under which a line is for this row, or NULL where the segment is not reached from
 * it. */
static struct term *line_condition(struct tree *x, const struct part *p,
                                   const struct threshold_line *l) {
  struct arena *a = x->p->arena;
  struct term *t = NEW(a, struct term);
  if (l->entries.n) return entries_condition(a, p->term, l);
  struct entity *here = plan_entity(x->p, p->place->domain);
  edge_path way = {0};
  if (!here || find_way(a, here, l->segment->entity, &way) != WAY_ONE) return NULL;
  *t = (struct term){.kind = T_SEGMENT, .segment = l->segment, .type = {.unit = U_FLAG}};
  for (size_t i = way.n; i-- > 0;) {
    struct term *up = NEW(a, struct term);
    *up = (struct term){.kind = T_PARENT, .a = t, .edge = way.v[i], .type = t->type};
    t = up;
  }
  return t;
}

static void add_choices(struct tree *x, struct part *p) {
  const struct threshold *t = p->term->threshold;
  for (size_t i = 0; i < t->lines.n; i++) {
    const struct threshold_line *l = &t->lines.v[i];
    if (threshold_line_on(t, l, p->day) != l) continue;
    struct choice c = {.line = l, .node = -1};
    if (!is_base_line(l)) {
      struct term *when = line_condition(x, p, l);
      if (!when) continue;
      c.node = plan_term(x->p, when, p->place->domain, p->day);
      VEC_PUSH(x->p->arena, &x->roots, c.node);
    }
    VEC_PUSH(x->p->arena, &p->choices, c);
  }
}

static void choose(struct part *p) {
  for (size_t i = 0; i < p->choices.n; i++) {
    const struct choice *c = &p->choices.v[i];
    bool holds = c->node < 0 || (c->holds.known && c->holds.num != 0);
    int rank = threshold_line_rank(c->line),
        best = p->chosen ? threshold_line_rank(p->chosen->line) : -1;
    if (holds && rank > best) p->chosen = c;
  }
}

/* ---- aggregates ----------------------------------------------------------------------- */

static int text_column(struct tree *x, int domain, const char *column, const char *what) {
  if (!column) return -1;
  struct node n = node_make(N_COLUMN, COL_TXT, domain);
  n.cell = (struct cell){.column = column, .what = what, .type = {.unit = U_TEXT}};
  n.type = n.cell.type;
  int at = node_add(x->p, n);
  VEC_PUSH(x->p->arena, &x->roots, at);
  return at;
}

static void add_rows(struct tree *x, struct part *p) {
  struct agg_rows *r = NEW(x->p->arena, struct agg_rows);
  const struct node *n = &x->p->nodes.v[p->node];
  *r = (struct agg_rows){.node = p->node, .place = p->place, .day = -1, .value = -1};
  if (n->op == N_SCALAR) { /* of the whole company */
    r->node = n->a;
    r->place = tree_place(x, 0, NULL, NULL);
  }
  const struct plan_agg *g = x->p->nodes.v[r->node].agg;
  const struct entity *ent = x->p->domains.v[g->source].entity;
  bool counts = g->fn == AGG_COUNT || g->fn == AGG_SHARE;
  r->source = g->source;
  r->key = text_column(x, g->source, ent->key, "key");
  r->label = text_column(x, g->source, ent->label, "label");
  /* first day <= today: its operand is that day */
  if (g->visible >= 0) r->day = x->p->nodes.v[g->visible].a;
  if (!counts && g->n_values) r->value = g->values[0];
  p->rows = r;
  VEC_PUSH(x->p->arena, &x->aggregates, r);
}

/* ---- every kind of term --------------------------------------------------------------- */

/* "usage_30d drop" compared with a percent: the share of the past that went. */
static void add_relative_move(struct tree *x, struct part *p) {
  struct arena *a = x->p->arena;
  const struct term *t = p->term;
  struct term *move = NEW(a, struct term), *ago = NEW(a, struct term), *share = NEW(a, struct term);
  const struct expr *words = t->src && t->src->a && t->src->a->kind == E_MOVE ? t->src->a : NULL;
  *move = (struct term){
      .kind = T_MOVE, .op = t->move, .a = t->a, .c = t->c, .dur = t->dur, .type = t->a->type};
  *ago = (struct term){.kind = T_AGO, .a = t->a, .c = t->c, .dur = t->dur, .type = t->a->type};
  *share = (struct term){.kind = T_ARITH,
                         .op = OP_DIV,
                         .a = move,
                         .b = ago,
                         .src = words,
                         .type = {.unit = U_SHARE, .percent = true}};
  struct part *moved = part_new(x, share, t, p->place, p->day);
  struct speaker vigie = {a, TONGUE_VIGIE, p->day};
  if (!words) moved->text = say_term(&vigie, move);
  VEC_PUSH(a, &p->parts, moved);
  add(x, moved, t->a, p->place, p->day);
  add(x, moved, t->a, p->place, before(x, t, p->day));
  add(x, p, t->b, p->place, p->day);
}

/* a and b and c: three parts, not two of which one has two. */
static void add_chain(struct tree *x, struct part *p, const struct term *t) {
  const struct term *const sides[] = {t->a, t->b};
  for (int i = 0; i < 2; i++) {
    if (sides[i]->kind == p->term->kind)
      add_chain(x, p, sides[i]);
    else
      add(x, p, sides[i], p->place, p->day);
  }
}

/* On a day of all rows, the value of that day; on a row's own, the histories as they were looked
 * up. */
static void add_on(struct tree *x, struct part *p) {
  const struct term *t = p->term;
  day_t on;
  if (t->c) {
    add(x, p, t->c, p->place, p->day);
    add(x, p, t->b, p->place, p->day);
  } else if (term_common_day(t->b, p->day, &x->p->rs->calendar, &on) && on != DAY_NONE &&
             on <= p->day) {
    add(x, p, t->a, p->place, on);
  }
}

enum { EACH_SHOWN_MAX = 31 }; /* days that an explanation lists: the last ones */

static void add_past_day(struct tree *x, struct part *above, day_t day) {
  const struct term *t = above->term->a;
  struct part *p = part_new(x, t, above->term, above->place, day);
  VEC_PUSH(x->p->arena, &above->parts, p);
  decompose(x, p);
  p->node = plan_past_day(x->p, t, above->place->domain, day);
  VEC_PUSH(x->p->arena, &x->roots, p->node);
}

static void add_each(struct tree *x, struct part *p) {
  day_t days[EACH_MAX_DAYS + EACH_SPARE_DAYS], outside;
  size_t n = each_days(p->term->each, p->day, &x->p->rs->calendar, days, &outside);
  for (size_t i = n > EACH_SHOWN_MAX ? n - EACH_SHOWN_MAX : 0; i < n; i++)
    add_past_day(x, p, days[i]);
}

static void decompose(struct tree *x, struct part *p) {
  const struct term *t = p->term;
  if (is_decomposed(x, p)) {
    p->above = true;
    return;
  }
  switch (t->kind) {
    case T_AND:
    case T_OR: add_chain(x, p, t); return;
    case T_KPI: decompose_kpi(x, p); return;
    case T_NOT: add(x, p, t->a->kind == T_KNOWN ? t->a->a : t->a, p->place, p->day); return;
    case T_ATTR:
      if (t->attr->kind == ATTR_COMPUTED) add(x, p, t->attr->term, p->place, p->day);
      return;
    case T_SEGMENT: add(x, p, t->segment->term, p->place, p->day); return;
    case T_THRESHOLD: add_choices(x, p); return;
    case T_AGG: add_rows(x, p); return;
    case T_PARENT:
      if (t->a->kind == T_ATTR && t->a->attr->kind != ATTR_COMPUTED) return;
      add(x, p, t->a,
          tree_place(x, plan_entity_domain(x->p, t->edge->parent, true), p->place, t->edge),
          p->day);
      return;
    case T_AGO: add(x, p, t->a, p->place, before(x, t, p->day)); return;
    case T_EACH: add_each(x, p); return;
    case T_ON: add_on(x, p); return;
    case T_ASOF: return;
    case T_MOVE:
      add(x, p, t->a, p->place, p->day);
      add(x, p, t->a, p->place, before(x, t, p->day));
      return;
    case T_MOVE_CMP: add_relative_move(x, p); return;
    default: break;
  }
  add(x, p, t->a, p->place, p->day);
  add(x, p, t->b, p->place, p->day);
  add(x, p, t->c, p->place, p->day);
  for (size_t i = 0; i < t->list.n; i++) add(x, p, t->list.v[i], p->place, p->day);
}

/* ---- values --------------------------------------------------------------------------- */

struct fill_ctx {
  struct tree *x;
  const struct place *at;
};

static struct value copy_value(struct tree *x, struct value v) {
  if (v.text) v.text = arena_strdup(x->p->arena, v.text);
  return v;
}

/* The values come in the order in which fill_place asked for them. */
static void take_values(void *ctx, size_t row, const struct value *values) {
  struct fill_ctx *f = ctx;
  size_t at = 0;
  (void)row;
  for (size_t i = 0; i < f->x->all.n; i++) {
    struct part *p = f->x->all.v[i];
    if (p->place != f->at) continue;
    p->value = copy_value(f->x, values[at++]);
    const char *currency = p->value.type.currency;
    p->value.type = p->term->type;
    if (p->value.type.currency == CURRENCY_OWN) p->value.type.currency = currency;
    for (size_t k = 0; k < p->choices.n; k++)
      if (p->choices.v[k].node >= 0) p->choices.v[k].holds = values[at++];
    choose(p);
  }
}

static struct value *value_of(const struct part *p, const struct term *t, struct value *constant) {
  if (t->kind == T_CONST) *constant = t->value;
  for (size_t i = 0; i < p->parts.n; i++)
    if (p->parts.v[i]->term == t) return &p->parts.v[i]->value;
  return constant;
}

/* Another part of the same value: a KPI and its formula. */
static void show_alike(struct tree *x, const struct part *p) {
  for (size_t i = 0; p->value.decimals && i < x->all.n; i++) {
    struct part *q = x->all.v[i];
    if (q->node == p->node && q->place == p->place && q->value.decimals < p->value.decimals)
      q->value.decimals = p->value.decimals;
  }
}

static void compare_shown(struct value *a, struct value *b) {
  money_take_currency(b, a->type.currency); /* a number alone, beside a group's money */
  money_take_currency(a, b->type.currency);
  values_compared(a, b);
}

/* What is compared is shown with the digits that this takes. */
static void show_as_judged(struct tree *x) {
  for (size_t i = 0; i < x->all.n; i++) {
    const struct part *p = x->all.v[i];
    struct value a = {.known = false}, b = {.known = false};
    if (p->term->kind == T_CMP)
      compare_shown(value_of(p, p->term->a, &a), value_of(p, p->term->b, &b));
    for (size_t k = 0; k < p->parts.n; k++) show_alike(x, p->parts.v[k]);
  }
}

static bool fill_place(struct tree *x, struct evaluation *ev, const struct place *at,
                       struct diags *problems) {
  node_list nodes = {0};
  for (size_t i = 0; i < x->all.n; i++) {
    const struct part *p = x->all.v[i];
    if (p->place != at) continue;
    VEC_PUSH(x->p->arena, &nodes, p->node);
    for (size_t k = 0; k < p->choices.n; k++)
      if (p->choices.v[k].node >= 0) VEC_PUSH(x->p->arena, &nodes, p->choices.v[k].node);
  }
  struct fill_ctx f = {x, at};
  return !nodes.n || at->row < 0 ||
         evaluation_values(ev, at->domain, &at->row, 1, nodes.v, nodes.n, take_values, &f,
                           problems);
}

static void take_row(void *ctx, size_t i, const struct value *values) {
  (void)i;
  *(int32_t *)ctx = values[0].known ? (int32_t)values[0].num : -1;
}

/* The row of a place that another leads to. */
static bool find_row(struct tree *x, struct evaluation *ev, struct place *at,
                     struct diags *problems) {
  const struct place *from = at->from;
  at->row = -1;
  if (from->row < 0) return true;
  if (at->group >= 0)
    return evaluation_values(ev, from->domain, &from->row, 1, &at->group, 1, take_row, &at->row,
                             problems);
  at->row = evaluation_link(ev, plan_edge(x->p, at->edge), from->row);
  return true;
}

bool tree_fill(struct tree *x, struct evaluation *ev, struct diags *problems) {
  for (size_t i = 0; i < x->places.n; i++) {
    struct place *at = x->places.v[i];
    if (at->from && !find_row(x, ev, at, problems)) return false;
    if (!fill_place(x, ev, at, problems)) return false;
  }
  show_as_judged(x);
  return true;
}
