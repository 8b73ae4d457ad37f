/* Scans of an SQLite dataset. In: a table and the columns to read. Out: raw cells.
 *
 * Rows of a plain table come straight from its pages (pages.c). Of any other, and from where a
 * page is odd, they come through SQLite, a row at a time, because it lends a text for no longer
 * than that: through an aggregate function, SELECT vigie_scan(c1, c2, …) FROM t, which is as fast
 * as SQLite's own sum() and a third faster than stepping. Functions take 127 arguments at most, so
 * wider scans step. Either way feed_row hands one row over. */
#include <limits.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/limits.h"
#include "data/sqlite/pages.h"
#include "data/sqlite/sqlite.h"

enum { FUNCTION_COLUMNS_MAX = 100 };

struct row_feed {
  const struct raw_scan *scan;
  long taken;     /* rows at the beginning that were handed over before SQLite was asked */
  long rows_left; /* of a view: it may be one that never ends */
  struct raw_cell *row;
  bool stopped, no_memory, too_many;
};

/* ---- rows ----------------------------------------------------------------------------- */

/* False when SQLite had no memory to hand the text over. */
static inline bool fetch(sqlite3_value *v, struct raw_cell *c) {
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

/* False ends the scan; the feed says why. */
static bool feed_row(struct row_feed *f, sqlite3_value **row) {
  if (f->taken > 0) {
    f->taken--;
    return true;
  }
  for (size_t i = 0; i < f->scan->n_columns; i++)
    if (!fetch(row[i], &f->row[i])) {
      f->no_memory = true;
      return false;
    }
  if (--f->rows_left < 0) {
    f->too_many = true;
    return false;
  }
  if (f->scan->take(f->scan->ctx, f->row, 1)) return true;
  f->stopped = true;
  return false;
}

/* ---- the two ways through the rows ---------------------------------------------------- */

static void function_step(sqlite3_context *ctx, int n, sqlite3_value **row) {
  (void)n;
  struct sqlite_dataset *ds = sqlite3_user_data(ctx);
  if (!feed_row(ds->feed, row)) sqlite3_result_error_code(ctx, SQLITE_ABORT);
}

/* What the rows came to is with their taker, not in the result of the SELECT. */
static void function_final(sqlite3_context *ctx) { sqlite3_result_null(ctx); }

int sqlite_register_scan(struct sqlite_dataset *ds) {
  return sqlite3_create_function_v2(ds->db, "vigie_scan", -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, ds,
                                    NULL, function_step, function_final, NULL);
}

static int step_rows(struct row_feed *f, sqlite3_stmt *st) {
  sqlite3_value **row = xcalloc(f->scan->n_columns, sizeof(sqlite3_value *));
  int rc;
  while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
    for (size_t i = 0; i < f->scan->n_columns; i++) row[i] = sqlite3_column_value(st, (int)i);
    if (!feed_row(f, row)) break;
  }
  free(row);
  return rc;
}

/* A scan may run inside a batch of another one. */
static int aggregate_rows(struct sqlite_dataset *ds, struct row_feed *f, sqlite3_stmt *st) {
  struct row_feed *outer = ds->feed;
  ds->feed = f;
  int rc = sqlite3_step(st);
  ds->feed = outer;
  return rc == SQLITE_ROW ? SQLITE_DONE : rc;
}

/* ---- the statement -------------------------------------------------------------------- */

/* SELECT vigie_scan(t."c1",t."c2") FROM "accounts" AS t NOT INDEXED. Qualified, because SQLite
 * takes a lone "c1" that is no column for a text. NOT INDEXED, because rows come in the order of
 * the table, whatever indexes there are: a run must not change when somebody adds one. */
static char *scan_sql(struct sqlite_dataset *ds, const struct raw_scan *scan, bool as_function) {
  sqlite3_str *sql = sqlite3_str_new(ds->db);
  sqlite3_str_appendall(sql, as_function ? "SELECT vigie_scan(" : "SELECT ");
  for (size_t i = 0; i < scan->n_columns; i++)
    sqlite3_str_appendf(sql, "%st.\"%w\"", i ? "," : "", scan->columns[i]);
  sqlite3_str_appendf(sql, "%s FROM \"%w\" AS t NOT INDEXED", as_function ? ")" : "",
                      scan->table->name);
  return sqlite3_str_finish(sql);
}

/* ---- views that never end ------------------------------------------------------------- */

static long view_seconds(void) {
  const char *text = getenv("VIGIE_VIEW_SECONDS");
  char *end;
  long n = text ? strtol(text, &end, 10) : 0;
  return text && *text && !*end && n > 0 ? n : VIEW_MAX_SECONDS;
}

static double deadline_of(const struct table_info *t) {
  return t->is_view ? clock_seconds() + (double)view_seconds() : 0;
}

static bool report_endless(struct sqlite_dataset *ds, const struct row_feed *f, const char *view,
                           struct diags *problems) {
  const char *limit = f->too_many ? arena_printf(problems->arena, "%d rows", VIEW_MAX_ROWS)
                                  : arena_printf(problems->arena, "%ld s", view_seconds());
  return diag_fail(problems, V0509,
                   "the view %s of %s has not ended after %s: look for a recursion without an end. "
                   "If it is only large, store it as a table, or allow more seconds with the "
                   "environment variable VIGIE_VIEW_SECONDS",
                   view, ds->base.name, limit);
}

/* ---- what the dataset can do ---------------------------------------------------------- */

static int read_rows(struct sqlite_dataset *ds, struct row_feed *f, sqlite3_stmt *st) {
  const struct raw_scan *scan = f->scan;
  double outer = ds->deadline;
  ds->deadline = deadline_of(scan->table);
  f->rows_left = scan->table->is_view ? VIEW_MAX_ROWS : LONG_MAX;
  f->row = xcalloc(scan->n_columns + 1, sizeof *f->row);
  int rc = scan->n_columns <= FUNCTION_COLUMNS_MAX ? aggregate_rows(ds, f, st) : step_rows(f, st);
  free(f->row);
  ds->deadline = outer;
  return rc;
}

/* All rows but the first `taken`. */
static bool scan_by_sql(struct sqlite_dataset *ds, const struct raw_scan *scan, long taken,
                        char *sql, struct diags *problems) {
  const char *table = scan->table->name;
  sqlite3_stmt *st = NULL;
  bool good = sql && sqlite3_prepare_v2(ds->db, sql, -1, &st, NULL) == SQLITE_OK;
  if (!good) return sqlite_fail(ds, table, problems);
  struct row_feed f = {.scan = scan, .taken = taken};
  int rc = read_rows(ds, &f, st);
  if (f.stopped)
    good = true;
  else if (f.no_memory)
    good = diag_fail(problems, V0509, "out of memory while reading %s", table);
  else if (f.too_many || rc == SQLITE_INTERRUPT)
    good = report_endless(ds, &f, table, problems);
  else
    good = rc == SQLITE_DONE ? sqlite_unchanged(ds, problems) : sqlite_fail(ds, table, problems);
  sqlite3_finalize(st);
  return good;
}

bool sqlite_scan(struct dataset *base, const struct raw_scan *scan, struct diags *problems) {
  struct sqlite_dataset *ds = (struct sqlite_dataset *)base;
  char *sql = scan_sql(ds, scan, scan->n_columns <= FUNCTION_COLUMNS_MAX);
  if (sql && base->trace) fprintf(base->trace, "%s;\n", sql);
  long taken = 0;
  enum pages_end end = pages_scan(ds, scan, &taken);
  base->way = end != PAGES_ODD ? SCAN_PAGES : taken ? SCAN_BOTH : SCAN_SQL;
  bool good = end == PAGES_STOPPED ? true
              : end == PAGES_DONE  ? sqlite_unchanged(ds, problems)
                                   : scan_by_sql(ds, scan, taken, sql, problems);
  sqlite3_free(sql);
  return good;
}

bool sqlite_count(struct dataset *base, const struct table_info *t, long *rows,
                  struct diags *problems) {
  struct sqlite_dataset *ds = (struct sqlite_dataset *)base;
  struct row_feed none = {0};
  sqlite3_stmt *st = NULL;
  char *sql = sqlite3_mprintf("SELECT count(*) FROM \"%w\"", t->name);
  ds->deadline = deadline_of(t);
  int rc = sql ? sqlite3_prepare_v2(ds->db, sql, -1, &st, NULL) : SQLITE_NOMEM;
  if (rc == SQLITE_OK) rc = sqlite3_step(st);
  ds->deadline = 0;
  bool ok = rc == SQLITE_ROW;
  if (ok) *rows = (long)sqlite3_column_int64(st, 0);
  ok = ok                       ? sqlite_unchanged(ds, problems)
       : rc == SQLITE_INTERRUPT ? report_endless(ds, &none, t->name, problems)
                                : sqlite_fail(ds, t->name, problems);
  sqlite3_finalize(st);
  sqlite3_free(sql);
  return ok;
}
