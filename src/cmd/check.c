/* vigie check RULES… [--db DATA]. In: rule files, and maybe a dataset. Out: what is wrong, or
 * that nothing is. */
#include <stdio.h>

#include "cmd/dataset.h"
#include "cmd/rules.h"
#include "judge/dataset_check.h"

static void say_clean(const struct ruleset *rs, const struct args *args) {
  if (args->quiet || args->dump || args->format != FORMAT_TEXT) return;
  size_t files = 0;
  for (size_t i = 0; i < rs->sources.n; i++) files += rs->asts.v[i]->items.n > 0;
  printf("%zu file%s: %zu rule%s, %zu KPI%s, %zu threshold%s, %zu test%s: nothing wrong%s\n", files,
         files == 1 ? "" : "s", rs->rules.n, rs->rules.n == 1 ? "" : "s", rs->kpis.n,
         rs->kpis.n == 1 ? "" : "s", rs->thresholds.n, rs->thresholds.n == 1 ? "" : "s",
         rs->tests.n, rs->tests.n == 1 ? "" : "s",
         args->db ? ", and every table, column and value fits" : "");
}

/* Names first: with a column missing its values need no look. */
static int check_data(const struct args *args, struct ruleset *rs) {
  int status;
  struct dataset *e = open_dataset(args, rs, &status);
  if (!e) return status;
  int wrong = dataset_check_values(rs, e);
  dataset_close(e);
  rules_print_diags(args, rs);
  return wrong ? EXIT_USAGE : EXIT_CLEAN;
}

int cmd_check(const struct args *args) {
  struct arena *a = arena_new();
  int status = EXIT_CLEAN;
  struct ruleset *rs = rules_read(args, a, &status);
  if (rs && args->db)
    status = check_data(args, rs);
  else if (rs)
    rules_print_diags(args, rs);
  if (rs && status == EXIT_CLEAN) say_clean(rs, args);
  arena_free(a);
  return status;
}
