/* Cells: from what a database stores to a value of a column.
 *
 * Knows nothing of SQLite, so that every dataset reads its cells alike. A reader serves one
 * column of one scan; the caller owns it and everything that it points to. */
#ifndef VIGIE_CELL_H
#define VIGIE_CELL_H

#include "base/date_format.h"
#include "base/number_format.h"
#include "base/zone.h"
#include "data/dataset.h"
#include "data/dict.h"
#include "data/raw.h"

enum { QUEUED_TEXT_MAX = 64 }; /* bytes; longer texts are looked up at once */

/* Clean ASCII texts of a batch, each once when rows that follow each other hold the same. */
struct text_queue {
  struct dict_ask asks[BATCH];
  const struct str *found[BATCH];
  uint16_t rows[BATCH], ask_of_row[BATCH]; /* parallel: n_rows of them */
  size_t n_asks, n_rows, n_bytes;
  char bytes[BATCH * QUEUED_TEXT_MAX];
};

/* A column holds few days, many times each: those that were read are found by their text. */
enum { DAYS_SEEN = 1024, DAY_TEXT = 10 }; /* a power of two; the bytes of a plain ISO date */
struct day_seen {
  char text[DAY_TEXT]; /* empty: none */
  day_t day;
};

struct cell_reader {
  const struct scan_column *spec;
  struct column out;
  struct dict *texts;
  struct zone_clock clock, source_clock; /* of this reader alone */
  struct day_clocks clocks;              /* pointers to them */
  struct day_format days;                /* CELL_DATE, CELL_MOMENT */
  struct number_format numbers;          /* of numbers with a format */
  double minor;                          /* CELL_MONEY: minor units in a major one */
  /* CELL_TEXT, CELL_KEY: texts of this batch that are looked up together */
  struct text_queue *queue;
  struct day_seen *seen; /* CELL_DATE, CELL_MOMENT: DAYS_SEEN of them */
  int64_t microseconds;  /* CELL_MOMENT: since the midnight of the day read last */
};

/* The column's arrays, BATCH rows, come from the arena. zone: where days are counted; source: of
 * times without an offset, NULL when the spec names none. The reader must not move afterwards. */
void cell_reader_init(struct cell_reader *r, struct arena *a, const struct scan_column *spec,
                      struct dict *texts, const struct zone *zone, const struct zone *source);
/* Before the first row of a batch: all values are unknown. */
void cell_reader_batch(struct cell_reader *r);
/* After the last row of a batch: until now its texts are not there. */
void cell_reader_finish(struct cell_reader *r);

/* Reads the cell into row `row` of the batch. False: it cannot be read as its kind; cell_mistake
 * says why. */
bool cell_read(struct cell_reader *r, const struct raw_cell *c, size_t row);

/* The same for n cells, `stride` apart, into the rows from `row` on. False: one of them cannot be
 * read; the others are, or are not. */
bool cell_read_many(struct cell_reader *r, const struct raw_cell *c, size_t stride, size_t n,
                    size_t row);
/* Makes rows from `row` on as good as unread, so that the same cells can be read one by one. */
void cell_reader_forget(struct cell_reader *r, size_t row);

/* What is wrong with a cell that cell_read refused, and what to change: `the column renewal_date
 * (renewal) holds "31/12/2026", which is not a date. Write …`. Owned by the arena. */
const char *cell_mistake(struct arena *a, const struct cell_reader *r, const struct raw_cell *c);
/* V0503: the column stores another type of value than its kind is read from; V0504: the value
 * itself is wrong. */
enum diag_code cell_mistake_code(const struct cell_reader *r, const struct raw_cell *c);
/* The cell as a row's name for a person: A-17. NULL for an empty one. Control characters are
 * replaced, and long texts cut. */
const char *cell_name(struct arena *a, const struct raw_cell *c);
/* The same of a key that was read: it comes from outside, and nothing in it may drive the terminal.
 * Never NULL: an empty cell is no key. */
const char *key_name(struct arena *a, struct key key);

/* A text that is wholly a decimal number: -3, 1234.5, 1e3; blanks around it do not count. False
 * for anything else and for numbers too large for a double. */
bool number_from_text(const char *s, size_t n, double *out);
/* A text cell that is UTF-8 without NUL bytes. */
bool cell_is_text(const struct raw_cell *c);
/* Without the ASCII blanks around it. */
void cell_trim(const char **s, size_t *n);

#endif
