/* The columns of an export: what was counted in them, and what they are. */
#ifndef VIGIE_IMPORT_COLUMN_H
#define VIGIE_IMPORT_COLUMN_H

#include "base/diag.h"
#include "base/map.h"
#include "import/cell_reading.h"
#include "import/field.h"

enum column_is { IS_EMPTY, IS_FLAG, IS_DAY, IS_NUMBER, IS_TEXT };

/* What a cell may leave open: which of two ways to read it is meant (cell_reading.h). */
enum doubt { DOUBT_ORDER, DOUBT_POINT, DOUBTS };
enum { WAYS_TO_READ = 2 };
_Static_assert((int)DAY_ORDERS == WAYS_TO_READ && (int)NUMBER_POINTS == WAYS_TO_READ, "");

enum { MISFITS_SHOWN = 5, VALUES_KEPT = 40, KEPT_MOMENT = 40 };

struct misfit {
  long row;
  const char *text;
};

/* Counted while the rows go by. */
struct tally {
  size_t n;                          /* cells in which something stands */
  size_t fits[DOUBTS][WAYS_TO_READ]; /* that are days, or numbers, read so */
  size_t differ[DOUBTS];             /* that are two different ones */
  const char *differs_at[DOUBTS];    /* the first of these */
  size_t serials, flags, codes, addresses, lists, ids, marks, fractions, timed, exact, rounded;
  const char *a_rounded; /* the first id that a table has rounded */
  /* Numbers with a % sign and without one, and those of the latter that may be shares: 0.45. */
  size_t percents, plain, shares;
  const char *a_percent, *a_share; /* the first of each */
  double largest;
  size_t hints[DAY_ORDERS];
  const char *currency; /* the first that stood beside a number; NULL: none */
  bool currencies_differ;
  struct map values; /* the different texts, as long as they are few */
  const char *kept[VALUES_KEPT];
  size_t n_kept;
  bool many_values;
};

struct column {
  size_t at;                 /* which cell of a row */
  const char *header;        /* as it stands in the file; "": none stands there */
  const char *name;          /* of the column of the table */
  const struct field *field; /* NULL: nobody knows the header */
  struct tally tally;

  /* What it was in the export before: it stays so where its cells allow it. */
  bool mapped; /* a person said its name */
  bool was_known;
  enum column_is was;
  int was_way[DOUBTS];
  bool was_percent; /* its numbers had % signs */
  bool was_list;    /* several ids stood in a cell */
  bool was_shares;  /* its numbers are all between -1 and 1 */

  enum column_is is;
  int way[DOUBTS]; /* of a day its enum day_order, of a number its enum number_point */
  bool serial;     /* a day that is written as a number */
  bool utc;        /* its times are of UTC, says the header */
  bool list;       /* several ids in a cell: a table of links is made of it */
  bool is_id;      /* it names rows, of this table or another */
  bool fractions;  /* its ids stand there as 9001.0, all of them: the .0 is left out */
  bool person;     /* it names people */
  bool dropped;    /* nothing stands in it, not even a header */
  size_t misfits;  /* cells that are not what the column is: kept as they are written */
  struct misfit first_misfits[MISFITS_SHOWN];
  const char *why; /* how it was decided, where it was not plain; NULL */
  /* It is the currency that stands beside each number of another column. */
  bool of_currency;
  bool had_currency; /* such a column was made of an export before */
  const char *links; /* the table of its links, once there is one */
  size_t n_links;
  char moment[KEPT_MOMENT]; /* the cell that is kept at the moment */
};

void tally_cell(struct column *c, const struct sheet_cell *cell, struct arena *a);

/* What a person said, or another column has shown, of all days and numbers of the file. */
struct file_habits {
  struct habit {
    bool known;
    int way;
    const char *why; /* "as in the column Close Date"; NULL: somebody said so */
  } of[DOUBTS];
};

/* Decides what each column is. False: one error for each column whose days or numbers can be read
 * in two ways, which nothing in the file tells apart. */
bool columns_decide(struct column *columns, size_t n, const struct file_habits *said,
                    const char *path, struct arena *a, struct diags *problems);

enum kept_as { KEPT_NOTHING, KEPT_TEXT, KEPT_NUMBER };
/* The cell as it is kept; a text lives until the next cell of the column. Misfits are counted, and
 * kept as they are written. */
struct kept_cell {
  enum kept_as as;
  const char *text;
  size_t n;
  double number;
};
struct kept_cell column_keep(struct column *c, const struct sheet_cell *cell, long row,
                             struct arena *a);

#endif
