/* What the files of the SQLite backend share; nobody else includes this. */
#ifndef VIGIE_SQLITE_H
#define VIGIE_SQLITE_H

#include <sqlite3.h>

#include "data/backend.h"
#include "data/sqlite/file.h"

struct row_feed; /* scan.c */

/* A file whose pages can be read as they are (pages.h); without a handle: one that cannot. */
struct page_file {
  sqlite3_file *file;    /* SQLite's own */
  uint32_t page, usable; /* bytes of a page, and of it without what extensions keep */
  uint32_t n;            /* pages */
};

struct sqlite_dataset {
  struct dataset base; /* first: a pointer to it is a pointer to the whole */
  sqlite3 *db;
  struct row_feed *feed;   /* the scan that vigie_scan serves now; NULL: none */
  struct file_watch watch; /* of a file that nobody may change meanwhile */
  bool still;              /* opened as a file that nobody changes */
  struct page_file pages;
  double deadline; /* clock_seconds when the view that is read must have ended; 0: none */
};

/* Reports what SQLite last said, in the words of a person who does not know SQLite. `what` is
 * what was being read ("accounts"); NULL: the file as a whole. Returns false. (fail.c) */
bool sqlite_fail(struct sqlite_dataset *ds, const char *what, struct diags *problems);

/* False, and an error, when somebody changed the file while it was read: what came of it may be of
 * two moments. (fail.c) */
bool sqlite_unchanged(struct sqlite_dataset *ds, struct diags *problems);

/* Lists the tables and views. (catalog.c) */
bool sqlite_load_catalog(struct sqlite_dataset *ds, struct diags *problems);

/* Gives a fresh connection the aggregate function that scans run in. An SQLite code. (scan.c) */
int sqlite_register_scan(struct sqlite_dataset *ds);

bool sqlite_scan(struct dataset *ds, const struct raw_scan *scan, struct diags *problems);
bool sqlite_count(struct dataset *ds, const struct table_info *t, long *rows,
                  struct diags *problems);

#endif
