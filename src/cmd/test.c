/* vigie test RULES…. In: rule files with test blocks; no dataset. Out: one line a test, and what
 * went wrong where. */
#include <stdio.h>

#include "base/terminal.h"
#include "base/text.h"
#include "cmd/progress.h"
#include "cmd/rules.h"
#include "diff/mutate.h"
#include "test/report.h"

static int say_none(const struct args *args, const struct ruleset *rs) {
  if (rs->tests.n) {
    text_print_line(stderr, "vigie test: no test has \"%s\" in its name", args->run_pattern);
    return EXIT_USAGE;
  }
  if (!args->quiet)
    fputs(
        "note: these files have no tests: write test \"what must happen\", and under it on, given, "
        "expect\n",
        stderr);
  return EXIT_CLEAN;
}

static void report(const struct args *args, const struct suite *s, struct arena *a) {
  struct report_style style = {.quiet = args->quiet, .coverage = args->coverage};
  switch (args->format) {
    case FORMAT_JSON: test_report_json(stdout, s, &style, a); break;
    case FORMAT_JUNIT: test_report_junit(stdout, s, a); break;
    default: test_report_text(stdout, s, &style, a); break;
  }
}

/* --mutate: the tests that are missing. Tests that fail already notice everything. */
static int mutate(const struct args *args, struct ruleset *rs, struct arena *a) {
  struct suite suite;
  struct mutations m;
  struct mutate_request q = {.rs = rs,
                             .paths = args->paths,
                             .n_paths = args->n_paths,
                             .day = day_today(rs->tz),
                             .progress = args->quiet ? NULL : show_progress};
  suite_run(rs, NULL, false, a, &suite);
  if (suite.failed) {
    report(args, &suite, a);
    return EXIT_FINDINGS;
  }
  mutate_rules(&q, a, &m);
  progress_end();
  if (args->format == FORMAT_JSON)
    print_mutations_json(stdout, &m, a);
  else
    print_mutations_text(stdout, &m, term_width(), a);
  return m.survived ? EXIT_FINDINGS : EXIT_CLEAN;
}

static int run(const struct args *args, struct ruleset *rs, struct arena *a) {
  struct suite s;
  int status = EXIT_CLEAN;
  suite_run(rs, args->run_pattern, args->coverage || args->min >= 0, a, &s);
  if (!s.results.n) status = say_none(args, rs);
  if (s.results.n || (args->format != FORMAT_TEXT && status == EXIT_CLEAN)) report(args, &s, a);
  double percent = args->min >= 0 ? coverage_percent(&s.coverage) : 100;
  bool low = status == EXIT_CLEAN && percent < (double)args->min;
  if (low)
    fprintf(stderr,
            "vigie test: the tests reach %.1f%% of the rules, less than --min %ld; --coverage says "
            "what is missing\n",
            percent, args->min);
  return s.failed || low ? EXIT_FINDINGS : status;
}

int cmd_test(const struct args *args) {
  struct arena *a = arena_new();
  int status = EXIT_CLEAN;
  struct ruleset *rs = rules_read(args, a, &status);
  if (rs) {
    if (rs->diags.warnings) diags_print(&rs->diags, stderr, args->color_err);
    status = args->mutate ? mutate(args, rs, a) : run(args, rs, a);
  }
  arena_free(a);
  return status;
}
