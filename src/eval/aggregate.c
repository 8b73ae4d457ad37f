/* Aggregates. In: rows with their target rows. Out: for each target row a sum, count, extreme,
 * median … and from how many rows. */
#include "eval/aggregate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/exact_sum.h"
#include "base/hash.h"
#include "eval/tuple.h"

struct sample { /* median, percentile */
  int32_t row;
  double v;
};

struct pair {    /* count distinct */
  int32_t row;   /* the target row; -1: a free slot */
  int32_t tuple; /* of the values, in the state's set */
};

struct agg_state {
  struct agg_shape shape;
  size_t cap;                     /* target rows */
  double *total;                  /* sum, extreme, count, or value of the latest */
  double *rest;                   /* of sums: exact_sum.h; NULL */
  uint32_t *taken, *out, *missed; /* aggregate.h */
  uint32_t *partial;              /* NULL: none yet */
  /* latest */
  double *day;
  const struct str **text;
  struct dict *texts; /* of a text */
  uint64_t *tie;      /* two different values on the greatest day */
  /* median, percentile */
  struct sample *samples;
  size_t n_samples, cap_samples;
  /* count distinct */
  struct tuple_set *tuples; /* the values that have come */
  struct pair *pairs;
  size_t n_pairs, cap_pairs;
};

/* What an aggregate function is made of. Loops over rows stand inside of take and combine. */
struct agg_row {
  double start;   /* of the total of every target row */
  bool from_zero; /* over no rows it is 0, not unknown */
  /* the rows of the mask, whose values are known */
  void (*take)(struct agg_state *x, const struct agg_batch *b, const uint64_t *mask);
  /* of n target rows; counts are combined by everybody's code, after this */
  void (*combine)(struct agg_state *x, const struct agg_state *from, const int32_t *rows, size_t n);
  void (*finish)(struct agg_state *x); /* NULL: the total is the result */
};

#define EACH_BIT(mask, n)                      \
  for (size_t w_ = 0; w_ < bit_words(n); w_++) \
    for (uint64_t b_ = (mask)[w_], i = 0;      \
         b_ && ((i = w_ * 64 + (uint64_t)__builtin_ctzll(b_)), 1); b_ &= b_ - 1)

static size_t target_of(const int32_t *rows, size_t r) { return rows ? (size_t)rows[r] : r; }

static int32_t target_at(const struct agg_batch *b, size_t i) {
  return b->target ? b->target[i] : 0;
}

static uint32_t rows_in(const struct agg_batch *b, const uint64_t *mask) {
  uint32_t n = 0;
  for (size_t w = 0; w < bit_words(b->n); w++) n += (uint32_t)__builtin_popcountll(mask[w]);
  return n;
}

static void tally(uint32_t *count, const struct agg_batch *b, const uint64_t *mask) {
  if (!b->target) {
    count[0] += rows_in(b, mask);
    return;
  }
  EACH_BIT (mask, b->n)
    if (b->target[i] >= 0) count[b->target[i]]++;
}

/* ---- sum, avg ------------------------------------------------------------------------- */

static void take_one_sum(struct agg_state *x, const struct agg_batch *b, const uint64_t *mask) {
  const double *v = b->values[0]->num;
  double sum = x->total[0], rest = x->rest[0];
  EACH_BIT (mask, b->n) exact_add(&sum, &rest, v[i]);
  x->total[0] = sum;
  x->rest[0] = rest;
  x->taken[0] += rows_in(b, mask);
}

static void take_sum(struct agg_state *x, const struct agg_batch *b, const uint64_t *mask) {
  const double *v = b->values[0]->num;
  if (!b->target) {
    take_one_sum(x, b, mask);
    return;
  }
  EACH_BIT (mask, b->n) {
    int32_t r = b->target[i];
    if (r < 0) continue;
    x->taken[r]++;
    exact_add(&x->total[r], &x->rest[r], v[i]);
  }
}

static void combine_sum(struct agg_state *x, const struct agg_state *from, const int32_t *rows,
                        size_t n) {
  for (size_t r = 0; r < n; r++) {
    size_t to = target_of(rows, r);
    exact_add(&x->total[to], &x->rest[to], from->total[r]);
    x->rest[to] += from->rest[r];
  }
}

static void combine_count(struct agg_state *x, const struct agg_state *from, const int32_t *rows,
                          size_t n) {
  for (size_t r = 0; r < n; r++) x->total[target_of(rows, r)] += from->total[r];
}

static void finish_sum(struct agg_state *x) {
  for (size_t r = 0; r < x->cap; r++) x->total[r] = exact_sum(x->total[r], x->rest[r]);
}

static void finish_mean(struct agg_state *x) {
  if (x->rest) finish_sum(x);
  for (size_t r = 0; r < x->cap; r++)
    if (x->taken[r]) x->total[r] /= x->taken[r];
}

/* ---- min, max ------------------------------------------------------------------------- */

#define EXTREME(name, closer)                                                                     \
  static void take_one_##name(struct agg_state *x, const struct agg_batch *b,                     \
                              const uint64_t *mask) {                                             \
    const double *v = b->values[0]->num;                                                          \
    double best = x->total[0];                                                                    \
    EACH_BIT (mask, b->n) best = v[i] closer best ? v[i] : best;                                  \
    x->total[0] = best;                                                                           \
    x->taken[0] += rows_in(b, mask);                                                              \
  }                                                                                               \
  static void take_##name(struct agg_state *x, const struct agg_batch *b, const uint64_t *mask) { \
    const double *v = b->values[0]->num;                                                          \
    if (!b->target) {                                                                             \
      take_one_##name(x, b, mask);                                                                \
      return;                                                                                     \
    }                                                                                             \
    EACH_BIT (mask, b->n) {                                                                       \
      int32_t r = b->target[i];                                                                   \
      if (r < 0) continue;                                                                        \
      x->taken[r]++;                                                                              \
      x->total[r] = v[i] closer x->total[r] ? v[i] : x->total[r];                                 \
    }                                                                                             \
  }                                                                                               \
  static void combine_##name(struct agg_state *x, const struct agg_state *from,                   \
                             const int32_t *rows, size_t n) {                                     \
    for (size_t r = 0; r < n; r++) {                                                              \
      double *to = &x->total[target_of(rows, r)];                                                 \
      *to = from->total[r] closer * to ? from->total[r] : *to;                                    \
    }                                                                                             \
  }

EXTREME(min, <)
EXTREME(max, >)
#undef EXTREME

/* ---- median, percentile --------------------------------------------------------------- */

static void add_sample(struct agg_state *x, struct sample s) {
  if (x->n_samples == x->cap_samples) {
    x->cap_samples = x->cap_samples ? x->cap_samples * 2 : 1024;
    x->samples = xrealloc(x->samples, x->cap_samples * sizeof *x->samples);
  }
  x->samples[x->n_samples++] = s;
}

static void take_samples(struct agg_state *x, const struct agg_batch *b, const uint64_t *mask) {
  const double *v = b->values[0]->num;
  EACH_BIT (mask, b->n) {
    int32_t r = target_at(b, i);
    if (r < 0) continue;
    x->taken[r]++;
    add_sample(x, (struct sample){r, v[i]});
  }
}

static void combine_samples(struct agg_state *x, const struct agg_state *from, const int32_t *rows,
                            size_t n) {
  for (size_t i = 0; i < from->n_samples; i++) {
    struct sample s = from->samples[i];
    CHECK((size_t)s.row < n);
    add_sample(x, (struct sample){(int32_t)target_of(rows, (size_t)s.row), s.v});
  }
}

static int by_row_and_value(const void *pa, const void *pb) {
  const struct sample *a = pa, *b = pb;
  if (a->row != b->row) return a->row < b->row ? -1 : 1;
  return (a->v > b->v) - (a->v < b->v);
}

double sorted_median(const double *v, size_t n) {
  return n % 2 ? v[n / 2] : v[n / 2 - 1] + (v[n / 2] - v[n / 2 - 1]) / 2;
}

/* The product is rounded first: 0.07 * 100 is more than 7. */
double sorted_nearest_rank(const double *v, size_t n, double percent) {
  double rank = ceil(round(percent * (double)n * 1e6) / 1e8);
  return v[rank < 1 ? 0 : rank > (double)n ? n - 1 : (size_t)rank - 1];
}

static void finish_samples(struct agg_state *x) {
  if (x->n_samples) qsort(x->samples, x->n_samples, sizeof *x->samples, by_row_and_value);
  double *values = xmalloc((x->n_samples + 1) * sizeof *values);
  for (size_t i = 0; i < x->n_samples; i++) values[i] = x->samples[i].v;
  for (size_t i = 0, end; i < x->n_samples; i = end) {
    for (end = i; end < x->n_samples && x->samples[end].row == x->samples[i].row;) end++;
    x->total[x->samples[i].row] =
        x->shape.fn == AGG_MEDIAN ? sorted_median(values + i, end - i)
                                  : sorted_nearest_rank(values + i, end - i, x->shape.percentile);
  }
  free(values);
}

/* ---- count, share --------------------------------------------------------------------- */

/* With a condition it counts the rows for which that is true. */
static void count_row(struct agg_state *x, const struct agg_batch *b, const uint64_t *mask) {
  uint64_t yes[BATCH / 64] = {0};
  tally(x->taken, b, mask);
  for (size_t w = 0; w < bit_words(b->n); w++)
    yes[w] = mask[w] & (x->shape.n_values ? b->values[0]->yes[w] : UINT64_MAX);
  if (!b->target)
    x->total[0] += rows_in(b, yes);
  else
    EACH_BIT (yes, b->n)
      if (b->target[i] >= 0) x->total[b->target[i]]++;
}

/* ---- count distinct ------------------------------------------------------------------- */

static uint64_t pair_hash(struct pair p) {
  return hash_mix((uint64_t)(uint32_t)p.row << 32 | (uint32_t)p.tuple);
}

static void grow_pairs(struct agg_state *x) {
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

static void add_pair(struct agg_state *x, struct pair p) {
  if (x->n_pairs * 2 >= x->cap_pairs) grow_pairs(x);
  size_t at = pair_hash(p) & (x->cap_pairs - 1);
  for (; x->pairs[at].row >= 0; at = (at + 1) & (x->cap_pairs - 1))
    if (x->pairs[at].row == p.row && x->pairs[at].tuple == p.tuple) return;
  x->pairs[at] = p;
  x->n_pairs++;
  x->total[p.row]++;
}

static void take_distinct(struct agg_state *x, const struct agg_batch *b, const uint64_t *mask) {
  int32_t tuple[BATCH];
  tuple_set_add_rows(x->tuples, b->values, b->n, mask, tuple);
  EACH_BIT (mask, b->n) {
    int32_t r = target_at(b, i);
    if (r < 0) continue;
    x->taken[r]++;
    add_pair(x, (struct pair){r, tuple[i]});
  }
}

static void combine_distinct(struct agg_state *x, const struct agg_state *from, const int32_t *rows,
                             size_t n) {
  size_t n_tuples = tuple_set_size(from->tuples);
  int32_t *mine = xmalloc((n_tuples + 1) * sizeof *mine);
  for (size_t i = 0; i < n_tuples; i++)
    mine[i] = tuple_set_add(x->tuples, tuple_set_get(from->tuples, (int32_t)i));
  for (size_t i = 0; i < from->cap_pairs; i++) {
    struct pair p = from->pairs[i];
    if (p.row < 0) continue;
    CHECK((size_t)p.row < n);
    add_pair(x, (struct pair){(int32_t)target_of(rows, (size_t)p.row), mine[p.tuple]});
  }
  free(mine);
}

/* ---- latest --------------------------------------------------------------------------- */

/* A value of a day, when `had` have come before it: is it the new one? On the day of the one
 * before it, another value is a tie. */
static bool is_newer(struct agg_state *x, size_t r, bool had, double day) {
  if (had && day <= x->day[r]) return false;
  x->day[r] = day;
  bit_clear(x->tie, r);
  return true;
}

static void latest_number(struct agg_state *x, size_t r, bool had, double day, double v) {
  if (is_newer(x, r, had, day))
    x->total[r] = v;
  else if (day == x->day[r] && x->total[r] != v)
    bit_set(x->tie, r);
}

static void latest_text(struct agg_state *x, size_t r, bool had, double day, const struct str *v) {
  if (is_newer(x, r, had, day))
    x->text[r] = dict_add_str(x->texts, v);
  else if (day == x->day[r] && !str_eq(x->text[r], v))
    bit_set(x->tie, r);
}

static void take_latest_numbers(struct agg_state *x, const struct agg_batch *b,
                                const uint64_t *mask, const double *v) {
  EACH_BIT (mask, b->n) {
    int32_t r = target_at(b, i);
    if (r >= 0) latest_number(x, (size_t)r, x->taken[r]++ > 0, b->day->num[i], v[i]);
  }
}

static void take_latest_texts(struct agg_state *x, const struct agg_batch *b, const uint64_t *mask,
                              const struct str *const *v) {
  EACH_BIT (mask, b->n) {
    int32_t r = target_at(b, i);
    if (r >= 0) latest_text(x, (size_t)r, x->taken[r]++ > 0, b->day->num[i], v[i]);
  }
}

static void take_latest(struct agg_state *x, const struct agg_batch *b, const uint64_t *mask) {
  const struct column *v = b->values[0];
  double flags[BATCH];
  if (v->txt) {
    take_latest_texts(x, b, mask, v->txt);
    return;
  }
  for (size_t i = 0; !v->num && i < b->n; i++) flags[i] = (double)bit_get(v->yes, i);
  take_latest_numbers(x, b, mask, v->num ? v->num : flags);
}

static void combine_latest(struct agg_state *x, const struct agg_state *from, const int32_t *rows,
                           size_t n) {
  for (size_t r = 0; r < n; r++) {
    if (!from->taken[r]) continue;
    size_t to = target_of(rows, r);
    bool had = x->taken[to] > 0, tie = bit_get(from->tie, r);
    if (x->texts)
      latest_text(x, to, had, from->day[r], from->text[r]);
    else
      latest_number(x, to, had, from->day[r], from->total[r]);
    if (tie && from->day[r] == x->day[to]) bit_set(x->tie, to);
  }
}

/* ---- the table ------------------------------------------------------------------------ */

/* To add a function: its word in the grammar, enum agg_fn, agg_text and sema/typing_agg.c; its row
 * here. tests/unit/aggregate_test.c then checks that its parts combine. */
static const struct agg_row aggregates[] = {
    [AGG_SUM] = {0, true, take_sum, combine_sum, finish_sum},
    [AGG_AVG] = {0, false, take_sum, combine_sum, finish_mean},
    [AGG_MIN] = {INFINITY, false, take_min, combine_min, NULL},
    [AGG_MAX] = {-INFINITY, false, take_max, combine_max, NULL},
    [AGG_MEDIAN] = {0, false, take_samples, combine_samples, finish_samples},
    [AGG_LATEST] = {0, false, take_latest, combine_latest, NULL},
    [AGG_PERCENTILE] = {0, false, take_samples, combine_samples, finish_samples},
    [AGG_COUNT] = {0, true, count_row, combine_count, NULL},
    [AGG_DISTINCT] = {0, true, take_distinct, combine_distinct, NULL},
    [AGG_SHARE] = {0, false, count_row, combine_count, finish_mean},
};

static const struct agg_row *row_of(const struct agg_state *x) {
  CHECK((size_t)x->shape.fn < sizeof aggregates / sizeof *aggregates);
  return &aggregates[x->shape.fn];
}

bool agg_counts_from_zero(enum agg_fn fn) { return aggregates[fn].from_zero; }

/* ---- a state -------------------------------------------------------------------------- */

void agg_state_grow(struct agg_state *x, size_t rows) {
  if (rows <= x->cap) return;
  size_t old = x->cap, cap = old ? old * 2 : 64;
  while (cap < rows) cap *= 2;
#define GROW(p, had, has)                       \
  (x->p = xrealloc(x->p, (has) * sizeof *x->p), \
   memset(x->p + (had), 0, ((has) - (had)) * sizeof *x->p))
  GROW(total, old, cap);
  if (row_of(x)->combine == combine_sum) GROW(rest, old, cap);
  GROW(taken, old, cap);
  GROW(out, old, cap);
  GROW(missed, old, cap);
  if (x->partial) GROW(partial, old, cap);
  if (x->shape.fn == AGG_LATEST) {
    GROW(day, old, cap);
    GROW(tie, bit_words(old), bit_words(cap));
    if (x->texts) GROW(text, old, cap);
  }
#undef GROW
  for (size_t r = old; r < cap; r++) x->total[r] = row_of(x)->start;
  x->cap = cap;
}

struct agg_state *agg_state_new(const struct agg_shape *shape, size_t rows) {
  struct agg_state *x = xcalloc(1, sizeof *x);
  x->shape = *shape;
  if (shape->fn == AGG_DISTINCT) x->tuples = tuple_set_new(shape->n_values, NULL);
  if (shape->fn == AGG_LATEST && shape->kind == COL_TXT) x->texts = dict_new();
  agg_state_grow(x, rows ? rows : 1);
  return x;
}

void agg_state_free(struct agg_state *x) {
  if (!x) return;
  free(x->total);
  free(x->rest);
  free(x->taken);
  free(x->out);
  free(x->missed);
  free(x->partial);
  free(x->day);
  free(x->text);
  free(x->tie);
  free(x->samples);
  free(x->pairs);
  tuple_set_free(x->tuples);
  dict_free(x->texts);
  free(x);
}

static void count_partial(struct agg_state *x, const struct agg_batch *b, const uint64_t *known) {
  uint64_t mask[BATCH / 64], any = 0;
  for (size_t w = 0; w < bit_words(b->n); w++)
    any |= mask[w] = b->partial[w] & (known[w] | b->out[w]);
  if (!any) return;
  if (!x->partial) x->partial = xcalloc(x->cap, sizeof *x->partial);
  tally(x->partial, b, mask);
}

void agg_state_feed(struct agg_state *x, const struct agg_batch *b) {
  uint64_t known[BATCH / 64], missed[BATCH / 64];
  CHECK(b->n <= BATCH);
  for (size_t w = 0; w < bit_words(b->n); w++) {
    DEBUG_CHECK(!(b->in[w] & b->out[w]) && !((b->in[w] | b->out[w]) & b->missed[w]));
    known[w] = b->in[w];
    for (size_t k = 0; k < x->shape.n_values; k++) known[w] &= b->values[k]->valid[w];
    missed[w] = b->missed[w] | (b->in[w] & ~known[w]);
  }
  row_of(x)->take(x, b, known);
  tally(x->out, b, b->out);
  tally(x->missed, b, missed);
  if (b->partial) count_partial(x, b, known);
}

void agg_state_combine(struct agg_state *x, const struct agg_state *from, const int32_t *rows,
                       size_t n) {
  CHECK(x->shape.fn == from->shape.fn && n <= from->cap);
  for (size_t r = 0; r < n; r++) CHECK(target_of(rows, r) < x->cap);
  row_of(x)->combine(x, from, rows, n);
  if (from->partial && !x->partial) x->partial = xcalloc(x->cap, sizeof *x->partial);
  for (size_t r = 0; r < n; r++) {
    size_t to = target_of(rows, r);
    x->taken[to] += from->taken[r];
    x->out[to] += from->out[r];
    x->missed[to] += from->missed[r];
    if (from->partial) x->partial[to] += from->partial[r];
  }
}

void agg_state_finish(struct agg_state *x) {
  if (row_of(x)->finish) row_of(x)->finish(x);
}

/* Over no rows a count is 0; where there are rows and none could be judged, all is unknown. */
static bool is_known(const struct agg_row *row, uint32_t taken, uint32_t out, uint32_t missed) {
  return row->from_zero ? taken || out || !missed : taken;
}

struct agg_result agg_state_result(const struct agg_state *x, size_t row) {
  CHECK(row < x->cap);
  uint32_t judged = x->taken[row] + x->out[row];
  return (struct agg_result){
      .known = is_known(row_of(x), x->taken[row], x->out[row], x->missed[row]) &&
               !(x->tie && bit_get(x->tie, row)),
      .num = x->total[row],
      .text = x->texts ? x->text[row] : NULL,
      .rows = judged - (x->partial ? x->partial[row] : 0),
      .of_rows = judged + x->missed[row]};
}

/* Word w of valid. */
static uint64_t known_rows(const struct agg_row *row, const struct range_column *c, size_t w,
                           size_t n) {
  uint64_t known = 0;
  size_t end = n - w * 64 < 64 ? n - w * 64 : 64;
  for (size_t j = 0, r = w * 64; j < end; j++, r++)
    known |= (uint64_t)is_known(row, c->taken[r], c->out[r], c->missed[r]) << j;
  return known;
}

void agg_results_of(enum agg_fn fn, const struct range_column *sums, size_t n,
                    const struct agg_results *out) {
  const struct agg_row *row = &aggregates[fn];
  CHECK(row->combine == combine_sum || row->combine == combine_count ||
        row->combine == combine_min || row->combine == combine_max);
  for (size_t r = 0; r < n; r++) {
    out->rows[r] = sums->taken[r] + sums->out[r];
    out->of_rows[r] = out->rows[r] + sums->missed[r];
  }
  for (size_t w = 0; w < bit_words(n); w++) out->valid[w] |= known_rows(row, sums, w, n);
  if (row->finish == finish_mean)
    for (size_t r = 0; r < n; r++)
      out->num[r] = sums->taken[r] ? sums->total[r] / sums->taken[r] : 0;
  else if (n)
    memcpy(out->num, sums->total, n * sizeof *out->num);
}
