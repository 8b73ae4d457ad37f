/* Accumulators. In: chunks. Out: for each target row a sum, count, extreme, median … and from how
 * many rows. */
#include "eval/accumulate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "eval/tuple.h"

struct sample { /* median, percentile */
  int32_t row;
  double v;
};

struct pair {    /* count distinct */
  int32_t row;   /* the target row; -1: a free slot */
  int32_t tuple; /* of the values, in the accumulator's set */
};

struct accumulator {
  struct evaluation *ev;
  int node;
  const struct plan_agg *g;
  enum column_kind kind;
  size_t cap;              /* target rows */
  double *sum;             /* sum, extreme, count of yes, or value of the latest */
  const struct str **text; /* latest of a text */
  double *day;             /* latest */
  uint32_t *seen, *of;     /* rows that gave a value; those and the ones that could not */
  uint64_t *tie;           /* latest: two different values on the greatest day */
  uint64_t *touched;       /* groups: a row falls into it, whatever `where` says */
  struct sample *samples;
  size_t n_samples, cap_samples;
  struct tuple_set *tuples; /* count distinct: the values that have come */
  struct pair *pairs;
  size_t n_pairs, cap_pairs;
  bool groups; /* the target rows are groups: they come up as rows are seen */
  int32_t target[BATCH];
  int32_t tuple[BATCH]; /* count distinct: that of each row */
};

static bool starts_low(enum agg_fn f) { return f == AGG_MAX; }

static void make_room(struct accumulator *x, size_t rows) {
  if (rows <= x->cap) return;
  size_t cap = x->cap ? x->cap * 2 : 64;
  while (cap < rows) cap *= 2;
  size_t old = x->cap, more = cap - old;
#define GROW_BITS(p)                          \
  (x->p = xrealloc(x->p, bit_words(cap) * 8), \
   memset(x->p + bit_words(old), 0, (bit_words(cap) - bit_words(old)) * 8))
#define GROW(p) \
  (x->p = xrealloc(x->p, cap * sizeof *x->p), memset(x->p + old, 0, more * sizeof *x->p))
  GROW(sum);
  GROW(seen);
  GROW(of);
  if (x->g->fn == AGG_LATEST) {
    GROW(day);
    if (x->kind == COL_TXT) GROW(text);
    GROW_BITS(tie);
  }
  if (x->groups) GROW_BITS(touched);
#undef GROW_BITS
#undef GROW
  if (x->g->fn == AGG_MIN || x->g->fn == AGG_MAX)
    for (size_t i = old; i < cap; i++) x->sum[i] = starts_low(x->g->fn) ? -INFINITY : INFINITY;
  x->cap = cap;
}

static size_t target_rows(const struct evaluation *ev, int domain) {
  return ev->plan->domains.v[domain].kind == DOM_COMPANY ? 1 : ev->rows[domain].n;
}

struct accumulator *accumulator_new(struct evaluation *ev, int node) {
  struct accumulator *x = xcalloc(1, sizeof *x);
  const struct node *n = &ev->plan->nodes.v[node];
  x->ev = ev;
  x->node = node;
  x->g = n->agg;
  x->kind = n->col;
  x->groups = ev->plan->domains.v[n->domain].kind == DOM_GROUPS;
  if (x->g->fn == AGG_DISTINCT) x->tuples = tuple_set_new((size_t)x->g->n_values, NULL);
  size_t rows = target_rows(ev, n->domain);
  make_room(x, rows ? rows : 1);
  return x;
}

/* ---- where rows go -------------------------------------------------------------------- */

void accumulator_targets(struct evaluation *ev, int node, struct chunk *f, const uint64_t *mask,
                         int32_t *out) {
  const struct plan *p = ev->plan;
  const struct plan_agg *g = p->nodes.v[node].agg;
  int domain = p->nodes.v[node].domain;
  if (p->domains.v[domain].kind == DOM_GROUPS) {
    group_rows(f, &p->groupings.v[g->grouping], mask, out);
    return;
  }
  if (!g->n_path) {
    memset(out, 0, f->n * sizeof *out);
    return;
  }
  memcpy(out, chunk_links(f, g->path[0]), f->n * sizeof *out);
  for (int k = 1; k < g->n_path; k++) {
    const int32_t *up = ev->rows[g->path[k]->child].links[g->path[k]->index];
    for (size_t i = 0; i < f->n; i++)
      if (out[i] >= 0) out[i] = up[out[i]];
  }
}

static void find_targets(struct accumulator *x, struct chunk *f, const uint64_t *mask) {
  accumulator_targets(x->ev, x->node, f, mask, x->target);
  if (!x->groups) return;
  make_room(x, x->ev->rows[x->ev->plan->nodes.v[x->node].domain].n);
  for (size_t i = 0; i < f->n; i++)
    if (x->target[i] >= 0) bit_set(x->touched, (size_t)x->target[i]);
}

void accumulator_put(struct accumulator *x, size_t row, double sum, uint32_t seen, uint32_t of,
                     bool touched) {
  make_room(x, row + 1);
  x->sum[row] = sum;
  x->seen[row] = seen;
  x->of[row] = of;
  if (touched) bit_set(x->touched, row);
}

/* ---- what they do there --------------------------------------------------------------- */

#define EACH_BIT(word, w)                      \
  for (uint64_t b_ = (word); b_; b_ &= b_ - 1) \
    for (size_t i = (w)*64 + (size_t)__builtin_ctzll(b_), once_ = 1; once_; once_ = 0)

static void add_sample(struct accumulator *x, int32_t row, double v) {
  if (x->n_samples == x->cap_samples) {
    x->cap_samples = x->cap_samples ? x->cap_samples * 2 : 1024;
    x->samples = xrealloc(x->samples, x->cap_samples * sizeof *x->samples);
  }
  x->samples[x->n_samples++] = (struct sample){row, v};
}

static uint64_t pair_hash(struct pair p) {
  return hash_mix((uint64_t)(uint32_t)p.row << 32 | (uint32_t)p.tuple);
}

static void grow_pairs(struct accumulator *x) {
  size_t cap = x->cap_pairs ? x->cap_pairs * 2 : 1024;
  struct pair *fresh = xmalloc(cap * sizeof *fresh);
  for (size_t i = 0; i < cap; i++) fresh[i].row = -1;
  for (size_t i = 0; i < x->cap_pairs; i++) {
    if (x->pairs[i].row < 0) continue;
    size_t at = pair_hash(x->pairs[i]) & (cap - 1);
    while (fresh[at].row >= 0) at = (at + 1) & (cap - 1);
    fresh[at] = x->pairs[i];
  }
  free(x->pairs);
  x->pairs = fresh;
  x->cap_pairs = cap;
}

/* The number of each row's tuple of values; -1 where one is unknown. */
static void number_tuples(struct accumulator *x, struct chunk *f, const uint64_t *mask) {
  size_t words = bit_words(f->n);
  uint64_t known[BATCH / 64];
  const struct column **columns = NEW_N(f->scratch, const struct column *, x->g->n_values);
  memcpy(known, mask, words * sizeof *known);
  for (int k = 0; k < x->g->n_values; k++) {
    columns[k] = chunk_column(f, x->g->values[k]);
    for (size_t w = 0; w < words; w++) known[w] &= columns[k]->valid[w];
  }
  tuple_set_add_rows(x->tuples, columns, f->n, known, x->tuple);
}

static void add_distinct(struct accumulator *x, int32_t row, int32_t tuple) {
  if (x->n_pairs * 2 >= x->cap_pairs) grow_pairs(x);
  struct pair p = {row, tuple};
  size_t at = pair_hash(p) & (x->cap_pairs - 1);
  for (; x->pairs[at].row >= 0; at = (at + 1) & (x->cap_pairs - 1))
    if (x->pairs[at].row == row && x->pairs[at].tuple == tuple) return;
  x->pairs[at] = p;
  x->n_pairs++;
  x->sum[row]++;
}

static void take_latest(struct accumulator *x, struct chunk *f, const struct column *v, size_t i,
                        int32_t r) {
  const struct column *day = chunk_column(f, x->g->day_of_row);
  if (!bit_get(day->valid, i)) return;
  bool known = bit_get(v->valid, i);
  x->of[r]++;
  if (!known) return;
  double num = v->num ? v->num[i] : v->yes ? (double)bit_get(v->yes, i) : 0;
  bool first = !x->seen[r], newer = first || day->num[i] > x->day[r];
  x->seen[r]++;
  if (newer) {
    x->day[r] = day->num[i];
    x->sum[r] = num;
    bit_clear(x->tie, (size_t)r);
    if (v->txt) x->text[r] = dict_add_str(x->ev->texts, v->txt[i]);
  } else if (day->num[i] == x->day[r]) {
    bool same = v->txt ? str_eq(x->text[r], v->txt[i]) : x->sum[r] == num;
    if (!same) bit_set(x->tie, (size_t)r);
  }
}

static void take_row(struct accumulator *x, struct chunk *f, const struct column *v, size_t i,
                     int32_t r) {
  switch (x->g->fn) {
    case AGG_LATEST: take_latest(x, f, v, i, r); return;
    case AGG_DISTINCT:
      x->of[r]++;
      if (x->tuple[i] >= 0) x->seen[r]++, add_distinct(x, r, x->tuple[i]);
      return;
    case AGG_COUNT:
    case AGG_SHARE:
      x->of[r]++;
      if (v && !bit_get(v->valid, i)) return;
      x->seen[r]++;
      if (!v || bit_get(v->yes, i)) x->sum[r]++;
      return;
    default: break;
  }
  x->of[r]++;
  if (!bit_get(v->valid, i)) return;
  x->seen[r]++;
  double n = v->num[i];
  if (x->g->fn == AGG_MIN)
    x->sum[r] = n < x->sum[r] ? n : x->sum[r];
  else if (x->g->fn == AGG_MAX)
    x->sum[r] = n > x->sum[r] ? n : x->sum[r];
  else if (x->g->fn == AGG_MEDIAN || x->g->fn == AGG_PERCENTILE)
    add_sample(x, r, n);
  else
    x->sum[r] += n;
}

/* The common case, kept free of branches on the function. */
static void take_sums(struct accumulator *x, const struct column *v, const uint64_t *mask,
                      size_t words) {
  for (size_t w = 0; w < words; w++)
    EACH_BIT (mask[w], w) {
      int32_t r = x->target[i];
      if (r < 0) continue;
      x->of[r]++;
      if (!bit_get(v->valid, i)) continue;
      x->seen[r]++;
      x->sum[r] += v->num[i];
    }
}

void accumulator_feed(struct accumulator *x, struct chunk *f) {
  const struct plan_agg *g = x->g;
  size_t words = bit_words(f->n);
  uint64_t mask[BATCH / 64], unsure[BATCH / 64], any = 0;
  for (size_t w = 0; w < words; w++) mask[w] = UINT64_MAX;
  if (f->n % 64) mask[words - 1] = (UINT64_C(1) << (f->n % 64)) - 1;
  if (g->visible >= 0) {
    const struct column *c = chunk_column(f, g->visible);
    for (size_t w = 0; w < words; w++) mask[w] &= c->yes[w];
  }
  /* a group is there when a row of it is, whatever `where` says */
  if (x->groups) find_targets(x, f, mask);
  memset(unsure, 0, sizeof unsure);
  if (g->where >= 0) {
    const struct column *c = chunk_column(f, g->where);
    for (size_t w = 0; w < words; w++) {
      unsure[w] = mask[w] & ~c->valid[w];
      mask[w] &= c->yes[w];
    }
  }
  for (size_t w = 0; w < words; w++) any |= mask[w] | unsure[w];
  if (!any) return;
  const struct column *v = g->n_values ? chunk_column(f, g->values[0]) : NULL;
  if (!x->groups) find_targets(x, f, mask);
  for (size_t w = 0; w < words; w++)
    EACH_BIT (unsure[w], w)
      if (x->target[i] >= 0) x->of[x->target[i]]++;
  if (g->fn == AGG_SUM || g->fn == AGG_AVG) {
    take_sums(x, v, mask, words);
    return;
  }
  if (g->fn == AGG_DISTINCT) number_tuples(x, f, mask);
  for (size_t w = 0; w < words; w++)
    EACH_BIT (mask[w], w)
      if (x->target[i] >= 0) take_row(x, f, v, i, x->target[i]);
}

/* ---- results -------------------------------------------------------------------------- */

static int by_row_and_value(const void *pa, const void *pb) {
  const struct sample *a = pa, *b = pb;
  if (a->row != b->row) return a->row < b->row ? -1 : 1;
  return (a->v > b->v) - (a->v < b->v);
}

/* Between two values the percentile is interpolated; the median is the 50th. */
static void finish_samples(struct accumulator *x) {
  double share = x->g->fn == AGG_MEDIAN ? 0.5 : x->g->percentile / 100;
  if (x->n_samples) qsort(x->samples, x->n_samples, sizeof *x->samples, by_row_and_value);
  for (size_t i = 0; i < x->n_samples;) {
    size_t end = i;
    while (end < x->n_samples && x->samples[end].row == x->samples[i].row) end++;
    double at = share * (double)(end - i - 1);
    size_t lo = i + (size_t)at, hi = lo + 1 < end ? lo + 1 : lo;
    double part = at - floor(at);
    x->sum[x->samples[i].row] = x->samples[lo].v + (x->samples[hi].v - x->samples[lo].v) * part;
    i = end;
  }
}

static bool is_known(const struct accumulator *x, size_t r) {
  bool counts = x->g->fn == AGG_SUM || x->g->fn == AGG_COUNT || x->g->fn == AGG_DISTINCT;
  if (!x->seen[r]) return counts && !x->of[r]; /* no rows: 0; only unknown ones: unknown */
  return x->g->fn != AGG_LATEST || !bit_get(x->tie, r);
}

/* Before the first day of the source in the whole dataset, no data is not zero. */
static bool before_first_day(const struct evaluation *ev, const struct plan_agg *g) {
  if (g->first_day < 0) return false;
  const struct materialised *h = &ev->materialised[g->first_day];
  return !bit_get(h->col.valid, 0) || g->day < h->col.num[0];
}

static void finish_row(struct accumulator *x, struct materialised *h, size_t r) {
  bit_set(h->col.valid, r);
  double v = x->sum[r];
  if (x->g->fn == AGG_AVG || x->g->fn == AGG_SHARE) v /= x->seen[r];
  if (x->kind == COL_NUM)
    h->col.num[r] = v;
  else if (x->kind == COL_TXT)
    h->col.txt[r] = x->text[r];
  else
    bit_put(h->col.yes, r, v != 0);
}

void accumulator_finish(struct accumulator *x) {
  size_t rows = target_rows(x->ev, x->ev->plan->nodes.v[x->node].domain);
  make_room(x, rows ? rows : 1);
  materialised_new(x->ev, x->node, rows, true);
  struct materialised *h = &x->ev->materialised[x->node];
  if (x->g->fn == AGG_MEDIAN || x->g->fn == AGG_PERCENTILE) finish_samples(x);
  bool too_early = before_first_day(x->ev, x->g);
  for (size_t r = 0; r < rows; r++) {
    h->seen[r] = x->seen[r];
    h->of[r] = x->of[r];
    if (!too_early && is_known(x, r)) finish_row(x, h, r);
  }
  h->filled = rows;
  h->touched = x->touched;
  h->ready = true;
  free(x->sum);
  free(x->seen);
  free(x->of);
  free(x->day);
  free(x->text);
  free(x->tie);
  free(x->samples);
  free(x->pairs);
  tuple_set_free(x->tuples);
  free(x);
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
    bool counts =
        (n->agg->fn == AGG_SUM || n->agg->fn == AGG_COUNT || n->agg->fn == AGG_DISTINCT) &&
        !before_first_day(ev, n->agg);
    for (size_t r = was; r < rows; r++) {
      h->seen[r] = h->of[r] = 0;
      bit_clear(h->touched, r);
      bit_put(h->col.valid, r, counts);
      if (h->col.num) h->col.num[r] = 0;
    }
    h->filled = rows;
  }
}
