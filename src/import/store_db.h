/* What the files of the store share. */
#ifndef VIGIE_IMPORT_STORE_DB_H
#define VIGIE_IMPORT_STORE_DB_H

#include <sqlite3.h>

#include "base/map.h"
#include "import/store.h"

struct store {
  sqlite3 *db;
  const char *path;
  struct arena *a;
  struct map addresses; /* folded name or id of a person -> address; "": several have it */
  bool people_known;
  bool open; /* a transaction is */
};

/* One error, in SQLite's words where there are no better ones. False. */
bool store_fail(struct store *s, struct diags *problems);
/* Runs SQL without rows. */
bool store_exec(struct store *s, const char *sql, struct diags *problems);
bool store_prepare(struct store *s, const char *sql, sqlite3_stmt **out, struct diags *problems);
/* A statement without rows, or with one whose first cell is a number: 0 where there is none. */
bool store_step(struct store *s, sqlite3_stmt *st, struct diags *problems);
bool store_number(struct store *s, const char *sql, int64_t *out, struct diags *problems);
/* "name" and 'text' as SQL writes them; in the arena. */
const char *sql_name(struct arena *a, const char *name);
const char *sql_text(struct arena *a, const char *text);

bool bind_kept(sqlite3_stmt *st, int at, const struct kept_cell *c);
/* Is the cell of the row the same? */
bool same_kept(sqlite3_stmt *st, int at, const struct kept_cell *c);

/* ---- store_table.c: the tables of one export ----------------------------------------- */

struct store_table {
  const struct export *e;
  const char *key;     /* the column; NULL: rows have none */
  const char *history; /* "deals_history" */
  bool is_new;
  const char *last_day;   /* of the exports before; NULL */
  const char *other_file; /* another one was imported for the same day; NULL */
};
/* Looks whether the export fits what is there, then makes what is missing. */
bool store_table_ready(struct store *s, const struct export *e, day_t day, struct store_table *out,
                       struct stored *said, struct diags *problems);
bool store_table_views(struct store *s, const struct store_table *t, const struct stored *said,
                       struct diags *problems);
bool store_table_note(struct store *s, const struct store_table *t, day_t day,
                      const struct stored *said, struct diags *problems);

/* ---- store_links.c: several ids in one cell ------------------------------------------ */

struct store_links; /* of one export */
struct store_links *store_links_begin(struct store *s, struct export *e,
                                      const struct store_table *t);
/* Writes the ids of a row into tables of links; of ids of customers, the first stays. */
bool store_links_row(struct store_links *l, struct kept_cell *cells, struct diags *problems);
/* The name of a column's table of links, which need not be there. */
const char *store_links_table(struct store *s, const struct export *e, const struct column *c);
void store_links_end(struct store_links *l);

/* ---- store_people.c: names of people become addresses -------------------------------- */

bool store_people_read(struct store *s, struct diags *problems);
/* The address of the person; NULL: nobody is called so; "": several are. */
const char *store_address(struct store *s, const char *name);
void store_miss(struct store *s, struct stored *said, const char *column, const char *name,
                bool twice);

#endif
