/* vigie check RULES… [--db DATA]. In: rule files, and maybe a dataset. Out: what is wrong, or
 * that nothing is. */
#include <stdio.h>

#include "cmd/dataset.h"
#include "cmd/rules.h"
#include "judge/dataset_check.h"
#include "base/text.h"

static bool has_unreadable(const struct ruleset *rs) {
  for (size_t i = 0; i < rs->diags.list.n; i++)
    if (rs->diags.list.v[i]->kind == diag_kind(V0512)) return true;
  return false;
}

static const char *text_counted(const struct ruleset *rs, int warnings) {
  return arena_printf(rs->arena, "%d %s", warnings,
                      plural((size_t)warnings, "warning", "warnings"));
}

static void say_clean(const struct ruleset *rs, const struct args *args) {
  if (args->quiet || args->dump || args->format != FORMAT_TEXT) return;
  size_t files = 0;
  for (size_t i = 0; i < rs->sources.n; i++) files += rs->asts.v[i]->items.n > 0;
  int warnings = rs->diags.warnings;
  const char *found = warnings ? text_counted(rs, warnings) : "nothing wrong";
  printf("%zu %s: %zu %s, %zu %s, %zu %s, %zu %s: %s%s\n", files, plural(files, "file", "files"),
         rs->rules.n, plural(rs->rules.n, "rule", "rules"), rs->kpis.n,
         plural(rs->kpis.n, "KPI", "KPIs"), rs->thresholds.n,
         plural(rs->thresholds.n, "threshold", "thresholds"), rs->tests.n,
         plural(rs->tests.n, "test", "tests"), found,
         !args->db            ? ""
         : has_unreadable(rs) ? ", and every table and column fits"
                              : ", and every table, column and cell fits");
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
