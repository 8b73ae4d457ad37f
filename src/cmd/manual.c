/* `vigie help --format man`. In: the tables. Out: pages of the manual. */
#include "cmd/manual.h"

#include <ctype.h>
#include <string.h>

#include "base/unit.h"
#include "cmd/roff.h"
#include "cmd/rule_lines.h"
#include "fn/fn.h"
#include "syntax/parse_file.h"

static const struct {
  const char *name;
  option_set options;
  const char *doc;
} variables[] = {
#define ENVIRONMENT(name, options, doc) {name, options, doc},
#include "cmd/environment.def"
#undef ENVIRONMENT
};

static const struct {
  int value;
  const char *what, *more; /* more: NULL for none */
} statuses[] = {
#define EXIT(id, value, what, more) {value, what, more},
#include "cmd/exit.def"
#undef EXIT
};

/* ---- parts of a page ------------------------------------------------------------------- */

/* "vigie-items-done" of "items done", in small or capital letters; "" is vigie alone. */
static void print_page_name(FILE *out, const char *command, int (*letter)(int)) {
  for (const char *p = "vigie"; *p; p++) putc(letter(*p), out);
  if (*command) fputs("\\-", out);
  for (; *command; command++)
    if (*command == ' ')
      fputs("\\-", out);
    else
      putc(letter(*command), out);
}

/* What every page begins with; doc: a few words on what it is about. */
static void print_title(FILE *out, const char *name, int section, const char *doc) {
  fputs(".\\\" Made by: vigie help --format man\n.TH ", out);
  print_page_name(out, name, toupper);
  fprintf(out, " %d " VIGIE_VERSION_DAY " \"vigie " VIGIE_VERSION "\" \"Vigie\"\n.SH NAME\n",
          section);
  print_page_name(out, name, tolower);
  fputs(" \\-\n", out);
  roff_text(out, "%s", doc);
}

/* What a list says of `name`, which is bold; value: what follows it, or "". */
static void print_entry(FILE *out, const char *name, const char *value, const char *doc) {
  fputs(".TP\n", out);
  roff_bold(out, name);
  if (*value) putc(' ', out);
  if (*value) roff_italic(out, value);
  putc('\n', out);
  roff_text(out, "%s", doc);
}

/* What --format prints, one by one. */
static void print_formats(FILE *out, const struct command *c) {
  static const char *const docs[FORMAT_COUNT] = {
#define FORMAT(id, name, doc) [FORMAT_##id] = doc,
#include "cmd/format.def"
#undef FORMAT
  };
  for (int f = 0; f < FORMAT_COUNT; f++)
    if (c->formats >> f & 1) {
      fputs(".br\n", out);
      roff_text(out, "`%s`: %s", format_names[f], docs[f]);
    }
}

static void print_option(FILE *out, const struct command *c, const struct command_option *o) {
  char value[OPTION_VALUE_SIZE];
  option_value(c, o, value);
  print_entry(out, o->name, value, o->doc);
  if (o->kind == KIND_format) print_formats(out, c);
}

static void print_options(FILE *out, const struct command *c, option_set shown) {
  fputs(".SH OPTIONS\n", out);
  for (int o = 0; o < OPTION_COUNT; o++)
    if (shown >> o & 1) print_option(out, c, &options[o]);
  print_entry(out, "--help", "", "shows how it is used");
}

static void print_environment(FILE *out, option_set of) {
  fputs(".SH ENVIRONMENT\n", out);
  for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
    if (variables[i].options & of) print_entry(out, variables[i].name, "", variables[i].doc);
}

static void print_statuses(FILE *out) {
  fputs(".SH \"EXIT STATUS\"\n", out);
  for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
    fprintf(out, ".TP\n.B %d\n", statuses[i].value);
    if (statuses[i].more)
      roff_text(out, "%s: %s", statuses[i].what, statuses[i].more);
    else
      roff_text(out, "%s", statuses[i].what);
  }
}

static void print_example(FILE *out, const char *line) {
  fputs(".EX\n", out);
  roff_literal(out, line);
  fputs("\n.EE\n", out);
}

/* One of the pages below SEE ALSO. */
static void print_reference(FILE *out, const char *command, int section, bool last) {
  fputs(".BR ", out);
  print_page_name(out, command, tolower);
  fprintf(out, " (%d)%s\n", section, last ? "" : ",");
}

/* ---- a command ------------------------------------------------------------------------- */

static void print_behind(FILE *out, const struct command *c) {
  bool any = false;
  for (size_t i = 0; i < n_commands; i++) {
    if (!command_word_behind(&commands[i], c->name)) continue;
    if (!any) fputs(".SH COMMANDS\n", out);
    print_entry(out, commands[i].name, commands[i].takes, commands[i].doc);
    any = true;
  }
}

static void print_related(FILE *out, const struct command *c) {
  fputs(".SH \"SEE ALSO\"\n", out);
  print_reference(out, "", 1, false);
  for (size_t i = 0; i < n_commands; i++)
    if (command_word_behind(&commands[i], c->name) || command_word_behind(c, commands[i].name))
      print_reference(out, commands[i].name, 1, false);
  print_reference(out, "rules", 5, true);
}

static void describe(FILE *out, const struct command *c) {
  roff_text(out, "`vigie %s` %s.", c->name, c->doc);
  if (strstr(c->takes, "RULES")) {
    fputs(".PP\n", out);
    roff_text(out,
              "RULES are files or folders; where none are named, those of the folder `rules`, or, "
              "where there is none, those of the current folder.");
  }
  if (c->options & (HAS(db) | HAS(state) | HAS(lang))) {
    fputs(".PP\n", out);
    roff_text(out,
              "Where the command line does not name the dataset, the state or the language, the "
              "environment does, then the `project` of the rule files.");
  }
}

void manual_command(FILE *out, const struct command *c) {
  print_title(out, c->name, 1, c->doc);
  fputs(".SH SYNOPSIS\n\\fBvigie ", out);
  roff_literal(out, c->name);
  fputs("\\fR ", out);
  if (*c->takes) roff_italic(out, c->takes), putc(' ', out);
  fputs("[\\fIOPTIONS\\fR]\n.SH DESCRIPTION\n", out);
  describe(out, c);
  print_behind(out, c);
  print_options(out, c, c->options);
  print_environment(out, c->options);
  print_statuses(out);
  fputs(".SH EXAMPLES\n", out);
  print_example(out, c->example);
  print_related(out, c);
}

/* ---- all of them ----------------------------------------------------------------------- */

static void print_files(FILE *out) {
  fputs(".SH FILES\n", out);
  print_entry(out, "rules/", "",
              "the folder of the rule files, *.vigie, that are read where the line names none");
  print_entry(out, "data.db", "", "the dataset of a project that `vigie init` wrote");
  print_entry(out, "actions.db", "", "the action items, where nothing says otherwise");
}

void manual_overview(FILE *out) {
  print_title(out, "", 1, "runs the rules of a revenue team over its data");
  fputs(
      ".SH SYNOPSIS\n\\fBvigie\\fR \\fICOMMAND\\fR [\\fIRULES\\fR...] [\\fIOPTIONS\\fR]\n"
      ".SH DESCRIPTION\n",
      out);
  roff_text(
      out,
      "Vigie judges the rows of a dataset (an SQLite file, or a database of PostgreSQL), which "
      "it never changes, by rules that stand in text files, and keeps the action items that "
      "follow: who has to do what, "
      "for which customer, until when, and why. RULES are files or folders; those of the "
      "folder `rules` where none are named.");
  fputs(".SH COMMANDS\nEach has a page of its own, such as\n", out);
  print_reference(out, "run", 1, true);
  for (size_t i = 0; i < n_commands; i++)
    print_entry(out, commands[i].name, commands[i].takes, commands[i].doc);
  print_options(out, &commands[0], EVERYWHERE);
  print_environment(out, ~(option_set)0);
  print_files(out);
  print_statuses(out);
  fputs(".SH EXAMPLES\n", out);
  print_example(out, "vigie init mycompany\ncd mycompany\nvigie run --as-of 2026-03-01");
  fputs(".SH \"SEE ALSO\"\n", out);
  for (size_t i = 0; i < n_commands; i++)
    if (!command_is_behind(&commands[i])) print_reference(out, commands[i].name, 1, false);
  print_reference(out, "rules", 5, true);
}

/* ---- the language ---------------------------------------------------------------------- */

static void print_line(FILE *out, const struct rule_line *l) {
  print_entry(out, l->word, "", l->doc);
  if (l->example) fputs(".IP\n", out), print_example(out, l->example);
}

static void print_clauses(FILE *out, enum clause_kind head) {
  fprintf(out, ".SS ");
  roff_literal(out, rule_lines[head].word);
  putc('\n', out);
  roff_text(out, "%s", rule_lines[head].doc);
  if (rule_lines[head].example) print_example(out, rule_lines[head].example);
  for (enum clause_kind k = 0; k < CLAUSE_KINDS; k++)
    if (k != C_BROKEN && !clause_is_head(k) && clause_fits(k, head))
      print_line(out, &rule_lines[k]);
}

static void print_words(FILE *out) {
  static const char words[] =
#define RESERVED(word, token, ends, begins, infix) " " word
#include "syntax/keyword.def"
      ;
  fputs(".SH \"RESERVED WORDS\"\n", out);
  roff_text(out, "No name may be one of these: `%s`.", words + 1);
}

static void print_functions(FILE *out) {
  fputs(".SH FUNCTIONS\n", out);
  for (size_t i = 0; i < n_fns; i++) print_entry(out, fns[i].signature, "", fns[i].doc);
  fputs(".SH UNITS\n", out);
#define UNIT(id, name, class, doc) print_entry(out, name, "", doc);
#include "base/unit.def"
#undef UNIT
}

void manual_rules(FILE *out) {
  print_title(out, "rules", 5, "the language of rule files");
  fputs(".SH DESCRIPTION\n", out);
  roff_text(out,
            "A rule file, NAME.vigie, is UTF-8 text. It is made of headers, which begin at the "
            "left edge, and of clauses under them, one a line, indented by two blanks; what "
            "follows a # is a comment. `vigie check` says what is wrong with a file, `vigie "
            "explain` what a rule does, `vigie fmt` lays it out.");
  fputs(".SH HEADERS AND CLAUSES\n", out);
  for (enum clause_kind k = 0; k < CLAUSE_KINDS; k++)
    if (clause_is_head(k)) print_clauses(out, k);
  print_functions(out);
  print_words(out);
  fputs(".SH EXAMPLES\n", out);
  print_example(out,
                "rule renewal_at_risk for account\n"
                "  when renewal within 60d and health drop > 10\n"
                "  -> assign CS, due 7d");
  fputs(".SH \"SEE ALSO\"\n", out);
  print_reference(out, "check", 1, false);
  print_reference(out, "explain", 1, false);
  print_reference(out, "fmt", 1, true);
}
