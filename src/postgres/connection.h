/* A connection to PostgreSQL, or to what speaks its protocol, for a dataset or a state.
 *
 *   struct postgres *p;
 *   if (!postgres_open(address, &role, a, &p, problems)) return false;
 *   PGresult *r = postgres_ask(p, "SELECT name FROM t WHERE id = $1", values, 1, "t", problems);
 *   … p->pq.getvalue(r, 0, 0) …   p->pq.clear(r);   postgres_close(p);
 *
 * Whatever fails adds one error, which says what to do. No password stands in a message: one that
 * is written in the address is refused, and libpq's own messages hold none. */
#ifndef VIGIE_POSTGRES_CONNECTION_H
#define VIGIE_POSTGRES_CONNECTION_H

#include "base/arena.h"
#include "base/diag.h"
#include "postgres/address.h"
#include "postgres/libpq.h"

/* What the connection is for. */
struct postgres_role {
  const char *option;                    /* "--db": where people wrote the address */
  enum diag_code cannot_open, cannot_go; /* of errors before and after the connection stands */
};

struct postgres {
  struct libpq pq;
  PGconn *connection;
  const char *name; /* the address as the person wrote it */
  const struct postgres_role *role;
  bool gone; /* what failed last did so because it, or a node of it, is not there any more */
};

/* Connects: client encoding UTF-8, days and times as ISO in UTC, no notices. *out lives in the
 * arena, is the caller's to close, and is untouched on failure. The role is borrowed. */
bool postgres_open(const char *address, const struct postgres_role *role, struct arena *a,
                   struct postgres **out, struct diags *problems);
void postgres_close(struct postgres *p); /* NULL is fine; so is twice */

/* Runs statements without values, such as BEGIN; what they answer is dropped. `what` is what they
 * are about, for messages ("accounts"); NULL: the database as a whole. */
bool postgres_run(struct postgres *p, const char *sql, const char *what, struct diags *problems);

/* The rows of one statement, as texts; $1 … are n values, NULL for NULL. NULL after an error. The
 * caller clears it: p->pq.clear(r). */
PGresult *postgres_ask(struct postgres *p, const char *sql, const char *const *values, int n,
                       const char *what, struct diags *problems);

/* A cell of such a row, copied to the arena; NULL for NULL. */
const char *postgres_text(const struct postgres *p, const PGresult *r, int row, int column,
                          struct arena *a);

/* Adds the error for a result that is not what was asked for; false. r may be NULL. */
bool postgres_fail(struct postgres *p, const PGresult *r, const char *what, struct diags *problems);

/* Of such a result: the five signs of its SQLSTATE, "" when it has none. */
const char *postgres_state_of(const struct postgres *p, const PGresult *r);

/* A name as SQL takes it: "it""s". In the arena. */
const char *postgres_quoted(const char *name, struct arena *a);
/* A text as SQL takes it: 'it''s'. In the arena. */
const char *postgres_literal(const char *text, struct arena *a);

#endif
