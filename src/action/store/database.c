/* What is asked of a database once, not for each value. In: SQL. Out: statements of either kind. */
#include "action/store/database.h"

#include <string.h>

#include "base/check.h"
#include "data/sqlite/lent.h"

static struct statement *keep(struct database *db, struct statement st) {
  if (!st.lite && !st.remote) return NULL;
  struct statement *out = NEW(db->a, struct statement);
  *out = st;
  return out;
}

static struct statement *prepare(struct database *db, const char *sql, bool many) {
  struct statement st = {0};
  if (db->remote)
    st.remote = remote_prepare(db->remote, sql, many);
  else
    sqlite3_prepare_v2(db->lite, sql, -1, &st.lite, NULL);
  return keep(db, st);
}

struct statement *database_prepare(struct database *db, const char *sql) {
  return prepare(db, sql, false);
}

struct statement *database_prepare_many(struct database *db, const char *sql) {
  return prepare(db, sql, true);
}

void statement_end(struct statement *st) {
  if (!st) return;
  sqlite3_finalize(st->lite);
  if (st->remote) remote_end(st->remote);
  *st = (struct statement){0};
}

bool database_run(struct database *db, const char *sql) {
  return db->remote ? remote_run(db->remote, sql)
                    : sqlite3_exec(db->lite, sql, NULL, NULL, NULL) == SQLITE_OK;
}

int64_t database_last_id(struct database *db) {
  return db->remote ? remote_last_id(db->remote) : sqlite3_last_insert_rowid(db->lite);
}

bool database_has_table(struct database *db, const char *name, bool *out) {
  struct statement *st = database_prepare(
      db, db->remote ? "SELECT to_regclass(?1) IS NOT NULL"
                     : "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?1");
  if (!st) return false;
  bind_text(st, 1, name);
  bool ok = statement_step(st) == STEP_ROW;
  *out = ok && column_int(st, 0) != 0;
  statement_end(st);
  return ok;
}

const char *database_error(const struct database *db) {
  const char *why = NULL;
  if (db->remote) remote_error(db->remote, &why);
  return why ? why : db->lite ? sqlite3_errmsg(db->lite) : "it cannot be opened";
}

void database_close(struct database *db) {
  sqlite3_close_v2(db->lite); /* rolls back what was not committed; NULL is fine */
  remote_close(db->remote);
  db->lite = NULL;
  db->remote = NULL;
}

enum rows_end database_rows(struct database *db, const char *table, const char *const *columns,
                            size_t n, bool (*take)(void *ctx, const struct raw_cell *, size_t rows),
                            void *ctx) {
  const struct table_info of = {.name = table};
  const struct raw_scan scan = {
      .table = &of, .columns = columns, .n_columns = n, .key_column = -1, .take = take, .ctx = ctx};
  long rows;
  if (db->remote) return ROWS_UNREAD;
  switch (lent_scan(db->lite, &scan, &rows)) {
    case PAGES_DONE: return ROWS_ALL;
    case PAGES_STOPPED: return ROWS_STOPPED;
    case PAGES_ODD: return ROWS_UNREAD;
  }
  UNREACHABLE("an end of a scan");
}

void bind_bytes(struct statement *st, int at, const void *bytes, size_t n) {
  if (st->lite)
    sqlite3_bind_blob64(st->lite, at, bytes, n, SQLITE_STATIC);
  else
    remote_bind_bytes(st->remote, at, bytes, n);
}

const char *column_bytes(struct statement *st, int at, struct arena *a, size_t *n) {
  if (!st->lite) return remote_bytes(st->remote, at, a, n);
  *n = (size_t)sqlite3_column_bytes(st->lite, at);
  char *bytes = arena_alloc(a, *n + 1);
  if (*n) memcpy(bytes, sqlite3_column_blob(st->lite, at), *n);
  return bytes;
}
