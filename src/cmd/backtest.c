/* vigie backtest RULES… --db DATA --from DAY --to DAY. In: rule files, a dataset, a span of days.
 * Out: what the rules would have done, and how right they were. */
#include <stdio.h>

#include "backtest/backtest_text.h"
#include "base/terminal.h"
#include "cmd/backtest_line.h"
#include "cmd/dataset.h"
#include "cmd/problems.h"
#include "cmd/progress.h"
#include "sema/policy_diff.h"

static int backtest(const struct args *args, struct ruleset *rs, struct condition *c,
                    struct dataset *dataset, struct arena *a) {
  struct diags problems = {.arena = a};
  struct backtest_request q = {.dataset = dataset,
                               .policies = &rs,
                               .n_policies = 1,
                               .outcome = c->text ? c : NULL,
                               .as_of = day_of_run(args, rs),
                               .progress = args->quiet ? NULL : show_progress};
  struct backtest b;
  struct text_style style = {.width = term_width(), .color = args->color_out, .quiet = args->quiet};
  bool good = read_backtest_span(args, rs, c, &q, &problems);
  if (good && args->policy_of != DAY_NONE) policy_freeze(rs, args->policy_of);
  good = good && backtest_run(&q, a, &b, &problems);
  progress_end();
  if (!good) return print_problems(args, "vigie backtest", &problems);
  print_problems(args, "vigie backtest", &problems);
  b.policy_of = args->policy_of;
  if (args->strict_past && (b.hindsight || b.late.n)) return refuse_hindsight(args, &b, a);
  if (args->format == FORMAT_JSON)
    print_backtest_json(stdout, &b);
  else
    print_backtest_text(stdout, &b, &style, a);
  return EXIT_CLEAN;
}

int cmd_backtest(const struct args *args) {
  struct arena *a = arena_new();
  struct condition c = {.within = {90, DUR_DAY}};
  int status = EXIT_CLEAN;
  struct ruleset *rs = read_backtest_rules(args, &c, a, &status);
  struct dataset *dataset = rs ? open_dataset(args, rs, &status) : NULL;
  if (dataset) status = backtest(args, rs, &c, dataset, a);
  dataset_close(dataset);
  arena_free(a);
  return status;
}
