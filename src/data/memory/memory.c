/* Datasets in memory. In: tables of raw cells. Out: a dataset that hands over their copies. */
#include "data/memory/memory.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/check.h"
#include "data/backend.h"

struct memory_rows { /* of one table */
  struct table_info info;
  size_t n_columns, n_rows;
  struct raw_cell *cells; /* n_rows * n_columns, row after row */
};

struct memory_dataset {
  struct dataset base;
  struct memory_rows *tables; /* in the order of base.tables */
};

/* ---- copies --------------------------------------------------------------------------- */

static struct raw_cell copy_cell(struct arena *a, struct raw_cell c) {
  if (c.stored == STORED_TEXT) c.s = arena_strndup(a, c.s, c.n);
  return c;
}

static const char *const *copy_names(struct arena *a, const struct memory_table *t) {
  const char **names = NEW_N(a, const char *, t->n_columns + 1);
  for (size_t i = 0; i < t->n_columns; i++) {
    for (size_t k = 0; k < i; k++) CHECK(strcasecmp(names[k], t->columns[i]) != 0);
    names[i] = arena_strdup(a, t->columns[i]);
  }
  return names;
}

static struct memory_rows copy_table(struct arena *a, const struct memory_table *t) {
  struct memory_rows m = {.n_columns = t->n_columns, .n_rows = t->n_rows};
  m.info = (struct table_info){.name = arena_strdup(a, t->name), .columns = copy_names(a, t)};
  m.cells = NEW_N(a, struct raw_cell, t->n_rows * t->n_columns + 1);
  for (size_t r = 0; r < t->n_rows; r++)
    for (size_t i = 0; i < t->n_columns; i++)
      m.cells[r * t->n_columns + i] = copy_cell(a, t->rows[r][i]);
  return m;
}

/* ---- what a dataset does -------------------------------------------------------------- */

static const struct memory_rows *rows_of(const struct dataset *base, const struct table_info *t) {
  const struct memory_dataset *ds = (const struct memory_dataset *)base;
  for (size_t i = 0; base->tables[i]; i++)
    if (base->tables[i] == t) return &ds->tables[i];
  UNREACHABLE("a table of another dataset");
}

/* Which column of the table each column of the scan is. */
static size_t *find_columns(const struct memory_rows *m, const struct raw_scan *scan) {
  size_t *at = xcalloc(scan->n_columns + 1, sizeof *at);
  for (size_t i = 0; i < scan->n_columns; i++) {
    while (at[i] < m->n_columns && strcasecmp(m->info.columns[at[i]], scan->columns[i]) != 0)
      at[i]++;
    CHECK(at[i] < m->n_columns);
  }
  return at;
}

static bool memory_scan(struct dataset *base, const struct raw_scan *scan, struct diags *problems) {
  (void)problems;
  const struct memory_rows *m = rows_of(base, scan->table);
  size_t *at = find_columns(m, scan);
  struct raw_cell *batch = xcalloc(BATCH * (scan->n_columns + 1), sizeof *batch);
  bool go_on = true;
  for (size_t first = 0; go_on && first < m->n_rows; first += BATCH) {
    size_t n = m->n_rows - first < BATCH ? m->n_rows - first : BATCH;
    struct raw_cell *out = batch;
    for (size_t r = first; r < first + n; r++)
      for (size_t i = 0; i < scan->n_columns; i++) *out++ = m->cells[r * m->n_columns + at[i]];
    go_on = scan->take(scan->ctx, batch, n);
  }
  free(batch);
  free(at);
  return true;
}

static bool memory_count(struct dataset *base, const struct table_info *t, long *rows,
                         struct diags *problems) {
  (void)problems;
  *rows = (long)rows_of(base, t)->n_rows;
  return true;
}

/* Everything lives in the arena. */
static void memory_close(struct dataset *base) { (void)base; }

static const struct dataset_ops memory_ops = {
    .name = "memory", .close = memory_close, .scan = memory_scan, .count = memory_count};

/* ---- making one ----------------------------------------------------------------------- */

static int by_name(const void *a, const void *b) {
  return strcasecmp(((const struct memory_rows *)a)->info.name,
                    ((const struct memory_rows *)b)->info.name);
}

struct dataset *memory_dataset(const char *name, const struct memory_table *tables, size_t n,
                               struct arena *a) {
  struct memory_dataset *ds = NEW(a, struct memory_dataset);
  const struct table_info **list = NEW_N(a, const struct table_info *, n + 1);
  ds->tables = NEW_N(a, struct memory_rows, n + 1);
  for (size_t i = 0; i < n; i++) ds->tables[i] = copy_table(a, &tables[i]);
  if (n) qsort(ds->tables, n, sizeof *ds->tables, by_name);
  for (size_t i = 0; i < n; i++) {
    CHECK(i == 0 || by_name(&ds->tables[i - 1], &ds->tables[i]) != 0);
    list[i] = &ds->tables[i].info;
  }
  ds->base = (struct dataset){
      .ops = &memory_ops, .arena = a, .name = arena_strdup(a, name), .tables = list};
  return &ds->base;
}
