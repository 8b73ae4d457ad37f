/* The catalogue of an SQLite dataset. In: its schema. Out: tables and views with their columns,
 * and what to say about names that are not among them. */
#include <string.h>

#include "base/suggest.h"
#include "base/text.h"
#include "base/vec.h"
#include "data/sqlite.h"

#define SQL_TABLES                                                 \
  "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')" \
  " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name COLLATE NOCASE, name"

/* 1 marks the hidden columns of virtual tables; 2 and 3 are generated ones, which can be read. */
#define SQL_COLUMNS "SELECT name FROM pragma_table_xinfo(?1) WHERE hidden <> 1 ORDER BY cid"

/* A name as a rule file can write it: UTF-8 without NUL. NULL for any other. */
static const char *column_name(struct dataset *e, sqlite3_stmt *st) {
  const char *s = (const char *)sqlite3_column_text(st, 0);
  size_t n = (size_t)sqlite3_column_bytes(st, 0);
  return s && strlen(s) == n && text_utf8_valid(s, n, NULL) ? arena_strndup(e->a, s, n) : NULL;
}

typedef VEC(const char *) names_t;

/* False when SQLite failed. */
static bool read_names(struct dataset *e, sqlite3_stmt *st, names_t *out) {
  int rc;
  while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
    const char *name = column_name(e, st);
    if (name) VEC_PUSH(e->a, out, name);
  }
  return rc == SQLITE_DONE;
}

/* A view over a table that is gone has no columns to list; whoever scans it is told why. */
static const struct table_info *read_table(struct dataset *e, sqlite3_stmt *st, const char *name) {
  names_t columns = {0};
  sqlite3_reset(st);
  sqlite3_bind_text(st, 1, name, -1, SQLITE_STATIC);
  if (!read_names(e, st, &columns)) columns.n = 0;
  VEC_PUSH(e->a, &columns, NULL);
  struct table_info *t = NEW(e->a, struct table_info);
  t->name = name;
  t->columns = columns.v;
  return t;
}

bool sqlite_load_catalog(struct dataset *e, const char **message) {
  sqlite3_stmt *tables = NULL, *columns = NULL;
  names_t names = {0};
  bool ok = sqlite3_prepare_v2(e->db, SQL_TABLES, -1, &tables, NULL) == SQLITE_OK &&
            sqlite3_prepare_v2(e->db, SQL_COLUMNS, -1, &columns, NULL) == SQLITE_OK &&
            read_names(e, tables, &names);
  if (!ok) sqlite_fail(e, NULL, message);
  e->tables = NEW_N(e->a, const struct table_info *, names.n + 1);
  for (size_t i = 0; ok && i < names.n; i++) e->tables[i] = read_table(e, columns, names.v[i]);
  sqlite3_finalize(tables);
  sqlite3_finalize(columns);
  return ok;
}

const struct table_info *const *dataset_tables(struct dataset *e) { return e->tables; }

const struct table_info *dataset_table(struct dataset *e, const char *name) {
  for (size_t i = 0; e->tables[i]; i++)
    if (sqlite3_stricmp(e->tables[i]->name, name) == 0) return e->tables[i];
  return NULL;
}

const char *table_column(const struct table_info *t, const char *name) {
  for (size_t i = 0; t->columns[i]; i++)
    if (sqlite3_stricmp(t->columns[i], name) == 0) return t->columns[i];
  return NULL;
}

const struct table_info *sqlite_require_table(struct dataset *e, const char *name,
                                              const char **message) {
  const struct table_info *t = dataset_table(e, name);
  if (t) return t;
  if (!text_utf8_valid(name, strlen(name), NULL)) {
    *message = "the name of a table is not UTF-8 text. Save the rule file in UTF-8";
    return NULL;
  }
  names_t names = {0};
  for (size_t i = 0; e->tables[i]; i++) VEC_PUSH(e->a, &names, e->tables[i]->name);
  const char *meant = names.n ? suggest(name, names.v, names.n) : NULL;
  *message = meant ? arena_printf(e->a, "%s has no table \"%s\". Did you mean \"%s\"?", e->path,
                                  name, meant)
                   : arena_printf(e->a, "%s has no table \"%s\"", e->path, name);
  return NULL;
}
