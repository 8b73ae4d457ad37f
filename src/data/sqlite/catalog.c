/* The catalogue of an SQLite dataset. In: its schema. Out: tables and views with their columns. */
#include <string.h>

#include "base/text.h"
#include "data/sqlite/sqlite.h"

#define SQL_TABLES                                                                \
  "SELECT name, type = 'view' FROM sqlite_schema WHERE type IN ('table', 'view')" \
  " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name COLLATE NOCASE, name"

/* 1 marks the hidden columns of virtual tables; 2 and 3 are generated ones, which can be read. */
#define SQL_COLUMNS "SELECT name FROM pragma_table_xinfo(?1) WHERE hidden <> 1 ORDER BY cid"

/* A name as a rule file can write it: UTF-8 without NUL. NULL for any other. */
static const char *column_name(struct arena *a, sqlite3_stmt *st) {
  const char *s = (const char *)sqlite3_column_text(st, 0);
  size_t n = (size_t)sqlite3_column_bytes(st, 0);
  return s && strlen(s) == n && text_utf8_valid(s, n, NULL) ? arena_strndup(a, s, n) : NULL;
}

typedef VEC(const char *) names_t;
typedef VEC(struct table_info *) tables_t;

/* False when SQLite failed. */
static bool read_names(struct arena *a, sqlite3_stmt *st, names_t *out) {
  int rc;
  while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
    const char *name = column_name(a, st);
    if (name) VEC_PUSH(a, out, name);
  }
  return rc == SQLITE_DONE;
}

static bool read_tables(struct arena *a, sqlite3_stmt *st, tables_t *out) {
  int rc;
  while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
    const char *name = column_name(a, st);
    if (!name) continue;
    struct table_info *t = NEW(a, struct table_info);
    t->name = name;
    t->is_view = sqlite3_column_int(st, 1);
    VEC_PUSH(a, out, t);
  }
  return rc == SQLITE_DONE;
}

/* A view over a table that is gone has no columns to list, and says why. */
static void read_columns(struct sqlite_dataset *ds, sqlite3_stmt *st, struct table_info *t) {
  struct arena *a = ds->base.arena;
  names_t columns = {0};
  sqlite3_reset(st);
  sqlite3_bind_text(st, 1, t->name, -1, SQLITE_STATIC);
  if (!read_names(a, st, &columns)) {
    columns.n = 0;
    t->broken = arena_strdup(a, sqlite3_errmsg(ds->db));
  }
  VEC_PUSH(a, &columns, NULL);
  t->columns = columns.v;
}

bool sqlite_load_catalog(struct sqlite_dataset *ds, struct diags *problems) {
  struct arena *a = ds->base.arena;
  sqlite3_stmt *names = NULL, *columns = NULL;
  tables_t tables = {0};
  bool ok = sqlite3_prepare_v2(ds->db, SQL_TABLES, -1, &names, NULL) == SQLITE_OK &&
            sqlite3_prepare_v2(ds->db, SQL_COLUMNS, -1, &columns, NULL) == SQLITE_OK &&
            read_tables(a, names, &tables);
  if (!ok) sqlite_fail(ds, NULL, problems);
  for (size_t i = 0; ok && i < tables.n; i++) read_columns(ds, columns, tables.v[i]);
  VEC_PUSH(a, &tables, NULL);
  ds->base.tables = (const struct table_info *const *)tables.v;
  sqlite3_finalize(names);
  sqlite3_finalize(columns);
  return ok;
}
