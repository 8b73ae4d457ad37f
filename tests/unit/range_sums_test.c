/* Sums over ranges of members: what is added to one state can be added to several, in any parts, and
 * combined. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "eval/range_sums.h"

enum { MEMBERS = 365, ROWS = 5, PARTS = 3, ADDITIONS = 400 };

static uint64_t seed = 20260301;

static int rnd(int below) {
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return (int)((seed >> 33) % (uint64_t)below);
}

/* One in two goes on to the last member, as days without an end do. */
static void add_some(struct range_sums *a, struct range_sums *b, size_t row_of_b) {
  size_t row = row_of_b;
  int from = rnd(MEMBERS), to = rnd(2) ? MEMBERS : from + rnd(MEMBERS - from + 1);
  struct range_sum s = {rnd(1000), (uint32_t)rnd(3), (uint32_t)rnd(3), (uint32_t)rnd(3), 0};
  range_sums_add(a, (row + 2) % ROWS, from, to, s);
  range_sums_add(b, row, from, to, s);
  range_sums_touch(a, (row + 2) % ROWS, from, to);
  range_sums_touch(b, row, from, to);
}

static void assert_same(const struct range_column *a, const struct range_column *b, size_t r) {
  assert_true(a->total[r] == b->total[r]);
  assert_int_equal(a->taken[r], b->taken[r]);
  assert_int_equal(a->out[r], b->out[r]);
  assert_int_equal(a->missed[r], b->missed[r]);
}

static void parts_combine_to_the_whole(void **state) {
  /* the rows of a part have numbers of their own */
  const int32_t rows[ROWS] = {2, 3, 4, 0, 1};
  struct range_sums *whole = range_sums_new_each(MEMBERS, ROWS, true),
                    *sum = range_sums_new_each(MEMBERS, ROWS, true);
  (void)state;
  for (int p = 0; p < PARTS; p++) {
    struct range_sums *part = range_sums_new_each(MEMBERS, 0, true);
    range_sums_grow(part, ROWS);
    for (int i = 0; i < ADDITIONS; i++) add_some(whole, part, (size_t)rnd(ROWS));
    range_sums_combine(sum, part, rows, ROWS);
    range_sums_free(part); /* the sum keeps nothing of it */
  }
  range_sums_finish(whole);
  range_sums_finish(sum);
  for (size_t r = 0; r < ROWS; r++)
    for (int m = 0; m < MEMBERS; m++) {
      assert_same(range_sums_member(whole, m), range_sums_member(sum, m), r);
      assert_int_equal(range_sums_touched(whole, r, m), range_sums_touched(sum, r, m));
    }
  range_sums_free(whole);
  range_sums_free(sum);
}

/* What is carried onward from its first member reaches each of them, and none before. */
static void a_range_reaches_its_members_alone(void **state) {
  struct range_sums *x = range_sums_new_each(MEMBERS, 1, false);
  (void)state;
  range_sums_add(x, 0, 100, MEMBERS, (struct range_sum){.total = 7, .taken = 1});
  range_sums_add(x, 0, 98, 101, (struct range_sum){.total = 1, .missed = 1});
  range_sums_add(x, 0, 50, 50, (struct range_sum){.total = 9});
  range_sums_grow(x, 20); /* keeps what is there */
  range_sums_finish(x);
  assert_true(range_sums_member(x, 50)->total[0] == 0);
  assert_true(range_sums_member(x, 97)->total[0] == 0);
  assert_true(range_sums_member(x, 98)->total[0] == 1);
  assert_true(range_sums_member(x, 100)->total[0] == 8);
  assert_int_equal(range_sums_member(x, 100)->missed[0], 1);
  assert_true(range_sums_member(x, 101)->total[0] == 7);
  assert_int_equal(range_sums_member(x, MEMBERS - 1)->taken[0], 1);
  assert_true(range_sums_member(x, MEMBERS - 1)->total[19] == 0);
  range_sums_free(x);
}

/* Of many rows what comes is kept: read member by member, in any order, it is what each sum is. */
static void what_is_kept_is_what_each_sum_is(void **state) {
  enum { MANY = 4000, ADDED = 20000 };
  static const int order[] = {0, 1, 2, 200, 364, 3, 200};
  struct range_sums *kept = range_sums_new(MEMBERS, MANY, false),
                    *part = range_sums_new(MEMBERS, MANY, false),
                    *each = range_sums_new_each(MEMBERS, MANY, false);
  (void)state;
  for (int i = 0; i < ADDED; i++) {
    size_t row = (size_t)rnd(MANY);
    int from = rnd(MEMBERS), to = rnd(3) ? from + rnd(MEMBERS - from + 1) : MEMBERS;
    struct range_sum s = {rnd(2000) - 1000, (uint32_t)rnd(2), (uint32_t)rnd(2), (uint32_t)rnd(2),
                          0};
    range_sums_add(i % 2 ? kept : part, row, from, to, s);
    range_sums_add(each, row, from, to, s);
  }
  range_sums_combine(kept, part, NULL, MANY);
  range_sums_free(part);
  assert_false(range_sums_refused(kept));
  range_sums_finish(kept);
  range_sums_finish(each);
  for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
    const struct range_column *a = range_sums_member(kept, order[k]),
                              *b = range_sums_member(each, order[k]);
    for (size_t r = 0; r < MANY; r++) assert_same(a, b, r);
  }
  range_sums_free(kept);
  range_sums_free(each);
}

/* 0.1 that is added and taken away again leaves something; so it is not kept. */
static void decimals_are_not_kept(void **state) {
  struct range_sums *x = range_sums_new(MEMBERS, 4000, false);
  (void)state;
  range_sums_add(x, 7, 3, 9, (struct range_sum){.total = 2, .taken = 1});
  assert_false(range_sums_refused(x));
  range_sums_add(x, 7, 3, 9, (struct range_sum){.total = 0.1, .taken = 1});
  assert_true(range_sums_refused(x));
  range_sums_add(x, 8, 3, 9, (struct range_sum){.total = 2, .taken = 1}); /* is not kept either */
  range_sums_finish(x);
  range_sums_free(x);
}

/* Wherever the rows lie, and in whichever order they come. */
static void sums_do_not_depend_on_the_order(void **state) {
  (void)state;
  static const double values[] = {1e6, 0.1, 3.7, -123.45, 0.3, -2.9, 1e-9, 0.2};
  enum { N = sizeof values / sizeof *values };
  double first = 0;
  for (size_t turn = 0; turn < N; turn++) {
    struct range_sums *x = range_sums_new(1, 1, false), *y = range_sums_new(1, 1, false);
    for (size_t i = 0; i < N; i++)
      range_sums_add(i % 3 == turn % 3 ? y : x, 0, 0, 1,
                     (struct range_sum){values[(i * 3 + turn) % N], 1, 0, 0, 0});
    range_sums_combine(x, y, NULL, 1);
    range_sums_finish(x);
    double sum = range_sums_member(x, 0)->total[0];
    if (!turn) first = sum;
    assert_true(sum == first);
    range_sums_free(x);
    range_sums_free(y);
  }
  assert_true(first > 999877.95 && first < 999877.951);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(parts_combine_to_the_whole),
      cmocka_unit_test(a_range_reaches_its_members_alone),
      cmocka_unit_test(what_is_kept_is_what_each_sum_is),
      cmocka_unit_test(decimals_are_not_kept),
      cmocka_unit_test(sums_do_not_depend_on_the_order),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
