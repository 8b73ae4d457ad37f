/* Patterns: searched anywhere in the text, by letters and not bytes, and never for ever. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/pattern.h"

static int found(const char *pattern, const char *text) {
  struct pattern *p = pattern_new(pattern);
  int r = pattern_match(p, text, strlen(text));
  pattern_free(p);
  return r;
}

static void a_pattern_is_searched_anywhere(void **state) {
  (void)state;
  assert_int_equal(found("closed", "deal closed won"), 1);
  assert_int_equal(found("^closed", "deal closed won"), 0);
  assert_int_equal(found("won$", "deal closed won"), 1);
  assert_int_equal(found("", "anything"), 1);
  assert_int_equal(found("x", ""), 0);
}

static void case_and_accents_count(void **state) {
  (void)state;
  assert_int_equal(found("pro", "Pro"), 0);
  assert_int_equal(found("(?i)pro", "Pro"), 1);
  assert_int_equal(found("été", "ete"), 0);
}

static void a_dot_is_one_letter(void **state) {
  (void)state;
  assert_int_equal(found("^.$", "é"), 1);
  assert_int_equal(found("^\\w+$", "été"), 1);
}

static void what_is_wrong_is_said_with_its_place(void **state) {
  (void)state;
  struct arena *a = arena_new();
  int at = -1;
  assert_null(pattern_check(a, "^closed", &at));
  assert_non_null(pattern_check(a, "Trial(ing", &at));
  assert_int_equal(at, 9);
  assert_non_null(pattern_check(a, "*", &at));
  assert_non_null(pattern_check(a, "[a-", &at));
  arena_free(a);
}

static void a_pattern_that_explodes_is_stopped(void **state) {
  (void)state;
  char text[60];
  memset(text, 'a', 59);
  text[59] = 0;
  assert_int_equal(found("^(a+)+$b", text) == 1, 0);
  assert_int_equal(found("(a*)*(a*)*(a*)*(a*)*b(?=x)c", text) == 1, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_pattern_is_searched_anywhere),
      cmocka_unit_test(case_and_accents_count),
      cmocka_unit_test(a_dot_is_one_letter),
      cmocka_unit_test(what_is_wrong_is_said_with_its_place),
      cmocka_unit_test(a_pattern_that_explodes_is_stopped),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
