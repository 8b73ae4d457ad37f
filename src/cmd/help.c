/* `vigie help`. In: the tables of commands, options, codes and words. Out: what a person reads to
 * use them. */
#include "base/text.h"
#include "cmd/help.h"

#include <string.h>

#include "base/check.h"
#include "cmd/help_word.h"
#include "cmd/manual.h"
#include "cmd/problems.h"
#include "cmd/rule_lines.h"
#include "lint/catalog.h"

static void print_beside(FILE *out, const char *name, const char *doc) {
  enum { DOCS = 14 };
  fprintf(out, "  %-12s", name);
  text_print_from(out, DOCS, DOCS, doc, strlen(doc));
}

void help_overview(FILE *out) {
  fputs(
      "Vigie runs the rules of a revenue team over its data, and keeps the action items that "
      "follow.\n\n"
      "vigie COMMAND RULES… [--db DATA] [--as-of DAY]      RULES are files or folders\n\n",
      out);
  for (size_t i = 0; i < n_commands; i++)
    if (!command_is_behind(&commands[i])) print_beside(out, commands[i].name, commands[i].doc);
  fputs(
      "\nvigie COMMAND --help shows the options of a command, and an example.\n"
      "vigie help WORD says what a code, a formula or a word of the language means.\nExit status: ",
      out);
#define EXIT(id, value, what, more) fprintf(out, "%s%d %s", value ? "; " : "", value, what);
#include "cmd/exit.def"
#undef EXIT
  fputs(".\n", out);
}

/* The column in which it is said what an option or a command does. */
enum { BESIDE = 26 };

static void print_option(FILE *out, const struct command_option *o, const struct command *c) {
  char value[OPTION_VALUE_SIZE], left[OPTION_VALUE_SIZE + 32];
  option_value(c, o, value);
  CHECK(snprintf(left, sizeof left, "%s %s", o->name, value) < (int)sizeof left);
  /* A long list of words gets a line of its own. */
  if (strlen(left) >= BESIDE - 2)
    fprintf(out, "  %s\n  %-24s", left, "");
  else
    fprintf(out, "  %-24s", left);
  text_print_from(out, BESIDE, BESIDE, o->doc, strlen(o->doc));
}

/* The commands that stand behind it: `items done`. */
static void print_behind(FILE *out, const struct command *c) {
  bool any = false;
  for (size_t i = 0; i < n_commands; i++) {
    if (!command_word_behind(&commands[i], c->name)) continue;
    fprintf(out, "%s  %-24s", any ? "" : "\nCommands:\n", commands[i].name);
    text_print_from(out, BESIDE, BESIDE, commands[i].doc, strlen(commands[i].doc));
    any = true;
  }
}

void help_command(FILE *out, const struct command *c) {
  fprintf(out, "vigie %s%s%s [OPTIONS]\n\n", c->name, *c->takes ? " " : "", c->takes);
  text_print_line(out, "vigie %s %s.", c->name, c->doc);
  print_behind(out, c);
  fputs("\nOptions:\n", out);
  for (int o = 0; o < OPTION_COUNT; o++)
    if (command_has(c, o)) print_option(out, &options[o], c);
  fprintf(out, "  %-24s%s\n", "--help", "shows this");
  fprintf(out, "\nExample:\n  %s\n", c->example);
}

/* A check of lint: what it finds, what that costs, how to allow it. */
static void help_check(FILE *out, const struct lint_check *c) {
  fprintf(out,
          "%s %s (%s, %s)\n\n%s: %s\n\nWhy it hurts: %s\n\nTo allow it in one place, write above "
          "the line:\n",
          c->kind.code, c->name, diag_level_name(c->kind.level), lint_group_title(c->group),
          c->kind.title, c->kind.doc, c->why);
  fprintf(out, "  # lint-allow %s until 2026-12-31: the reason\n", c->kind.code);
}

/* "V1001", "V0101", "never_true": false when it is no code. */
static bool help_code(FILE *out, const char *word) {
  const struct lint_check *c = lint_check_find(word);
  const struct diag_kind *k = diag_kind_find(word);
  if (c)
    help_check(out, c);
  else if (k)
    fprintf(out, "%s (%s)\n\n%s: %s\n", k->code, diag_level_name(k->level), k->title, k->doc);
  return c || k;
}

/* The page of a command, or of everything, on the screen or for man(1). */
static int show(const struct args *args, const struct command *c) {
  bool man = args->format == FORMAT_MAN;
  if (c)
    (man ? manual_command : help_command)(stdout, c);
  else
    (man ? manual_overview : help_overview)(stdout);
  return EXIT_CLEAN;
}

/* The lines of rule files. */
static int show_rules(const struct args *args) {
  (args->format == FORMAT_MAN ? manual_rules : help_rules)(stdout);
  return EXIT_CLEAN;
}

/* What was typed, as the language writes it: "net revenue retention" is net_revenue_retention. */
static const char *joined_words(const struct args *args, struct arena *a) {
  const char *all = args->paths[0];
  for (size_t i = 1; i < args->n_paths; i++) all = arena_printf(a, "%s_%s", all, args->paths[i]);
  return all;
}

/* A command, or one behind another; NULL: the words name none. */
static const struct command *command_asked(const struct args *args) {
  if (args->n_paths == 1) return command_find(args->paths[0]);
  return args->n_paths == 2 ? command_behind(args->paths[0], args->paths[1]) : NULL;
}

static int refuse_topic(const char *word, struct arena *a) {
  const char *near = command_near(word);
  const char *like = near ? NULL : help_words_like(a, word);
  if (!near && !like) near = help_word_near(a, word);
  if (like)
    text_print_line(stderr, "vigie: there is no help on \"%s\": did you mean one of %s?", word,
                    like);
  else if (near)
    text_print_line(stderr, "vigie: there is no help on \"%s\": did you mean vigie help %s?", word,
                    near);
  else
    text_print_line(stderr,
                    "vigie: there is no help on \"%s\": it is no command, no code, no formula and "
                    "no word of the language; vigie help lists the commands",
                    word);
  return EXIT_USAGE;
}

/* Whatever the words are: a command that is a word of the language too is both. */
static int show_topic(const struct args *args, struct arena *a) {
  const struct command *c = command_asked(args);
  const char *word = joined_words(args, a);
  if (args->format == FORMAT_MAN && !c)
    return refuse_option(args, "vigie help",
                         "\"%s\" has no page of the manual: leave out --format man", word);
  if (c) show(args, c);
  if (args->format == FORMAT_MAN) return EXIT_CLEAN;
  bool said = help_word(stdout, a, word, c != NULL);
  return c || said || help_code(stdout, word) ? EXIT_CLEAN : refuse_topic(word, a);
}

int cmd_help(const struct args *args) {
  if (args->n_paths == 0) return show(args, NULL);
  if (args->n_paths == 1 && strcmp(args->paths[0], "rules") == 0) return show_rules(args);
  struct arena *a = arena_new();
  int status = show_topic(args, a);
  arena_free(a);
  return status;
}
