/* The SQL of the state as PostgreSQL takes it.
 *
 * sql.h and item_sql.c are written for SQLite, with words that both understand wherever there are
 * some. What is left is a matter of words: types, hints, which letters are the same. Texts are
 * compared byte by byte in both, and where letters of either case are the same, those of ASCII. */
#ifndef VIGIE_DIALECT_H
#define VIGIE_DIALECT_H

#include "base/arena.h"

struct dialect_sql {
  const char *text;
  /* numbers[k]: which of our signs (?1, ?2 …) $k+1 is. Those that the statement does not use have
   * none, for PostgreSQL wants to know the type of each. */
  const int *numbers;
  int n;
};

/* In the arena. */
struct dialect_sql dialect_for_postgres(const char *sql, struct arena *a);

#endif
