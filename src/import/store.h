/* Exports into an SQLite dataset: rows are compared with those that are there, and what has changed
 * is written down. One transaction: all files, or none.
 *
 * Of an export whose rows have a key, the table TABLE has the columns of the export, and
 *   imported_on  the day of the export in which the row stood first
 *   gone_on      the day of the export in which it was not there any more; NULL
 * TABLE_history has a row for each cell that changed: key, day, column, value, and before, which is
 * what stood there until then. A view TABLE_COLUMN_history has the whole past of a column: key,
 * day, value; of subscriptions, the first value holds since the start of the row.
 *
 * Rows without a key are added where they are not there yet; none goes. */
#ifndef VIGIE_IMPORT_STORE_H
#define VIGIE_IMPORT_STORE_H

#include "base/date.h"
#include "import/export.h"

struct store;

/* Is a row that an export does not have gone, or does the export hold a part? */
enum export_holds { HOLDS_UNSAID, HOLDS_ALL, HOLDS_PART };

enum { STORE_LENT_MAX = 5 };

/* What became of one export; in the arena. */
struct stored {
  const struct export *export;
  bool new_table;
  size_t rows, added, changed, gone, back, same;
  struct stored_change { /* columns with cells that changed, in their order */
    const char *column;
    size_t cells;
  } * changes;
  size_t n_changes;
  const char **new_columns, **left_columns; /* not there before; not in this export */
  size_t n_new_columns, n_left_columns;
  struct stored_miss { /* names that are nobody's, or no customer's */
    const char *column, *name;
    size_t rows;
    bool twice;             /* several have it */
    const char *no_account; /* "is called so": a customer's; NULL: a person's */
  } * misses;
  size_t n_misses;
  const char *account_by;   /* the column that leads to customers; NULL: none does */
  const char *account_why;  /* that is not the column of ids that the export has; NULL */
  const char *account_from; /* the header whose texts it was found by; NULL: ids that stand there */
  const char *health_from;  /* the first day of which health is known; NULL */
  /* Columns that customers have from this list of scores, and not from their own export. */
  const struct column *lent[STORE_LENT_MAX];
  size_t n_lent;
  size_t accounts_found, accounts_of; /* rows */
};

/* Opens or makes the database, and begins. NULL: one error. */
struct store *store_open(const char *path, struct arena *a, struct diags *problems);
/* The table whose exports had most of its headers; a name in the arena. */
struct store_like {
  const char *table; /* NULL: none had any */
  size_t same;       /* headers of this export that it had */
  size_t headers;    /* of this export */
  size_t its;        /* headers of the table */
  const char *other; /* a header of this export that it had not; NULL */
};
bool store_find_like(struct store *s, const struct export *e, struct store_like *out,
                     struct diags *problems);
bool store_has_table(struct store *s, const char *table, bool *out, struct diags *problems);
/* No: also where the table is not there. */
bool store_has_column(struct store *s, const char *table, const char *column, bool *out,
                      struct diags *problems);
/* Says in the columns of an export what they were in the one before. */
bool store_recall(struct store *s, struct export *e, struct diags *problems);
/* Writes one export of that day. False: one error or more, and the store is good for nothing but
 * store_close. */
bool store_export(struct store *s, struct export *e, day_t day, enum export_holds holds,
                  struct stored *out, struct diags *problems);
/* Finds the customer of each row: by its id, its name or the domain of an address. After all
 * exports. */
bool store_join(struct store *s, struct stored *list, size_t n, struct diags *problems);
/* The stages that the CRM's own record has besides those that stand in the export of deals: they
 * join the values of its column. */
bool store_stages(struct store *s, struct export *deals, struct diags *problems);
bool store_commit(struct store *s, struct diags *problems);
/* Takes back what was not committed. NULL is fine. */
void store_close(struct store *s);

/* The view of what a CRM has recorded of the stages of deals: key, day, value. There where both
 * deals and their changes were imported. */
#define STORE_STAGE_CHANGES "deals_stage_changes"

/* The column with the keys of customers, in a table whose own ids of them are others. */
#define STORE_ACCOUNT_LINK "account_link"
/* The view of customers' health by the exports that it stood in: key, day, value; in the arena. */
const char *store_health_view(const char *table, struct arena *a);

/* The column of the rows' key (NULL: they have none), and the view of a column's past, in the
 * arena. */
const char *store_key_name(const struct export *e);
const char *store_history_view(const char *table, const char *column, struct arena *a);

#endif
