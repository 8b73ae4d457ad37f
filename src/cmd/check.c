/* vigie check RULES… [--db DATA]. In: rule files. Out: what is wrong with them, or a line that says all is well. */
#include <stdio.h>

#include "cmd/rules.h"

static void say_clean(const struct ruleset *rs, const struct args *args) {
  if (args->quiet || args->dump) return;
  size_t files = 0;
  for (size_t i = 0; i < rs->sources.n; i++) files += rs->sources.v[i]->path[0] && rs->asts.v[i]->items.n > 0;
  printf("%zu file%s: %zu rule%s, %zu KPI%s, %zu threshold%s, %zu test%s: nothing wrong\n", files, files == 1 ? "" : "s",
         rs->rules.n, rs->rules.n == 1 ? "" : "s", rs->kpis.n, rs->kpis.n == 1 ? "" : "s", rs->thresholds.n,
         rs->thresholds.n == 1 ? "" : "s", rs->tests.n, rs->tests.n == 1 ? "" : "s");
}

int cmd_check(const struct args *args) {
  struct arena *a = arena_new();
  int status = EXIT_CLEAN;
  struct ruleset *rs = rules_read(args, a, &status);
  if (rs) {
    rules_print_diags(args, rs);
    if (args->format == FORMAT_TEXT) say_clean(rs, args);
  }
  arena_free(a);
  return status;
}
