/* vigie explain WHAT RULES…. In: the name of a rule, KPI or threshold, rule files, and maybe a
 * dataset and a key. Out: why the rule did or did not act on that row, or what the KPI or
 * threshold is made of. */
#include <stdio.h>
#include <string.h>

#include "base/suggest.h"
#include "cmd/dataset.h"
#include "cmd/problems.h"
#include "cmd/rules.h"
#include "explain/declaration.h"
#include "explain/print.h"
#include "sema/dims.h"

/* ---- what is meant -------------------------------------------------------------------- */

static size_t find_rule(const struct ruleset *rs, const char *name) {
  size_t i = 0;
  while (i < rs->rules.n && strcmp(rs->rules.v[i]->name, name) != 0) i++;
  return i;
}

static int no_such_name(const struct args *args, const struct ruleset *rs, const char *name) {
  const char **names =
      NEW_N(rs->arena, const char *, rs->rules.n + rs->kpis.n + rs->thresholds.n + 1);
  size_t n = 0;
  for (size_t i = 0; i < rs->rules.n; i++) names[n++] = rs->rules.v[i]->name;
  for (size_t i = 0; i < rs->kpis.n; i++) names[n++] = rs->kpis.v[i]->name;
  for (size_t i = 0; i < rs->thresholds.n; i++) names[n++] = rs->thresholds.v[i]->name;
  const char *near = suggest(name, names, n);
  struct diags problems = {.arena = rs->arena};
  if (near)
    diag_fail(&problems, V0703, "there is no rule, KPI or threshold \"%s\": did you mean %s?", name,
              near);
  else
    diag_fail(&problems, V0703,
              "there is no rule, KPI or threshold \"%s\" in these files: the name comes first, the "
              "rule files after it",
              name);
  return print_problems(args, "vigie explain", &problems);
}

/* ---- rules ---------------------------------------------------------------------------- */

static int explain_row(const struct args *args, struct ruleset *rs, size_t rule,
                       struct dataset *dataset) {
  struct explanation *e;
  struct diags problems = {.arena = rs->arena};
  struct rule *r = rs->rules.v[rule];
  if (!explain_rule(rs, r, args->key, dataset, day_of_run(args, rs), rs->arena, &e, &problems))
    return print_problems(args, "vigie explain", &problems);
  const struct ast_item *written = rs->rule_items.v[rule];
  if (args->format == FORMAT_JSON)
    explain_print_json(stdout, e, written, rs->arena);
  else
    explain_print_text(stdout, e, written, rs->arena);
  return EXIT_CLEAN;
}

static int explain_one_rule(const struct args *args, struct ruleset *rs, size_t rule) {
  const struct rule *r = rs->rules.v[rule];
  int status;
  if (!args->key && (r->entity || r->dims.n)) {
    const char *what = r->entity ? r->entity->name : dims_name(&r->dims, rs->arena);
    return refuse_option(args, "vigie explain",
                         "which %s? Add --key and the key of one: --key A-17", what);
  }
  struct dataset *dataset = open_dataset(args, rs, &status);
  if (!dataset) return status;
  status = explain_row(args, rs, rule, dataset);
  dataset_close(dataset);
  return status;
}

/* ---- KPIs and thresholds -------------------------------------------------------------- */

static int explain_kpi(const struct args *args, struct ruleset *rs, struct kpi *k) {
  struct dataset *dataset = NULL;
  struct kpi_explanation *e;
  struct diags problems = {.arena = rs->arena};
  int status;
  if (args->key && !k->entity && !k->dims.n)
    return refuse_option(args, "vigie explain",
                         "%s is a KPI of the company: it has no rows; leave out --key", k->name);
  if (args->key && !args->db)
    return refuse_option(args, "vigie explain", "--key needs a dataset: add --db data.db");
  if (args->db && !(dataset = open_dataset(args, rs, &status))) return status;
  if (k->entity && !args->key) { /* without a row there is no value: the formula alone */
    dataset_close(dataset);
    dataset = NULL;
  }
  bool good =
      kpi_explain(rs, k, args->key, dataset, day_of_run(args, rs), rs->arena, &e, &problems);
  if (good && args->format == FORMAT_JSON)
    kpi_explain_json(stdout, rs, e, rs->arena);
  else if (good)
    kpi_explain_text(stdout, rs, e, rs->arena);
  dataset_close(dataset);
  return good ? EXIT_CLEAN : print_problems(args, "vigie explain", &problems);
}

static int explain_name(const struct args *args, struct ruleset *rs, const char *name) {
  size_t rule = find_rule(rs, name);
  struct kpi *kpi = map_get(&rs->kpi_names, name);
  const struct threshold *threshold = map_get(&rs->threshold_names, name);
  if (rule < rs->rules.n) return explain_one_rule(args, rs, rule);
  if (kpi) return explain_kpi(args, rs, kpi);
  if (!threshold) return no_such_name(args, rs, name);
  if (args->format == FORMAT_JSON)
    threshold_explain_json(stdout, threshold, day_of_run(args, rs));
  else
    threshold_explain_text(stdout, threshold, day_of_run(args, rs), rs->arena);
  return EXIT_CLEAN;
}

/* "explain threshold health_alarm rules" says the kind first; the name alone is enough. */
static size_t words_before_files(const struct args *args) {
  static const char *const kinds[] = {"rule", "kpi", "threshold"};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (args->n_paths > 2 && strcmp(args->paths[0], kinds[i]) == 0) return 2;
  return 1;
}

int cmd_explain(const struct args *args) {
  struct arena *a = arena_new();
  struct args files = *args;
  size_t words = words_before_files(args);
  files.paths += words;
  files.n_paths -= words;
  int status;
  struct ruleset *rs = rules_read(&files, a, &status);
  if (rs) {
    if (rs->diags.warnings) diags_print(&rs->diags, stderr, args->color_err);
    status = explain_name(args, rs, args->paths[words - 1]);
  }
  arena_free(a);
  return status;
}
