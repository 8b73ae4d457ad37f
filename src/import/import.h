/* Exports of other systems into a dataset: all of them, or none. */
#ifndef VIGIE_IMPORT_H
#define VIGIE_IMPORT_H

#include "import/store.h"

struct import_request {
  const struct export_file *files;
  size_t n;
  const char *into; /* the dataset, which need not be there */
  struct export_said *said;
  day_t day;
  enum export_holds holds;
  bool dry; /* nothing stays */
};

struct imported {
  struct export *exports; /* n of each, people and customers first */
  struct stored *stored;
  size_t n;
};

/* Everything in `out` lives in the arena. False: one error or more, and the dataset is as
 * before. */
bool import_run(const struct import_request *r, struct arena *a, struct imported *out,
                struct diags *problems);

#endif
