/* The leaf pages of a plain table: where they are, and what rows they hold. Only pages.c uses this.
 *
 * Blocks are read apart from each other, by whatever thread: a leaf_table is only read, and so is
 * the file. A walk is one thread's at a time. */
#ifndef VIGIE_SQLITE_LEAF_H
#define VIGIE_SQLITE_LEAF_H

#include "data/sqlite/sqlite.h"

struct leaf_field {
  uint32_t column; /* as they are stored in a record */
  uint32_t cell;   /* of a row that is handed over */
  bool real;       /* whole numbers are stored short, and mean reals */
  bool defaulted;  /* rows from before the column was added have a value */
};

/* A second cell with the same value: of a column that is asked for twice. */
struct leaf_twin {
  size_t from, to;
};

/* What a scan asks of a table. */
enum { LEAF_HEAD_WORDS = 3 };
struct leaf_table {
  const struct page_file *in;
  const struct raw_scan *scan;
  uint32_t root;
  struct leaf_field *fields; /* by column, each once */
  size_t n_fields, n_twins;
  struct leaf_twin *twins;
  bool has_rowid;   /* a column that is asked for is the rowid: */
  size_t rowid;     /* its cell */
  uint32_t largest; /* payload that a leaf keeps whole */
  /* the bytes at the beginning of a record that tell its shape, where each type has one byte */
  uint64_t told_by[LEAF_HEAD_WORDS];
  size_t n_head_words;
};
/* False: the table is not plain. To be freed either way; lives as long as the scan. */
bool leaf_table_describe(struct leaf_table *t, struct sqlite_dataset *ds,
                         const struct raw_scan *scan);
void leaf_table_free(struct leaf_table *t);

/* Leaf pages that follow each other in the file. */
struct leaf_run {
  uint32_t first, n; /* pages, numbered from 1 */
  bool is_root;      /* the table's only page */
};

enum { LEAF_DEPTH_MAX = 20 }; /* SQLite follows no deeper tree */

struct leaf_walk {
  const struct leaf_table *table;
  uint8_t *page; /* an interior one */
  /* by level: the pages below the one that is walked through, and the next of them */
  uint32_t *children[LEAF_DEPTH_MAX], n[LEAF_DEPTH_MAX], at[LEAF_DEPTH_MAX];
  int n_levels; /* above the leaves; 0: the root is the only page */
  bool begun, odd;
};
/* False: the tree is odd. To be freed either way. */
bool leaf_walk_begin(struct leaf_walk *w, const struct leaf_table *t);
/* False: there is no other run, or w->odd. */
bool leaf_walk_next(struct leaf_walk *w, struct leaf_run *run);
/* Whether there are many runs to come. */
bool leaf_walk_is_long(const struct leaf_walk *w);
void leaf_walk_free(struct leaf_walk *w);

/* Where a record has the value of a field, and how it is stored there. */
struct leaf_value {
  uint32_t at, n; /* from the beginning of the record; n: bytes of a text */
  enum stored stored;
  bool is_real;  /* whole numbers mean reals */
  uint8_t shift; /* of whole numbers: leaf.c */
  int64_t keep, one;
};

/* What the head of a record says of the fields. Most records of a table have one of a few heads:
 * it is worked out once for each. */
struct leaf_shape {
  uint64_t head[LEAF_HEAD_WORDS], mask[LEAF_HEAD_WORDS]; /* what a record of it begins with */
  bool known;                                            /* whether a record can be told by these */
  uint64_t payload, spare, local; /* how long it is, at least; by how much it may be longer; how
                                   * much of it is on the page, at least */
  struct leaf_value *value;       /* by field */
};

/* Zeroed before its first use. */
struct leaf_block {
  struct leaf_run run; /* in */
  struct leaf_shape *shapes;
  /* Out: n rows, of which texts lie in `pages`; behind them something that is odd */
  struct raw_cell *cells;
  size_t n, cap;
  bool odd;
  uint8_t *pages;
};
void leaf_block_read(const struct leaf_table *t, struct leaf_block *b);
void leaf_block_free(struct leaf_block *b);

#endif
