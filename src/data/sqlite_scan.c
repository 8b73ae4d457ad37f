/* Scans of an SQLite dataset. In: a table and the columns to read. Out: batches of columns for
 * the caller.
 *
 * The rows come through an aggregate function, SELECT vigie_scan(c1, c2, …) FROM t, which is as
 * fast as SQLite's own sum() and a third faster than stepping. Functions take 127 arguments at
 * most, so wider scans step. Either way scan_row takes one row. */
#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"
#include "base/text.h"
#include "data/cell.h"
#include "data/sqlite.h"

enum { FUNCTION_COLUMNS_MAX = 100, TEXTS_MAX = 16 << 20 };

struct scan_run {
  struct scan *s;
  struct dataset *e;
  const struct table_info *table;
  struct cell_reader *readers;
  struct column *columns; /* the readers' own, in one array for the batch */
  struct dict *texts;
  size_t n; /* rows in the batch so far */
  enum { SCAN_ON, SCAN_STOPPED, SCAN_BAD_CELL, SCAN_NO_MEMORY } state;
  int bad_column;
  const char *message;
};

/* ---- rows ----------------------------------------------------------------------------- */

/* False when SQLite had no memory to hand the text over. */
static inline bool fetch(sqlite3_value *v, struct cell *c) {
  switch (sqlite3_value_type(v)) {
    case SQLITE_NULL: c->stored = STORED_NULL; return true;
    case SQLITE_INTEGER:
      c->stored = STORED_INT;
      c->i = sqlite3_value_int64(v);
      return true;
    case SQLITE_FLOAT:
      c->stored = STORED_REAL;
      c->r = sqlite3_value_double(v);
      return true;
    case SQLITE_TEXT:
      c->stored = STORED_TEXT;
      c->s = (const char *)sqlite3_value_text(v);
      c->n = (size_t)sqlite3_value_bytes(v);
      return c->s != NULL;
    default: c->stored = STORED_BLOB; return true;
  }
}

/* accounts, row A-17: the column … */
static void note_bad_cell(struct scan_run *run, size_t column, const struct cell *c,
                          sqlite3_value **row) {
  struct arena *a = run->e->a;
  struct cell key;
  const char *name = NULL;
  int at = run->s->key_column;
  if (at >= 0 && (size_t)at != column && fetch(row[at], &key)) name = cell_name(a, &key);
  if (!name) name = arena_printf(a, "number %ld", run->s->rows + 1);
  run->state = SCAN_BAD_CELL;
  run->bad_column = (int)column;
  run->message = arena_printf(a, "%s, row %s: %s", run->table->name, name,
                              cell_mistake(a, &run->readers[column], c));
}

static void batch_begin(struct scan_run *run) {
  if (!run->s->keep_texts && dict_bytes(run->texts) > TEXTS_MAX) dict_clear(run->texts);
  for (size_t i = 0; i < run->s->n_columns; i++) cell_reader_batch(&run->readers[i]);
  run->n = 0;
}

/* False when the caller stops the scan. */
static bool batch_end(struct scan_run *run) {
  for (size_t i = 0; i < run->s->n_columns; i++) cell_reader_finish(&run->readers[i]);
  struct batch b = {.n = run->n, .columns = run->columns};
  if (!run->s->take(run->s->ctx, &b)) {
    run->state = SCAN_STOPPED;
    return false;
  }
  batch_begin(run);
  return true;
}

/* Takes one row; false ends the scan, and run->state says why. */
static bool scan_row(struct scan_run *run, sqlite3_value **row) {
  struct cell c;
  for (size_t i = 0; i < run->s->n_columns; i++) {
    if (!fetch(row[i], &c)) {
      run->state = SCAN_NO_MEMORY;
      return false;
    }
    if (!cell_read(&run->readers[i], &c, run->n)) {
      note_bad_cell(run, i, &c, row);
      return false;
    }
  }
  run->s->rows++;
  return ++run->n < BATCH || batch_end(run);
}

/* ---- the two ways through the rows ---------------------------------------------------- */

static void function_step(sqlite3_context *ctx, int n, sqlite3_value **row) {
  (void)n;
  struct dataset *e = sqlite3_user_data(ctx);
  if (!scan_row(e->run, row)) sqlite3_result_error_code(ctx, SQLITE_ABORT);
}

/* What the rows came to is in the run, not in the result of the SELECT. */
static void function_final(sqlite3_context *ctx) { sqlite3_result_null(ctx); }

int sqlite_register_scan(struct dataset *e) {
  return sqlite3_create_function_v2(e->db, "vigie_scan", -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, e,
                                    NULL, function_step, function_final, NULL);
}

static int step_rows(struct scan_run *run, sqlite3_stmt *st) {
  sqlite3_value **row = xcalloc(run->s->n_columns, sizeof(sqlite3_value *));
  int rc;
  while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
    for (size_t i = 0; i < run->s->n_columns; i++) row[i] = sqlite3_column_value(st, (int)i);
    if (!scan_row(run, row)) break;
  }
  free(row);
  return rc;
}

/* A scan may run inside a batch of another one. */
static int aggregate_rows(struct scan_run *run, sqlite3_stmt *st) {
  struct scan_run *outer = run->e->run;
  run->e->run = run;
  int rc = sqlite3_step(st);
  run->e->run = outer;
  return rc == SQLITE_ROW ? SQLITE_DONE : rc;
}

/* ---- the statement -------------------------------------------------------------------- */

/* SELECT vigie_scan(t."c1",t."c2") FROM "accounts" AS t NOT INDEXED. Qualified, because SQLite
 * takes a lone "c1" that is no column for a text. NOT INDEXED, because rows come in the order of
 * the table, whatever indexes there are: a run must not change when somebody adds one. */
static char *scan_sql(struct scan_run *run) {
  const struct scan *s = run->s;
  sqlite3_str *sql = sqlite3_str_new(run->e->db);
  bool as_function = s->n_columns <= FUNCTION_COLUMNS_MAX;
  sqlite3_str_appendall(sql, as_function ? "SELECT vigie_scan(" : "SELECT ");
  for (size_t i = 0; i < s->n_columns; i++)
    sqlite3_str_appendf(sql, "%st.\"%w\"", i ? "," : "", s->columns[i].column);
  sqlite3_str_appendf(sql, "%s FROM \"%w\" AS t NOT INDEXED", as_function ? ")" : "",
                      run->table->name);
  return sqlite3_str_finish(sql);
}

static bool require_column(struct scan_run *run, const struct scan_column *c,
                           const char **message) {
  const struct table_info *t = run->table;
  struct arena *a = run->e->a;
  /* a broken view: SQLite says why */
  if (!t->columns[0] || table_column(t, c->column)) return true;
  if (!text_utf8_valid(c->column, strlen(c->column), NULL)) {
    *message = arena_printf(
        a, "the name of the column of %s is not UTF-8 text. Save the rule file in UTF-8", c->what);
    return false;
  }
  size_t n = 0;
  while (t->columns[n]) n++;
  const char *meant = suggest(c->column, t->columns, n);
  *message = meant ? arena_printf(a, "%s has no column \"%s\" (%s). Did you mean \"%s\"?", t->name,
                                  c->column, c->what, meant)
                   : arena_printf(a, "%s has no column \"%s\" (%s)", t->name, c->column, c->what);
  return false;
}

static sqlite3_stmt *prepare(struct scan_run *run, int *bad_column, const char **message) {
  sqlite3_stmt *st = NULL;
  run->table = sqlite_require_table(run->e, run->s->table, message);
  if (!run->table) return NULL;
  for (size_t i = 0; i < run->s->n_columns; i++) {
    if (require_column(run, &run->s->columns[i], message)) continue;
    *bad_column = (int)i;
    return NULL;
  }
  char *sql = scan_sql(run);
  if (sql && run->e->trace) fprintf(run->e->trace, "%s;\n", sql);
  if (!sql || sqlite3_prepare_v2(run->e->db, sql, -1, &st, NULL) != SQLITE_OK)
    sqlite_fail(run->e, run->table->name, message);
  sqlite3_free(sql);
  return st;
}

/* ---- a scan --------------------------------------------------------------------------- */

static void make_readers(struct scan_run *run, struct arena *a) {
  struct scan *s = run->s;
  run->readers = NEW_N(a, struct cell_reader, s->n_columns);
  run->columns = NEW_N(a, struct column, s->n_columns);
  for (size_t i = 0; i < s->n_columns; i++) {
    cell_reader_init(&run->readers[i], a, &s->columns[i], run->texts, s->tz);
    run->columns[i] = run->readers[i].out;
  }
}

/* How the scan ended, for the caller. */
static bool conclude(struct scan_run *run, int rc, int *bad_column, const char **message) {
  for (size_t i = 0; i < run->s->n_columns; i++) run->s->cut_rests += run->readers[i].cut_rests;
  *bad_column = run->bad_column;
  *message = run->message;
  switch (run->state) {
    case SCAN_STOPPED:
    case SCAN_BAD_CELL: return false;
    case SCAN_NO_MEMORY:
      *message = arena_printf(run->e->a, "out of memory while reading %s", run->table->name);
      return false;
    case SCAN_ON: break;
  }
  if (rc != SQLITE_DONE) return sqlite_fail(run->e, run->table->name, message);
  return run->n == 0 || batch_end(run);
}

bool dataset_scan(struct dataset *e, struct scan *s, int *bad_column, const char **message) {
  s->rows = s->cut_rests = 0;
  *bad_column = -1;
  *message = NULL;
  struct scan_run run = {.s = s, .e = e, .state = SCAN_ON, .bad_column = -1};
  sqlite3_stmt *st = prepare(&run, bad_column, message);
  if (!st) return false;
  struct arena *scratch = arena_new();
  struct dict *own = s->texts ? NULL : dict_new();
  run.texts = own ? own : s->texts;
  make_readers(&run, scratch);
  batch_begin(&run);
  int rc = s->n_columns <= FUNCTION_COLUMNS_MAX ? aggregate_rows(&run, st) : step_rows(&run, st);
  bool ok = conclude(&run, rc, bad_column, message);
  sqlite3_finalize(st);
  dict_free(own);
  arena_free(scratch);
  return ok;
}

bool dataset_count(struct dataset *e, const char *table, long *rows, const char **message) {
  sqlite3_stmt *st = NULL;
  const struct table_info *t = sqlite_require_table(e, table, message);
  if (!t) return false;
  char *sql = sqlite3_mprintf("SELECT count(*) FROM \"%w\"", t->name);
  bool ok = sql && sqlite3_prepare_v2(e->db, sql, -1, &st, NULL) == SQLITE_OK &&
            sqlite3_step(st) == SQLITE_ROW;
  if (ok)
    *rows = (long)sqlite3_column_int64(st, 0);
  else
    sqlite_fail(e, t->name, message);
  sqlite3_finalize(st);
  sqlite3_free(sql);
  return ok;
}
