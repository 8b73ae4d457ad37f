/* Diagnostics: the first message at a place wins; what is printed says where, what, and what to
 * change. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/diag.h"

static struct arena *arena;
static struct diags diags;
static struct source *source;

static int setup(void **state) {
  (void)state;
  arena = arena_new();
  diags = (struct diags){.arena = arena};
  const char *text = "first line\nsecond é line\n";
  source = source_new(arena, "a.vigie", text, strlen(text));
  return 0;
}

static int teardown(void **state) {
  (void)state;
  arena_free(arena);
  return 0;
}

static struct span at(uint32_t from, uint32_t to) { return (struct span){source, from, to}; }

static char *printed(void) {
  static char buf[4096];
  FILE *f = fmemopen(buf, sizeof buf, "w");
  diags_print(&diags, f, false);
  fclose(f);
  return buf;
}

static void a_message_shows_its_place(void **state) {
  (void)state;
  diag_help(&diags, diag_add(&diags, V0201, at(11, 17), "nothing is called %s", "second"),
            "did you mean %s?", "first");
  assert_string_equal(printed(),
                      "a.vigie:2:1: error[V0201]: nothing is called second\n"
                      "  second é line\n"
                      "  ^^^^^^\n"
                      "  help: did you mean first?\n");
  assert_int_equal(diags.errors, 1);
}

static void carets_count_cells_of_the_terminal(void **state) {
  (void)state;
  diag_add(&diags, V0104, at(18, 20), "a letter");
  assert_string_equal(printed(),
                      "a.vigie:2:8: error[V0104]: a letter\n"
                      "  second é line\n"
                      "         ^\n");
}

static void the_first_message_at_a_place_wins(void **state) {
  (void)state;
  assert_non_null(diag_add(&diags, V0201, at(0, 5), "first"));
  assert_null(diag_add(&diags, V0301, at(2, 8), "the same words, another reason"));
  assert_non_null(diag_add(&diags, V0201, at(11, 17), "elsewhere"));
  assert_int_equal(diags.errors, 2);
}

static void a_warning_hides_no_error(void **state) {
  (void)state;
  assert_non_null(diag_add(&diags, V0120, at(0, 5), "a tab"));
  assert_non_null(diag_add(&diags, V0201, at(0, 5), "a name"));
  assert_int_equal(diags.errors, 1);
  assert_int_equal(diags.warnings, 1);
}

static void help_and_notes_of_a_hidden_message_are_nothing(void **state) {
  (void)state;
  diag_help(&diags, NULL, "write it anew");
  diag_note(&diags, NULL, at(0, 1), "here");
  assert_int_equal(diags.list.n, 0);
}

static void messages_come_in_the_order_of_the_text(void **state) {
  (void)state;
  diag_add(&diags, V0201, at(11, 17), "later");
  diag_add(&diags, V0201, at(0, 5), "earlier");
  diags_sort(&diags);
  assert_string_equal(diags.list.v[0]->message, "earlier");
}

static void a_message_without_a_place_stands_alone(void **state) {
  (void)state;
  diag_add(&diags, V0501, (struct span){0}, "no table");
  assert_string_equal(printed(), "error[V0501]: no table\n");
}

static void a_long_line_is_cut_around_the_place(void **state) {
  (void)state;
  char line[1001];
  memset(line, 'x', 1000);
  line[1000] = 0;
  source = source_new(arena, "a.vigie", line, 1000);
  diag_add(&diags, V0201, at(500, 503), "in the middle");
  for (char *l = strtok(printed(), "\n"); l; l = strtok(NULL, "\n")) assert_true(strlen(l) < 120);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(a_message_shows_its_place, setup, teardown),
      cmocka_unit_test_setup_teardown(carets_count_cells_of_the_terminal, setup, teardown),
      cmocka_unit_test_setup_teardown(the_first_message_at_a_place_wins, setup, teardown),
      cmocka_unit_test_setup_teardown(a_warning_hides_no_error, setup, teardown),
      cmocka_unit_test_setup_teardown(help_and_notes_of_a_hidden_message_are_nothing, setup,
                                      teardown),
      cmocka_unit_test_setup_teardown(messages_come_in_the_order_of_the_text, setup, teardown),
      cmocka_unit_test_setup_teardown(a_message_without_a_place_stands_alone, setup, teardown),
      cmocka_unit_test_setup_teardown(a_long_line_is_cut_around_the_place, setup, teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
