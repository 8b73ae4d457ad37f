/* Rows of a table of a connection that is somebody else's, straight from the pages of its file
 * (pages.h). */
#ifndef VIGIE_SQLITE_LENT_H
#define VIGIE_SQLITE_LENT_H

#include "data/sqlite/pages.h"

/* PAGES_ODD, besides what pages_scan says of that, where the file may not hold everything: the
 * connection has no transaction that keeps others from writing, or has changed rows, or there is a
 * WAL. Of scan->table only the name is asked. */
enum pages_end lent_scan(sqlite3 *db, const struct raw_scan *scan, long *rows);

#endif
