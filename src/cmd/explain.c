/* vigie explain WHAT RULES…. In: the name of a rule, KPI or threshold, or the number of an item,
 * rule files, and maybe a dataset and a key. Out: why the rule did or did not act on that row, or
 * what the KPI or threshold is made of. */
#include <stdio.h>
#include <string.h>

#include "base/suggest.h"
#include "cmd/dataset.h"
#include "cmd/item_choice.h"
#include "cmd/problems.h"
#include "cmd/project.h"
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

/* The row that is asked for, in the data of the line; of: an item of it, NULL. */
static int explain_row(const struct args *args, struct ruleset *rs, size_t rule,
                       const struct row_asked *asked, const struct item *of) {
  int status;
  struct dataset *dataset = open_dataset(args, rs, &status);
  if (!dataset) return status;
  struct explanation *e;
  struct diags problems = {.arena = rs->arena};
  struct rule *r = rs->rules.v[rule];
  const struct ast_item *written = rs->rule_items.v[rule];
  bool good = explain_rule(rs, r, asked, dataset, day_of_run(args, rs), rs->arena, &e, &problems);
  if (good) e->is = of;
  if (!good)
    status = print_problems(args, "vigie explain", &problems);
  else if (args->format == FORMAT_JSON)
    explain_print_json(stdout, e, written, rs->arena);
  else
    explain_print_text(stdout, e, written, rs->arena);
  dataset_close(dataset);
  return status;
}

static int explain_one_rule(const struct args *args, struct ruleset *rs, size_t rule) {
  const struct rule *r = rs->rules.v[rule];
  if (!args->key && (r->entity || r->dims.n)) {
    const char *what = r->entity ? r->entity->name : dims_name(&r->dims, rs->arena);
    return refuse_option(args, "vigie explain",
                         "which %s? Add --key and the key of one: --key A-17", what);
  }
  return explain_row(args, rs, rule, &(struct row_asked){.text = args->key}, NULL);
}

/* ---- items ---------------------------------------------------------------------------- */

/* The rule of the item, under the name that it has now. */
static size_t rule_of_item(const struct ruleset *rs, const struct item *i) {
  size_t rule = find_rule(rs, i->rule);
  for (size_t r = 0; rule == rs->rules.n && r < rs->rules.n; r++)
    for (size_t w = 0; w < rs->rules.v[r]->was.n; w++)
      if (strcmp(rs->rules.v[r]->was.v[w], i->rule) == 0) return r;
  return rule;
}

static bool read_one_item(const struct args *args, int64_t number, struct arena *a,
                          struct item **out, struct diags *problems) {
  struct state *s = NULL;
  bool ok =
      open_items(args, STATE_READ, a, &s, problems) && state_numbered(s, &number, 1, out, problems);
  state_close(s);
  return ok && ((*out)->id || diag_fail(problems, V0612, "there is no item #%lld in %s",
                                        (long long)number, args->state));
}

static int explain_item(const struct args *args, struct ruleset *rs, int64_t number) {
  struct diags problems = {.arena = rs->arena};
  struct item *i;
  if (args->key)
    return refuse_option(args, "vigie explain", "#%lld says which row: leave out --key",
                         (long long)number);
  if (!read_one_item(args, number, rs->arena, &i, &problems))
    return print_problems(args, "vigie explain", &problems);
  size_t rule = rule_of_item(rs, i);
  if (rule < rs->rules.n)
    return explain_row(args, rs, rule, &(struct row_asked){i->key, true, true, i->opened}, i);
  diag_fail(&problems, V0703, "#%lld is an item of `%s`, and these files have no rule of that name",
            (long long)number, i->rule);
  return print_problems(args, "vigie explain", &problems);
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
    return refuse_option(args, "vigie explain", "--key needs a dataset: " HOW_TO_NAME_DATA);
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
  int64_t number;
  if (item_number(name, &number)) return explain_item(args, rs, number);
  if (rule < rs->rules.n) return explain_one_rule(args, rs, rule);
  if (kpi) return explain_kpi(args, rs, kpi);
  if (!threshold) return no_such_name(args, rs, name);
  if (args->format == FORMAT_JSON)
    threshold_explain_json(stdout, threshold, day_of_run(args, rs));
  else
    threshold_explain_text(stdout, threshold, day_of_run(args, rs), rs->arena);
  return EXIT_CLEAN;
}

int cmd_explain(const struct args *args) {
  struct arena *a = arena_new();
  struct args files = *args;
  size_t words = words_before_rules(args, command_find(args->command));
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
