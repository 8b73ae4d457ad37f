/* What the files of the state database share; nobody else includes this. */
#ifndef VIGIE_STATE_DB_H
#define VIGIE_STATE_DB_H

#include <sqlite3.h>
#include <sys/types.h>
#include <time.h>

#include "action/state.h"

struct state {
  sqlite3 *db;
  const char *path; /* as the person wrote it */
  struct arena *a;
  char started_at[24]; /* when it was opened, UTC */
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

/* Adds the error for what SQLite last reported, in the words of a person who does not know SQLite.
 * Returns false. */
bool state_fail(struct state *s, struct diags *problems);

/* A statement, or NULL after state_fail. The caller finalizes it (NULL is fine). */
sqlite3_stmt *state_prepare(struct state *s, const char *sql, struct diags *problems);

/* Runs a statement that returns no rows, and makes it ready for the next values. */
bool state_step(struct state *s, sqlite3_stmt *st, struct diags *problems);

/* The text of a column, in the state's arena; NULL for NULL. */
const char *state_text(struct state *s, sqlite3_stmt *st, int at);
/* The day of a column; DAY_NONE for NULL, and, with false, for what is no day. */
bool state_day(sqlite3_stmt *st, int at, day_t *out);
/* Ends a query that answers with one number: 0 for NULL and for no row. */
bool state_number(struct state *s, sqlite3_stmt *st, int64_t *out, struct diags *problems);

void bind_text(sqlite3_stmt *st, int at,
               /* NULL binds NULL; the text is borrowed until the step */
               const char *text);
void bind_day(sqlite3_stmt *st, int at, day_t day); /* DAY_NONE binds NULL */

/* Who holds the state's write lock: false when nobody can be named. *since is 0 when not known.
 * Asks the system, so it is called after our own connection is closed. */
bool state_lock_holder(const char *path, pid_t *pid, time_t *since);

#endif
