/* What a dataset can do: name its tables, and scan one.
 *
 * What stores the rows stands behind it: SQLite files (sqlite/), databases of PostgreSQL
 * (postgres/), rows that are written down (memory/); backend.h says how one is added. A scan reads
 * the named columns of one table once, from the first row to the last, and hands them over in
 * batches of at most BATCH rows; accumulators (eval/accumulate.c) are fed from the batches. A
 * dataset is opened for reading only, always.
 *
 * A function that can fail takes `problems` last. It returns false after adding exactly one error,
 * which says what to change. Errors have no place in the rule files, save where a column of a
 * scan says its own. */
#ifndef VIGIE_DATASET_H
#define VIGIE_DATASET_H

#include <stdio.h>

#include "base/cell_form.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/unit.h"
#include "data/column.h"

struct dataset;
struct raw_cell; /* raw.h */

/* Opens a dataset, and keeps one view of it until it is closed: what others write meanwhile is
 * not seen. Missing, empty, locked (VIGIE_LOCK_TIMEOUT_MS, 5000 when not set, is waited for),
 * damaged or not a database: V0508. The dataset lives in the arena, and is the caller's to
 * close. */
bool dataset_open(const char *address, struct arena *a, struct dataset **out,
                  struct diags *problems);
void dataset_close(struct dataset *ds); /* NULL is fine */

/* ---- the catalogue -------------------------------------------------------------------- */
struct table_info {
  const char *name;
  const char *const *columns; /* NULL-terminated */
  const char *broken; /* a view that cannot be read: why, in the database's words; or NULL */
  bool is_view;
};
/* Tables and views by name, NULL-terminated array, owned by the arena; the database's own tables
 * are not among them. Names compare without regard to ASCII case. A view over a table
 * that is gone has no columns. */
const struct table_info *const *dataset_tables(struct dataset *ds);
const struct table_info *dataset_table(struct dataset *ds, const char *name); /* NULL: none */
const char *table_column(const struct table_info *t,
                         const char *name); /* its spelling in the database, or NULL */

/* ---- scans ---------------------------------------------------------------------------- */
enum cell_kind {
  CELL_NUMBER,  /* integers, reals, or texts that are wholly a decimal number */
  CELL_MONEY,   /* the same, in major units, delivered in minor ones with all their digits */
  CELL_PERCENT, /* 0..100, delivered as a ratio */
  CELL_DATE,    /* ISO, or as `format` says */
  CELL_MOMENT,  /* the same with its time of day: microseconds since the day 0 */
  /* NFC, trimmed; an empty or blank text is unknown; numbers as their canonical text */
  CELL_TEXT,
  CELL_FLAG, /* 1/0 true/false yes/no t/f, any case */
  CELL_KEY,  /* a key or foreign key */
  /* a text column that names the currency of a money column: read and checked; `valid` says where
   * it is known */
  CELL_CURRENCY,
  /* the same where each row may have its own: the minor units in one of it */
  CELL_CODE,
};

struct scan_column {
  const char *column; /* in the database */
  enum cell_kind kind;
  const char *what;      /* the attribute's name, for messages */
  struct cell_form form; /* how it is written; zeroed: ISO dates, plain numbers */
  const char *currency;  /* CELL_MONEY, CELL_CURRENCY: the code that must stand there */
  struct span at;        /* where errors about it are placed in the rule files; zero: nowhere */
};

struct batch {
  size_t n;               /* rows, 1 .. BATCH */
  struct column *columns; /* as many as the scan has; valid until the callback returns */
};

/* Rows without the day from which they exist, or that end before they begin. from, until: columns
 * of the batch, -1 for none (without `from` no row is undated); through: until is the last day
 * with the row; absence: a row with neither day is one without an absence, and not undated. */
long batch_undated(const struct batch *b, int from, int until, bool through, bool absence);

/* Of a column whose form is lenient: cells that could not be read, and so are unknown. */
enum { UNREADABLE_SHOWN = 5 };
struct unreadable_cells {
  const char *table, *column, *what;
  bool no_key;    /* they are rows without a key, which are left out */
  long n, of;     /* of how many that hold something; of how many rows */
  double at_most; /* the share that may be: 1 for any */
  /* the first of them: rows by key or number, values safe to print. As many as n, at most. */
  const char *rows[UNREADABLE_SHOWN], *values[UNREADABLE_SHOWN];
};
/* A sentence about them, in the arena. */
const char *unreadable_text(const struct unreadable_cells *u, struct arena *a);

struct scan {
  const char *table;
  struct span at; /* where errors are placed that no column places; zero: nowhere */
  const struct scan_column *columns;
  size_t n_columns;
  int key_column; /* names the row in messages; -1: rows are named by number */
  /* rows are those of an entity, and their key's form is lenient: those without one are left out */
  bool leave_out_keyless;
  bool any_order; /* what comes of the rows does not depend on their order */
  const char *tz; /* the calendar's time zone, for dates with an offset; NULL: UTC */
  /* where text cells go (NULL: a dict of the scan's own). Cleared between two batches when it has
   * grown past 16 MB and keep_texts is false */
  struct dict *texts;
  bool keep_texts; /* the caller keeps the texts: never clear */
  /* Takes one batch; false stops the scan (the callback has its own message). */
  bool (*take)(void *ctx, const struct batch *b);
  void *ctx;
  /* NULL, or sees each row as it is stored, cell by cell of `columns`, before it is read. */
  void (*look)(void *ctx, const struct raw_cell *row);
  void *look_ctx;
  /* Out */
  long rows; /* rows read */
  /* n_unreadable columns with such cells, in the arena of problems; NULL: none */
  const struct unreadable_cells *unreadable;
  size_t n_unreadable;
};

/* A cell that cannot be read as its kind ends the scan, unless its column is lenient, as does a
 * column that is not there, or one with more unreadable cells than may be. The error names the
 * table, the row, the column and the value: `accounts, row A-17: the column renewal_date (renewal)
 * holds "31/12/2026", which is not a date. Write dates as 2026-12-31, or add format "DD/MM/YYYY"
 * to the attribute`. When the callback stops the scan, false comes back
 * and no error is added here. Batches before the mistake have been taken. A scan may run inside a
 * batch of another one, as long as they share no dict or keep its texts. */
bool dataset_scan(struct dataset *ds, struct scan *s, struct diags *problems);

/* How many rows a table or view has. */
bool dataset_count(struct dataset *ds, const char *table, long *rows, struct diags *problems);

/* From now on scans may use as many threads; what they hand over, and in which order, is the same
 * with any number. */
void dataset_use_threads(struct dataset *ds, size_t n);
size_t dataset_threads(const struct dataset *ds); /* at least 1 */

/* How rows were read: by the backend's own language, straight from pages of a file, straight
 * until something was odd, as a stream from a server, or not at all: the server worked out what
 * was asked of them (grouped.h). */
enum scan_way { SCAN_SQL, SCAN_PAGES, SCAN_BOTH, SCAN_COPY, SCAN_GROUPED };
struct scan_profile {
  const char *table;
  long rows;
  double seconds; /* with what was made of the rows meanwhile */
  enum scan_way way;
  const char *not_grouped; /* why the server was not let add up, a sentence; NULL: nothing to say */
};
struct scan_profile_list {
  VEC(struct scan_profile) scans;
};
/* From now on notes every scan in `to`, in the arena of the dataset (NULL: no more). */
void dataset_profile(struct dataset *ds, struct scan_profile_list *to);

/* Something about the dataset that people should know before they trust what came of it: a whole
 * sentence. NULL: nothing. */
const char *dataset_remark(const struct dataset *ds);

/* From now on prints the query of every scan to out (NULL: no more): --dump sql. */
void dataset_trace(struct dataset *ds, FILE *out);

#endif
