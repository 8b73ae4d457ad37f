/* Scans of every kind of dataset. In: raw cells from a backend, row by row. Out: batches of typed
 * columns for the caller, or what is wrong with the first cell that cannot be read.
 *
 * Knows no database: a backend is told what to read, and hands rows over to take_rows. */
#include <string.h>

#include "base/clock.h"
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
  struct unreadable_cells *unreadable; /* by column */
};

/* What names a row: its key, or its number. */
static const char *row_name(const struct scan_run *run, size_t column, const struct raw_cell *row) {
  int key = run->s->key_column;
  const char *name = NULL;
  if (key >= 0 && (size_t)key != column) name = cell_name(run->problems->arena, &row[key]);
  return name ? name : arena_printf(run->problems->arena, "number %ld", run->s->rows + 1);
}

/* ---- cells that cannot be read -------------------------------------------------------- */

static void count_unreadable(struct scan_run *run, size_t column, const struct raw_cell *row) {
  struct unreadable_cells *u = &run->unreadable[column];
  struct arena *a = run->problems->arena;
  if (u->n < UNREADABLE_SHOWN) {
    const char *value = cell_name(a, &row[column]);
    u->rows[u->n] = row_name(run, column, row);
    u->values[u->n] = value ? value : u->no_key ? "" : "binary data";
  }
  u->n++;
  if (!u->no_key) u->of++;
}

static void count_readable(struct scan_run *run) {
  for (size_t i = 0; i < run->s->n_columns; i++) {
    if (!run->s->columns[i].form.lenient || run->unreadable[i].no_key) continue;
    for (size_t w = 0; w < bit_words(run->n); w++)
      run->unreadable[i].of += __builtin_popcountll(run->columns[i].valid[w]);
  }
}

static const char *first_of(const struct unreadable_cells *u, struct arena *a) {
  const char *list = "";
  long n = u->n < UNREADABLE_SHOWN ? u->n : UNREADABLE_SHOWN;
  for (long i = 0; i < n; i++)
    list = *u->values[i] ? arena_printf(a, "%s%srow %s (\"%s\")", list, i ? ", " : "", u->rows[i],
                                        u->values[i])
                         : arena_printf(a, "%s%srow %s", list, i ? ", " : "", u->rows[i]);
  return u->n > n ? arena_printf(a, "%s, …", list) : list;
}

const char *unreadable_text(const struct unreadable_cells *u, struct arena *a) {
  if (u->no_key)
    return arena_printf(a, "%s: %s of %s rows %s no key in the column %s, and %s left out: %s",
                        u->table, grouped_count(u->n, a), grouped_count(u->of, a),
                        plural(u->n, "has", "have"), u->column, plural(u->n, "is", "are"),
                        first_of(u, a));
  return arena_printf(a, "%s: %s of %s %s of the column %s (%s) cannot be read, and %s unknown: %s",
                      u->table, grouped_count(u->n, a), grouped_count(u->of, a),
                      plural(u->of, "value", "values"), u->column, u->what,
                      plural(u->n, "is", "are"), first_of(u, a));
}

/* False, and an error, when there are more than may be. */
static bool report_unreadable(struct scan_run *run) {
  struct scan *s = run->s;
  struct arena *a = run->problems->arena;
  struct unreadable_cells *list = NEW_N(a, struct unreadable_cells, s->n_columns + 1);
  s->unreadable = list;
  for (size_t i = 0; i < s->n_columns; i++) {
    struct unreadable_cells *u = &run->unreadable[i];
    if (!u->n) continue;
    if (u->no_key) u->of = s->rows;
    list[s->n_unreadable++] = *u;
    if ((double)u->n <= u->at_most * (double)u->of) continue;
    diag_add(run->problems, u->no_key ? V0505 : V0504, s->columns[i].at,
             "%s. That is more than the %.15g%% that `unreadable values at most` allows: correct "
             "the data, or the limit",
             unreadable_text(u, a), u->at_most * 100);
    return false;
  }
  return true;
}

/* ---- rows ----------------------------------------------------------------------------- */

long batch_undated(const struct batch *b, int from, int until, bool through, bool absence) {
  long n = 0;
  if (from < 0) return 0;
  const struct column *begin = &b->columns[from], *end = until >= 0 ? &b->columns[until] : NULL;
  if (!end && absence) return 0;
  for (size_t w = 0; !end && w < bit_words(b->n); w++) n += __builtin_popcountll(begin->valid[w]);
  if (!end) return (long)b->n - n;
  for (size_t i = 0; i < b->n; i++)
    n += !bit_get(begin->valid, i)
             ? !absence || bit_get(end->valid, i)
             : bit_get(end->valid, i) && end->num[i] + through < begin->num[i];
  return n;
}

static void batch_begin(struct scan_run *run) {
  if (!run->s->keep_texts && dict_bytes(run->texts) > TEXTS_MAX) dict_clear(run->texts);
  for (size_t i = 0; i < run->s->n_columns; i++) cell_reader_batch(&run->readers[i]);
  run->n = 0;
}

/* False when the caller stops the scan. */
static bool batch_end(struct scan_run *run) {
  for (size_t i = 0; i < run->s->n_columns; i++) cell_reader_finish(&run->readers[i]);
  count_readable(run);
  struct batch b = {.n = run->n, .columns = run->columns};
  if (!run->s->take(run->s->ctx, &b)) return false;
  batch_begin(run);
  return true;
}

/* accounts, row A-17: the column … */
static void report_bad_cell(struct scan_run *run, size_t column, const struct raw_cell *row) {
  const struct cell_reader *r = &run->readers[column];
  diag_add(run->problems, cell_mistake_code(r, &row[column]), r->spec->at, "%s, row %s: %s",
           run->table->name, row_name(run, column, row),
           cell_mistake(run->problems->arena, r, &row[column]));
}

/* Reads the key before the rest of the row; false: the row is left out. */
static bool has_key(struct scan_run *run, const struct raw_cell *row) {
  size_t key = (size_t)run->s->key_column;
  if (cell_read(&run->readers[key], &row[key], run->n) && bit_get(run->columns[key].valid, run->n))
    return true;
  count_unreadable(run, key, row);
  return false;
}

/* False ends the scan: it is reported, or the caller's wish. */
static inline bool take_row(struct scan_run *run, const struct raw_cell *row) {
  bool keyed = run->s->leave_out_keyless;
  if (run->s->look) run->s->look(run->s->look_ctx, row);
  if (keyed && !has_key(run, row)) {
    run->s->rows++;
    return true;
  }
  for (size_t i = 0; i < run->s->n_columns; i++) {
    if (keyed && (int)i == run->s->key_column) continue;
    if (cell_read(&run->readers[i], &row[i], run->n)) continue;
    if (!run->s->columns[i].form.lenient) {
      report_bad_cell(run, i, row);
      return false;
    }
    count_unreadable(run, i, row);
  }
  run->s->rows++;
  return ++run->n < BATCH || batch_end(run);
}

/* Rows that fit the batch, column by column. False: not all can be taken so; none is. */
static bool take_columns(struct scan_run *run, const struct raw_cell *cells, size_t n) {
  const struct scan *s = run->s;
  bool good = !s->look && !s->leave_out_keyless;
  for (size_t i = 0; good && i < s->n_columns; i++)
    good = cell_read_many(&run->readers[i], cells + i, s->n_columns, n, run->n);
  if (!good) {
    for (size_t i = 0; i < s->n_columns; i++) cell_reader_forget(&run->readers[i], run->n);
    return false;
  }
  run->s->rows += (long)n;
  run->n += n;
  return true;
}

static bool take_one_by_one(struct scan_run *run, const struct raw_cell *cells, size_t n) {
  for (size_t i = 0; i < n; i++, cells += run->s->n_columns)
    if (!take_row(run, cells)) return false;
  return true;
}

static bool take_rows(void *ctx, const struct raw_cell *cells, size_t n_rows) {
  struct scan_run *run = ctx;
  while (n_rows > 0) {
    size_t room = BATCH - run->n, n = n_rows < room ? n_rows : room;
    bool good = take_columns(run, cells, n) ? run->n < BATCH || batch_end(run)
                                            : take_one_by_one(run, cells, n);
    if (!good) {
      run->stopped = true;
      return false;
    }
    cells += n * run->s->n_columns;
    n_rows -= n;
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
  run->unreadable = NEW_N(a, struct unreadable_cells, s->n_columns + 1);
  for (size_t i = 0; i < s->n_columns; i++) {
    run->unreadable[i] =
        (struct unreadable_cells){.table = run->table->name,
                                  .column = s->columns[i].column,
                                  .what = s->columns[i].what,
                                  .no_key = s->leave_out_keyless && (int)i == s->key_column,
                                  .at_most = s->columns[i].form.at_most};
    const char *source_name = s->columns[i].form.zone;
    const struct zone *source = source_name ? read_zone(run, a, source_name) : NULL;
    if (source_name && !source) return false;
    cell_reader_init(&run->readers[i], a, &s->columns[i], run->texts, run->zone, source);
    run->columns[i] = run->readers[i].out;
  }
  return true;
}

static bool read_table(struct dataset *ds, struct scan_run *run, struct arena *a) {
  struct raw_scan raw = {.table = run->table,
                         .n_columns = run->s->n_columns,
                         .key_column = run->s->key_column,
                         .any_order = run->s->any_order,
                         .take = take_rows,
                         .ctx = run};
  raw.columns = require_columns(run, a);
  if (!raw.columns) return false;
  if (run->s->tz && !(run->zone = read_zone(run, a, run->s->tz))) return false;
  if (!make_readers(run, a)) return false;
  batch_begin(run);
  bool good =
      ds->ops->scan(ds, &raw, run->problems) && !run->stopped && (run->n == 0 || batch_end(run));
  return good && report_unreadable(run);
}

/* Nobody below knows which line of the rules asks for the table. */
static void place_errors(struct diags *problems, size_t first, struct span at) {
  for (size_t i = first; i < problems->list.n; i++)
    if (!problems->list.v[i]->span.src) problems->list.v[i]->span = at;
}

static void note_scan(struct dataset *ds, const struct scan *s, double began) {
  struct scan_profile p = {s->table, s->rows, clock_seconds() - began, ds->way, ds->not_grouped};
  if (ds->profile) VEC_PUSH(ds->arena, &ds->profile->scans, p);
  ds->not_grouped = NULL;
}

bool dataset_scan(struct dataset *ds, struct scan *s, struct diags *problems) {
  double began = clock_seconds();
  size_t before = problems->list.n;
  s->rows = 0;
  s->unreadable = NULL;
  s->n_unreadable = 0;
  struct scan_run run = {.s = s, .problems = problems};
  run.table = dataset_require_table(ds, s->table, problems);
  struct arena *scratch = arena_new();
  struct dict *own = s->texts ? NULL : dict_new();
  run.texts = own ? own : s->texts;
  bool good = run.table && read_table(ds, &run, scratch);
  note_scan(ds, s, began);
  place_errors(problems, before, s->at);
  dict_free(own);
  arena_free(scratch);
  return good;
}
