/* A state in PostgreSQL: what database.h does there.
 *
 * What writes waits until there are many rows of it, which go as one statement (rows.h). It is sent
 * ahead (libpq's pipeline) and answered together, before the next thing is read or kept: so ten
 * thousand rows cost a few statements and journeys to the server, not ten thousand. What went wrong
 * among them is said then. */
#ifndef VIGIE_REMOTE_H
#define VIGIE_REMOTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "postgres/connection.h"

struct remote;
struct remote_statement;

enum step { STEP_ROW, STEP_DONE, STEP_FAILED };

enum { BOUND_WORD_MAX = 31 }; /* bytes of a word that is bound: a day, a number */

/* Connects, without a transaction. */
bool remote_open(const char *address, const struct postgres_role *role, struct arena *a,
                 struct remote **out, struct diags *problems);
void remote_close(struct remote *r); /* NULL is fine */

/* What failed first since remote_forget: its SQLSTATE ("08006" where the server is gone), "" where
 * nothing has, and the server's words. */
const char *remote_error(const struct remote *r, const char **why);
void remote_forget(struct remote *r);

/* The user that the server knows. */
const char *remote_user(const struct remote *r);

bool remote_run(struct remote *r, const char *sql);
int64_t remote_last_id(struct remote *r);

/* many: the server sends its rows some at a time. */
struct remote_statement *remote_prepare(struct remote *r, const char *sql, bool many);
void remote_end(struct remote_statement *st);
enum step remote_step(struct remote_statement *st);
void remote_reset(struct remote_statement *st);
int remote_columns(const struct remote_statement *st);
int remote_signs(const struct remote_statement *st);

void remote_bind_text(struct remote_statement *st, int at, const char *text);
void remote_bind_word(struct remote_statement *st, int at, const char *word); /* copied */
void remote_bind_int(struct remote_statement *st, int at, int64_t n);
void remote_bind_real(struct remote_statement *st, int at, double x);
void remote_bind_bytes(struct remote_statement *st, int at, const void *bytes, size_t n);

const char *remote_text(const struct remote_statement *st, int at);
int64_t remote_int(const struct remote_statement *st, int at);
double remote_real(const struct remote_statement *st, int at);
const char *remote_bytes(const struct remote_statement *st, int at, struct arena *a, size_t *n);

#endif
