/* What commands with --db do: open the dataset, and hold the rule files against it. */
#ifndef VIGIE_CMD_DATASET_H
#define VIGIE_CMD_DATASET_H

#include "cmd/args.h"
#include "data/dataset.h"
#include "sema/ruleset.h"

/* How people say which dataset; it ends a sentence. The three ways of setting.def, in its order. */
#define HOW_TO_NAME_DATA                                                                       \
  "add --db data.db; or set VIGIE_DB; or write `project` and below it data \"../data.db\" in " \
  "a rule file, as seen from there"

/* Opens args->db and checks tables and columns; holidays and fiscal periods are read. On mistakes
 * they are printed, NULL comes back and *status is set. */
struct dataset *open_dataset(const struct args *args, struct ruleset *rs, int *status);

/* The day of the run: --as-of, or today in the calendar's time zone. */
day_t day_of_run(const struct args *args, const struct ruleset *rs);

#endif
