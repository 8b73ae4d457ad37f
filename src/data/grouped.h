/* Sums that a dataset works out where its rows are, by a key.
 *
 * A dataset need not be able to: then, and where a column is not of a type that says what it
 * holds, or a cell is not as it should be, the answer is GROUPED_NOT, and whoever asks scans the
 * rows. What is worked out is what comes of the scan, to the last bit: sums whose order would
 * matter are refused. */
#ifndef VIGIE_GROUPED_H
#define VIGIE_GROUPED_H

#include "data/formula.h"

enum grouped_how { GROUPED_SUM, GROUPED_COUNT, GROUPED_MIN, GROUPED_MAX };

/* One sum, over the rows for which visible, period and where are true (NULL: all rows) and whose
 * value is known. */
struct grouped_sum {
  enum grouped_how how;
  const struct formula *visible, *period, *where;
  const struct formula *value; /* COUNT: a condition that is counted; NULL: rows are */
};

/* Of the rows of one key: those that are not certainly invisible or outside the period (met), those
 * that went into the total (taken), those that where is false of (out). */
struct grouped_result {
  double total;
  long met, taken, out;
};

struct grouped_row {
  const struct column *key; /* its value in row 0; NULL: there is no key */
  long rows, odd;           /* of the table with this key; of them, those that `odd` is true of */
  const struct grouped_result *results;
};

struct grouped_scan {
  const char *table;
  const struct scan_column *key; /* NULL: all rows together */
  const struct formula *odd;     /* rows that are counted besides; NULL: none */
  const struct grouped_sum *sums;
  size_t n_sums;
  struct dict *texts; /* where keys go */
  /* Each key once, or several times when it is written in several ways. The row is borrowed. */
  void (*take)(void *ctx, const struct grouped_row *row);
  void *ctx;
};

enum grouped_answer { GROUPED_DONE, GROUPED_NOT, GROUPED_FAILED };

/* Can it work out any at all? */
bool dataset_groups(const struct dataset *ds);
/* GROUPED_NOT: what was taken counts for nothing. GROUPED_FAILED: one error was added. */
enum grouped_answer dataset_grouped(struct dataset *ds, const struct grouped_scan *scan,
                                    struct diags *problems);

#endif
