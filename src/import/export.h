/* One export, looked at: what it is of, what each column is, which column names a row. */
#ifndef VIGIE_EXPORT_H
#define VIGIE_EXPORT_H

#include "import/column.h"
#include "import/export_rows.h"
#include "import/field.h"

/* A file, and the name that a person gave to what is in it. */
struct export_file {
  const char *path;
  const char *table; /* --as, or NAME=FILE; NULL */
};

/* What a person says of all files, on the command line. */
struct export_said {
  const char *sheet; /* of a workbook; NULL */
  struct {
    const char *header, *column;
    bool used;
  } * maps; /* --map "Header=column" */
  size_t n_maps;
  struct file_habits habits; /* --dates, --decimals */
};

enum { NO_COLUMN = -1 };

struct export {
  const char *path;
  const char *vendor;     /* NULL: not known at sight */
  enum thing_id thing;    /* THING_UNKNOWN */
  const char *given;      /* the name of the table, from a person or the other files; NULL */
  const char *table;      /* of the database */
  bool case_safe;         /* ids of 18 characters are kept as their first 15 */
  struct column *columns; /* those that are kept */
  size_t n;
  int key, key_second; /* the columns that name a row; NO_COLUMN: none does */
  const char *key_why; /* how the key was guessed; NULL: it is known */
  const char *key_was; /* the key of the table, which is none of these columns; NULL */
  struct export_walk walk;
};

/* Reads the file once, and counts what stands in its columns. Everything lives in the arena. False:
 * one error or more. */
bool export_look(const struct export_file *file, struct export_said *said, struct arena *a,
                 struct export *out, struct diags *problems);

/* Decides what its columns are; what they were in an export before has been said in them. False: an
 * error, for what can be read in two ways. */
bool export_decide(struct export *e, const struct export_said *said, struct arena *a,
                   struct diags *problems);

/* The column of this role; NO_COLUMN. */
int export_role(const struct export *e, enum field_role role);

/* Reads it again: `take` gets each row, and the cells as they are kept, in the order of the
 * columns. False: one error or more. */
typedef bool export_take(void *ctx, long row, const struct kept_cell *cells);
bool export_read(struct export *e, struct arena *a, export_take *take, void *ctx,
                 struct diags *problems);

/* A word for a column or table, of the letters and digits of a text: "Close Date" is close_date. */
const char *export_name(struct arena *a, const char *text);

#endif
