/* Datasets in memory: tables that are written down, as the rows of a test are. */
#ifndef VIGIE_MEMORY_H
#define VIGIE_MEMORY_H

#include "data/dataset.h"
#include "data/raw.h"

struct memory_table {
  const char *name;
  const char *const *columns;
  size_t n_columns;
  const struct raw_cell *const *rows; /* each n_columns cells */
  size_t n_rows;
};

/* A dataset of these tables; nothing of them is borrowed. Names of tables differ, as do the
 * columns of a table, compared without regard to ASCII case. `name` stands for the dataset in
 * messages: "the test". The dataset lives in the arena; there is nothing that can fail. */
struct dataset *memory_dataset(const char *name, const struct memory_table *tables, size_t n,
                               struct arena *a);

#endif
