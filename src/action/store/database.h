/* A database that holds a state: a file of SQLite, or PostgreSQL (remote.h).
 *
 *   struct statement *st = database_prepare(db, "SELECT id FROM item WHERE rule = ?1");
 *   bind_text(st, 1, rule);
 *   while ((is = statement_step(st)) == STEP_ROW) take(column_int(st, 0));
 *   statement_end(st);
 *
 * What is prepared, bound and read means in both what it means in SQLite (sqlite3.h); the SQL is
 * that of sql.h. Only the files of the state include this. The functions are here in full, so that
 * a column of SQLite costs what it costs without them. */
#ifndef VIGIE_DATABASE_H
#define VIGIE_DATABASE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "action/store/remote.h"
#include "base/arena.h"

struct database {
  sqlite3 *lite;         /* NULL: the state is in PostgreSQL */
  struct remote *remote; /* NULL: it is in a file */
  struct arena *a;
};

struct statement {
  sqlite3_stmt *lite;
  struct remote_statement *remote;
};

/* NULL after an error, which the database keeps. The caller ends it. Of one for many rows the
 * remote database sends some at a time. */
struct statement *database_prepare(struct database *db, const char *sql);
struct statement *database_prepare_many(struct database *db, const char *sql);
void statement_end(struct statement *st); /* NULL is fine */

/* Statements without values, divided by ";". */
bool database_run(struct database *db, const char *sql);
/* The number of the row that was added last. */
int64_t database_last_id(struct database *db);
bool database_has_table(struct database *db, const char *name, bool *out);
/* What failed last, in the words of the database. */
const char *database_error(const struct database *db);
/* Closes; what was not committed is as if it never was. */
void database_close(struct database *db);

/* Rows of a table as cells (data/raw.h), many at a time, where the database can hand them over
 * without its machine: n columns of each. Of a file whose every byte is known; else, or where
 * something is odd on the way, ROWS_UNREAD: what was taken until then is to be forgotten, and asked
 * for in SQL. take returns false to stop. */
enum rows_end { ROWS_ALL, ROWS_STOPPED, ROWS_UNREAD };
struct raw_cell;
enum rows_end database_rows(struct database *db, const char *table, const char *const *columns,
                            size_t n, bool (*take)(void *ctx, const struct raw_cell *, size_t rows),
                            void *ctx);

/* ---- a row after the other ------------------------------------------------------------- */

static inline enum step statement_step(struct statement *st) {
  if (!st->lite) return remote_step(st->remote);
  int rc = sqlite3_step(st->lite);
  return rc == SQLITE_ROW ? STEP_ROW : rc == SQLITE_DONE ? STEP_DONE : STEP_FAILED;
}

/* Ready for the next values. */
static inline void statement_reset(struct statement *st) {
  if (st->lite)
    sqlite3_reset(st->lite);
  else
    remote_reset(st->remote);
}

/* How many columns a row has; the greatest sign that a value is bound to. */
static inline int statement_columns(struct statement *st) {
  return st->lite ? sqlite3_column_count(st->lite) : remote_columns(st->remote);
}
static inline int statement_signs(struct statement *st) {
  return st->lite ? sqlite3_bind_parameter_count(st->lite) : remote_signs(st->remote);
}

/* ---- values: sign 1 is the first ------------------------------------------------------- */

/* NULL binds NULL; the text is borrowed until the step. */
static inline void bind_text(struct statement *st, int at, const char *text) {
  if (!st->lite)
    remote_bind_text(st->remote, at, text);
  else if (text)
    sqlite3_bind_text(st->lite, at, text, -1, SQLITE_STATIC);
  else
    sqlite3_bind_null(st->lite, at);
}

static inline void bind_null(struct statement *st, int at) { bind_text(st, at, NULL); }

static inline void bind_int(struct statement *st, int at, int64_t n) {
  if (st->lite)
    sqlite3_bind_int64(st->lite, at, n);
  else
    remote_bind_int(st->remote, at, n);
}

static inline void bind_real(struct statement *st, int at, double x) {
  if (st->lite)
    sqlite3_bind_double(st->lite, at, x);
  else
    remote_bind_real(st->remote, at, x);
}

/* A text of at most BOUND_WORD_MAX bytes, such as a day, which is copied. */
static inline void bind_word(struct statement *st, int at, const char *word) {
  if (st->lite)
    sqlite3_bind_text(st->lite, at, word, -1, SQLITE_TRANSIENT);
  else
    remote_bind_word(st->remote, at, word);
}

/* Borrowed until the step. */
void bind_bytes(struct statement *st, int at, const void *bytes, size_t n);

/* ---- columns: 0 is the first; a text is borrowed until the next step ------------------- */

static inline const char *column_text(struct statement *st, int at) {
  return st->lite ? (const char *)sqlite3_column_text(st->lite, at) : remote_text(st->remote, at);
}

static inline bool column_is_null(struct statement *st, int at) {
  return st->lite ? sqlite3_column_type(st->lite, at) == SQLITE_NULL : !remote_text(st->remote, at);
}

/* 0 for NULL; a truth is 1 or 0. */
static inline int64_t column_int(struct statement *st, int at) {
  return st->lite ? sqlite3_column_int64(st->lite, at) : remote_int(st->remote, at);
}

static inline double column_real(struct statement *st, int at) {
  return st->lite ? sqlite3_column_double(st->lite, at) : remote_real(st->remote, at);
}

/* In the arena, with a NUL behind. */
const char *column_bytes(struct statement *st, int at, struct arena *a, size_t *n);

#endif
