/* Datasets made on the spot for the tests of src/data: a folder of its own for each test, one
 * table, one scan. */
#ifndef VIGIE_SCAN_WORLD_H
#define VIGIE_SCAN_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/dataset.h"
#include "data/memory/memory.h"

enum { MAX_COLUMNS = 200, KEPT = 8 };

struct world {
  struct arena *a;
  struct dataset *e;
  struct dict *texts;
  char home[64];
  bool in_memory; /* tables are read from the SQLite file into a dataset in memory */
  /* of the last failure */
  const char *message;
  enum diag_code code;
  int bad; /* the column it is placed at; -1: none */
  /* of the last scan */
  struct scan scan;
  struct scan_column columns[MAX_COLUMNS];
  long batches, taken, last_batch, stop_after;
  double num[KEPT]; /* the first column's first rows */
  const char *txt[KEPT];
  bool valid[KEPT], yes[KEPT];
  struct key key[KEPT];
  double sum; /* over the known numbers of the last column */
};

static inline int setup(void **state) {
  struct world *w = xcalloc(1, sizeof *w);
  w->a = arena_new();
  w->texts = dict_new();
  strcpy(w->home, "/tmp/vigie-scan-XXXXXX");
  assert_non_null(mkdtemp(w->home));
  assert_int_equal(chdir(w->home), 0);
  setenv("VIGIE_LOCK_TIMEOUT_MS", "20", 1);
  *state = w;
  return 0;
}

static inline int setup_memory(void **state) {
  setup(state);
  ((struct world *)*state)->in_memory = true;
  return 0;
}

static inline int teardown(void **state) {
  struct world *w = *state;
  char rm[128];
  dataset_close(w->e);
  assert_int_equal(chdir("/"), 0);
  snprintf(rm, sizeof rm, "rm -rf '%s'", w->home);
  assert_int_equal(system(rm), 0);
  dict_free(w->texts);
  arena_free(w->a);
  free(w);
  return 0;
}

static inline void sql(const char *path, const char *statements) {
  sqlite3 *db;
  char *error = NULL;
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  if (sqlite3_exec(db, statements, NULL, NULL, &error) != SQLITE_OK) fail_msg("%s", error);
  sqlite3_close(db);
}

/* What a function said that failed, in the world: one error, or none. */
static inline void keep_problem(struct world *w, const struct diags *problems) {
  w->message = NULL;
  w->bad = -1;
  if (!problems->list.n) return;
  assert_int_equal(problems->list.n, 1);
  const struct diag *x = problems->list.v[0];
  w->message = x->message;
  w->code = (enum diag_code)(x->kind - diag_kind((enum diag_code)0));
  if (x->span.src) w->bad = (int)x->span.at;
}

static inline bool open_file(struct world *w, const char *path) {
  struct diags problems = {.arena = w->a};
  bool good = dataset_open(path, w->a, &w->e, &problems);
  assert_int_equal(good, problems.errors == 0);
  keep_problem(w, &problems);
  return good;
}

static inline bool count_rows(struct world *w, const char *table, long *rows) {
  struct diags problems = {.arena = w->a};
  bool good = dataset_count(w->e, table, rows, &problems);
  assert_int_equal(good, problems.errors == 0);
  keep_problem(w, &problems);
  return good;
}

static inline struct raw_cell stored_cell(struct world *w, sqlite3_stmt *st, int i) {
  size_t n = (size_t)sqlite3_column_bytes(st, i);
  switch (sqlite3_column_type(st, i)) {
    case SQLITE_NULL: return (struct raw_cell){.stored = STORED_NULL};
    case SQLITE_INTEGER:
      return (struct raw_cell){.stored = STORED_INT, .i = sqlite3_column_int64(st, i)};
    case SQLITE_FLOAT:
      return (struct raw_cell){.stored = STORED_REAL, .r = sqlite3_column_double(st, i)};
    case SQLITE_BLOB: return (struct raw_cell){.stored = STORED_BLOB, .s = "", .n = 0};
    default:
      return (struct raw_cell){
          .stored = STORED_TEXT,
          .s = arena_strndup(w->a, (const void *)sqlite3_column_text(st, i), n),
          .n = n};
  }
}

static inline struct memory_table table_in_memory(struct world *w, sqlite3 *db, const char *name) {
  struct memory_table t = {.name = name};
  VEC(const struct raw_cell *) rows = {0};
  sqlite3_stmt *st = NULL;
  char *query = sqlite3_mprintf("SELECT * FROM \"%w\"", name);
  assert_int_equal(sqlite3_prepare_v2(db, query, -1, &st, NULL), SQLITE_OK);
  sqlite3_free(query);
  t.n_columns = (size_t)sqlite3_column_count(st);
  const char **columns = NEW_N(w->a, const char *, t.n_columns);
  for (size_t i = 0; i < t.n_columns; i++)
    columns[i] = arena_strdup(w->a, sqlite3_column_name(st, (int)i));
  while (sqlite3_step(st) == SQLITE_ROW) {
    struct raw_cell *row = NEW_N(w->a, struct raw_cell, t.n_columns);
    for (size_t i = 0; i < t.n_columns; i++) row[i] = stored_cell(w, st, (int)i);
    VEC_PUSH(w->a, &rows, row);
  }
  sqlite3_finalize(st);
  t.columns = columns;
  t.rows = rows.v;
  t.n_rows = rows.n;
  return t;
}

/* The tables and views of a file, as they are now. */
static inline struct dataset *read_into_memory(struct world *w, const char *path) {
  sqlite3 *db;
  sqlite3_stmt *st;
  VEC(struct memory_table) tables = {0};
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  assert_int_equal(
      sqlite3_prepare_v2(db, "SELECT name FROM sqlite_schema WHERE type <> 'index'", -1, &st, NULL),
      SQLITE_OK);
  while (sqlite3_step(st) == SQLITE_ROW) {
    const char *name = arena_strdup(w->a, (const void *)sqlite3_column_text(st, 0));
    VEC_PUSH(w->a, &tables, table_in_memory(w, db, name));
  }
  sqlite3_finalize(st);
  sqlite3_close(db);
  return memory_dataset(path, tables.v, tables.n, w->a);
}

static inline void open_db(struct world *w, const char *path) {
  if (w->in_memory)
    w->e = read_into_memory(w, path);
  else if (!open_file(w, path))
    fail_msg("%s", w->message);
}

/* A dataset of one table, t, opened. */
static inline void given(struct world *w, const char *statements) {
  sql("data.db", statements);
  open_db(w, "data.db");
}

static inline void says(const char *message, const char *part) {
  if (!message || !strstr(message, part))
    fail_msg("\"%s\" does not say \"%s\"", message ? message : "", part);
}

static inline bool take(void *ctx, const struct batch *b) {
  struct world *w = ctx;
  assert_in_range(b->n, 1, BATCH);
  for (size_t i = 0; w->scan.n_columns && i < b->n; i++, w->taken++) {
    const struct column *c = &b->columns[0], *last = &b->columns[w->scan.n_columns - 1];
    if (last->num && bit_get(last->valid, i)) w->sum += last->num[i];
    if (w->taken >= KEPT) continue;
    w->valid[w->taken] = bit_get(c->valid, i);
    if (!bit_get(c->valid, i)) continue;
    if (c->num) w->num[w->taken] = c->num[i];
    if (c->txt) w->txt[w->taken] = arena_strdup(w->a, c->txt[i]->s);
    if (c->key) w->key[w->taken] = c->key[i];
    if (c->yes) w->yes[w->taken] = bit_get(c->yes, i);
  }
  w->last_batch = (long)b->n;
  return ++w->batches != w->stop_after;
}

/* dataset_scan, its columns placed so that a failure tells which one it is about. */
static inline bool scan_dataset(struct world *w, struct scan *s) {
  static struct source place;
  struct diags problems = {.arena = w->a};
  for (size_t i = 0; i < s->n_columns; i++)
    w->columns[i].at = (struct span){&place, (uint32_t)i, (uint32_t)i + 1};
  bool good = dataset_scan(w->e, s, &problems);
  assert_false(good && problems.errors);
  keep_problem(w, &problems);
  return good;
}

static inline bool scan(struct world *w, const char *table) {
  w->batches = w->taken = w->last_batch = 0;
  w->sum = 0;
  w->scan.table = table;
  w->scan.columns = w->columns;
  w->scan.texts = w->texts;
  w->scan.take = take;
  w->scan.ctx = w;
  return scan_dataset(w, &w->scan);
}

/* One column of t; with a second one, "id", the rows have names. */
static inline bool scan_one(struct world *w, struct scan_column c, bool named) {
  w->columns[0] = c;
  w->columns[0].what = "attribute";
  w->columns[1] = (struct scan_column){.column = "id", .kind = CELL_KEY, .what = "key"};
  w->scan.n_columns = named ? 2 : 1;
  w->scan.key_column = named ? 1 : -1;
  return scan(w, "t");
}

static inline bool scan_c(struct world *w, enum cell_kind kind) {
  return scan_one(w, (struct scan_column){.column = "c", .kind = kind, .currency = "EUR"}, false);
}

static inline void read_c(struct world *w, enum cell_kind kind) {
  if (!scan_c(w, kind)) fail_msg("%s", w->message);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
/* The same over an SQLite file and over a dataset in memory. */
#define TEST_ALL(f) \
  TEST(f), { #f " in memory", f, setup_memory, teardown, NULL }

#endif
