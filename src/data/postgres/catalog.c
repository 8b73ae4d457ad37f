/* The catalogue of a PostgreSQL dataset. In: its schema. Out: tables and views of the search path
 * with their columns, how each column comes, and whether other servers hold some of them. */
#include <string.h>

#include "base/check.h"
#include "data/postgres/postgres.h"

/* Partitions are parts of a table that is listed; what an extension brings is nobody's data. A
 * domain is read as what it is made of. */
#define SQL_TABLES                                                                                \
  "SELECT c.relname, c.relkind, n.nspname, a.attname,"                                            \
  " coalesce(b.typname, t.typname),"                                                              \
  " (SELECT k.attname FROM pg_index i JOIN pg_attribute k"                                        \
  "  ON k.attrelid = i.indrelid AND k.attnum = i.indkey[0]"                                       \
  "  WHERE i.indrelid = c.oid AND i.indisprimary AND i.indnkeyatts = 1"                           \
  "  AND k.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)),"                     \
  " EXISTS (SELECT FROM pg_inherits h WHERE h.inhparent = c.oid)"                                 \
  " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"                                \
  " LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"       \
  " LEFT JOIN pg_type t ON t.oid = a.atttypid"                                                    \
  " LEFT JOIN pg_type b ON b.oid = t.typbasetype AND t.typtype = 'd'"                             \
  " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition"                        \
  " AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' AND pg_table_is_visible(c.oid)" \
  " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass"               \
  "  AND d.objid = c.oid AND d.deptype = 'e')"                                                    \
  " ORDER BY lower(c.relname) COLLATE \"C\", c.relname COLLATE \"C\", a.attnum"
enum { AT_TABLE, AT_KIND, AT_SCHEMA, AT_COLUMN, AT_TYPE, AT_ROW_KEY, AT_CHILDREN };

/* Who else holds rows: servers of foreign tables, nodes of Citus. */
#define SQL_SERVERS                                                     \
  "SELECT (SELECT count(DISTINCT f.ftserver) FROM pg_foreign_table f)," \
  " EXISTS (SELECT FROM pg_extension WHERE extname = 'citus')"

#define SEVERAL_SERVERS                                                                          \
  "%s keeps rows on several servers (%s), and each shows its own moment: what is written while " \
  "they are read may be seen by half. Run when nothing is loaded"

typedef VEC(const char *) names_t;
typedef VEC(const struct wire_type *) types_t;
typedef VEC(struct table_info *) tables_t;

struct catalog_rows {
  struct postgres *p;
  const PGresult *r;
  struct arena *a;
};

static const char *cell(const struct catalog_rows *c, int row, int column) {
  return postgres_text(c->p, c->r, row, column, c->a);
}

static bool is_kind(const struct catalog_rows *c, int row, const char *kinds) {
  return strchr(kinds, *c->p->pq.getvalue(c->r, row, AT_KIND)) != NULL;
}

/* Reads the rows of one table, which begin at `row`; the row behind them. */
static int read_table(const struct catalog_rows *c, int row, tables_t *out) {
  struct postgres_table *t = NEW(c->a, struct postgres_table);
  names_t columns = {0};
  types_t types = {0};
  t->info.name = cell(c, row, AT_TABLE);
  t->info.is_view = is_kind(c, row, "v");
  t->from = arena_printf(c->a, "%s.%s", postgres_quoted(cell(c, row, AT_SCHEMA), c->a),
                         postgres_quoted(t->info.name, c->a));
  t->heap = is_kind(c, row, "rm") && *c->p->pq.getvalue(c->r, row, AT_CHILDREN) == 'f';
  t->row_key = cell(c, row, AT_ROW_KEY);
  int n = c->p->pq.ntuples(c->r);
  for (; row < n && strcmp(c->p->pq.getvalue(c->r, row, AT_TABLE), t->info.name) == 0; row++) {
    const char *name = cell(c, row, AT_COLUMN);
    if (!name) continue; /* a table without columns */
    VEC_PUSH(c->a, &columns, name);
    VEC_PUSH(c->a, &types, wire_type_of(c->p->pq.getvalue(c->r, row, AT_TYPE)));
  }
  VEC_PUSH(c->a, &columns, NULL);
  t->info.columns = columns.v;
  t->types = types.v;
  VEC_PUSH(c->a, out, &t->info);
  return row;
}

/* Rows of Citus lie on its nodes, whatever the catalogue of the coordinator says. */
static bool read_servers(struct postgres_dataset *ds, const tables_t *tables,
                         struct diags *problems) {
  struct postgres *p = ds->links[0];
  struct arena *a = ds->base.arena;
  PGresult *r = postgres_ask(p, SQL_SERVERS, NULL, 0, NULL, problems);
  if (!r) return false;
  const char *servers = postgres_text(p, r, 0, 0, a);
  bool citus = *p->pq.getvalue(r, 0, 1) == 't';
  p->pq.clear(r);
  for (size_t i = 0; citus && i < tables->n; i++)
    ((struct postgres_table *)tables->v[i])->heap = false;
  if (citus)
    ds->base.remark = arena_printf(a, SEVERAL_SERVERS, ds->base.name, "Citus");
  else if (strcmp(servers, "0") != 0)
    ds->base.remark = arena_printf(a, SEVERAL_SERVERS, ds->base.name, "foreign tables");
  return true;
}

bool postgres_load_catalog(struct postgres_dataset *ds, struct diags *problems) {
  struct arena *a = ds->base.arena;
  struct postgres *p = ds->links[0];
  tables_t tables = {0};
  PGresult *r = postgres_ask(p, SQL_TABLES, NULL, 0, "the list of tables", problems);
  if (!r) return false;
  struct catalog_rows rows = {p, r, a};
  for (int i = 0, n = p->pq.ntuples(r); i < n;) i = read_table(&rows, i, &tables);
  p->pq.clear(r);
  bool good = read_servers(ds, &tables, problems);
  VEC_PUSH(a, &tables, NULL);
  ds->base.tables = (const struct table_info *const *)tables.v;
  return good;
}
