/* The rule files against the names in a dataset. */
#ifndef VIGIE_DATASET_CHECK_H
#define VIGIE_DATASET_CHECK_H

#include "data/dataset.h"
#include "sema/ruleset.h"

/* Tells (in rs->diags, at the place in the rule file) of tables and columns that the dataset does
 * not have, with the nearest name it has. Returns how many. */
int dataset_check_names(struct ruleset *rs, struct dataset *dataset);

/* Reads every declared column once and tells of the first cell of a table that cannot be read as
 * declared. Returns how many tables had one. Call it when the names are right. */
int dataset_check_values(struct ruleset *rs, struct dataset *dataset);

#endif
