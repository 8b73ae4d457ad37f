/* Columns read with hindsight. In: terms, each with the day it is valued on. Out: the columns
 * without a past that they read for a day before today. */
#include "sema/hindsight.h"

#include <string.h>

#include "base/limits.h"
#include "sema/sema.h"
#include "sema/threshold_line.h"

static bool same(const char *a, const char *b) { return a && b && strcmp(a, b) == 0; }

/* Does the column say when the row, or another column, begins or ends? */
static bool orders_rows(const struct attr *at) {
  const struct entity *ent = at->entity;
  if (same(at->column, ent->life.from) || same(at->column, ent->life.until)) return true;
  for (size_t i = 0; i < ent->attrs.n; i++)
    if (ent->attrs.v[i]->known_from == at) return true;
  return false;
}

static bool is_key(const struct attr *at) {
  if (same(at->column, at->entity->key)) return true;
  for (size_t i = 0; i < at->entity->edges.n; i++)
    if (same(at->column, at->entity->edges.v[i]->column)) return true;
  return false;
}

static void add_history(struct hindsight *h, const struct attr *at) {
  for (size_t i = 0; i < h->histories.n; i++)
    if (h->histories.v[i] == at) return;
  VEC_PUSH(h->arena, &h->histories, at);
}

static void add_column(struct hindsight *h, const struct attr *at, day_t day) {
  if (at->kind == ATTR_HISTORY) add_history(h, at);
  if (day >= h->today || !reads_today(at) || orders_rows(at) || is_key(at)) return;
  const char *name = arena_printf(h->arena, "%s.%s", at->entity->name, at->name);
  if (map_put(&h->seen, h->arena, name, h)) return;
  VEC_PUSH(h->arena, &h->columns, name);
}

/* What has a name is looked into once a day, however often it is used. Of days that are past one
 * is enough: on an earlier one it reads no column that it does not read on a later one. */
static bool is_new(struct hindsight *h, const void *named, day_t day) {
  bool past = day < h->today;
  const char *key =
      past ? arena_printf(h->arena, "%p %p", named, (const void *)h->dims)
           : arena_printf(h->arena, "%p %d %p", named, (int)day, (const void *)h->dims);
  day_t *latest = map_get(&h->seen, key);
  if (latest && day <= *latest) return false;
  if (!latest) map_put(&h->seen, h->arena, key, latest = NEW(h->arena, day_t));
  *latest = day;
  return true;
}

static void look_into_threshold(struct hindsight *h, const struct threshold *th, day_t day) {
  for (size_t i = 0; i < th->lines.n; i++)
    if (th->lines.v[i].segment) hindsight_term(h, th->lines.v[i].segment->term, day);
}

/* The groups that the rows of an aggregate fall into, on the day of the groups. */
static void look_at_groups(struct hindsight *h, const struct agg *g) {
  const dim_list *dims = h->dims;
  h->dims = NULL;
  for (size_t i = 0; i < dims->n; i++) {
    const struct dim *d = &dims->v[i];
    day_t day = d->ago ? day_back(&h->rs->calendar, h->dims_day, d->ago->dur) : h->dims_day;
    hindsight_term(h, dim_term(h->rs, g->entity, d, (struct span){0}), day);
  }
  h->dims = dims;
}

static void look_into_aggregate(struct hindsight *h, const struct agg *g, day_t day) {
  if (h->dims && !g->for_all && !g->to) look_at_groups(h, g);
  for (size_t i = 0; i < g->values.n; i++) hindsight_term(h, g->values.v[i], day);
  hindsight_term(h, g->where, day);
  if (g->segment) hindsight_term(h, g->segment->term, day);
}

static void look_into_named(struct hindsight *h, const struct term *t, day_t day) {
  const void *named = t->kind == T_ATTR        ? (const void *)t->attr
                      : t->kind == T_KPI       ? (const void *)t->kpi
                      : t->kind == T_SEGMENT   ? (const void *)t->segment
                      : t->kind == T_THRESHOLD ? (const void *)t->threshold
                                               : NULL;
  if (!named || !is_new(h, named, day)) return;
  if (t->kind == T_KPI) hindsight_term(h, t->kpi->term, day);
  if (t->kind == T_SEGMENT) hindsight_term(h, t->segment->term, day);
  if (t->kind == T_THRESHOLD) look_into_threshold(h, t->threshold, day);
  if (t->kind != T_ATTR) return;
  if (t->attr->kind == ATTR_COMPUTED)
    hindsight_term(h, t->attr->term, day);
  else
    add_column(h, t->attr, day);
}

/* `E on D`: on the one day, or on each row's own, which may be any day before today. */
static void look_on(struct hindsight *h, const struct term *t, day_t day) {
  day_t on;
  hindsight_term(h, t->b, day);
  if (t->c)
    hindsight_term(h, t->c, day < h->today ? day : h->today - 1);
  else if (term_common_day(t->b, day, &h->rs->calendar, &on) && on <= day)
    hindsight_term(h, t->a, on);
}

static void look_at_each(struct hindsight *h, const struct term *t, day_t day) {
  day_t days[EACH_MAX_DAYS + EACH_SPARE_DAYS], outside;
  size_t n = each_days(t->each, day, &h->rs->calendar, days, &outside);
  for (size_t i = 0; i < n; i++) hindsight_term(h, t->a, days[i]);
}

void hindsight_term(struct hindsight *h, const struct term *t, day_t day) {
  if (!t || day == DAY_NONE) return;
  day_t back = day_back(&h->rs->calendar, day, term_duration(t, day));
  switch (t->kind) {
    case T_ON: look_on(h, t, day); return;
    case T_ASOF: return; /* a history, on a day that `on` has looked at */
    case T_EACH: look_at_each(h, t, day); return;
    case T_AGO: hindsight_term(h, t->a, back); return;
    case T_FOR:
    case T_MOVE:
    case T_MOVE_CMP: hindsight_term(h, t->a, back + (t->kind == T_FOR)); break;
    case T_AGG: look_into_aggregate(h, t->agg, day); break;
    default: look_into_named(h, t, day); break;
  }
  hindsight_term(h, t->a, day);
  hindsight_term(h, t->b, day);
  hindsight_term(h, t->c, day);
  for (size_t i = 0; i < t->list.n; i++) hindsight_term(h, t->list.v[i], day);
}

/* ---- what has groups, bands and texts ------------------------------------------------- */

/* t, split into the groups of the day. */
static void hindsight_split(struct hindsight *h, const struct term *t, const dim_list *dims,
                            day_t day) {
  h->dims = dims->n ? dims : NULL;
  h->dims_day = day;
  hindsight_term(h, t, day);
  h->dims = NULL;
}

void hindsight_kpi(struct hindsight *h, const struct kpi *k, day_t day) {
  hindsight_split(h, k->term, &k->dims, day);
  const struct band *bands[] = {&k->green, &k->amber, &k->red};
  for (int i = 0; i < 3; i++) {
    hindsight_term(h, bands[i]->a, day);
    hindsight_term(h, bands[i]->b, day);
  }
}

void hindsight_rule(struct hindsight *h, const struct rule *r, day_t day) {
  const struct term *const terms[] = {r->clear, r->settled, r->once,
                                      r->worth, r->owner,   r->due.term};
  hindsight_split(h, r->when, &r->dims, day);
  for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) hindsight_term(h, terms[i], day);
  for (size_t i = 0; i < r->next_owners.n; i++) hindsight_term(h, r->next_owners.v[i], day);
  for (size_t i = 0; i < r->action.n; i++) hindsight_term(h, r->action.v[i].term, day);
  for (size_t i = 0; i < r->steps.n; i++)
    for (size_t k = 0; k < r->steps.v[i].text.n; k++)
      hindsight_term(h, r->steps.v[i].text.v[k].term, day);
  if (!r->team) return;
  const struct team_people *p = &r->team->people;
  const struct term *const people[] = {p->away, p->left, p->stand_in};
  for (size_t i = 0; i < sizeof people / sizeof *people; i++) hindsight_term(h, people[i], day);
}

void hindsight_target(struct hindsight *h, const struct target *t, day_t start, day_t day) {
  hindsight_split(h, t->measure, &t->dims, day);
  hindsight_split(h, t->goal, &t->dims, day);
  h->dims = t->dims.n ? &t->dims : NULL; /* in the groups of the day */
  h->dims_day = day;
  hindsight_term(h, t->measure, start);
  h->dims = NULL;
}

const char *hindsight_line(const name_list *columns, struct arena *a) {
  const char *list = "";
  for (size_t i = 0; i < columns->n; i++)
    list = arena_printf(a, "%s%s%s", list, i ? ", " : "", columns->v[i]);
  if (!columns->n) return list;
  return arena_printf(a, "Read with hindsight, as %s today: %s",
                      columns->n == 1 ? "it is" : "they are", list);
}
