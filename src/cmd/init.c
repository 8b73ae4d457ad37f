/* vigie init DIR. In: the folder to create, and exports. Out: a project in it, of these exports or
 * the starter's, and what to type next. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"
#include "cmd/import_request.h"
#include "cmd/import_said.h"
#include "cmd/problems.h"
#include "import/draft.h"
#include "starter/project.h"
#include "starter/starter.h"
#include "starter/texts.h"

/* Gets what nobody is named for, until somebody writes down who. */
#define SOMEBODY "revops@company.example"

struct drafting {
  const struct args *args;
  struct export_said said;
  day_t day;
  const char **files;
  size_t n;
  struct imported imported;
  struct drafted drafted;
};

static void say_starter(const char *dir) {
  printf(
      "Wrote a starter project to %s: rules to read, a dataset to run them on, a README.\n\n"
      "Type next:\n"
      "  cd %s\n"
      "  vigie run --as-of " STARTER_DAY "\n",
      dir, dir);
}

/* ---- of exports ----------------------------------------------------------------------- */

static bool write_rules(const char *work, const struct drafted *d, struct arena *a,
                        struct diags *problems) {
  const char *rules = arena_printf(a, "%s/rules", work);
  if (mkdir(rules, 0777) != 0)
    return diag_fail(problems, V0702, "cannot create the folder %s: %s", rules, strerror(errno));
  const char *const texts[][2] = {{"rules/data.vigie", d->data},
                                  {"rules/policy.vigie", d->policy},
                                  {"rules/tests.vigie", d->tests},
                                  {"README.md", d->readme},
                                  {".gitignore", starter_text("gitignore")}};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    if (*texts[i][1] &&
        !project_text(arena_printf(a, "%s/%s", work, texts[i][0]), texts[i][1], problems))
      return false;
  return true;
}

/* What leads from the folder to this one: "../" for each of its names; where it cannot be told from
 * them, the whole path. */
static const char *way_back(const char *dir, struct arena *a) {
  const char *back = "";
  char here[PATH_MAX];
  bool names = *dir != '/';
  for (const char *at = dir; *at && names;) {
    size_t n = strcspn(at, "/");
    names = !(n == 2 && at[0] == '.' && at[1] == '.');
    if (n && !(n == 1 && *at == '.')) back = arena_printf(a, "../%s", back);
    at += n + (at[n] == '/');
  }
  if (names) return back;
  return getcwd(here, sizeof here) ? arena_printf(a, "%s/", here) : "";
}

static bool fill(const char *work, void *ctx, struct arena *a, struct diags *problems) {
  struct drafting *x = ctx;
  const struct import_request r = {.files = import_files(x->files, x->n, a),
                                   .n = x->n,
                                   .into = arena_printf(a, "%s/data.db", work),
                                   .said = &x->said,
                                   .day = x->day};
  const char *user = getenv("VIGIE_USER");
  if (!import_run(&r, a, &x->imported, problems)) return false;
  draft_make(&x->imported, r.day, user && strchr(user, '@') ? user : SOMEBODY,
             way_back(x->args->paths[0], a), a, &x->drafted);
  return write_rules(work, &x->drafted, a, problems);
}

/* What the numbers rest on is said where they are made. */
static void say_notes(const struct drafted *d) {
  if (d->n_notes) printf("\nWhat the draft takes to be so, and what it lacks:\n");
  for (size_t i = 0; i < d->n_notes; i++) text_print_line(stdout, "- %s", d->notes[i]);
}

static void say_drafted(const struct drafting *x, const char *dir, struct arena *a) {
  say_import(&x->imported, false, a);
  printf(
      "\nWrote %s: what the tables mean (rules/data.vigie), %zu %s and %zu %s.\n%s\n"
      "Type next:\n"
      "  cd %s\n"
      "  vigie check\n"
      "  vigie run\n",
      dir, x->drafted.n_kpis, plural((long)x->drafted.n_kpis, "KPI", "KPIs"), x->drafted.n_rules,
      plural((long)x->drafted.n_rules, "rule", "rules"),
      x->drafted.n_rules ? ""
                         : "No rule that we know fits these exports: rules/policy.vigie says how "
                           "one is written.\n",
      text_shell_word(a, dir));
  say_notes(&x->drafted);
  if (x->drafted.names) {
    putchar('\n');
    text_print_line(stdout, "%s names people without their addresses: import the files again with",
                    x->drafted.names);
    printf("a list of people (Name, Email) beside them, and messages reach them.\n");
  }
  if (x->drafted.waits)
    printf("\n%s\nonce the exports of that day are imported. Until then: not enough data.\n",
           x->drafted.waits);
}

/* `vigie init DIR --from A B C`: A is the option's, the others stand behind the folder. */
static int draft(const struct args *args, struct arena *a, struct diags *problems) {
  struct drafting x = {.args = args};
  if (!import_said_by(args, "vigie init", a, &x.said) || !import_day(args, "vigie init", &x.day))
    return EXIT_USAGE;
  x.files = NEW_N(a, const char *, args->n_paths + 1);
  x.files[x.n++] = args->from_file;
  for (size_t i = 1; i < args->n_paths; i++) x.files[x.n++] = args->paths[i];
  if (!project_write(args->paths[0], fill, &x, a, problems))
    return print_problems(args, "vigie init", problems);
  if (!args->quiet) say_drafted(&x, args->paths[0], a);
  return EXIT_CLEAN;
}

int cmd_init(const struct args *args) {
  const char *dir = args->paths[0];
  struct arena *a = arena_new();
  struct diags problems = {.arena = a};
  int status = EXIT_CLEAN;
  if (args->from_file)
    status = draft(args, a, &problems);
  else if (args->n_paths > 1)
    status = refuse_option(args, "vigie init",
                           "a project is one folder; of exports it is made with --from %s",
                           args->paths[1]);
  else if (!starter_write(dir, a, &problems))
    status = print_problems(args, "vigie init", &problems);
  else if (!args->quiet)
    say_starter(dir);
  arena_free(a);
  return status;
}
