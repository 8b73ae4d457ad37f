/* Interned names and maps: equal text is one pointer; a map finds what was put, however many
 * there are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/intern.h"
#include "base/map.h"

static struct arena *names;

static void equal_names_are_one_pointer(void **state) {
  (void)state;
  char copy[] = "health";
  assert_ptr_equal(intern(names, "health"), intern(names, copy));
  assert_ptr_equal(intern(names, "health"), intern_n(names, "health_daily", 6));
  assert_ptr_not_equal(intern(names, "health"), intern(names, "Health"));
  assert_string_equal(intern(names, ""), "");
}

static void each_arena_has_names_of_its_own(void **state) {
  (void)state;
  struct arena *other = arena_new();
  assert_ptr_not_equal(intern(names, "health"), intern(other, "health"));
  assert_string_equal(intern(other, "health"), "health");
  arena_free(other);
  assert_string_equal(intern(names, "health"), "health");
}

static void names_stay_when_the_table_grows(void **state) {
  (void)state;
  const char *first = intern(names, "first");
  char name[32];
  for (int i = 0; i < 20000; i++) {
    snprintf(name, sizeof name, "name_%d", i);
    intern(names, name);
  }
  assert_ptr_equal(first, intern(names, "first"));
  assert_string_equal(intern(names, "name_12345"), "name_12345");
}

static void a_map_gives_back_what_was_put(void **state) {
  (void)state;
  struct arena *a = arena_new();
  struct map m = {0};
  int one = 1, two = 2;
  assert_null(map_get(&m, "one"));
  assert_null(map_put(&m, a, "one", &one));
  assert_ptr_equal(map_get(&m, "one"), &one);
  assert_ptr_equal(map_put(&m, a, "one", &two), &one);
  assert_ptr_equal(map_get(&m, "one"), &two);
  assert_null(map_get(&m, "ONE"));
  arena_free(a);
}

static void a_map_grows(void **state) {
  (void)state;
  struct arena *a = arena_new();
  struct map m = {0};
  static int values[5000];
  for (int i = 0; i < 5000; i++)
    assert_null(map_put(&m, a, arena_printf(a, "key %d", i), &values[i]));
  for (int i = 0; i < 5000; i++)
    assert_ptr_equal(map_get(&m, arena_printf(a, "key %d", i)), &values[i]);
  assert_int_equal(m.n, 5000);
  arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(equal_names_are_one_pointer),
      cmocka_unit_test(each_arena_has_names_of_its_own),
      cmocka_unit_test(names_stay_when_the_table_grows),
      cmocka_unit_test(a_map_gives_back_what_was_put),
      cmocka_unit_test(a_map_grows),
  };
  names = arena_new();
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  arena_free(names);
  return failed;
}
