/* The dataset of a starter project: the same rows on every machine, as of 2026-03-01. */
#ifndef VIGIE_STARTER_DATASET_H
#define VIGIE_STARTER_DATASET_H

#include <stdbool.h>

#include "base/diag.h"

struct arena;

/* What the project's README says of the data it comes with: two lists in Markdown. */
struct dataset_facts {
  const char *tables;  /* the tables and how many rows each has */
  const char *defects; /* what is wrong with the rows, with true counts */
};

/* Creates the SQLite file `path`, which must not exist, and fills it in one transaction. False
 * when SQLite could not (a full disk, no permission): problems say why, the file may be there in
 * part and is the caller's to remove. Facts live in the arena. */
bool dataset_write(const char *path, struct arena *a, struct dataset_facts *facts,
                   struct diags *problems);

#endif
