/* Tables that line up and fit. In: nothing. Out: cmocka's verdict. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/table.h"
#include "base/terminal.h"

/* What table_print writes; the caller frees it. */
static char *printed(const struct table *t, int width, bool color) {
  char *text = NULL;
  size_t n = 0;
  FILE *out = open_memstream(&text, &n);
  assert_non_null(out);
  table_print(t, out, width, color);
  fclose(out);
  return text;
}

static void assert_prints(const struct table *t, int width, const char *want) {
  char *got = printed(t, width, false);
  assert_string_equal(got, want);
  free(got);
}

static int with_arena(void **state) {
  *state = arena_new();
  return 0;
}

static int without_arena(void **state) {
  arena_free(*state);
  return 0;
}

#define ROW(t, ...) table_row((t), (const char *const[]){__VA_ARGS__})

static void columns_line_up(void **state) {
  const struct table_col cols[] = {
      {.header = "account"}, {.header = "at stake", .align = ALIGN_RIGHT}, {.header = "owner"}};
  struct table *t = table_new(*state, cols, 3);
  assert_prints(t, 80, "account  at stake  owner\n");
  ROW(t, "Acme", "120,000 EUR", "ana");
  ROW(t, "Globex", "5 EUR", "");
  ROW(t, "Initech", NULL, "bo");
  assert_prints(t, 80,
                "account     at stake  owner\n"
                "Acme     120,000 EUR  ana\n"
                "Globex         5 EUR\n"
                "Initech               bo\n");
}

static void widths_are_those_of_the_terminal(void **state) {
  const struct table_col cols[] = {{.header = "name"}, {.header = "n", .align = ALIGN_RIGHT}};
  struct table *t = table_new(*state, cols, 2);
  ROW(t, "Société", "1");
  ROW(t, "Socie\u0301te\u0301", "2"); /* the same, with combining accents */
  ROW(t, "東京電力", "3");
  assert_prints(t, 80,
                "name      n\n"
                "Société   1\n"
                "Socie\u0301te\u0301   2\n"
                "東京電力  3\n");
}

static void a_wide_column_is_shortened(void **state) {
  const struct table_col cols[] = {
      {.header = "key"}, {.header = "name", .fit = FIT_SHORTEN}, {.header = "x"}};
  struct table *t = table_new(*state, cols, 3);
  ROW(t, "A-17", "Compagnie générale", "1");
  ROW(t, "B-2", "東京電力東京", "2");
  ROW(t, "C-3", "Le Bon Choix", "3");
  assert_prints(t, 27,
                "key   name                x\n"
                "A-17  Compagnie générale  1\n"
                "B-2   東京電力東京        2\n"
                "C-3   Le Bon Choix        3\n");
  /* a wide character is not cut in two, and no space stands before the dots */
  assert_prints(t, 20,
                "key   name         x\n"
                "A-17  Compagnie…   1\n"
                "B-2   東京電力東…  2\n"
                "C-3   Le Bon Cho…  3\n");
  assert_prints(t, 17,
                "key   name      x\n"
                "A-17  Compagn…  1\n"
                "B-2   東京電…   2\n"
                "C-3   Le Bon…   3\n");
  assert_prints(t, 5, /* no narrower than 8: longer lines are better than nothing to read */
                "key   name      x\n"
                "A-17  Compagn…  1\n"
                "B-2   東京電…   2\n"
                "C-3   Le Bon…   3\n");
}

static void accents_stay_with_their_letter(void **state) {
  const struct table_col cols[] = {{.header = "n", .fit = FIT_SHORTEN, .min_width = 3}};
  struct table *t = table_new(*state, cols, 1);
  ROW(t, "ae\u0301e\u0301e\u0301");
  assert_prints(t, 3, "n\nae\u0301…\n");
}

static void a_long_text_wraps_at_spaces(void **state) {
  const struct table_col cols[] = {{.header = "due"},
                                   {.header = "do", .fit = FIT_WRAP},
                                   {.header = "at stake", .align = ALIGN_RIGHT}};
  struct table *t = table_new(*state, cols, 3);
  ROW(t, "2026-03-08", "QBR with  Acme: health fell from 80 to 65", "12 EUR");
  ROW(t, "2026-03-09", "Donaudampfschifffahrt now", "7 EUR");
  assert_prints(t, 38,
                "due         do                at stake\n"
                "2026-03-08  QBR with  Acme:     12 EUR\n"
                "            health fell from\n"
                "            80 to 65\n"
                "2026-03-09  Donaudampfschiff     7 EUR\n"
                "            fahrt now\n");
}

static void a_wrapped_cell_keeps_its_indent(void **state) {
  const struct table_col cols[] = {{.header = "why", .fit = FIT_WRAP, .min_width = 8},
                                   {.header = "then"}};
  struct table *t = table_new(*state, cols, 2);
  ROW(t, "  stage one of many", "yes");
  table_line(t, 0, "  no longer than it is");
  assert_prints(t, 17,
                "why          then\n"
                "  stage one  yes\n"
                "  of many\n"
                "  no longer than\n"
                "  it is\n");
}

static void a_right_column_wraps_to_the_right(void **state) {
  const struct table_col cols[] = {{.header = "do", .align = ALIGN_RIGHT, .fit = FIT_WRAP},
                                   {.header = "x"}};
  struct table *t = table_new(*state, cols, 2);
  ROW(t, "one two   three", "1");
  assert_prints(t, 11,
                "      do  x\n"
                " one two  1\n"
                "   three\n");
}

static void the_widest_column_gives_way_first(void **state) {
  const struct table_col cols[] = {
      {.header = "a", .fit = FIT_SHORTEN}, {.header = "b", .fit = FIT_SHORTEN}, {.header = "c"}};
  struct table *t = table_new(*state, cols, 3);
  ROW(t, "aaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbb", "cccccccccccccccc");
  assert_prints(t, 40,
                "a           b           c\n"
                "aaaaaaaaaa  bbbbbbbbb…  cccccccccccccccc\n");
  assert_prints(t, 0,
                "a           b                     c\n"
                "aaaaaaaaaa  bbbbbbbbbbbbbbbbbbbb  cccccccccccccccc\n");
}

static void no_word_is_cut_that_another_column_has_room_for(void **state) {
  const struct table_col cols[] = {{.header = "who", .fit = FIT_WRAP, .min_width = 5},
                                   {.header = "money", .fit = FIT_WRAP, .min_width = 5}};
  struct table *t = table_new(*state, cols, 2);
  ROW(t, "benoitlac", "12 EUR arr");
  ROW(t, "ana", "7 EUR");
  assert_prints(t, 18,
                "who        money\n"
                "benoitlac  12 EUR\n"
                "           arr\n"
                "ana        7 EUR\n");
  /* a word of half the line gives way all the same */
  assert_prints(t, 14,
                "who     money\n"
                "benoit  12 EUR\n"
                "lac     arr\n"
                "ana     7 EUR\n");
}

static void data_cannot_drive_the_terminal(void **state) {
  const struct table_col cols[] = {{.header = "a\nb"}, {.header = "x"}};
  struct table *t = table_new(*state, cols, 2);
  ROW(t, "\x1b[31mred", "1");
  ROW(t,
      "\xc2\x9b"
      "31m",
      "2");                              /* the one-character form of the same */
  ROW(t, "\xff\xfe caf\xe9", "3");       /* no UTF-8 */
  ROW(t, "\u202Eevil\u2066\u2028", "4"); /* turns the line around */
  ROW(t, "a\tb\r\n \x7f", "5");
  ROW(t, "end   ", "6");
  assert_prints(t, 80,
                "a?b       x\n"
                "?[31mred  1\n"
                "?31m      2\n"
                "?? caf?   3\n"
                "?evil??   4\n"
                "a b?? ?   5\n"
                "end       6\n");
}

static void a_megabyte_in_a_cell_is_no_trouble(void **state) {
  const struct table_col cols[] = {{.header = "a", .fit = FIT_SHORTEN},
                                   {.header = "b", .fit = FIT_WRAP}};
  struct table *t = table_new(*state, cols, 2);
  size_t n = 1 << 20;
  char *huge = malloc(n + 1);
  memset(huge, 'x', n);
  huge[n] = 0;
  ROW(t, huge, huge);
  char *got = printed(t, 80, false);
  size_t longest = 0, lines = 0;
  for (char *line = strtok(got, "\n"); line; line = strtok(NULL, "\n")) {
    lines++;
    if (strlen(line) > longest) longest = strlen(line);
  }
  assert_int_equal(longest, 82); /* 80 cells; the dots take three bytes */
  assert_int_equal(lines, 1 + (n + 38) / 39);
  free(got);
  free(huge);
}

static void the_header_is_bold_in_color(void **state) {
  const struct table_col cols[] = {{.header = "a"}, {.header = "b"}};
  struct table *t = table_new(*state, cols, 2);
  ROW(t, "1", "");
  char *got = printed(t, 80, true);
  assert_string_equal(got, "\x1b[1ma  b\x1b[0m\n1\n");
  free(got);
  assert_prints(table_new(*state, cols, 0), 80, "");
}

static void the_width_of_no_terminal_comes_from_columns(void **state) {
  (void)state;
  int saved = dup(STDOUT_FILENO);
  fflush(stdout);
  FILE *file = tmpfile();
  assert_non_null(file);
  assert_false(term_is_tty(file));
  dup2(fileno(file), STDOUT_FILENO);
  static const struct {
    const char *columns;
    int want;
  } cases[] = {{"72", 72},   {"0", 100}, {"-5", 100},
               {"80x", 100}, {"", 100},  {"99999999999999999999", 100}};
  int got[sizeof cases / sizeof *cases];
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    setenv("COLUMNS", cases[i].columns, 1);
    got[i] = term_width();
  }
  unsetenv("COLUMNS");
  int unset = term_width();
  dup2(saved, STDOUT_FILENO);
  close(saved);
  fclose(file);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) assert_int_equal(got[i], cases[i].want);
  assert_int_equal(unset, 100);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(columns_line_up),
      cmocka_unit_test(widths_are_those_of_the_terminal),
      cmocka_unit_test(a_wide_column_is_shortened),
      cmocka_unit_test(accents_stay_with_their_letter),
      cmocka_unit_test(a_long_text_wraps_at_spaces),
      cmocka_unit_test(a_wrapped_cell_keeps_its_indent),
      cmocka_unit_test(a_right_column_wraps_to_the_right),
      cmocka_unit_test(the_widest_column_gives_way_first),
      cmocka_unit_test(no_word_is_cut_that_another_column_has_room_for),
      cmocka_unit_test(data_cannot_drive_the_terminal),
      cmocka_unit_test(a_megabyte_in_a_cell_is_no_trouble),
      cmocka_unit_test(the_header_is_bold_in_color),
      cmocka_unit_test(the_width_of_no_terminal_comes_from_columns),
  };
  return cmocka_run_group_tests_name("tables", tests, with_arena, without_arena);
}
