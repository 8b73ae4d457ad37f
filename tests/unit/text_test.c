/* Text: what is UTF-8, how wide it is, what a name is made of, what is printed of hostile bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/text.h"

static struct arena *arena;

static int setup(void **state) {
  (void)state;
  arena = arena_new();
  return 0;
}

static int teardown(void **state) {
  (void)state;
  arena_free(arena);
  return 0;
}

static void broken_bytes_are_found(void **state) {
  (void)state;
  size_t bad = 99;
  assert_true(text_utf8_valid("", 0, &bad));
  assert_true(text_utf8_valid("santé €", strlen("santé €"), &bad));
  assert_false(text_utf8_valid("ab\xE9", 3, &bad));
  assert_int_equal(bad, 2);
  assert_false(text_utf8_valid("\xC3", 1, &bad));         /* cut in the middle of a letter */
  assert_false(text_utf8_valid("\xC0\x80", 2, &bad));     /* a NUL in two bytes */
  assert_false(text_utf8_valid("\xED\xA0\x80", 3, &bad)); /* half of a pair */
}

static void width_counts_cells(void **state) {
  (void)state;
  assert_int_equal(text_width("abc", 3), 3);
  assert_int_equal(text_width("é", 2), 1);
  assert_int_equal(text_width("e\xCC\x81", 3), 1); /* e and a combining accent */
  assert_int_equal(text_width("日本", 6), 4);
  assert_int_equal(text_width("a\tb", 3), 3);
}

static const char *shown(const char *s, size_t n) {
  static char buf[64];
  FILE *f = fmemopen(buf, sizeof buf, "w");
  text_print_safe(f, s, n);
  fclose(f);
  return buf;
}

static void control_characters_do_not_reach_the_terminal(void **state) {
  (void)state;
  assert_string_equal(shown("a\x1B[31mb", 7), "a?[31mb");
  assert_string_equal(shown("a\nb", 3), "a?b");
  assert_string_equal(shown("santé", 6), "santé");
  assert_string_equal(shown("a\xE9"
                            "b",
                            3),
                      "a?b");
}

static void clean_text_is_trimmed_and_composed(void **state) {
  (void)state;
  size_t n;
  assert_string_equal(text_clean(arena, "  Acme  ", 8, &n), "Acme");
  assert_int_equal(n, 4);
  assert_string_equal(text_clean(arena, "e\xCC\x81", 3, &n), "é");
  assert_int_equal(n, 2);
  assert_string_equal(text_clean(arena, "   ", 3, &n), "");
  assert_int_equal(n, 0);
  assert_true(text_is_clean_ascii("Acme", 4));
  assert_false(text_is_clean_ascii("Acme ", 5));
  assert_false(text_is_clean_ascii("é", 2));
}

static void names_are_letters_of_any_alphabet(void **state) {
  (void)state;
  assert_int_equal(text_name_char("a", 1, true), 1);
  assert_int_equal(text_name_char("_", 1, true), 1);
  assert_int_equal(text_name_char("é", 2, true), 2);
  assert_int_equal(text_name_char("日", 3, true), 3);
  assert_int_equal(text_name_char("7", 1, true), 0);
  assert_int_equal(text_name_char("7", 1, false), 1);
  assert_int_equal(text_name_char("-", 1, false), 0);
  assert_int_equal(text_name_char("€", 3, true), 0);
}

static void case_follows_the_letter(void **state) {
  (void)state;
  assert_string_equal(text_lower(arena, "ÉTÉ Pro"), "été pro");
  assert_string_equal(text_upper(arena, "été Pro"), "ÉTÉ PRO");
  assert_int_equal(text_length("été"), 3);
  assert_int_equal(text_length(""), 0);
}

static void names_have_a_plural(void **state) {
  (void)state;
  assert_string_equal(plural_name(arena, "account"), "accounts");
  assert_string_equal(plural_name(arena, "opportunity"), "opportunities");
  assert_string_equal(plural_name(arena, "survey"), "surveys");
  assert_string_equal(plural_name(arena, "box"), "boxes");
  assert_string_equal(plural_name(arena, "branch"), "branches");
  assert_string_equal(plural_name(arena, "y"), "ys");
}

static void an_address_keeps_what_means_something(void **state) {
  (void)state;
  assert_string_equal(text_percent(arena, "", "/"), "");
  assert_string_equal(text_percent(arena, "A z9-._~/", "-._~"), "A%20z9-._~%2F");
  assert_string_equal(text_percent(arena, "a/b?c#d%e é", "/"), "a/b%3Fc%23d%25e%20%C3%A9");
}

static void a_file_of_sqlite_stays_that_file(void **state) {
  (void)state;
  assert_string_equal(path_still_uri("/a b/c?mode=rw", arena),
                      "file:///a%20b/c%3Fmode%3Drw?immutable=1");
  assert_string_equal(path_still_uri("//a/b.db", arena), "file:////a/b.db?immutable=1");
  assert_string_equal(path_still_uri(":memory:", arena), "file:./%3Amemory%3A?immutable=1");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(broken_bytes_are_found, setup, teardown),
      cmocka_unit_test_setup_teardown(width_counts_cells, setup, teardown),
      cmocka_unit_test_setup_teardown(control_characters_do_not_reach_the_terminal, setup,
                                      teardown),
      cmocka_unit_test_setup_teardown(clean_text_is_trimmed_and_composed, setup, teardown),
      cmocka_unit_test_setup_teardown(names_are_letters_of_any_alphabet, setup, teardown),
      cmocka_unit_test_setup_teardown(case_follows_the_letter, setup, teardown),
      cmocka_unit_test_setup_teardown(names_have_a_plural, setup, teardown),
      cmocka_unit_test_setup_teardown(an_address_keeps_what_means_something, setup, teardown),
      cmocka_unit_test_setup_teardown(a_file_of_sqlite_stays_that_file, setup, teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
