/* Did you mean: which slips are recognised, and which words are left alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/suggest.h"

static const char *const columns[] = {"renewal_date", "health",  "csm",  "plan",    "Plan",
                                      NULL,           "account", "café", "accounts"};
static const char *near(const char *word) {
  return suggest(word, columns, sizeof columns / sizeof *columns);
}

static void one_slip_is_recognised(void **state) {
  (void)state;
  assert_string_equal(near("helth"), "health");
  assert_string_equal(near("heaalth"), "health");
  assert_string_equal(near("haelth"), "health");
  assert_string_equal(near("hezlth"), "health");
  assert_string_equal(near("renwal_dat"), "renewal_date");
  assert_string_equal(near("cms"), "csm");
}

static void an_accent_is_one_letter(void **state) {
  (void)state;
  assert_string_equal(near("cafe"), "café");
  assert_string_equal(near("CAFÉ"), "café");
}

static void case_breaks_ties(void **state) {
  (void)state;
  assert_string_equal(near("plan"), "plan");
  assert_string_equal(near("Plan"), "Plan");
  assert_string_equal(near("HEALTH"), "health");
  assert_string_equal(near("Paln"), "Plan");
}

static void the_nearest_wins_then_the_first(void **state) {
  (void)state;
  assert_string_equal(near("acount"), "account");
  assert_string_equal(near("accountz"), "account");
}

static void strange_words_are_left_alone(void **state) {
  (void)state;
  assert_null(near("revenue"));
  assert_null(near("xy"));
  assert_null(near("c"));
  assert_null(near(""));
  assert_null(near(NULL));
  assert_null(suggest("health", NULL, 0));
}

static void hostile_words_do_no_harm(void **state) {
  (void)state;
  static char huge[1 << 20];
  memset(huge, 'a', sizeof huge - 1);
  assert_null(near(huge));
  assert_string_equal(near("heal\xc3th"), "health");
  assert_null(near("\xff\xfe"));
  assert_null(near("\xf0\x9f"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(one_slip_is_recognised),
      cmocka_unit_test(an_accent_is_one_letter),
      cmocka_unit_test(case_breaks_ties),
      cmocka_unit_test(the_nearest_wins_then_the_first),
      cmocka_unit_test(strange_words_are_left_alone),
      cmocka_unit_test(hostile_words_do_no_harm),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
