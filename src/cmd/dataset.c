/* The dataset of a command. In: the command line and a rule set. Out: an open dataset whose names
 * fit. */
#include "cmd/dataset.h"

#include <sched.h>

#include "cmd/problems.h"
#include "cmd/rules.h"
#include "judge/dataset_check.h"
#include "judge/judge.h"

/* As many as the machine lets this process have, unless --threads says. */
static size_t threads_wanted(const struct args *args) {
  cpu_set_t mine;
  if (args->threads > 0) return (size_t)args->threads;
  return sched_getaffinity(0, sizeof mine, &mine) == 0 ? (size_t)CPU_COUNT(&mine) : 1;
}

struct dataset *open_dataset(const struct args *args, struct ruleset *rs, int *status) {
  struct dataset *e = NULL;
  struct diags problems = {.arena = rs->arena};
  *status = EXIT_USAGE;
  if (!args->db) {
    refuse_option(args, "vigie", "%s needs a dataset: " HOW_TO_NAME_DATA, args->command);
    return NULL;
  }
  if (!dataset_open(args->db, rs->arena, &e, &problems)) {
    print_problems(args, "vigie", &problems);
    return NULL;
  }
  if (dataset_remark(e) && !args->quiet) print_note(dataset_remark(e));
  dataset_use_threads(e, threads_wanted(args));
  if (dataset_check_names(rs, e)) {
    rules_print_diags(args, rs);
  } else if (!load_holidays(rs, e, &problems) || !load_fiscal_periods(rs, e, &problems)) {
    print_problems(args, "vigie", &problems);
  } else {
    *status = EXIT_CLEAN;
    return e;
  }
  dataset_close(e);
  return NULL;
}

day_t day_of_run(const struct args *args, const struct ruleset *rs) {
  return args->as_of != DAY_NONE ? args->as_of : day_today(rs->tz);
}
