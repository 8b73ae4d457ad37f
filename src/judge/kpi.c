/* KPIs over days and groups. In: KPIs and days. Out: their values; every table is read once,
 * whatever the days. */
#include "judge/kpi.h"

#include <stdlib.h>
#include <string.h>

#include "eval/evaluate.h"
#include "eval/evaluation.h"
#include "eval/row_key.h"

struct day_plan { /* one KPI on one day */
  int domain, node, exists, label;
  int bands[6]; /* green a, b; amber a, b; red a, b: their limits; -1 */
};

struct reading {
  struct ruleset *rs;
  struct plan *plan;
  struct evaluation *ev;
  struct arena *arena;
  const char **message;
  struct kpi_series *series;
  const struct day_plan *dp;
  struct kpi_day *out;
};

/* ---- planning ------------------------------------------------------------------------- */

static int limit(struct plan *p, const struct term *t, int domain, day_t day) {
  return t ? plan_term(p, t, domain, day) : -1;
}

static struct day_plan plan_day(struct plan *p, struct kpi *k, day_t day) {
  struct day_plan d = {.exists = -1, .label = -1};
  d.domain = k->entity   ? plan_entity_domain(p, k->entity, true)
             : k->dims.n ? plan_group_domain(p, &k->dims, day)
                         : 0;
  p->in_kpi = k->dims.n > 0;
  d.node = plan_term(p, k->term, d.domain, day);
  p->in_kpi = 0;
  if (k->entity) {
    d.exists = plan_exists(p, d.domain, day);
    d.label = plan_label(p, d.domain);
  }
  const struct band *bands[] = {&k->green, &k->amber, &k->red};
  for (int i = 0; i < 3; i++) {
    d.bands[i * 2] = bands[i]->set ? limit(p, bands[i]->a, d.domain, day) : -1;
    d.bands[i * 2 + 1] = bands[i]->set ? limit(p, bands[i]->b, d.domain, day) : -1;
  }
  return d;
}

/* ---- reading -------------------------------------------------------------------------- */

static bool holds(enum op op, double x, const struct value *limit) {
  if (!limit->known) return false;
  double y = limit->num;
  switch (op) {
    case OP_LT: return x < y;
    case OP_LE: return x <= y;
    case OP_GT: return x > y;
    case OP_GE: return x >= y;
    case OP_EQ: return x == y;
    default: return x != y;
  }
}

static const char *band_of(const struct kpi *k, const struct value *v, const struct value *limits) {
  static const char *const names[] = {"green", "amber", "red"};
  const struct band *bands[] = {&k->green, &k->amber, &k->red};
  for (int i = 0; i < 3 && v->known; i++) {
    if (!bands[i]->set || !holds(bands[i]->op, v->num, &limits[i * 2])) continue;
    if (!bands[i]->b || holds(bands[i]->op2, v->num, &limits[i * 2 + 1])) return names[i];
  }
  /* Between a green and a red that leave room, without an amber of its own. */
  return v->known && k->green.set && k->red.set && !k->amber.set ? "amber" : NULL;
}

static void take(void *ctx, size_t i, const struct value *values) {
  struct reading *r = ctx;
  (void)i;
  struct kpi_value *out = &r->out->values[r->out->n];
  out->value = values[0];
  out->value.type = r->series->kpi->term->type;
  if (out->value.text) out->value.text = arena_strdup(r->arena, out->value.text);
  if (values[1].known && values[1].text) out->label = arena_strdup(r->arena, values[1].text);
  out->band = band_of(r->series->kpi, &out->value, values + 2);
  r->out->n++;
}

static int compare_values(const struct value *a, const struct value *b) {
  if (a->known != b->known) return a->known ? -1 : 1;
  if (!a->known) return 0;
  return a->text ? strcmp(a->text, b->text) : (a->num > b->num) - (a->num < b->num);
}

static int by_values(const void *pa, const void *pb, void *ctx) {
  size_t n = *(const size_t *)ctx;
  const struct kpi_value *a = pa, *b = pb;
  for (size_t i = 0; i < n; i++) {
    int c = compare_values(&a->by[i], &b->by[i]);
    if (c) return c;
  }
  return 0;
}

/* What names the row: its key, or the values of its group. */
static const struct value *by_of(struct reading *r, int32_t row) {
  size_t n = r->series->n_dims;
  int domain = r->dp->domain;
  struct value *by = NEW_N(r->arena, struct value, n + 1);
  if (r->plan->domains.v[domain].kind == DOM_ENTITY)
    by[0] = (struct value){.type = {.unit = U_TEXT},
                           .known = true,
                           .text = evaluation_row_key(r->ev, domain, row, r->arena)};
  else
    for (size_t k = 0; k < n; k++) {
      by[k] = evaluation_dim(r->ev, domain, row, (int)k);
      if (by[k].text) by[k].text = arena_strdup(r->arena, by[k].text);
    }
  return by;
}

/* Which rows have a value: the rows that exist, the groups that rows fall into. */
static size_t choose_rows(struct reading *r, int32_t *rows) {
  size_t all = evaluation_rows(r->ev, r->dp->domain), n = 0;
  uint64_t *there = xcalloc(bit_words(all) + 1, 8);
  enum domain_kind kind = r->plan->domains.v[r->dp->domain].kind;
  if (kind == DOM_GROUPS)
    evaluation_groups(r->ev, r->dp->node, there);
  else if (kind == DOM_ENTITY && r->dp->exists >= 0) {
    struct chunk *f = chunk_new(r->ev, r->dp->domain);
    for (size_t at = 0; at < all; at += BATCH) {
      chunk_slice_rows(f, at, all - at < BATCH ? all - at : BATCH);
      memcpy(there + at / 64, chunk_column(f, r->dp->exists)->yes, bit_words(f->n) * 8);
    }
    chunk_free(f);
  } else
    memset(there, 0xFF, bit_words(all) * 8);
  for (size_t i = 0; i < all; i++)
    if (bit_get(there, i)) rows[n++] = (int32_t)i;
  free(there);
  return n;
}

static bool read_day(struct reading *r) {
  int32_t *rows = xmalloc((evaluation_rows(r->ev, r->dp->domain) + 1) * sizeof *rows);
  size_t n = choose_rows(r, rows), n_dims = r->series->n_dims;
  enum domain_kind kind = r->plan->domains.v[r->dp->domain].kind;
  r->out->values = NEW_N(r->arena, struct kpi_value, n + 1);
  for (size_t i = 0; i < n; i++) r->out->values[i].by = by_of(r, rows[i]);
  int nodes[8] = {r->dp->node, r->dp->label};
  memcpy(nodes + 2, r->dp->bands, sizeof r->dp->bands);
  bool good = evaluation_values(r->ev, r->dp->domain, rows, n, nodes, 8, take, r, r->message);
  if (kind == DOM_GROUPS)
    qsort_r(r->out->values, r->out->n, sizeof *r->out->values, by_values, &n_dims);
  free(rows);
  return good;
}

static void name_dims(struct kpi_series *s, struct arena *a) {
  const struct kpi *k = s->kpi;
  s->n_dims = k->entity ? 1 : k->dims.n;
  s->dims = NEW_N(a, const char *, s->n_dims + 1);
  if (k->entity) s->dims[0] = k->entity->name;
  for (size_t i = 0; !k->entity && i < k->dims.n; i++) s->dims[i] = dim_name(&k->dims, i, a);
}

/* ---- the report ----------------------------------------------------------------------- */

typedef VEC(int) roots_list;

static void add_root(struct plan *p, roots_list *roots, int node) {
  if (node >= 0) VEC_PUSH(p->arena, roots, node);
}

static void add_roots(struct plan *p, const struct day_plan *d, roots_list *roots) {
  add_root(p, roots, d->node);
  add_root(p, roots, d->exists);
  add_root(p, roots, d->label);
  for (int i = 0; i < 6; i++) add_root(p, roots, d->bands[i]);
}

static bool is_chosen(struct kpi *const *kpis, size_t n, const struct kpi *k) {
  for (size_t i = 0; i < n; i++)
    if (kpis[i] == k) return true;
  return false;
}

/* The targets of the chosen KPIs on the day. */
static size_t plan_targets(struct plan *p, struct kpi *const *kpis, size_t n, day_t day,
                           struct target_plan *out, roots_list *roots) {
  size_t n_out = 0;
  for (size_t i = 0; i < p->rs->targets.n; i++) {
    if (!is_chosen(kpis, n, p->rs->targets.v[i]->kpi)) continue;
    struct target_plan t = out[n_out++] = target_plan(p, p->rs->targets.v[i], day);
    add_root(p, roots, t.now);
    add_root(p, roots, t.goal);
    add_root(p, roots, t.base);
  }
  return n_out;
}

bool kpi_report(struct ruleset *rs, struct dataset *dataset, struct kpi *const *kpis, size_t n,
                const day_t *days, size_t n_days, struct arena *a,
                void (*progress)(void *ctx, const char *what), struct kpi_report *out,
                const char **message) {
  struct plan *plan = plan_new(rs, a);
  struct day_plan *plans = NEW_N(a, struct day_plan, n * n_days + 1);
  struct target_plan *targets = NEW_N(a, struct target_plan, rs->targets.n + 1);
  roots_list roots = {0};
  for (size_t k = 0; k < n; k++)
    for (size_t d = 0; d < n_days; d++) {
      plans[k * n_days + d] = plan_day(plan, kpis[k], days[d]);
      add_roots(plan, &plans[k * n_days + d], &roots);
    }
  size_t n_targets = plan_targets(plan, kpis, n, days[n_days - 1], targets, &roots);
  struct reading r = {.rs = rs, .plan = plan, .arena = a, .message = message};
  if (!evaluation_run(plan, dataset, roots.v, roots.n, progress, NULL, &r.ev, message))
    return false;
  *out = (struct kpi_report){.series = NEW_N(a, struct kpi_series, n + 1),
                             .n = n,
                             .targets = NEW_N(a, struct target_status, n_targets + 1),
                             .n_targets = n_targets};
  bool good = true;
  for (size_t k = 0; k < n; k++) {
    r.series = &out->series[k];
    *r.series = (struct kpi_series){
        .kpi = kpis[k], .days = NEW_N(a, struct kpi_day, n_days), .n_days = n_days};
    name_dims(r.series, a);
    for (size_t d = 0; d < n_days && good; d++) {
      r.dp = &plans[k * n_days + d];
      r.out = &r.series->days[d];
      r.out->day = days[d];
      good = read_day(&r);
    }
  }
  for (size_t i = 0; i < n_targets && good; i++)
    good = target_status(r.ev, &targets[i], &out->targets[i], message);
  const char *const *notes = evaluation_notes(r.ev);
  size_t n_notes = 0;
  while (notes[n_notes]) n_notes++;
  const char **copy = NEW_N(a, const char *, n_notes + 1);
  for (size_t i = 0; i < n_notes; i++) copy[i] = arena_strdup(a, notes[i]);
  out->notes = copy;
  evaluation_free(r.ev);
  return good;
}
