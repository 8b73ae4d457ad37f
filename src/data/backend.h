/* The contract between the generic half of a dataset and what stores the rows.
 *
 * A backend knows where tables are and how to read them: it hands over raw cells (raw.h), row by
 * row or many rows at once. What a cell means (units, formats, currencies, percents), what is
 * wrong with it, batches of typed columns, names that are misspelled: all that is the generic
 * half's (cell.c, scan.c, dataset.c), and is the same for every backend.
 *
 * To add a backend, PostgreSQL say:
 *   1. a folder src/data/postgres/ with a `struct postgres_dataset` that begins with a
 *      `struct dataset`, and the functions of `struct dataset_ops`;
 *   2. a row in the table `backends` of dataset.c, before SQLite, which takes every name;
 *   3. its library in src/base/shared_library.def, whose recipe says the rest;
 *   4. a world of its own in tests/unit/scan_world.h, so that the tests of scans run over it. */
#ifndef VIGIE_BACKEND_H
#define VIGIE_BACKEND_H

#include "data/dataset.h"
#include "data/grouped.h"
#include "data/raw.h"

/* What a backend is asked to read: some columns of one table, from its first row to its last, each
 * row once. The order of rows is the table's own, and the same each time; a backend whose tables
 * have none sorts them by key, unless any_order. */
struct raw_scan {
  const struct table_info *table;
  const char *const *columns; /* n_columns of them, 0 too: then rows are only counted */
  size_t n_columns;
  int key_column; /* of columns: names the row; -1: none does */
  bool any_order; /* rows may come in any order, each time another: many rows, added up */
  /* Takes n_rows rows, at least one: n_rows * n_columns cells, row after row. Texts are borrowed
   * until it returns. False: the backend stops reading and returns true. It may ask the dataset
   * for another scan meanwhile. */
  bool (*take)(void *ctx, const struct raw_cell *cells, size_t n_rows);
  void *ctx;
};

typedef void grouped_taker(void *ctx, const struct raw_cell *key, const struct grouped_row *row);

/* Functions that can fail return false after adding exactly one error to `problems`, without a
 * place. None writes to anything but its own dataset. */
struct dataset_ops {
  const char *name; /* "SQLite" */
  /* Is `address` (--db) meant for this backend? NULL: only the program makes such datasets. */
  bool (*accepts)(const char *address);
  /* Opens it for reading only, lists its tables, and holds on to one view of it. *out is untouched
   * on failure. */
  bool (*open)(const char *address, struct arena *a, struct dataset **out, struct diags *problems);
  void (*close)(struct dataset *ds);
  bool (*scan)(struct dataset *ds, const struct raw_scan *scan, struct diags *problems);
  bool (*count)(struct dataset *ds, const struct table_info *t, long *rows, struct diags *problems);
  /* Works sums out itself (grouped.h); NULL: it cannot. take: each key as it is stored (NULL: there
   * is none), and what belongs to it, without its key. */
  enum grouped_answer (*grouped)(struct dataset *ds, const struct table_info *t,
                                 const struct grouped_scan *scan, grouped_taker *take, void *ctx,
                                 struct diags *problems);
};

/* The part that every backend's dataset begins with; constant between open and close, but for
 * `trace`, `threads`, `way`, `not_grouped` and `profile`. */
struct dataset {
  const struct dataset_ops *ops;
  struct arena *arena;                    /* the caller's: the catalogue lives there */
  const char *name;                       /* as the person wrote it */
  const struct table_info *const *tables; /* by name, NULL-terminated */
  size_t threads;                         /* that a scan may use; 0 is 1 */
  enum scan_way way;                      /* of the last scan; set by the backend */
  struct scan_profile_list *profile;      /* where each scan is noted; NULL: nowhere */
  const char
      *not_grouped;   /* why ops->grouped said GROUPED_NOT last, until the next scan is noted */
  const char *remark; /* something about it that people should know; NULL: nothing */
  FILE *trace;        /* where the query of each scan is printed; NULL: nowhere */
};

/* The table, or NULL and an error that says what there is instead (dataset.c). */
const struct table_info *dataset_require_table(struct dataset *ds, const char *name,
                                               struct diags *problems);

#endif
