/* Sources and places: bytes become lines and columns that an editor shows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/source.h"

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

static struct source *text(const char *s) { return source_new(arena, "a.vigie", s, strlen(s)); }

static void check_place(struct source *s, uint32_t at, int line, int col) {
  int l, c;
  source_place(s, arena, at, &l, &c);
  assert_int_equal(l, line);
  assert_int_equal(c, col);
}

static void lines_and_columns_begin_at_one(void **state) {
  (void)state;
  struct source *s = text("ab\ncd\n");
  check_place(s, 0, 1, 1);
  check_place(s, 1, 1, 2);
  check_place(s, 2, 1, 3);
  check_place(s, 3, 2, 1);
  check_place(s, 6, 3, 1); /* the end of the text */
}

static void columns_count_characters(void **state) {
  (void)state;
  check_place(text("é = €x"), strlen("é = €"), 1, 6);
}

static void an_empty_text_has_one_place(void **state) {
  (void)state;
  check_place(text(""), 0, 1, 1);
}

static void a_line_comes_without_its_end(void **state) {
  (void)state;
  struct source *s = text("one\r\ntwo\nthree");
  uint32_t len;
  const char *line = source_line(s, arena, 1, &len);
  assert_memory_equal(line, "one", 3);
  assert_int_equal(len, 3);
  line = source_line(s, arena, 3, &len);
  assert_memory_equal(line, "three", 5);
  assert_int_equal(len, 5);
}

static void joined_spans_cover_both(void **state) {
  (void)state;
  struct source *s = text("alpha beta gamma");
  struct span none = {0}, first = {s, 0, 5}, last = {s, 11, 16}, both = span_join(first, last);
  assert_int_equal(both.at, 0);
  assert_int_equal(both.end, 16);
  both = span_join(none, last);
  assert_int_equal(both.at, 11);
  assert_int_equal(both.end, 16);
}

static void the_text_of_a_span_is_one_line(void **state) {
  (void)state;
  struct source *s = text("a   and # why\n    b");
  assert_string_equal(span_text(arena, (struct span){s, 0, s->size}), "a and b");
}

static void the_copy_is_its_own(void **state) {
  (void)state;
  char bytes[] = "abc";
  struct source *s = source_new(arena, "a.vigie", bytes, 3);
  bytes[0] = 'x';
  assert_string_equal(s->text, "abc");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(lines_and_columns_begin_at_one, setup, teardown),
      cmocka_unit_test_setup_teardown(columns_count_characters, setup, teardown),
      cmocka_unit_test_setup_teardown(an_empty_text_has_one_place, setup, teardown),
      cmocka_unit_test_setup_teardown(a_line_comes_without_its_end, setup, teardown),
      cmocka_unit_test_setup_teardown(joined_spans_cover_both, setup, teardown),
      cmocka_unit_test_setup_teardown(the_text_of_a_span_is_one_line, setup, teardown),
      cmocka_unit_test_setup_teardown(the_copy_is_its_own, setup, teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
