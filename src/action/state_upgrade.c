/* An older state. In: a database of ours of an older version, in a transaction. Out: the same
 * content in the tables of this version. Each old table is set aside, the schema is made anew, and
 * the columns that both have are copied; whatever the version was, so that no step is forgotten. */
#include "action/sql.h"
#include "action/state_db.h"
#include "base/vec.h"

typedef VEC(const char *) texts;

/* The texts of a query with one column. */
static bool texts_of(struct state *s, const char *sql, const char *bound, texts *out,
                     struct diags *problems) {
  sqlite3_stmt *st = state_prepare(s, sql, problems);
  if (!st) return false;
  if (bound) bind_text(st, 1, bound);
  int rc;
  while ((rc = sqlite3_step(st)) == SQLITE_ROW)
    VEC_PUSH(s->a, out, arena_strdup(s->a, (const char *)sqlite3_column_text(st, 0)));
  sqlite3_finalize(st);
  return rc == SQLITE_DONE || state_fail(s, problems);
}

#define OLD "old_"

static bool set_aside(struct state *s, const texts *tables, struct diags *problems) {
  texts indexes = {0};
  if (!texts_of(s, "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL", NULL,
                &indexes, problems))
    return false;
  for (size_t i = 0; i < indexes.n; i++)
    if (!state_exec(s, arena_printf(s->a, "DROP INDEX \"%s\"", indexes.v[i]), problems))
      return false;
  for (size_t i = 0; i < tables->n; i++)
    if (!state_exec(s,
                    arena_printf(s->a, "ALTER TABLE \"%s\" RENAME TO \"" OLD "%s\"", tables->v[i],
                                 tables->v[i]),
                    problems))
      return false;
  return true;
}

/* The columns that the table had and has, then the old table goes. */
static bool copy_back(struct state *s, const char *table, struct diags *problems) {
  texts both = {0};
  const char *sql = arena_printf(s->a,
                                 "SELECT o.name FROM pragma_table_info('" OLD
                                 "%s') o JOIN pragma_table_info(?1) n ON n.name = o.name",
                                 table);
  if (!texts_of(s, sql, table, &both, problems)) return false;
  const char *columns = "";
  for (size_t i = 0; i < both.n; i++)
    columns = arena_printf(s->a, "%s%s\"%s\"", columns, i ? ", " : "", both.v[i]);
  if (both.n &&
      !state_exec(s,
                  arena_printf(s->a, "INSERT INTO \"%s\" (%s) SELECT %s FROM \"" OLD "%s\"", table,
                               columns, columns, table),
                  problems))
    return false;
  return state_exec(s, arena_printf(s->a, "DROP TABLE \"" OLD "%s\"", table), problems);
}

/* Leaves no reference to something that is not there. */
static bool references_hold(struct state *s, struct diags *problems) {
  texts broken = {0};
  if (!texts_of(s, "SELECT \"table\" FROM pragma_foreign_key_check", NULL, &broken, problems))
    return false;
  if (!broken.n) return true;
  return diag_fail(
      problems, V0605,
      "%s is damaged: rows of its table %s belong to nothing; put back a copy from your "
      "backups, or choose another file with --state",
      s->path, broken.v[0]);
}

bool state_upgrade(struct state *s, struct diags *problems) {
  texts tables = {0};
  if (!texts_of(s,
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                " ORDER BY name",
                NULL, &tables, problems) ||
      !set_aside(s, &tables, problems) || !state_make_tables(s, problems))
    return false;
  for (size_t i = 0; i < tables.n; i++)
    if (!copy_back(s, tables.v[i], problems)) return false;
  return state_exec(s, SQL_AFTER_UPGRADE, problems) && references_hold(s, problems);
}
