/* An older state. In: a database of ours of an older version, in a transaction. Out: the same
 * content in the tables of this version. Each old table is set aside, the schema is made anew, and
 * the columns that both have are copied; whatever the version was, so that no step is forgotten. */
#include "action/sql.h"
#include "action/state_db.h"
#include "base/vec.h"

typedef VEC(const char *) texts;

/* The texts of a query with one column. */
static bool texts_of(struct state *s, const char *sql, texts *out, struct diags *problems) {
  struct statement *st = state_prepare(s, sql, problems);
  if (!st) return false;
  enum step is;
  while ((is = statement_step(st)) == STEP_ROW) VEC_PUSH(s->a, out, state_text(s, st, 0));
  statement_end(st);
  return is == STEP_DONE || state_fail(s, problems);
}

#define OLD "old_"

/* How a database says what it holds, and how it lets go of it. */
static const struct catalog {
  const char *tables;     /* in an order in which they can be filled */
  const char *indexes;    /* that are made apart from their tables */
  const char *columns[3]; /* that a table had and has: its name stands between these */
  const char *drop;       /* behind DROP TABLE: with all that refers to it */
  const char *after;
  const char *broken; /* tables that refer to what is not there; NULL: there are none */
} in_file = {.tables =
                 "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE"
                 " 'sqlite_%' ORDER BY name",
             .indexes = "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL",
             .columns = {"SELECT o.name FROM pragma_table_info('" OLD,
                         "') o JOIN pragma_table_info('", "') n ON n.name = o.name"},
             .drop = "",
             .after = SQL_AFTER_UPGRADE,
             .broken = "SELECT \"table\" FROM pragma_foreign_key_check"},
  in_postgres = {
      .tables = "SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace('" STATE_SCHEMA
                "') AND relkind = 'r' AND relname <> 'version' ORDER BY oid",
      .indexes =
          "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE"
          " c.relnamespace = to_regnamespace('" STATE_SCHEMA
          "') AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid ="
          " i.indexrelid AND k.contype IN ('p', 'u'))",
      .columns = {"SELECT o.attname FROM pg_attribute o JOIN pg_attribute n ON n.attname ="
                  " o.attname WHERE o.attrelid = to_regclass('" OLD,
                  "') AND n.attrelid = to_regclass('",
                  "') AND o.attnum > 0 AND n.attnum > 0 AND NOT o.attisdropped ORDER BY n.attnum"},
      .drop = " CASCADE",
      .after = "UPDATE version SET version = " SQL_TEXT(STATE_VERSION)};

static bool set_aside(struct state *s, const struct catalog *c, const texts *tables,
                      struct diags *problems) {
  texts indexes = {0};
  if (!texts_of(s, c->indexes, &indexes, problems)) return false;
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

/* The columns that the table had and has. */
static bool copy_back(struct state *s, const struct catalog *c, const char *table,
                      struct diags *problems) {
  texts both = {0};
  const char *columns = "", *const *part = c->columns;
  if (!texts_of(s, arena_printf(s->a, "%s%s%s%s%s", part[0], table, part[1], table, part[2]), &both,
                problems))
    return false;
  for (size_t i = 0; i < both.n; i++)
    columns = arena_printf(s->a, "%s%s\"%s\"", columns, i ? ", " : "", both.v[i]);
  if (!both.n) return true;
  return state_exec(s,
                    arena_printf(s->a, "INSERT INTO \"%s\" (%s) SELECT %s FROM \"" OLD "%s\"",
                                 table, columns, columns, table),
                    problems);
}

static bool drop_old(struct state *s, const struct catalog *c, const char *table,
                     struct diags *problems) {
  return state_exec(s, arena_printf(s->a, "DROP TABLE \"" OLD "%s\"%s", table, c->drop), problems);
}

/* Leaves no reference to something that is not there. */
static bool references_hold(struct state *s, const struct catalog *c, struct diags *problems) {
  texts broken = {0};
  if (!c->broken) return true;
  if (!texts_of(s, c->broken, &broken, problems)) return false;
  if (!broken.n) return true;
  return diag_fail(
      problems, V0605,
      "%s is damaged: rows of its table %s belong to nothing; put back a copy from your "
      "backups, or choose another file with --state",
      s->path, broken.v[0]);
}

bool state_upgrade(struct state *s, struct diags *problems) {
  const struct catalog *c = s->db.remote ? &in_postgres : &in_file;
  texts tables = {0};
  bool ok = texts_of(s, c->tables, &tables, problems) && set_aside(s, c, &tables, problems) &&
            state_make_tables(s, problems);
  for (size_t i = 0; ok && i < tables.n; i++) ok = copy_back(s, c, tables.v[i], problems);
  for (size_t i = 0; ok && i < tables.n; i++) ok = drop_old(s, c, tables.v[i], problems);
  return ok && state_exec(s, c->after, problems) && references_hold(s, c, problems);
}
