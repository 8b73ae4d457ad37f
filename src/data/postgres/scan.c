/* Scans of a PostgreSQL dataset. In: a table and the columns to read. Out: raw cells. */
#include <string.h>

#include "base/check.h"
#include "base/text_buffer.h"
#include "data/postgres/copy.h"

/* ---- the statement -------------------------------------------------------------------- */

const struct wire_type *postgres_column_type(const struct postgres_table *t, const char *column) {
  for (size_t i = 0; t->info.columns[i]; i++)
    if (strcmp(t->info.columns[i], column) == 0) return t->types[i];
  UNREACHABLE("a column of another table");
}

const char *postgres_column_sql(const char *format, const char *column, struct arena *a) {
  const char *name = postgres_quoted(column, a), *at = strstr(format, "%s");
  return arena_printf(a, "%.*s%s%s", (int)(at - format), format, name, at + 2);
}

/* Of a table on this server rows come in its own order, or in that of the whole numbers which are
 * its key: so they do in SQLite. What has no order of its own is sorted, unless nobody minds. */
static void add_order(struct text_buffer *t, const struct postgres_table *table,
                      const struct raw_scan *scan) {
  if (scan->any_order || (table->heap && !table->row_key)) return;
  if (table->row_key && table->heap) {
    text_add(t, " ORDER BY ");
    text_add(t, postgres_quoted(table->row_key, t->a));
    return;
  }
  for (size_t i = 0; i < scan->n_columns; i++) {
    size_t k = scan->key_column < 0 ? i : i == 0 ? (size_t)scan->key_column : i - 1;
    if (scan->key_column >= 0 && i > (size_t)scan->key_column) k = i;
    text_add(t, i ? ", " : " ORDER BY ");
    text_add(t, postgres_column_sql(postgres_column_type(table, scan->columns[k])->order,
                                    scan->columns[k], t->a));
  }
}

static const char *scan_sql(const struct postgres_table *table, const struct raw_scan *scan,
                            struct arena *a) {
  struct text_buffer t = {.a = a};
  text_add(&t, "SELECT ");
  for (size_t i = 0; i < scan->n_columns; i++) {
    const struct wire_type *type = postgres_column_type(table, scan->columns[i]);
    if (i) text_add(&t, ", ");
    text_add(&t, postgres_column_sql(type->select, scan->columns[i], a));
  }
  text_add(&t, " FROM ");
  text_add(&t, table->from);
  add_order(&t, table, scan);
  return text_of_buffer(&t);
}

/* ---- what the dataset can do ---------------------------------------------------------- */

bool postgres_scan(struct dataset *base, const struct raw_scan *scan, struct diags *problems) {
  struct postgres_dataset *ds = (struct postgres_dataset *)base;
  const struct postgres_table *t = (const struct postgres_table *)scan->table;
  struct arena *a = problems->arena;
  struct copy copy = {.select = scan_sql(t, scan, a),
                      .n = scan->n_columns,
                      .what = scan->table->name,
                      .take = scan->take,
                      .ctx = scan->ctx};
  copy.types = NEW_N(a, const struct wire_type *, scan->n_columns + 1);
  for (size_t i = 0; i < copy.n; i++) copy.types[i] = postgres_column_type(t, scan->columns[i]);
  if (base->trace) fprintf(base->trace, POSTGRES_COPY ";\n", copy.select);
  base->way = SCAN_COPY;
  struct postgres *p = postgres_take_link(ds, problems);
  if (!p) return false;
  bool good = postgres_copy(p, &copy, problems);
  postgres_give_link(ds);
  return good;
}

static bool take_count(void *ctx, const struct raw_cell *cells, size_t n_rows) {
  (void)n_rows;
  *(long *)ctx = (long)cells->i;
  return true;
}

bool postgres_count(struct dataset *base, const struct table_info *table, long *rows,
                    struct diags *problems) {
  struct postgres_dataset *ds = (struct postgres_dataset *)base;
  const struct postgres_table *t = (const struct postgres_table *)table;
  const struct wire_type *types[] = {wire_type_of("int8")};
  struct copy copy = {.select = arena_printf(problems->arena, "SELECT count(*) FROM %s", t->from),
                      .types = types,
                      .n = 1,
                      .what = table->name,
                      .take = take_count,
                      .ctx = rows};
  struct postgres *p = postgres_take_link(ds, problems);
  if (!p) return false;
  bool good = postgres_copy(p, &copy, problems);
  postgres_give_link(ds);
  return good;
}
