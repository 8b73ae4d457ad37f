/* What the files of the SQLite dataset share; nobody else includes this. */
#ifndef VIGIE_SQLITE_H
#define VIGIE_SQLITE_H

#include <sqlite3.h>

#include "data/dataset.h"

struct scan_run; /* sqlite_scan.c */

struct dataset {
  sqlite3 *db;
  struct arena *a;  /* the caller's: catalogue and messages */
  const char *path; /* as the person wrote it */
  const struct table_info **tables;
  struct scan_run *run; /* the scan that vigie_scan serves */
  FILE *trace;          /* where the text of each scan is printed; NULL: nowhere */
};

/* Sets *message to what SQLite last said, in the words of a person who does not know SQLite.
 * `what` is what was being read ("accounts"); NULL: the file as a whole. Returns false. */
bool sqlite_fail(struct dataset *e, const char *what, const char **message);

/* Reads the catalogue (sqlite_catalog.c). False: *message. */
bool sqlite_load_catalog(struct dataset *e, const char **message);

/* The table, or NULL and a message that says what there is instead. */
const struct table_info *sqlite_require_table(struct dataset *e, const char *name,
                                              const char **message);

/* The aggregate function that scans run in, once a connection (sqlite_scan.c). */
int sqlite_register_scan(struct dataset *e);

#endif
