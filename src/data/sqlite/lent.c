/* In: a connection in a transaction. Out: rows of a table as its file has them. */
#include "data/sqlite/lent.h"

#include <sys/stat.h>

/* Nobody else writes now, and nothing has been written beside the file. */
static bool is_all_in_file(sqlite3 *db) {
  struct stat st;
  const char *file = sqlite3_db_filename(db, "main");
  if (!file || !*file || sqlite3_txn_state(db, "main") != SQLITE_TXN_WRITE) return false;
  bool has_wal = stat(sqlite3_filename_wal(file), &st) == 0 && st.st_size > 0;
  return !has_wal && sqlite3_total_changes64(db) == 0;
}

enum pages_end lent_scan(sqlite3 *db, const struct raw_scan *scan, long *rows) {
  struct sqlite_dataset ds = {.db = db, .still = true};
  *rows = 0;
  return is_all_in_file(db) && pages_open(&ds) ? pages_scan(&ds, scan, rows) : PAGES_ODD;
}
