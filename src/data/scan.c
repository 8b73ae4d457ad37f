/* Scans of every kind of dataset. In: raw cells from a backend, row by row. Out: batches of typed
 * columns for the caller, or what is wrong with the first cell that cannot be read.
 *
 * Knows no database: a backend is told what to read, and hands rows over to take_rows. */
#include <string.h>

#include "base/suggest.h"
#include "base/text.h"
#include "data/backend.h"
#include "data/cell.h"

enum { TEXTS_MAX = 16 << 20 }; /* bytes of texts that nobody keeps: then they are forgotten */

struct scan_run {
  struct scan *s;
  const struct table_info *table;
  struct diags *problems;
  struct cell_reader *readers;
  struct column *columns; /* the readers' own, in one array for the batch */
  struct dict *texts;
  const struct zone *zone; /* NULL: UTC */
  size_t n;                /* rows in the batch so far */
  bool stopped;
};

/* ---- rows ----------------------------------------------------------------------------- */

static void batch_begin(struct scan_run *run) {
  if (!run->s->keep_texts && dict_bytes(run->texts) > TEXTS_MAX) dict_clear(run->texts);
  for (size_t i = 0; i < run->s->n_columns; i++) cell_reader_batch(&run->readers[i]);
  run->n = 0;
}

/* False when the caller stops the scan. */
static bool batch_end(struct scan_run *run) {
  for (size_t i = 0; i < run->s->n_columns; i++) cell_reader_finish(&run->readers[i]);
  struct batch b = {.n = run->n, .columns = run->columns};
  if (!run->s->take(run->s->ctx, &b)) return false;
  batch_begin(run);
  return true;
}

/* accounts, row A-17: the column … */
static void report_bad_cell(struct scan_run *run, size_t column, const struct raw_cell *row) {
  struct arena *a = run->problems->arena;
  const struct cell_reader *r = &run->readers[column];
  int key = run->s->key_column;
  const char *name = NULL;
  if (key >= 0 && (size_t)key != column) name = cell_name(a, &row[key]);
  if (!name) name = arena_printf(a, "number %ld", run->s->rows + 1);
  diag_add(run->problems, cell_mistake_code(r, &row[column]), r->spec->at, "%s, row %s: %s",
           run->table->name, name, cell_mistake(a, r, &row[column]));
}

/* False ends the scan: it is reported, or the caller's wish. */
static inline bool take_row(struct scan_run *run, const struct raw_cell *row) {
  for (size_t i = 0; i < run->s->n_columns; i++) {
    if (cell_read(&run->readers[i], &row[i], run->n)) continue;
    report_bad_cell(run, i, row);
    return false;
  }
  run->s->rows++;
  return ++run->n < BATCH || batch_end(run);
}

static bool take_rows(void *ctx, const struct raw_cell *cells, size_t n_rows) {
  struct scan_run *run = ctx;
  for (size_t i = 0; i < n_rows; i++, cells += run->s->n_columns) {
    if (take_row(run, cells)) continue;
    run->stopped = true;
    return false;
  }
  return true;
}

/* ---- names ---------------------------------------------------------------------------- */

/* The column as the table spells it; NULL when that is reported. */
static const char *require_column(const struct table_info *t, const struct scan_column *c,
                                  struct diags *problems) {
  const char *found = table_column(t, c->column);
  if (found) return found;
  if (t->broken) return c->column; /* the backend says why */
  if (!text_utf8_valid(c->column, strlen(c->column), NULL)) {
    diag_add(problems, V0502, c->at,
             "the name of the column of %s is not UTF-8 text. Save the rule file in UTF-8",
             c->what);
    return NULL;
  }
  size_t n = 0;
  while (t->columns[n]) n++;
  const char *meant = suggest(c->column, t->columns, n);
  diag_add(
      problems, V0502, c->at,
      meant ? "%s has no column \"%s\" (%s). Did you mean \"%s\"?" : "%s has no column \"%s\" (%s)",
      t->name, c->column, c->what, meant);
  return NULL;
}

static const char *const *require_columns(const struct scan_run *run, struct arena *a) {
  const char **names = NEW_N(a, const char *, run->s->n_columns + 1);
  for (size_t i = 0; i < run->s->n_columns; i++)
    if (!(names[i] = require_column(run->table, &run->s->columns[i], run->problems))) return NULL;
  return names;
}

/* ---- a scan --------------------------------------------------------------------------- */

/* NULL: the name is no zone of this machine, which is reported. */
static const struct zone *read_zone(struct scan_run *run, struct arena *a, const char *name) {
  const struct zone *zone = zone_read(a, name);
  if (!zone)
    diag_fail(run->problems, V0509,
              "the time zone %s cannot be read on this machine: install its zone "
              "files (the package tzdata)",
              name);
  return zone;
}

/* Zones are read once a scan, into its own memory: scans share nothing that is written. */
static bool make_readers(struct scan_run *run, struct arena *a) {
  struct scan *s = run->s;
  run->readers = NEW_N(a, struct cell_reader, s->n_columns + 1);
  run->columns = NEW_N(a, struct column, s->n_columns + 1);
  for (size_t i = 0; i < s->n_columns; i++) {
    const char *source_name = s->columns[i].form.zone;
    const struct zone *source = source_name ? read_zone(run, a, source_name) : NULL;
    if (source_name && !source) return false;
    cell_reader_init(&run->readers[i], a, &s->columns[i], run->texts, run->zone, source);
    run->columns[i] = run->readers[i].out;
  }
  return true;
}

static bool read_table(struct dataset *ds, struct scan_run *run, struct arena *a) {
  struct raw_scan raw = {
      .table = run->table, .n_columns = run->s->n_columns, .take = take_rows, .ctx = run};
  raw.columns = require_columns(run, a);
  if (!raw.columns) return false;
  if (run->s->tz && !(run->zone = read_zone(run, a, run->s->tz))) return false;
  if (!make_readers(run, a)) return false;
  batch_begin(run);
  bool good =
      ds->ops->scan(ds, &raw, run->problems) && !run->stopped && (run->n == 0 || batch_end(run));
  for (size_t i = 0; i < run->s->n_columns; i++) run->s->cut_rests += run->readers[i].cut_rests;
  return good;
}

/* Nobody below knows which line of the rules asks for the table. */
static void place_errors(struct diags *problems, size_t first, struct span at) {
  for (size_t i = first; i < problems->list.n; i++)
    if (!problems->list.v[i]->span.src) problems->list.v[i]->span = at;
}

bool dataset_scan(struct dataset *ds, struct scan *s, struct diags *problems) {
  size_t before = problems->list.n;
  s->rows = s->cut_rests = 0;
  struct scan_run run = {.s = s, .problems = problems};
  run.table = dataset_require_table(ds, s->table, problems);
  struct arena *scratch = arena_new();
  struct dict *own = s->texts ? NULL : dict_new();
  run.texts = own ? own : s->texts;
  bool good = run.table && read_table(ds, &run, scratch);
  place_errors(problems, before, s->at);
  dict_free(own);
  arena_free(scratch);
  return good;
}
