/* Writing rows into SQLite without a check after every call: the first failure is kept,
 * everything after it does nothing, and whoever opened the sink asks once at the end. */
#ifndef VIGIE_STARTER_ROWS_H
#define VIGIE_STARTER_ROWS_H

#include <sqlite3.h>
#include <stdbool.h>

struct sink {
  sqlite3 *db; /* the caller's */
  bool failed;
  char error[256]; /* what SQLite said first */
};

struct insert {
  struct sink *sink;
  sqlite3_stmt *statement;
  const char *kinds;
};

#define NO_MONEY (-1L) /* an amount that is missing */
#define NO_NUMBER (-1) /* a number that is missing */

/* Runs SQL text that gives no rows. */
void sink_exec(struct sink *s, const char *sql);

/* One letter a column, in the order of the table:
 *   t  const char *, NULL for no value    d  day_t, DAY_NONE for no value
 *   m  long, minor units of EUR, NO_MONEY for no value    i  int, NO_NUMBER for no value */
void insert_begin(struct insert *t, struct sink *s, const char *name, const char *kinds);
void insert_row(struct insert *t, ...);
void insert_end(struct insert *t);

#endif
