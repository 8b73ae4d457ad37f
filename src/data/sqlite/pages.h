/* Rows straight from the pages of an SQLite file, without SQLite's machine between.
 *
 * Plain tables of plain files only: a rowid table of ordinary columns, in a file that is UTF-8 and
 * holds everything itself (no WAL). Pages are read through SQLite's own handle of the file, inside
 * the transaction that the dataset holds, so that they are those that SQLite would read. */
#ifndef VIGIE_SQLITE_PAGES_H
#define VIGIE_SQLITE_PAGES_H

#include "data/sqlite/sqlite.h"

/* Whether the file of a connection that is in a transaction is plain; false leaves ds->pages
 * zeroed, and every scan goes through SQLite. */
bool pages_open(struct sqlite_dataset *ds);

enum pages_end {
  PAGES_DONE,    /* all rows were handed over */
  PAGES_STOPPED, /* the taker did not want more */
  PAGES_ODD,     /* SQLite has to read the table: it is not plain, or a page of it is not */
};
/* Hands the rows over to scan->take, in the order of the table. *rows: how many, of PAGES_ODD too:
 * they were those that SQLite would have handed over first. */
enum pages_end pages_scan(struct sqlite_dataset *ds, const struct raw_scan *scan, long *rows);

#endif
