/* vigie lint RULES… [--db DATA]. In: rule files, perhaps a dataset. Out: what a careful colleague
 * would say of them. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/version.h"
#include "cmd/dataset.h"
#include "cmd/lint_allows.h"
#include "cmd/lint_older.h"
#include "cmd/problems.h"
#include "cmd/rules.h"
#include "format/replace_file.h"
#include "lint/accepted.h"
#include "lint/fix.h"
#include "lint/report.h"
#include "base/text.h"

/* What was accepted and is mended: the list should not hide the next mistake of its kind. */
static void say_gone(const struct args *args, const struct lint_result *r) {
  if (!r->gone.n) return;
  printf("accepted, and found no more (vigie lint --accept %s takes them out):\n", args->paths[0]);
  for (size_t i = 0; i < r->gone.n; i++) {
    const struct accepted *x = &r->gone.v[i];
    printf("  %s%s%s: %s\n", x->of.code, *x->of.in ? " " : "", x->of.in, x->message);
  }
}

static bool is_built_in(const struct diag_kind *k) {
  return lint_check_find(k->code) || diag_kind_find(k->code);
}

static void sum_up(const struct args *args, const struct lint_result *r) {
  if (args->quiet) return;
  size_t infos = r->findings.list.n - (size_t)r->findings.errors - (size_t)r->findings.warnings;
  if (!r->findings.list.n)
    printf("nothing found");
  else
    printf("%d %s, %d %s, %zu %s", r->findings.errors,
           plural(r->findings.errors, "error", "errors"), r->findings.warnings,
           plural(r->findings.warnings, "warning", "warnings"), infos,
           plural(infos, "remark", "remarks"));
  if (r->suppressed)
    printf("; %ld allowed by comments (vigie lint --suppressions lists them)", r->suppressed);
  if (r->turned_off) printf("; %ld turned off by the project", r->turned_off);
  if (r->accepted_in) printf("; %ld accepted in %s", r->accepted, r->accepted_in);
  printf("\n");
  say_gone(args, r);
  const struct diag *worst = NULL; /* of those that help knows */
  for (size_t i = 0; i < r->findings.list.n; i++)
    if ((!worst || r->findings.list.v[i]->kind->level < worst->kind->level) &&
        is_built_in(r->findings.list.v[i]->kind))
      worst = r->findings.list.v[i];
  if (worst) printf("vigie help %s says why it matters\n", worst->kind->code);
}

static void print_text(const struct args *args, struct lint_result *r) {
  for (size_t i = 0; i < r->findings.list.n; i++) {
    const struct diag *d = r->findings.list.v[i];
    if (!args->quiet || d->kind->level != LEVEL_INFO)
      diag_print(&r->findings, d, stdout, args->color_out);
  }
  sum_up(args, r);
}

static void print(const struct args *args, struct lint_result *r) {
  switch (args->format) {
    case FORMAT_JSON: report_json(stdout, r); break;
    case FORMAT_SARIF: report_sarif(stdout, r, VIGIE_VERSION); break;
    case FORMAT_GITHUB: report_github(stdout, r); break;
    case FORMAT_CHECKSTYLE: report_checkstyle(stdout, r); break;
    case FORMAT_JUNIT: report_junit(stdout, r); break;
    default: print_text(args, r);
  }
}

/* The mistakes that keep the files from being judged, in the format that was asked for. */
static int print_invalid(const struct args *args, struct ruleset *rs) {
  diags_sort(&rs->diags);
  struct lint_result r = {.findings = rs->diags};
  if (args->format == FORMAT_TEXT)
    diags_print(&rs->diags, stderr, args->color_err);
  else
    print(args, &r);
  return EXIT_RULES;
}

/* 2 when the data cannot be read as declared; 1 when there is something at the level that
 * --fail-on names, or above. */
static int status_of(const struct args *args, const struct lint_result *r) {
  for (size_t i = 0; i < r->findings.list.n; i++)
    if (strncmp(r->findings.list.v[i]->kind->code, "V05", 3) == 0 &&
        r->findings.list.v[i]->kind->level == LEVEL_ERROR)
      return EXIT_USAGE;
  enum diag_level least = LEVEL_ERROR;
  if (args->fail_on && strcmp(args->fail_on, "warning") == 0) least = LEVEL_WARNING;
  if (args->fail_on && strcmp(args->fail_on, "info") == 0) least = LEVEL_INFO;
  for (size_t i = 0; i < r->findings.list.n; i++)
    if (r->findings.list.v[i]->kind->level <= least) return EXIT_FINDINGS;
  return EXIT_CLEAN;
}

/* Writes the corrections that do not change what the rules mean. False after a message. */
static bool write_fixes(const struct args *args, struct ruleset *rs, const struct lint_result *r,
                        struct arena *a) {
  size_t all = 0;
  for (size_t i = 0; i < rs->sources.n; i++) {
    size_t n;
    const char *text = lint_fixed_text(rs->sources.v[i], r, &n), *path = rs->sources.v[i]->path;
    struct diags problems = {.arena = a};
    if (!text) continue;
    if (!replace_file(path, text, strlen(text), a, &problems)) {
      print_problems(args, "vigie lint", &problems);
      return false;
    }
    all += n;
    if (!args->quiet) printf("corrected %s: %zu %s\n", path, n, plural(n, "place", "places"));
  }
  if (!all && !args->quiet)
    printf("nothing that can be corrected without changing what the rules mean\n");
  return true;
}

static bool options_right(const struct args *args) {
  const char *on = args->fail_on;
  if (on && strcmp(on, "error") != 0 && strcmp(on, "warning") != 0 && strcmp(on, "info") != 0) {
    refuse_option(args, "vigie lint", "--fail-on takes error, warning or info, not \"%s\"", on);
    return false;
  }
  if (args->since && args->changed_from) {
    refuse_option(args, "vigie lint",
                  "--since and --changed-from name two older versions: keep one");
    return false;
  }
  if (args->accept && (args->since || args->changed_from || args->fix || args->suppressions)) {
    refuse_option(args, "vigie lint",
                  "--accept writes down all that is found: it goes with no other choice");
    return false;
  }
  /* a gate in CI that silently lets everything through */
  if (args->max_open >= 0 && !args->db) {
    refuse_option(args, "vigie lint", "--max-open counts items in data: " HOW_TO_NAME_DATA);
    return false;
  }
  return true;
}

/* Errors that keep the data from being read are not lived with. */
static int accept(const struct args *args, struct lint_result *r, struct ruleset *rs,
                  const char *path) {
  struct arena *a = r->findings.arena;
  struct diags problems = {.arena = a};
  const char *text;
  size_t n = r->findings.list.n;
  if (status_of(args, r) == EXIT_USAGE) {
    print(args, r);
    return EXIT_USAGE;
  }
  if (!accepted_text(r, rs, path, args->db != NULL, &text, &problems) ||
      !write_whole_file(path, text, strlen(text), a, &problems))
    return print_problems(args, "vigie lint", &problems);
  if (!args->quiet)
    printf("%zu %s accepted in %s: from now on only others are shown. Keep the file in git\n", n,
           plural(n, "finding", "findings"), path);
  return EXIT_CLEAN;
}

static int judge(const struct args *args, struct ruleset *rs, struct dataset *db, struct arena *a) {
  struct lint_options o = {
      .today = day_of_run(args, rs), .db = db, .db_name = args->db, .max_open = args->max_open};
  struct diags problems = {.arena = a};
  const char *accepted = accepted_path(a, args->paths[0]);
  struct lint_result *r = lint_run(rs, a, &o, &problems);
  if (r && args->accept) return accept(args, r, rs, accepted);
  if (r && !args->all) accepted_apply(r, rs, accepted, db != NULL, &problems);
  if (r && !problems.errors && (args->since || args->changed_from))
    lint_keep_since(args, r, rs, &o, &problems);
  if (problems.errors) return print_problems(args, "vigie lint", &problems);
  if (args->fix) return write_fixes(args, rs, r, a) ? EXIT_CLEAN : EXIT_USAGE;
  if (args->suppressions) {
    lint_print_allows(args, r, a);
    return EXIT_CLEAN;
  }
  print(args, r);
  return status_of(args, r);
}

int cmd_lint(const struct args *args) {
  struct ruleset *rs;
  struct dataset *db = NULL;
  if (!options_right(args)) return EXIT_USAGE;
  struct arena *a = arena_new();
  struct diags problems = {.arena = a};
  int status = EXIT_USAGE;
  struct load_request request = {.paths = args->paths, .n_paths = args->n_paths};
  if (!ruleset_load(&request, a, &rs, &problems))
    status = print_problems(args, "vigie lint", &problems);
  else if (rs->diags.errors)
    status = print_invalid(args, rs);
  else if (!args->db || (db = open_dataset(args, rs, &status)))
    status = judge(args, rs, db, a);
  dataset_close(db);
  arena_free(a);
  return status;
}
