/* Datasets in memory. In: tables of cells. Out: an dataset over them, which no longer writes. */
#include <stdlib.h>

#include "data/sqlite.h"

static bool say(sqlite3 *db, char *sql) {
  bool good = sql && sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
  sqlite3_free(sql);
  return good;
}

/* Columns have no type, so that a cell stays what it is. */
static bool create(sqlite3 *db, const struct memory_table *t) {
  sqlite3_str *s = sqlite3_str_new(db);
  sqlite3_str_appendf(s, "CREATE TABLE \"%w\" (", t->name);
  for (size_t i = 0; i < t->n_columns; i++)
    sqlite3_str_appendf(s, "%s\"%w\"", i ? ", " : "", t->columns[i]);
  sqlite3_str_appendall(s, ")");
  return say(db, sqlite3_str_finish(s));
}

static void bind(sqlite3_stmt *st, int at, const struct memory_cell *c) {
  if (!c->known)
    sqlite3_bind_null(st, at);
  else if (c->text)
    sqlite3_bind_text(st, at, c->text, -1, SQLITE_STATIC);
  else
    sqlite3_bind_double(st, at, c->num);
}

static bool fill(sqlite3 *db, const struct memory_table *t) {
  sqlite3_stmt *st = NULL;
  sqlite3_str *s = sqlite3_str_new(db);
  sqlite3_str_appendf(s, "INSERT INTO \"%w\" VALUES (", t->name);
  for (size_t i = 0; i < t->n_columns; i++) sqlite3_str_appendall(s, i ? ", ?" : "?");
  sqlite3_str_appendall(s, ")");
  char *sql = sqlite3_str_finish(s);
  bool good = sql && sqlite3_prepare_v2(db, sql, -1, &st, NULL) == SQLITE_OK;
  sqlite3_free(sql);
  for (size_t r = 0; r < t->n_rows && good; r++) {
    for (size_t i = 0; i < t->n_columns; i++) bind(st, (int)i + 1, &t->rows[r][i]);
    good = sqlite3_step(st) == SQLITE_DONE && sqlite3_reset(st) == SQLITE_OK;
  }
  sqlite3_finalize(st);
  return good;
}

bool dataset_open_memory(const struct memory_table *tables, size_t n, struct arena *a,
                         struct dataset **out, const char **message) {
  struct dataset *e = NEW(a, struct dataset);
  e->a = a;
  e->path = "the test";
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
  bool good = sqlite3_open_v2(":memory:", &e->db, flags, NULL) == SQLITE_OK &&
              say(e->db, sqlite3_mprintf("BEGIN"));
  for (size_t i = 0; i < n && good; i++)
    good = create(e->db, &tables[i]) && fill(e->db, &tables[i]);
  good = good && say(e->db, sqlite3_mprintf("COMMIT; PRAGMA query_only = 1")) &&
         sqlite_register_scan(e) == SQLITE_OK;
  if (good ? sqlite_load_catalog(e, message) : sqlite_fail(e, NULL, message)) {
    *out = e;
    return true;
  }
  dataset_close(e);
  return false;
}
