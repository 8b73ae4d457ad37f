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

enum { MAX_COLUMNS = 200, KEPT = 8 };

struct world {
  struct arena *a;
  struct dataset *e;
  struct dict *texts;
  char home[64];
  const char *message;
  int bad;
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

static inline void open_db(struct world *w, const char *path) {
  if (!dataset_open(path, w->a, &w->e, &w->message)) fail_msg("%s", w->message);
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

static inline bool scan(struct world *w, const char *table) {
  w->batches = w->taken = w->last_batch = 0;
  w->sum = 0;
  w->scan.table = table;
  w->scan.columns = w->columns;
  w->scan.texts = w->texts;
  w->scan.take = take;
  w->scan.ctx = w;
  return dataset_scan(w->e, &w->scan, &w->bad, &w->message);
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

#endif
