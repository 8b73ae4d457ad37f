/* In: a statement. Out: its rows as raw cells, some hundred at a time. */
#include "data/postgres/copy.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_AT_ONCE = 256 };
enum { COPY_DONE = -1 };                      /* of getCopyData: no more rows */
enum { COPY_HEAD = 19, COPY_SIGNATURE = 11 }; /* bytes: signature, flags, length of more */

struct copy_feed {
  struct postgres *p;
  const struct copy *copy;
  struct raw_cell *cells;
  char *room;                   /* WIRE_ROOM bytes a cell */
  char *messages[ROWS_AT_ONCE]; /* libpq's, a row each: texts lie in them */
  size_t n_rows;
  struct arena *texts; /* of these rows */
  bool head_is_read, stopped, odd;
};

/* ---- rows ----------------------------------------------------------------------------- */

static void forget_rows(struct copy_feed *f) {
  for (size_t i = 0; i < f->n_rows; i++) f->p->pq.freemem(f->messages[i]);
  arena_free(f->texts);
  f->texts = NULL;
  f->n_rows = 0;
}

/* False when the taker wants no more. */
static bool hand_over(struct copy_feed *f) {
  bool more = !f->n_rows || f->copy->take(f->copy->ctx, f->cells, f->n_rows);
  forget_rows(f);
  f->stopped |= !more;
  return more;
}

/* The fields of a row behind their number; false: it is not what COPY sends. */
static bool read_fields(struct copy_feed *f, const char *s, const char *end) {
  size_t n = f->copy->n;
  struct raw_cell *cell = f->cells + f->n_rows * n;
  char *room = f->room + f->n_rows * n * WIRE_ROOM;
  for (size_t i = 0; i < n; i++, cell++, room += WIRE_ROOM) {
    if (end - s < 4) return false;
    uint32_t length = wire_32(s);
    s += 4;
    *cell = raw_text(NULL);
    if (length == UINT32_MAX) continue;
    if ((size_t)(end - s) < length) return false;
    *cell = f->copy->types[i]->read(s, length, room, f->texts);
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
    f->odd = wire_16(s) != f->copy->n || !read_fields(f, s + 2, end);
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
static bool end_copy(struct copy_feed *f, struct diags *problems) {
  bool good = true;
  for (PGresult *r; (r = f->p->pq.getResult(f->p->connection));) {
    bool fine = f->p->pq.resultStatus(r) == PGRES_COMMAND_OK;
    if (good && !fine && !f->stopped && !f->odd) postgres_fail(f->p, r, f->copy->what, problems);
    good = good && fine;
    f->p->pq.clear(r);
  }
  return good;
}

static bool read_copy(struct copy_feed *f, struct diags *problems) {
  char *message;
  int n;
  while ((n = f->p->pq.getCopyData(f->p->connection, &message, 0)) > 0)
    if (!take_message(f, message, (size_t)n)) break;
  if (n > 0)
    cancel_copy(f->p);
  else if (n == COPY_DONE)
    hand_over(f);
  bool good = end_copy(f, problems);
  if (f->odd)
    return diag_fail(problems, V0509, "%s sent rows of %s that are not those of COPY", f->p->name,
                     f->copy->what);
  return good || f->stopped;
}

/* ---- the whole ------------------------------------------------------------------------ */

static bool undo(struct postgres *p, struct diags *problems) {
  struct diags quiet = {.arena = problems->arena};
  return postgres_run(p, "ROLLBACK TO scan", NULL, &quiet);
}

static bool copy_rows(struct copy_feed *f, struct diags *problems) {
  const char *what = f->copy->what;
  if (!postgres_run(f->p, "SAVEPOINT scan", what, problems)) return false;
  PGresult *r = f->p->pq.exec(f->p->connection,
                              arena_printf(problems->arena, POSTGRES_COPY, f->copy->select));
  bool good = f->p->pq.resultStatus(r) == PGRES_COPY_OUT || postgres_fail(f->p, r, what, problems);
  f->p->pq.clear(r);
  good = good && read_copy(f, problems);
  if (!good || f->stopped) undo(f->p, problems);
  return good;
}

bool postgres_copy(struct postgres *p, const struct copy *copy, struct diags *problems) {
  struct copy_feed f = {.p = p, .copy = copy};
  f.cells = xcalloc((copy->n + 1) * ROWS_AT_ONCE, sizeof *f.cells);
  f.room = xcalloc((copy->n + 1) * ROWS_AT_ONCE, WIRE_ROOM);
  bool good = copy_rows(&f, problems);
  forget_rows(&f);
  free(f.cells);
  free(f.room);
  return good;
}
