/* Sets of values as lint uses them: bounds, complements, texts. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lint/range.h"

static struct arena *a;

static int set_up(void **state) {
  (void)state;
  a = arena_new();
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  arena_free(a);
  return 0;
}

static struct set above(double v) { return set_interval(a, v, true, INFINITY, true); }
static struct set at_most(double v) { return set_interval(a, -INFINITY, true, v, false); }

static void a_set_and_its_complement_are_everything(void **state) {
  (void)state;
  struct set x = above(10), rest = set_not(a, &x), both = set_or(a, &x, &rest),
             none = set_and(a, &x, &rest), all = set_all(false);
  assert_true(set_empty(&none));
  assert_true(set_within(&all, &both));
  assert_int_equal(both.parts.n, 1);
}

static void touching_intervals_leave_no_gap(void **state) {
  (void)state;
  struct set x = above(10), y = at_most(10), all = set_all(false), joined = set_or(a, &x, &y);
  struct set open = set_interval(a, -INFINITY, true, 10, true), holed = set_or(a, &x, &open);
  assert_true(set_within(&all, &joined));
  assert_false(set_within(&all, &holed)); /* 10 itself is missing */
  assert_int_equal(holed.parts.n, 2);
}

static void bounds_count(void **state) {
  (void)state;
  struct set x = above(10), ten = set_point(a, 10), y = at_most(10);
  struct set both = set_and(a, &x, &y), point = set_and(a, &ten, &y);
  assert_true(set_empty(&both));
  assert_false(set_empty(&point));
  assert_true(set_within(&ten, &y));
  assert_false(set_within(&ten, &x));
}

static void whole_numbers_move_bounds_inside(void **state) {
  (void)state;
  struct set x = above(3), y = set_interval(a, -INFINITY, true, 4, true),
             between = set_and(a, &x, &y);
  assert_false(set_empty(&between)); /* 3.5 */
  between = set_whole(a, &between);
  assert_true(set_empty(&between));
}

static void texts_are_listed_or_all_but_listed(void **state) {
  (void)state;
  struct set pro = set_text(a, "Pro"), basic = set_text(a, "Basic"), not_pro = set_not(a, &pro),
             not_basic = set_not(a, &basic);
  struct set two = set_or(a, &pro, &basic), neither = set_and(a, &not_pro, &not_basic),
             any = set_or(a, &not_pro, &not_basic);
  struct set none = set_and(a, &pro, &basic), all = set_all(true);
  assert_true(set_empty(&none));
  assert_true(set_within(&pro, &two));
  assert_true(set_within(&pro, &not_basic));
  assert_false(set_within(&not_basic, &pro));
  assert_true(set_within(&neither, &not_pro));
  assert_false(set_within(&not_pro, &neither));
  assert_true(set_within(&all, &any));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_set_and_its_complement_are_everything),
      cmocka_unit_test(touching_intervals_leave_no_gap),
      cmocka_unit_test(bounds_count),
      cmocka_unit_test(whole_numbers_move_bounds_inside),
      cmocka_unit_test(texts_are_listed_or_all_but_listed),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
