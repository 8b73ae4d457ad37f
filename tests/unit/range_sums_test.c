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
  struct range_sum s = {rnd(1000), (uint32_t)rnd(3), (uint32_t)rnd(3), (uint32_t)rnd(3)};
  range_sums_add(a, (row + 2) % ROWS, from, to, s);
  range_sums_add(b, row, from, to, s);
  range_sums_touch(a, (row + 2) % ROWS, from, to);
  range_sums_touch(b, row, from, to);
}

static void parts_combine_to_the_whole(void **state) {
  /* the rows of a part have numbers of their own */
  const int32_t rows[ROWS] = {2, 3, 4, 0, 1};
  struct range_sums *whole = range_sums_new(MEMBERS, ROWS, true),
                    *sum = range_sums_new(MEMBERS, ROWS, true);
  (void)state;
  for (int p = 0; p < PARTS; p++) {
    struct range_sums *part = range_sums_new(MEMBERS, 0, true);
    range_sums_grow(part, ROWS);
    for (int i = 0; i < ADDITIONS; i++) add_some(whole, part, (size_t)rnd(ROWS));
    range_sums_combine(sum, part, rows, ROWS);
    range_sums_free(part); /* the sum keeps nothing of it */
  }
  range_sums_finish(whole);
  range_sums_finish(sum);
  for (size_t r = 0; r < ROWS; r++)
    for (int m = 0; m < MEMBERS; m++) {
      struct range_sum a = range_sums_get(whole, r, m), b = range_sums_get(sum, r, m);
      assert_true(a.total == b.total);
      assert_int_equal(a.taken, b.taken);
      assert_int_equal(a.out, b.out);
      assert_int_equal(a.missed, b.missed);
      assert_int_equal(range_sums_touched(whole, r, m), range_sums_touched(sum, r, m));
    }
  range_sums_free(whole);
  range_sums_free(sum);
}

/* What is carried onward from its first member reaches each of them, and none before. */
static void a_range_reaches_its_members_alone(void **state) {
  struct range_sums *x = range_sums_new(MEMBERS, 1, false);
  (void)state;
  range_sums_add(x, 0, 100, MEMBERS, (struct range_sum){.total = 7, .taken = 1});
  range_sums_add(x, 0, 98, 101, (struct range_sum){.total = 1, .missed = 1});
  range_sums_add(x, 0, 50, 50, (struct range_sum){.total = 9});
  range_sums_grow(x, 20); /* keeps what is there */
  range_sums_finish(x);
  assert_true(range_sums_get(x, 0, 50).total == 0);
  assert_true(range_sums_get(x, 0, 97).total == 0);
  assert_true(range_sums_get(x, 0, 98).total == 1);
  assert_true(range_sums_get(x, 0, 100).total == 8);
  assert_int_equal(range_sums_get(x, 0, 100).missed, 1);
  assert_true(range_sums_get(x, 0, 101).total == 7);
  assert_int_equal(range_sums_get(x, 0, MEMBERS - 1).taken, 1);
  assert_true(range_sums_get(x, 19, MEMBERS - 1).total == 0);
  range_sums_free(x);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(parts_combine_to_the_whole),
      cmocka_unit_test(a_range_reaches_its_members_alone),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
