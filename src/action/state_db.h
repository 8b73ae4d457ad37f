/* What the files of the state database share; nobody else includes this. */
#ifndef VIGIE_STATE_DB_H
#define VIGIE_STATE_DB_H

#include <sys/types.h>
#include <time.h>

#include "action/state.h"
#include "action/store/database.h"

struct state {
  struct database db;
  const char *path; /* of the file, or the address of the database: as the person wrote it */
  struct arena *a;
  char started_at[24]; /* when it was opened, UTC */
  int patience_ms;     /* how long it waits for another run */
  int64_t run;         /* the id of the run that was added; 0: none */
  /* of a person's move the last row of the audit, and who it was; NULL: nobody has moved any */
  int64_t audit;
  const char *mover;
};

/* Brings a database of ours from an older version to this one, within the transaction that is open.
 */
bool state_upgrade(struct state *s, struct diags *problems);

/* From now on what is written to the outbox is written beside the database, and gone at the end. */
bool state_try(struct state *s, struct diags *problems);

/* Makes all tables in a database that has none of them. */
bool state_make_tables(struct state *s, struct diags *problems);

/* Runs statements without values. */
bool state_exec(struct state *s, const char *sql, struct diags *problems);

/* The error of a state that only an upgrade could read. Returns false. */
bool state_refuse_older(const struct state *s, struct diags *problems);

/* Adds the error for what the database last reported, in the words of a person who does not know
 * databases. Returns false. */
bool state_fail(struct state *s, struct diags *problems);

/* A statement, or NULL after state_fail; "many" where it reads many rows. The caller ends it (NULL
 * is fine). */
struct statement *state_prepare(struct state *s, const char *sql, struct diags *problems);
struct statement *state_prepare_many(struct state *s, const char *sql, struct diags *problems);

/* Runs a statement that returns no rows, and makes it ready for the next values. */
bool state_step(struct state *s, struct statement *st, struct diags *problems);

/* The text of a column, in the state's arena; NULL for NULL. */
const char *state_text(struct state *s, struct statement *st, int at);
/* The day of a column; DAY_NONE for NULL, and, with false, for what is no day. */
bool state_day(struct statement *st, int at, day_t *out);
/* The field of an item or a step from column `at` on; before: the row before, whose texts it may
 * share; what: how state_damaged calls what is wrong with it, after false. */
bool state_field(struct state *s, struct statement *st, int at, const struct item_field *f,
                 const void *before, void *row, const char **what);
/* A text that repeats from row to row: one copy serves them all, and compares as equal at once.
 * before: that of the row before; NULL. */
const char *state_repeated(struct state *s, struct statement *st, int at, const char *before);
/* The columns from `at`: unit, currency, percent; false for a unit that is none. */
bool state_type(struct state *s, struct statement *st, int at, struct type *out);
/* Returns false. */
bool state_damaged(struct state *s, const char *what, int64_t item, struct diags *problems);
/* Whether so many of all items are living, as far as the newest run has left it, that the table is
 * to be passed over, not their index. */
bool state_most_live(struct state *s, bool *most, struct diags *problems);
/* Ends a query that answers with one number: 0 for NULL and for no row. */
bool state_number(struct state *s, struct statement *st, int64_t *out, struct diags *problems);

void bind_day(struct statement *st, int at, day_t day); /* DAY_NONE binds NULL */
void bind_now(struct statement *st, int at);            /* the moment, UTC */

/* ---- a state in a file: state_file.c, state_lock.c ------------------------------------- */

/* As state_open of a state that is new. *there false: there is nothing to read yet. */
bool state_file_open(struct state *s, enum state_mode mode, bool *there, struct diags *problems);
bool state_file_fail(struct state *s, struct diags *problems);
/* Another connection, to look at what is there now. */
bool state_file_look(const struct state *s, struct database *out);

/* Who holds the state's write lock: false when nobody can be named. *since is 0 when not known.
 * Asks the system, so it is called after our own connection is closed. */
bool state_lock_holder(const char *path, pid_t *pid, time_t *since);

/* ---- a state in PostgreSQL: state_remote.c --------------------------------------------- */

#define STATE_SCHEMA "vigie" /* where its tables stand */

bool state_remote_open(struct state *s, enum state_mode mode, bool *there, struct diags *problems);
bool state_remote_fail(struct state *s, struct diags *problems);
bool state_remote_look(const struct state *s, struct database *out);
/* Begins to write: waits for whoever writes now, then for nobody. */
bool state_remote_begin(struct state *s, struct diags *problems);

#endif
