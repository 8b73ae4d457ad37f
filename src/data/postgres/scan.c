/* Scans of a PostgreSQL dataset. In: a table and the columns to read. Out: raw cells.
 *
 * COPY (SELECT the columns) TO STDOUT (FORMAT BINARY): the fastest way in which PostgreSQL hands
 * rows over, and one that streams. Some hundred rows are kept at a time. */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/text_buffer.h"
#include "data/postgres/postgres.h"

enum { ROWS_AT_ONCE = 256 };
enum { COPY_DONE = -1 };                      /* of getCopyData: no more rows */
enum { COPY_HEAD = 19, COPY_SIGNATURE = 11 }; /* bytes: signature, flags, length of more */

struct copy_feed {
  struct postgres *p;
  const struct raw_scan *scan;
  const struct wire_type **types; /* by column of the scan */
  struct raw_cell *cells;
  char *room;                   /* WIRE_ROOM bytes a cell */
  char *messages[ROWS_AT_ONCE]; /* libpq's, a row each: texts lie in them */
  size_t n_rows;
  struct arena *texts; /* of these rows */
  bool head_is_read, stopped, odd;
};

/* ---- the statement -------------------------------------------------------------------- */

static const struct wire_type *type_of(const struct postgres_table *t, const char *column) {
  for (size_t i = 0; t->info.columns[i]; i++)
    if (strcmp(t->info.columns[i], column) == 0) return t->types[i];
  UNREACHABLE("a column of another table");
}

static const char *in_words(const char *format, const char *column, struct arena *a) {
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
    text_add(t, in_words(type_of(table, scan->columns[k])->order, scan->columns[k], t->a));
  }
}

static const char *copy_sql(const struct postgres_table *table, const struct raw_scan *scan,
                            struct arena *a) {
  struct text_buffer t = {.a = a};
  text_add(&t, "COPY (SELECT ");
  for (size_t i = 0; i < scan->n_columns; i++) {
    const struct wire_type *type = type_of(table, scan->columns[i]);
    if (i) text_add(&t, ", ");
    text_add(&t, in_words(type->select, scan->columns[i], a));
  }
  text_add(&t, " FROM ");
  text_add(&t, table->from);
  add_order(&t, table, scan);
  text_add(&t, ") TO STDOUT (FORMAT BINARY)");
  return text_of_buffer(&t);
}

/* ---- rows ----------------------------------------------------------------------------- */

static void forget_rows(struct copy_feed *f) {
  for (size_t i = 0; i < f->n_rows; i++) f->p->pq.freemem(f->messages[i]);
  arena_free(f->texts);
  f->texts = NULL;
  f->n_rows = 0;
}

/* False when the taker wants no more. */
static bool hand_over(struct copy_feed *f) {
  bool more = !f->n_rows || f->scan->take(f->scan->ctx, f->cells, f->n_rows);
  forget_rows(f);
  f->stopped |= !more;
  return more;
}

/* The fields of a row behind their number; false: it is not what COPY sends. */
static bool read_fields(struct copy_feed *f, const char *s, const char *end) {
  size_t n = f->scan->n_columns;
  struct raw_cell *cell = f->cells + f->n_rows * n;
  char *room = f->room + f->n_rows * n * WIRE_ROOM;
  for (size_t i = 0; i < n; i++, cell++, room += WIRE_ROOM) {
    if (end - s < 4) return false;
    uint32_t length = wire_32(s);
    s += 4;
    *cell = raw_text(NULL);
    if (length == UINT32_MAX) continue;
    if ((size_t)(end - s) < length) return false;
    *cell = f->types[i]->read(s, length, room, f->texts);
    s += length;
  }
  return s == end;
}

/* Takes a message, which is a row, behind the head of all of them, or the end; frees it when it is
 * done. False ends the reading. */
static bool take_message(struct copy_feed *f, char *message, size_t n) {
  const char *s = message, *end = message + n;
  if (!f->head_is_read) {
    f->head_is_read = true;
    if (n < COPY_HEAD || memcmp(s, "PGCOPY\n\377\r\n", COPY_SIGNATURE) != 0) f->odd = true;
    if (!f->odd) s += COPY_HEAD;
  }
  bool row = !f->odd && end - s >= 2 && (int16_t)wire_16(s) >= 0;
  if (row) {
    f->messages[f->n_rows] = message;
    if (!f->texts) f->texts = arena_new();
    f->odd = wire_16(s) != f->scan->n_columns || !read_fields(f, s + 2, end);
    f->n_rows++;
  } else {
    f->p->pq.freemem(message);
  }
  if (f->odd) return false;
  return f->n_rows < ROWS_AT_ONCE || hand_over(f);
}

/* A copy that nobody wants to the end. */
static void cancel_copy(struct postgres *p) {
  char reason[256], *message;
  PGcancel *cancel = p->pq.getCancel(p->connection);
  if (cancel) p->pq.cancel(cancel, reason, sizeof reason);
  p->pq.freeCancel(cancel);
  while (p->pq.getCopyData(p->connection, &message, 0) > 0) p->pq.freemem(message);
}

/* What is left of the answer: false when something of it is an error. */
static bool end_copy(struct copy_feed *f, const char *table, struct diags *problems) {
  bool good = true;
  for (PGresult *r; (r = f->p->pq.getResult(f->p->connection));) {
    bool fine = f->p->pq.resultStatus(r) == PGRES_COMMAND_OK;
    if (good && !fine && !f->stopped && !f->odd) postgres_fail(f->p, r, table, problems);
    good = good && fine;
    f->p->pq.clear(r);
  }
  return good;
}

static bool read_copy(struct copy_feed *f, const char *table, struct diags *problems) {
  char *message;
  int n;
  while ((n = f->p->pq.getCopyData(f->p->connection, &message, 0)) > 0)
    if (!take_message(f, message, (size_t)n)) break;
  if (n > 0)
    cancel_copy(f->p);
  else if (n == COPY_DONE)
    hand_over(f);
  bool good = end_copy(f, table, problems);
  if (f->odd)
    return diag_fail(problems, V0509, "%s sent rows of %s that are not those of COPY", f->p->name,
                     table);
  return good || f->stopped;
}

/* ---- what the dataset can do ---------------------------------------------------------- */

/* What fails, or is not wanted to its end, must not end the transaction. */
static bool undo(struct postgres *p, struct diags *problems) {
  struct diags quiet = {.arena = problems->arena};
  return postgres_run(p, "ROLLBACK TO scan", NULL, &quiet);
}

static bool copy_rows(struct copy_feed *f, const char *sql, const char *table,
                      struct diags *problems) {
  if (!postgres_run(f->p, "SAVEPOINT scan", table, problems)) return false;
  PGresult *r = f->p->pq.exec(f->p->connection, sql);
  bool good = f->p->pq.resultStatus(r) == PGRES_COPY_OUT || postgres_fail(f->p, r, table, problems);
  f->p->pq.clear(r);
  good = good && read_copy(f, table, problems);
  if (!good || f->stopped) undo(f->p, problems);
  return good;
}

static void feed_init(struct copy_feed *f, const struct postgres_table *t) {
  size_t n = f->scan->n_columns + 1;
  f->types = xcalloc(n, sizeof *f->types);
  f->cells = xcalloc(n * ROWS_AT_ONCE, sizeof *f->cells);
  f->room = xcalloc(n * ROWS_AT_ONCE, WIRE_ROOM);
  for (size_t i = 0; i < f->scan->n_columns; i++) f->types[i] = type_of(t, f->scan->columns[i]);
}

static void feed_free(struct copy_feed *f) {
  forget_rows(f);
  free(f->types);
  free(f->cells);
  free(f->room);
}

bool postgres_scan(struct dataset *base, const struct raw_scan *scan, struct diags *problems) {
  struct postgres_dataset *ds = (struct postgres_dataset *)base;
  const struct postgres_table *t = (const struct postgres_table *)scan->table;
  struct copy_feed f = {.scan = scan};
  const char *sql = copy_sql(t, scan, problems->arena);
  if (base->trace) fprintf(base->trace, "%s;\n", sql);
  base->way = SCAN_COPY;
  if (!(f.p = postgres_take_link(ds, problems))) return false;
  feed_init(&f, t);
  bool good = copy_rows(&f, sql, scan->table->name, problems);
  feed_free(&f);
  postgres_give_link(ds);
  return good;
}

bool postgres_count(struct dataset *base, const struct table_info *table, long *rows,
                    struct diags *problems) {
  struct postgres_dataset *ds = (struct postgres_dataset *)base;
  const struct postgres_table *t = (const struct postgres_table *)table;
  struct postgres *p = postgres_take_link(ds, problems);
  if (!p) return false;
  const char *sql = arena_printf(problems->arena, "SELECT count(*) FROM %s", t->from);
  PGresult *r = NULL;
  if (postgres_run(p, "SAVEPOINT scan", table->name, problems))
    r = postgres_ask(p, sql, NULL, 0, table->name, problems);
  if (r)
    *rows = strtol(p->pq.getvalue(r, 0, 0), NULL, 10);
  else
    undo(p, problems);
  p->pq.clear(r);
  postgres_give_link(ds);
  return r != NULL;
}
