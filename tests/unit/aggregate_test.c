/* The rows of an aggregate, cut at random into several states, fed and combined in order, give
 * what one state gives: every function, with unknown values, rows that do not belong, rows that
 * cannot be judged, partial rows, target rows without any, and target rows numbered otherwise. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "eval/aggregate.h"

enum { TARGETS = 7, EMPTY = 3, BATCHES = 12, STATES_MAX = 5, ROUNDS = 40 };

struct batch_of_rows {
  struct column values[2], day;
  int32_t target[BATCH];
  uint64_t in[BATCH / 64], out[BATCH / 64], missed[BATCH / 64], partial[BATCH / 64];
  size_t n;
};

static unsigned seed;
static unsigned below(unsigned n) {
  seed = seed * 1664525 + 1013904223;
  return (seed >> 8) % n;
}

/* Whole numbers, so that sums do not depend on their order. */
static struct column random_column(struct arena *a, struct dict *d, enum column_kind kind,
                                   size_t n) {
  struct column c = column_new(a, kind, BATCH);
  for (size_t i = 0; i < n; i++) {
    unsigned v = below(9);
    char text[2] = {(char)('a' + v), 0};
    bit_put(c.valid, i, below(6) > 0);
    if (kind == COL_NUM) c.num[i] = (double)v - 3;
    if (kind == COL_TXT) c.txt[i] = dict_add(d, text, 1);
    if (kind == COL_BOOL) bit_put(c.yes, i, bit_get(c.valid, i) && v > 3);
  }
  return c;
}

static void random_rows(struct batch_of_rows *b, struct arena *a, struct dict *d,
                        enum column_kind kind) {
  memset(b, 0, sizeof *b);
  b->n = 1 + below(130);
  for (int k = 0; k < 2; k++) b->values[k] = random_column(a, d, kind, b->n);
  b->day = column_new(a, COL_NUM, BATCH);
  for (size_t i = 0; i < b->n; i++) {
    b->day.num[i] = 20000 + below(30);
    bit_set(b->day.valid, i);
    b->target[i] = (int32_t)below(TARGETS + 1) - 1;
    if (b->target[i] == EMPTY) b->target[i] = -1;
    unsigned fate = below(8);
    bit_set(fate == 0 ? b->missed : fate == 1 ? b->out : b->in, i);
    bit_put(b->partial, i, below(10) == 0);
  }
}

static void feed(struct agg_state *x, const struct batch_of_rows *b, const int32_t *target) {
  const struct column *values[] = {&b->values[0], &b->values[1]};
  struct agg_batch batch = {b->n, target, b->in, b->out, b->missed, b->partial, values, &b->day};
  agg_state_feed(x, &batch);
}

static void assert_same(const struct agg_state *x, const struct agg_state *y) {
  for (size_t r = 0; r < TARGETS; r++) {
    struct agg_result a = agg_state_result(x, r), b = agg_state_result(y, r);
    assert_int_equal(a.rows, b.rows);
    assert_int_equal(a.of_rows, b.of_rows);
    assert_int_equal(a.known, b.known);
    if (!a.known) continue;
    if (a.text)
      assert_true(str_eq(a.text, b.text));
    else
      assert_true(a.num == b.num);
  }
  assert_int_equal(agg_state_result(x, EMPTY).of_rows, 0);
  assert_int_equal(agg_state_result(x, EMPTY).known, agg_state_result(y, EMPTY).known);
}

/* A state of the rows of batches [from, to), its target rows numbered as they come up; rows[]
 * becomes what they are called elsewhere. */
static struct agg_state *part_of(const struct agg_shape *shape, const struct batch_of_rows *all,
                                 size_t from, size_t to, int32_t *rows, size_t *n) {
  struct agg_state *x = agg_state_new(shape, 0);
  int32_t mine[TARGETS], target[BATCH];
  for (int r = 0; r < TARGETS; r++) mine[r] = -1;
  *n = 0;
  for (size_t b = from; b < to; b++) {
    for (size_t i = 0; i < all[b].n; i++) {
      int32_t t = all[b].target[i];
      if (t >= 0 && mine[t] < 0) {
        rows[*n] = t;
        mine[t] = (int32_t)(*n)++;
      }
      target[i] = t < 0 ? -1 : mine[t];
    }
    agg_state_grow(x, *n);
    feed(x, &all[b], target);
  }
  return x;
}

static void one_round(const struct agg_shape *shape, enum column_kind kind) {
  static struct batch_of_rows all[BATCHES];
  struct arena *a = arena_new();
  struct dict *d = dict_new();
  struct agg_state *whole = agg_state_new(shape, TARGETS), *sum = agg_state_new(shape, TARGETS);
  for (int b = 0; b < BATCHES; b++) {
    random_rows(&all[b], a, d, kind);
    feed(whole, &all[b], all[b].target);
  }
  size_t at = 0, states = 2 + below(STATES_MAX - 1);
  for (size_t s = 0; s < states; s++) {
    size_t to = s + 1 == states ? BATCHES : at + below((unsigned)(BATCHES - at) + 1), n;
    int32_t rows[TARGETS + 1];
    struct agg_state *part = part_of(shape, all, at, to, rows, &n);
    agg_state_combine(sum, part, rows, n);
    agg_state_free(part);
    at = to;
  }
  agg_state_finish(whole);
  agg_state_finish(sum);
  dict_free(d); /* states keep nothing of what they were fed */
  assert_same(whole, sum);
  agg_state_free(whole);
  agg_state_free(sum);
  arena_free(a);
}

static void rounds(enum agg_fn fn, enum column_kind values, enum column_kind result,
                   size_t n_values) {
  struct agg_shape shape = {fn, 90, result, n_values};
  for (int i = 0; i < ROUNDS; i++) one_round(&shape, values);
}

static void parts_combine_to_the_whole(void **state) {
  (void)state;
  seed = 20260301;
  rounds(AGG_SUM, COL_NUM, COL_NUM, 1);
  rounds(AGG_AVG, COL_NUM, COL_NUM, 1);
  rounds(AGG_MIN, COL_NUM, COL_NUM, 1);
  rounds(AGG_MAX, COL_NUM, COL_NUM, 1);
  rounds(AGG_MEDIAN, COL_NUM, COL_NUM, 1);
  rounds(AGG_PERCENTILE, COL_NUM, COL_NUM, 1);
  rounds(AGG_COUNT, COL_NUM, COL_NUM, 0);
  rounds(AGG_SHARE, COL_BOOL, COL_NUM, 1);
  rounds(AGG_DISTINCT, COL_NUM, COL_NUM, 2);
  rounds(AGG_DISTINCT, COL_TXT, COL_NUM, 2);
  rounds(AGG_LATEST, COL_NUM, COL_NUM, 1);
  rounds(AGG_LATEST, COL_TXT, COL_TXT, 1);
  rounds(AGG_LATEST, COL_BOOL, COL_BOOL, 1);
}

static struct agg_result result_of(enum agg_fn fn, double total, uint32_t taken, uint32_t out,
                                   uint32_t missed) {
  const struct range_column sums = {&total, &taken, &out, &missed};
  struct agg_result r = {.num = NAN};
  uint64_t valid = 0;
  agg_results_of(fn, &sums, 1, &(struct agg_results){&r.num, &valid, &r.rows, &r.of_rows});
  r.known = valid & 1;
  return r;
}

/* Rows are there and none could be judged: a sum is unknown, not 0. Over no rows it is 0. */
static void nothing_judged_is_unknown(void **state) {
  (void)state;
  assert_false(result_of(AGG_SUM, 0, 0, 0, 2).known);
  assert_true(result_of(AGG_SUM, 0, 0, 1, 1).known);
  assert_int_equal(result_of(AGG_SUM, 0, 0, 1, 1).rows, 1);
  assert_int_equal(result_of(AGG_SUM, 0, 0, 1, 1).of_rows, 2);
  assert_true(result_of(AGG_SUM, 0, 0, 0, 0).known);
}

/* A mean of no rows is unknown, whatever did not belong. */
static void a_mean_needs_a_row(void **state) {
  (void)state;
  assert_false(result_of(AGG_AVG, 0, 0, 3, 0).known);
  assert_true(result_of(AGG_AVG, 6, 4, 3, 0).num == 1.5);
  assert_true(result_of(AGG_SHARE, 1, 4, 0, 0).num == 0.25);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(parts_combine_to_the_whole),
      cmocka_unit_test(nothing_judged_is_unknown),
      cmocka_unit_test(a_mean_needs_a_row),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
