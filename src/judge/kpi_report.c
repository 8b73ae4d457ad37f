/* KPIs over days. In: KPIs and days. Out: their values day by day, and how their targets stand on
 * the last. */
#include <string.h>

#include "base/map.h"
#include "base/text.h"
#include "judge/judge.h"
#include "sema/dims.h"
#include "sema/hindsight.h"

static void name_dims(struct kpi_series *s, struct arena *a) {
  const struct kpi *k = s->kpi;
  s->n_dims = k->entity ? 1 : k->dims.n;
  s->dims = NEW_N(a, const char *, s->n_dims + 1);
  if (k->entity) s->dims[0] = k->entity->name;
  for (size_t i = 0; !k->entity && i < k->dims.n; i++) s->dims[i] = dim_name(&k->dims, i, a);
}

/* ---- totals --------------------------------------------------------------------------- */

/* Does the formula read which group it is computed for? What an aggregate puts together is of
 * rows. */
struct group_search {
  struct arena *a;
  struct map seen; /* KPIs whose formulas were looked at: chains name the one before twice */
};

static bool asks_for_group(struct group_search *x, const struct term *t) {
  if (!t) return false;
  if (t->kind == T_DIM) return true;
  if (t->kind == T_KPI && !t->for_all && !map_put(&x->seen, x->a, t->kpi->name, x) &&
      asks_for_group(x, t->kpi->term))
    return true;
  if (asks_for_group(x, t->a) || asks_for_group(x, t->b) || asks_for_group(x, t->c)) return true;
  for (size_t i = 0; i < t->list.n; i++)
    if (asks_for_group(x, t->list.v[i])) return true;
  return false;
}

/* Money of several currencies has no total. */
static bool has_total(const struct kpi *k, struct arena *a) {
  struct group_search x = {.a = a};
  return !k->entity && k->dims.n && unit_class(k->term->type.unit) == CLASS_NUM &&
         !same_text(k->term->type.currency, CURRENCY_OWN) && !asks_for_group(&x, k->term);
}

/* The KPI without its groups. Its bands speak of these. */
static struct kpi *total_of(const struct kpi *k, struct arena *a) {
  struct kpi *total = NEW(a, struct kpi);
  *total = *k;
  total->dims = (dim_list){0};
  total->green = total->amber = total->red = (struct band){0};
  return total;
}

/* The KPIs, and behind them the totals of those that have one. */
static size_t with_totals(struct kpi *const *kpis, size_t n, struct kpi **all, struct arena *a) {
  size_t k = n;
  for (size_t i = 0; i < n; i++) all[i] = kpis[i];
  for (size_t i = 0; i < n; i++)
    if (has_total(kpis[i], a)) all[k++] = total_of(kpis[i], a);
  return k;
}

/* The first n are the KPIs that were asked for. */
static void attach_totals(struct kpi_report *r, size_t n) {
  for (size_t i = 0, k = n; i < n && k < r->n; i++)
    if (r->series[k].kpi->term == r->series[i].kpi->term) r->series[i].totals = r->series[k++].days;
  r->n = n;
}

/* ---- series --------------------------------------------------------------------------- */

static struct kpi_series *series_new(struct kpi *const *kpis, size_t n, size_t n_days,
                                     struct arena *a) {
  struct kpi_series *series = NEW_N(a, struct kpi_series, n + 1);
  for (size_t k = 0; k < n; k++) {
    series[k] = (struct kpi_series){
        .kpi = kpis[k], .days = NEW_N(a, struct kpi_day, n_days), .n_days = n_days};
    name_dims(&series[k], a);
  }
  return series;
}

static const char *const *copy(const char *const *notes, struct arena *a) {
  size_t n = 0;
  while (notes[n]) n++;
  const char **list = NEW_N(a, const char *, n + 1);
  for (size_t i = 0; i < n; i++) list[i] = arena_strdup(a, notes[i]);
  return list;
}

/* What the evaluation has is gone with it; the names of tables and columns are the rule set's. */
static void copy_unreadable(const struct verdicts *v, struct arena *a, struct kpi_report *out) {
  const struct unreadable_cells *from = v->unreadable;
  out->n_unreadable = v->n_unreadable;
  struct unreadable_cells *list = NEW_N(a, struct unreadable_cells, out->n_unreadable + 1);
  for (size_t i = 0; i < out->n_unreadable; i++) {
    list[i] = from[i];
    list[i].table = arena_strdup(a, from[i].table);
    for (long k = 0; k < from[i].n && k < UNREADABLE_SHOWN; k++) {
      list[i].rows[k] = arena_strdup(a, from[i].rows[k]);
      list[i].values[k] = arena_strdup(a, from[i].values[k]);
    }
  }
  out->unreadable = list;
}

/* The value that the target speaks of; NULL: it is split otherwise. */
static struct kpi_value *value_of_target(const struct kpi_series *s, struct kpi_day *day,
                                         const struct target_status *t) {
  if (!t->by) return day->n == 1 ? &day->values[0] : NULL;
  if (s->n_dims != t->target->dims.n) return NULL;
  for (size_t i = 0; i < s->n_dims; i++)
    if (!same_dim(&s->kpi->dims.v[i], &t->target->dims.v[i])) return NULL;
  const struct kpi_value like = {.by = t->by};
  for (size_t i = 0; i < day->n; i++)
    if (kpi_same_group(s, &day->values[i], &like)) return &day->values[i];
  return NULL;
}

/* A KPI that a target compares shows the same digits as the target does. */
static void show_as_judged(struct kpi_report *r, size_t d) {
  for (size_t i = 0; i < r->n_targets; i++)
    for (size_t k = 0; k < r->n; k++) {
      const struct term *t = r->targets[i].target->measure;
      struct kpi_day *day = &r->series[k].days[d];
      if (t->kind != T_KPI || t->kpi != r->series[k].kpi) continue;
      struct kpi_value *v = value_of_target(&r->series[k], day, &r->targets[i]);
      if (v && v->value.decimals < r->targets[i].now.decimals)
        v->value.decimals = r->targets[i].now.decimals;
    }
}

/* The verdicts of day d, of which the last has the targets and all notes. */
static void take_day(const struct verdicts *v, size_t d, struct arena *a, struct kpi_report *out) {
  for (size_t k = 0; k < out->n; k++) {
    const name_list *hindsight = out->series[k].days[d].hindsight;
    out->series[k].days[d] = v->kpis[k];
    out->series[k].days[d].hindsight = hindsight;
  }
  out->targets = v->targets;
  out->n_targets = v->n_targets;
  show_as_judged(out, d);
  out->notes = copy(verdicts_notes(v), a);
  copy_unreadable(v, a, out);
}

/* ---- hindsight ------------------------------------------------------------------------ */

static const name_list *columns_of(struct hindsight *h) {
  if (!h->columns.n) return NULL;
  name_list *list = NEW(h->arena, name_list);
  *list = h->columns;
  return list;
}

/* Of one day. What is past reads the same columns on every day, so those lists are one. */
static void look_at_series(struct kpi_series *s, struct ruleset *rs, day_t today, struct arena *a) {
  const name_list *past = NULL;
  bool looked = false;
  for (size_t d = 0; d < s->n_days; d++) {
    bool is_past = s->days[d].day < today;
    struct hindsight h = {.rs = rs, .arena = a, .today = today};
    if (!is_past || !looked) hindsight_kpi(&h, s->kpi, s->days[d].day);
    if (is_past && !looked) past = columns_of(&h);
    looked |= is_past;
    s->days[d].hindsight = is_past ? past : columns_of(&h);
    if (s->totals) s->totals[d].hindsight = s->days[d].hindsight;
  }
}

/* ---- a report -------------------------------------------------------------------------- */

/* The largest rows of the last day: NULL for a KPI of which all rows are read. */
static struct kpi_choice **choices_of(const struct kpi_request *q, struct kpi *const *kpis,
                                      size_t n) {
  struct kpi_choice **choices = NEW_N(q->arena, struct kpi_choice *, n + 1);
  for (size_t k = 0; k < n && q->largest; k++) {
    if (!kpis[k]->entity) continue;
    choices[k] = NEW(q->arena, struct kpi_choice);
    *choices[k] = (struct kpi_choice){.most = q->largest, .arena = q->arena};
  }
  return choices;
}

/* An entry a day. In front of several days the last of them, of the KPIs alone of which the
 * largest rows are chosen: the other days are then read of these rows. How many such entries there
 * are comes back, 0 or 1. */
static size_t make_entries(const struct kpi_request *q, struct kpi *const *kpis, size_t n,
                           struct judge_entry *entries) {
  struct kpi_choice **choices = choices_of(q, kpis, n),
                    **chosen = NEW_N(q->arena, struct kpi_choice *, n + 1);
  struct kpi **of_rows = NEW_N(q->arena, struct kpi *, n + 1);
  struct judge_entry first = {.rs = q->rs, .kpis = of_rows, .choices = chosen};
  for (size_t k = 0; k < n && q->n_days > 1; k++)
    if (choices[k]) {
      of_rows[first.n_kpis] = kpis[k];
      chosen[first.n_kpis++] = choices[k];
    }
  size_t ahead = first.n_kpis > 0;
  for (size_t d = 0; d < q->n_days; d++)
    entries[ahead + d] = (struct judge_entry){.rs = q->rs,
                                              .day = q->days[d],
                                              .want = d + 1 == q->n_days ? WANT_STATUS : 0,
                                              .kpis = kpis,
                                              .n_kpis = n,
                                              .choices = choices,
                                              .arena = q->arena};
  if (!ahead) return 0;
  first.day = q->days[q->n_days - 1];
  entries[0] = first;
  return 1;
}

/* The days of entities know what they read with hindsight before they are given away. */
static void prepare_rows(const struct kpi_request *q, struct kpi_report *r) {
  for (size_t k = 0; k < q->n && q->take; k++) {
    struct kpi_series *s = &r->series[k];
    for (size_t d = 0; d < s->n_days; d++) s->days[d].day = q->days[d];
    if (s->kpi->entity) look_at_series(s, q->rs, q->today, q->arena);
  }
}

/* Of KPIs without groups there are no totals: their index is that of the request. */
static void give_rows(const struct kpi_request *q, struct kpi_report *r, size_t d) {
  for (size_t k = 0; k < q->n && q->take; k++) {
    struct kpi_series *s = &r->series[k];
    if (!s->kpi->entity) continue;
    q->take(q->take_ctx, k, s, &s->days[d]);
    s->days[d].values = NULL;
    s->days[d].n = 0;
  }
}

bool kpi_report(const struct kpi_request *q, struct kpi_report *out, struct diags *problems) {
  struct arena *a = q->arena;
  struct kpi **all = NEW_N(a, struct kpi *, q->n * 2 + 1);
  size_t n_all = with_totals(q->kpis, q->n, all, a);
  struct judge_entry *entries = NEW_N(a, struct judge_entry, q->n_days + 2);
  size_t ahead = make_entries(q, all, n_all, entries);
  struct judgement *j = judge_begin(&(struct judge_request){.dataset = q->dataset,
                                                            .entries = entries,
                                                            .n_entries = q->n_days + ahead,
                                                            .plan = plan_new(q->rs, a),
                                                            .arena = a,
                                                            .progress = q->progress});
  *out = (struct kpi_report){.series = series_new(all, n_all, q->n_days, a), .n = n_all};
  prepare_rows(q, out);
  bool good = true;
  struct verdicts *v;
  for (size_t d = 0; d < q->n_days + ahead && good; d++) {
    struct arena *rows = entries[d].rows = q->take ? arena_new() : NULL;
    good = judge_next(j, &v, problems);
    if (good && d >= ahead) take_day(v, d - ahead, a, out);
    if (good && d >= ahead) give_rows(q, out, d - ahead);
    arena_free(rows);
  }
  judge_end(j);
  attach_totals(out, q->n);
  return good;
}

/* ---- what all of them read with hindsight --------------------------------------------- */

static void collect(name_list *all, struct map *seen, const name_list *more, struct arena *a) {
  for (size_t i = 0; more && i < more->n; i++)
    if (!map_put(seen, a, more->v[i], all)) VEC_PUSH(a, all, more->v[i]);
}

void kpi_report_hindsight(struct ruleset *rs, struct kpi_report *r, day_t today, struct arena *a) {
  name_list *all = NEW(a, name_list);
  struct map seen = {0};
  for (size_t k = 0; k < r->n; k++) {
    struct kpi_series *s = &r->series[k];
    look_at_series(s, rs, today, a);
    for (size_t d = 0; d < s->n_days; d++) collect(all, &seen, s->days[d].hindsight, a);
  }
  for (size_t i = 0; i < r->n_targets; i++) {
    struct target_status *t = &r->targets[i];
    struct hindsight h = {.rs = rs, .arena = a, .today = today};
    hindsight_target(&h, t->target, t->start, t->day);
    t->hindsight = columns_of(&h);
    collect(all, &seen, t->hindsight, a);
  }
  r->hindsight = all->n ? all : NULL;
}
