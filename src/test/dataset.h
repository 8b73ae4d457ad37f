/* The dataset of a test: the tables and columns that the entities name, holding the rows that the
 * test gives.
 *
 * - The name of a row in quotes is its key and its label; a row without one gets a key of its
 *   own.
 * - What is given without `ago` is recorded on the day it is given; an unknown history is a
 *   record without a value.
 * - Rows exist since long before the test, events happen on its day, unless it says otherwise.
 * - A KPI that is given is given to the plan. */
#ifndef VIGIE_TEST_DATASET_H
#define VIGIE_TEST_DATASET_H

#include "data/dataset.h"
#include "plan/plan.h"
#include "sema/test_case.h"

/* The dataset on the day of steps.v[last]; everything given until then is in it. Sets
 * `given_kpis` and `excerpt` of the plan. The dataset is the caller's to close; the rest lives in
 * the arena of the plan. */
struct dataset *open_test_dataset(struct plan *plan, const struct test *t, size_t last);

#endif
