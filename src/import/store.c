/* Opening, committing and closing a dataset that exports go into. In: a path. Out: a transaction,
 * or a message that says what to do. */
#include "import/store.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "import/store_db.h"

enum { LOCK_TIMEOUT_MS = 5000 };

bool store_fail(struct store *s, struct diags *problems) {
  switch (sqlite3_errcode(s->db)) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return diag_fail(
          problems, V0702,
          "%s: another program is using it: wait until it has ended, then import again", s->path);
    case SQLITE_FULL:
      return diag_fail(problems, V0702,
                       "%s: the disk is full; nothing was imported: make room, then import again",
                       s->path);
    case SQLITE_NOTADB:
      return diag_fail(problems, V0702, "%s is no SQLite database: name another file with --into",
                       s->path);
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
      return diag_fail(problems, V0702,
                       "%s cannot be written: allow writing to the file and its folder, or name "
                       "another file with --into",
                       s->path);
    default:
      return diag_fail(problems, V0702, "%s: %s; nothing was imported", s->path,
                       sqlite3_errmsg(s->db));
  }
}

bool store_exec(struct store *s, const char *sql, struct diags *problems) {
  return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK || store_fail(s, problems);
}

bool store_prepare(struct store *s, const char *sql, sqlite3_stmt **out, struct diags *problems) {
  return sqlite3_prepare_v2(s->db, sql, -1, out, NULL) == SQLITE_OK || store_fail(s, problems);
}

bool store_step(struct store *s, sqlite3_stmt *st, struct diags *problems) {
  int rc = sqlite3_step(st);
  bool ok = rc == SQLITE_DONE || rc == SQLITE_ROW || store_fail(s, problems);
  sqlite3_reset(st);
  return ok;
}

bool store_number(struct store *s, const char *sql, int64_t *out, struct diags *problems) {
  sqlite3_stmt *st;
  if (!store_prepare(s, sql, &st, problems)) return false;
  int rc = sqlite3_step(st);
  *out = rc == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
  bool ok = rc == SQLITE_ROW || rc == SQLITE_DONE || store_fail(s, problems);
  sqlite3_finalize(st);
  return ok;
}

bool store_has_column(struct store *s, const char *table, const char *column, bool *out,
                      struct diags *problems) {
  int64_t n;
  const char *sql = arena_printf(s->a, "SELECT count(*) FROM pragma_table_info(%s) WHERE name = %s",
                                 sql_text(s->a, table), sql_text(s->a, column));
  if (!store_number(s, sql, &n, problems)) return false;
  *out = n > 0;
  return true;
}

static const char *quoted(struct arena *a, const char *text, char mark) {
  char *out = arena_alloc(a, strlen(text) * 2 + 3), *w = out;
  *w++ = mark;
  for (const char *c = text; *c; c++) {
    if (*c == mark) *w++ = mark;
    *w++ = *c;
  }
  *w = mark;
  return out;
}
const char *sql_name(struct arena *a, const char *name) { return quoted(a, name, '"'); }
const char *sql_text(struct arena *a, const char *text) { return quoted(a, text, '\''); }

/* ---- cells ---------------------------------------------------------------------------- */

static bool is_whole(double v) { return floor(v) == v && fabs(v) < 9007199254740992.0; }

bool bind_kept(sqlite3_stmt *st, int at, const struct kept_cell *c) {
  int rc = SQLITE_OK;
  if (c->as == KEPT_NOTHING)
    rc = sqlite3_bind_null(st, at);
  else if (c->as == KEPT_TEXT)
    rc = sqlite3_bind_text(st, at, c->text, (int)c->n, SQLITE_TRANSIENT);
  else if (is_whole(c->number))
    rc = sqlite3_bind_int64(st, at, (sqlite3_int64)c->number);
  else
    rc = sqlite3_bind_double(st, at, c->number);
  return rc == SQLITE_OK;
}

bool same_kept(sqlite3_stmt *st, int at, const struct kept_cell *c) {
  int type = sqlite3_column_type(st, at);
  if (c->as == KEPT_NOTHING || type == SQLITE_NULL)
    return c->as == KEPT_NOTHING && type == SQLITE_NULL;
  if (c->as == KEPT_NUMBER)
    return type != SQLITE_TEXT && sqlite3_column_double(st, at) == c->number;
  return type == SQLITE_TEXT && (size_t)sqlite3_column_bytes(st, at) == c->n &&
         memcmp(sqlite3_column_text(st, at), c->text, c->n) == 0;
}

/* ---- the transaction ------------------------------------------------------------------ */

struct store *store_open(const char *path, struct arena *a, struct diags *problems) {
  struct store *s = NEW(a, struct store);
  *s = (struct store){.path = path, .a = a};
  int rc = sqlite3_open_v2(path, &s->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
  sqlite3_busy_timeout(s->db, LOCK_TIMEOUT_MS);
  if (rc != SQLITE_OK || sqlite3_exec(s->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK) {
    store_fail(s, problems);
    store_close(s);
    return NULL;
  }
  s->open = true;
  const char *made =
      "PRAGMA cache_size = -65536; PRAGMA temp_store = FILE;"
      "CREATE TABLE IF NOT EXISTS vigie_imports (table_name TEXT NOT NULL, day TEXT NOT NULL, "
      "file TEXT, key TEXT, rows INTEGER, added INTEGER, changed INTEGER, gone INTEGER, "
      "PRIMARY KEY (table_name, day)) WITHOUT ROWID;"
      "CREATE TABLE IF NOT EXISTS vigie_columns (table_name TEXT NOT NULL, name TEXT NOT NULL, "
      "header TEXT, is_a INTEGER, day_order INTEGER, point INTEGER, "
      "PRIMARY KEY (table_name, name)) WITHOUT ROWID;"
      "CREATE TEMP TABLE seen (key PRIMARY KEY) WITHOUT ROWID;"
      "CREATE TEMP TABLE held (text PRIMARY KEY, n INTEGER) WITHOUT ROWID;";
  if (store_exec(s, made, problems) && store_people_read(s, problems)) return s;
  store_close(s);
  return NULL;
}

bool store_commit(struct store *s, struct diags *problems) {
  s->open = false;
  return store_exec(s, "COMMIT", problems);
}

void store_close(struct store *s) {
  if (!s) return;
  if (s->open) sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
  sqlite3_close_v2(s->db);
  s->db = NULL;
}
