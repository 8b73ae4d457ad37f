/* The command line: what each kind of option becomes, and what is refused. The wording is in
 * tests/cli/. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cmd/command.h"

enum { WORDS = 16 };

/* The line, split at blanks, as main would get it. The words live until the next call. */
static bool read_line(const char *line, struct args *out) {
  static char copy[512];
  char *argv[WORDS] = {"vigie"}, *rest = copy;
  int argc = 1;
  snprintf(copy, sizeof copy, "%s", line);
  for (char *word; argc < WORDS && (word = strsep(&rest, " "));) argv[argc++] = word;
  return args_read(argc, argv, out);
}

static void refused(const char *line) {
  struct args args;
  if (!read_line(line, &args)) return;
  args_free(&args);
  fail_msg("accepted: %s", line);
}

static void options_fill_their_fields(void **state) {
  (void)state;
  struct args args;
  assert_true(read_line(
      "items --state items.db --as-of=2026-03-01 --format json --quiet --status all --team=CS",
      &args));
  assert_string_equal(args.command, "items");
  assert_int_equal(args.n_paths, 0);
  assert_string_equal(args.state, "items.db");
  assert_string_equal(args.item_state, "all");
  assert_string_equal(args.team, "CS");
  assert_int_equal(args.as_of, day_from_civil(2026, 3, 1));
  assert_int_equal(args.format, FORMAT_JSON);
  assert_true(args.quiet);
  args_free(&args);
}

static void what_is_not_given_has_its_default(void **state) {
  (void)state;
  struct args args;
  assert_true(read_line("init mycompany", &args));
  assert_null(args.db);
  assert_string_equal(args.state, "actions.db");
  assert_int_equal(args.as_of, DAY_NONE);
  assert_int_equal(args.format, FORMAT_TEXT);
  assert_null(args.dump);
  assert_false(args.quiet);
  assert_int_equal(args.max_open, -1);
  assert_string_equal(args.item_state, "open");
  args_free(&args);
}

static void two_dashes_end_the_options(void **state) {
  (void)state;
  struct args args;
  assert_true(read_line("init -- --help", &args));
  assert_string_equal(args.command, "init");
  assert_int_equal(args.n_paths, 1);
  assert_string_equal(args.paths[0], "--help");
  args_free(&args);
}

static void a_list_is_asked_by_word(void **state) {
  (void)state;
  assert_true(list_has("tokens,ast", "ast"));
  assert_true(list_has("tokens,ast", "tokens"));
  assert_false(list_has("tokens,ast", "as"));
  assert_false(list_has("tokens,ast", "plan"));
  assert_false(list_has(NULL, "ast"));
}

static void help_and_version_become_commands(void **state) {
  (void)state;
  struct args args;
  assert_true(read_line("items --nonsense --help", &args));
  assert_string_equal(args.command, "help");
  assert_string_equal(args.paths[0], "items");
  args_free(&args);
  assert_true(read_line("--version", &args));
  assert_string_equal(args.command, "version");
  args_free(&args);
}

static void color_is_as_asked(void **state) {
  (void)state;
  struct args args;
  assert_true(read_line("items --color always", &args));
  assert_true(args.color_out && args.color_err);
  args_free(&args);
  assert_true(read_line("items --color=never", &args));
  assert_false(args.color_out || args.color_err);
  args_free(&args);
}

static void bad_values_are_refused(void **state) {
  (void)state;
  refused("items --as-of 01/03/2026");
  refused("items --as-of 2026-02-30");
  refused("items --format sarif"); /* a format of another command */
  refused("items --state --quiet");
  refused("items --state=");
  refused("items --state a.db --state b.db");
  refused("items --quiet=yes");
  refused("items --status closed");
  refused("items rules");
  refused("init");
  refused("deliver now");
  refused("init a --late"); /* an option of another command */
}

static void every_row_is_whole(void **state) {
  (void)state;
  for (size_t i = 0; i < n_commands; i++) {
    const struct command *c = &commands[i];
    assert_ptr_equal(command_find(c->name), c);
    assert_true(c->least <= c->most);
    assert_int_equal(command_has(c, OPTION_format), c->formats != 0);
    /* The example is one that the command accepts. */
    struct args args;
    assert_int_equal(strncmp(c->example, "vigie ", 6), 0);
    assert_true(read_line(c->example + 6, &args));
    assert_string_equal(args.command, c->name);
    args_free(&args);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(options_fill_their_fields),
      cmocka_unit_test(what_is_not_given_has_its_default),
      cmocka_unit_test(two_dashes_end_the_options),
      cmocka_unit_test(a_list_is_asked_by_word),
      cmocka_unit_test(help_and_version_become_commands),
      cmocka_unit_test(color_is_as_asked),
      cmocka_unit_test(bad_values_are_refused),
      cmocka_unit_test(every_row_is_whole),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
