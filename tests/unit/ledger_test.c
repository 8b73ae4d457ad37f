/* Money at stake, each row once: what comes out does not depend on the order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "action/ledger.h"

/* Who says what of which row. */
struct said {
  const char *owner, *key;
  double amount;
  day_t due;
};

struct found {
  double ana, bob, nobody, shared;
};

static void take(void *ctx, const char *owner, const struct measure_sum *of, double amount,
                 bool shared) {
  struct found *f = ctx;
  assert_string_equal(of->name, "arr");
  *(!owner ? &f->nobody : strcmp(owner, "ana") == 0 ? &f->ana : &f->bob) += amount;
  if (shared && owner) f->shared += amount;
}

static const struct said all[] = {
    {"ana", "A1", 100, 10},     {"ana", "A1", 100, 20}, {"bob", "A1", 100, 30},
    {"ana", "A2", 7, DAY_NONE}, {"ana", "A2", 5, 40},   {"ana", "A2", 6, 40},
    {"bob", "A3", 1e16, 1},     {"bob", "A4", 1, 1},    {"bob", "A5", -1e16, 1},
    {NULL, "A6", 50, 1},        {"bob", "A6", 50, 2}};
enum { ALL = sizeof all / sizeof *all };

static void each_row_counts_once_in_any_order(void **state) {
  (void)state;
  for (size_t step = 1; step < ALL; step++) {
    struct arena *a = arena_new();
    struct ledger l = {0};
    struct stake stake = {0};
    struct found f = {0};
    uint32_t arr = ledger_measure(&l, "account", "arr", (struct type){.unit = U_MONEY}, a);
    assert_int_equal(ledger_measure(&l, "account", "arr", (struct type){.unit = U_MONEY}, a), arr);
    for (size_t n = 0; n < ALL; n++) { /* 11 is a prime: every step comes to all of them */
      const struct said *s = &all[n * step % ALL];
      ledger_enter(&l, arr, s->key, strlen(s->key), (struct claim){s->owner, s->amount, s->due}, a);
    }
    ledger_add_all(&l, &stake, a);
    ledger_each(&l, take, &f);
    assert_int_equal(stake.sums.n, 1);
    assert_int_equal(stake.sums.v[0].rows, 6);
    /* of A2 what is due first, and of that the most; of the large amounts nothing is lost */
    assert_true(stake.sums.v[0].money.num == 100 + 6 + 1 + 50);
    assert_true(f.ana == 106 && f.nobody == 50);
    assert_true(f.shared == 200); /* A6 is one person's alone */
    arena_free(a);
  }
}

/* One measure is never added to another, and many rows are found again. */
static void rows_are_of_a_measure(void **state) {
  (void)state;
  struct arena *a = arena_new();
  struct ledger l = {0};
  struct stake stake = {0};
  char key[24];
  uint32_t of[2] = {ledger_measure(&l, "account", "arr", (struct type){.unit = U_MONEY}, a),
                    ledger_measure(&l, "account", "mrr", (struct type){.unit = U_MONEY}, a)};
  for (int twice = 0; twice < 2; twice++)
    for (int n = 0; n < 20000; n++) {
      snprintf(key, sizeof key, "A%d", n / 2);
      ledger_enter(&l, of[n % 2], key, strlen(key), (struct claim){"ana", 1 + n % 2, 1}, a);
    }
  ledger_add_all(&l, &stake, a);
  assert_int_equal(stake.sums.n, 2);
  assert_true(stake.sums.v[0].money.num == 10000 && stake.sums.v[1].money.num == 20000);
  arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_row_counts_once_in_any_order),
      cmocka_unit_test(rows_are_of_a_measure),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
