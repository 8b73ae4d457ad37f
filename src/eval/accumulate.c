/* Accumulators. In: chunks. Out: the held column of an aggregate: for each target row its value,
 * and from how many rows. */
#include "eval/accumulate.h"

#include <stdlib.h>
#include <string.h>

#include "eval/aggregate.h"
#include "eval/group.h"
#include "eval/partial.h"

struct accumulator {
  struct evaluation *ev;
  int node;
  const struct plan_agg *g;
  enum column_kind kind;
  struct agg_state *state;
  bool groups;       /* the target rows are groups: they come up as rows are seen */
  bool company;      /* there is one target row */
  uint64_t *touched; /* groups: a row falls into it, whatever `where` says */
  size_t touched_rows;
};

struct accumulator *accumulator_new(struct evaluation *ev, int node) {
  struct accumulator *x = xcalloc(1, sizeof *x);
  const struct node *n = &ev->plan->nodes.v[node];
  x->ev = ev;
  x->node = node;
  x->g = n->agg;
  x->kind = n->col;
  x->groups = ev->plan->domains.v[n->domain].kind == DOM_GROUPS;
  x->company = !x->groups && !x->g->up && !x->g->n_path;
  struct agg_shape shape = {n->agg->fn, n->agg->percentile, n->col, (size_t)n->agg->n_values};
  x->state = agg_state_new(&shape, x->groups ? 0 : evaluation_domain_rows(ev, n->domain));
  return x;
}

static void touched_grow(struct accumulator *x, size_t rows) {
  size_t cap = x->touched_rows ? x->touched_rows * 2 : 64;
  if (rows <= x->touched_rows) return;
  while (cap < rows) cap *= 2;
  x->touched = xrealloc(x->touched, bit_words(cap) * 8);
  memset(x->touched + x->touched_rows / 64, 0, (cap - x->touched_rows) / 8);
  x->touched_rows = cap;
}

/* ---- where rows go -------------------------------------------------------------------- */

/* The rows above those of the chunk: the level before is in out. */
static bool rows_above(const struct evaluation *ev, const struct plan_agg *g, struct chunk *f,
                       int level, int32_t *out) {
  const int32_t *up = ev->rows[g->source].links[g->up->index];
  bool any = false;
  for (size_t i = 0; i < f->n; i++) {
    int32_t row = level ? out[i] : (int32_t)(f->base + i);
    out[i] = row >= 0 && (level || !g->here) ? up[row] : row;
    any |= out[i] >= 0;
  }
  return any || !level;
}

bool accumulator_targets(struct evaluation *ev, int node, struct chunk *f, const uint64_t *mask,
                         int level, int32_t *out) {
  const struct plan *p = ev->plan;
  const struct plan_agg *g = p->nodes.v[node].agg;
  if (g->up) return rows_above(ev, g, f, level, out);
  if (level) return false;
  if (p->domains.v[p->nodes.v[node].domain].kind == DOM_GROUPS) {
    chunk_group_rows(f, &p->groupings.v[g->grouping], mask, out);
    return true;
  }
  if (!g->n_path) {
    memset(out, 0, f->n * sizeof *out);
    return true;
  }
  memcpy(out, chunk_links(f, g->path[0]), f->n * sizeof *out);
  for (int k = 1; k < g->n_path; k++) {
    const int32_t *up = ev->rows[g->path[k]->child].links[g->path[k]->index];
    for (size_t i = 0; i < f->n; i++)
      if (out[i] >= 0) out[i] = up[out[i]];
  }
  return true;
}

/* ---- rows ----------------------------------------------------------------------------- */

/* Which rows are met, belong, certainly do not belong, and which cannot be told. */
struct masks {
  uint64_t met[BATCH / 64], in[BATCH / 64], out[BATCH / 64], missed[BATCH / 64];
};

/* NULL: true for all rows. */
static const struct column *condition_column(struct chunk *f, int node) {
  return node >= 0 ? chunk_column(f, node) : NULL;
}

static uint64_t yes_of(const struct column *c, size_t w) { return c ? c->yes[w] : UINT64_MAX; }
static uint64_t no_of(const struct column *c, size_t w) { return c ? c->valid[w] & ~c->yes[w] : 0; }

/* A row is met unless it certainly is not there on the day or not in the period. A row that does
 * not belong is judged, whatever is unknown about its day. */
static void read_masks(const struct plan_agg *g, struct chunk *f, struct masks *m) {
  size_t words = bit_words(f->n);
  const struct column *visible = condition_column(f, g->visible),
                      *period = condition_column(f, g->period),
                      *where = condition_column(f, g->where);
  for (size_t w = 0; w < words; w++) m->met[w] = UINT64_MAX;
  if (f->n % 64) m->met[words - 1] = (UINT64_C(1) << (f->n % 64)) - 1;
  for (size_t w = 0; w < words; w++) {
    m->met[w] &= ~no_of(visible, w) & ~no_of(period, w);
    m->out[w] = m->met[w] & no_of(where, w);
    m->in[w] = m->met[w] & yes_of(visible, w) & yes_of(period, w) & yes_of(where, w);
    m->missed[w] = m->met[w] & ~m->in[w] & ~m->out[w];
  }
}

/* A group is there when a row of it is on the day, whatever period and `where` say. */
static void find_group_targets(struct accumulator *x, struct chunk *f, int32_t *target) {
  uint64_t there[BATCH / 64] = {0};
  const struct column *visible = condition_column(f, x->g->visible);
  for (size_t w = 0; w < bit_words(f->n); w++) there[w] = ~no_of(visible, w);
  if (f->n % 64) there[f->n / 64] &= (UINT64_C(1) << (f->n % 64)) - 1;
  accumulator_targets(x->ev, x->node, f, there, 0, target);
  size_t rows = chunk_groups(f, x->ev->plan->nodes.v[x->node].domain);
  agg_state_grow(x->state, rows);
  touched_grow(x, rows);
  for (size_t i = 0; i < f->n; i++)
    if (target[i] >= 0) bit_set(x->touched, (size_t)target[i]);
}

static bool is_empty(const uint64_t *mask, size_t n) {
  uint64_t any = 0;
  for (size_t w = 0; w < bit_words(n); w++) any |= mask[w];
  return !any;
}

/* Rows that were judged by partial values: that they belong or not, or the value itself. NULL:
 * none. */
static const uint64_t *find_partial(const struct plan_agg *g, struct chunk *f,
                                    const struct masks *m, uint64_t *out) {
  const uint64_t *where = chunk_partial(f, g->where);
  bool any = where;
  for (size_t w = 0; w < bit_words(f->n); w++) out[w] = where ? where[w] : 0;
  for (int k = 0; k < g->n_values; k++) {
    const uint64_t *value = chunk_partial(f, g->values[k]);
    for (size_t w = 0; value && w < bit_words(f->n); w++) out[w] |= value[w] & m->in[w];
    any |= value != NULL;
  }
  return any ? out : NULL;
}

void accumulator_feed(struct accumulator *x, struct chunk *f) {
  const struct plan_agg *g = x->g;
  struct masks m = {0}; /* a chunk may have no rows */
  int32_t target[BATCH];
  uint64_t partial[BATCH / 64];
  read_masks(g, f, &m);
  if (x->groups) find_group_targets(x, f, target);
  if (is_empty(m.met, f->n)) return;
  if (!x->groups && !x->company) accumulator_targets(x->ev, x->node, f, m.met, 0, target);
  const struct column **values = NEW_N(f->scratch, const struct column *, g->n_values + 1);
  for (int k = 0; k < g->n_values; k++) values[k] = chunk_column(f, g->values[k]);
  struct agg_batch b = {.n = f->n,
                        .target = x->company ? NULL : target,
                        .in = m.in,
                        .out = m.out,
                        .missed = m.missed,
                        .partial = find_partial(g, f, &m, partial),
                        .values = values,
                        .day = condition_column(f, g->day_of_row)};
  agg_state_feed(x->state, &b);
  for (int level = 1; accumulator_targets(x->ev, x->node, f, m.met, level, target); level++)
    agg_state_feed(x->state, &b);
}

/* ---- results -------------------------------------------------------------------------- */

/* Before the first day of the source in the whole dataset, no data is not zero. */
static bool before_first_day(const struct evaluation *ev, const struct plan_agg *g) {
  if (g->first_day < 0) return false;
  const struct materialised *h = &ev->materialised[g->first_day];
  return !bit_get(h->col.valid, 0) || g->day < h->col.num[0];
}

/* The groups of the chunk become those of the evaluation, numbered by it. */
static void renumber(struct accumulator *x, struct chunk *f, int domain) {
  const int32_t *rows = chunk_groups_merge(f, domain);
  size_t n = chunk_groups(f, domain), all = x->ev->rows[domain].n;
  struct agg_shape shape = {x->g->fn, x->g->percentile, x->kind, (size_t)x->g->n_values};
  struct agg_state *state = agg_state_new(&shape, all);
  uint64_t *touched = xcalloc(bit_words(all) + 1, 8);
  agg_state_grow(x->state, n);
  agg_state_combine(state, x->state, rows, n);
  for (size_t r = 0; r < n && r < x->touched_rows; r++)
    if (bit_get(x->touched, r)) bit_set(touched, (size_t)rows[r]);
  agg_state_free(x->state);
  free(x->touched);
  x->state = state;
  x->touched = touched;
}

/* Was the table still filled at the end of what is put together? Of one that is not, no rows are
 * no zero. */
static bool is_stale(const struct evaluation *ev, const struct plan_agg *g) {
  int fresh = ev->plan->domains.v[g->source].entity->life.fresh;
  if (fresh < 0 || g->first_day < 0) return false; /* an excerpt has no first day */
  day_t newest = day_set_last(ev->days[g->source], g->day);
  return newest != DAY_NONE && g->until - newest > fresh;
}

static bool has_no_result(const struct evaluation *ev, const struct plan_agg *g) {
  return before_first_day(ev, g) || is_stale(ev, g);
}

static void finish_row(struct accumulator *x, struct materialised *h, size_t r, bool none) {
  struct agg_result v = agg_state_result(x->state, r);
  h->seen[r] = v.rows;
  h->of[r] = v.of_rows;
  if (none || !v.known) return;
  bit_set(h->col.valid, r);
  if (x->kind == COL_NUM)
    h->col.num[r] = v.num;
  else if (x->kind == COL_TXT)
    h->col.txt[r] = dict_add_str(x->ev->texts, v.text);
  else
    bit_put(h->col.yes, r, v.num != 0);
}

void accumulator_finish(struct accumulator *x, struct chunk *f) {
  int domain = x->ev->plan->nodes.v[x->node].domain;
  if (x->groups) renumber(x, f, domain);
  size_t rows = evaluation_domain_rows(x->ev, domain);
  agg_state_grow(x->state, rows);
  agg_state_finish(x->state);
  materialised_new(x->ev, x->node, rows, true);
  struct materialised *h = &x->ev->materialised[x->node];
  bool none = has_no_result(x->ev, x->g);
  for (size_t r = 0; r < rows; r++) finish_row(x, h, r, none);
  h->filled = rows;
  h->touched = x->touched;
  h->ready = true;
  agg_state_free(x->state);
  free(x);
}

void accumulator_make(struct evaluation *ev, int node, const struct range_column *sums, size_t n,
                      uint64_t *touched) {
  const struct node *at = &ev->plan->nodes.v[node];
  size_t rows = evaluation_domain_rows(ev, at->domain);
  materialised_new(ev, node, rows, true);
  struct materialised *h = &ev->materialised[node];
  bool none = has_no_result(ev, at->agg);
  if (n > rows) n = rows;
  agg_results_of(at->agg->fn, sums, n,
                 &(struct agg_results){h->col.num, h->col.valid, h->seen, h->of});
  if (none) memset(h->col.valid, 0, bit_words(rows) * sizeof *h->col.valid);
  bool counts = agg_counts_from_zero(at->agg->fn) && !none;
  for (size_t r = n; r < rows; r++) bit_put(h->col.valid, r, counts);
  h->filled = rows;
  h->touched = touched;
  h->ready = true;
}

void accumulators_extend(struct evaluation *ev) {
  for (size_t i = 0; i < ev->plan->nodes.n; i++) {
    const struct node *n = &ev->plan->nodes.v[i];
    struct materialised *h = &ev->materialised[i];
    if (n->op != N_AGG || !h->ready || ev->plan->domains.v[n->domain].kind != DOM_GROUPS) continue;
    size_t rows = ev->rows[n->domain].n, was = h->filled;
    if (rows <= was) continue;
    materialised_grow(ev, (int)i, rows + 64);
    h->seen = xrealloc(h->seen, (rows + 1) * sizeof *h->seen);
    h->of = xrealloc(h->of, (rows + 1) * sizeof *h->of);
    h->touched = xrealloc(h->touched, bit_words(rows) * 8);
    bool counts = agg_counts_from_zero(n->agg->fn) && !has_no_result(ev, n->agg);
    for (size_t r = was; r < rows; r++) {
      h->seen[r] = h->of[r] = 0;
      bit_clear(h->touched, r);
      bit_put(h->col.valid, r, counts);
      if (h->col.num) h->col.num[r] = 0;
    }
    h->filled = rows;
  }
}
