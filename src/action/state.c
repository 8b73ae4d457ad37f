/* Opening and closing the state. In: a path, or the address of a database. Out: a transaction on a
 * database that is known to be ours, or a message that says what to do. */
#include "action/state.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "action/sql.h"
#include "action/state_db.h"
#include "postgres/address.h"

enum { LOCK_TIMEOUT_MS = 10000 };

/* ---- statements ----------------------------------------------------------------------- */

bool state_refuse_older(const struct state *s, struct diags *problems) {
  return diag_fail(problems, V0604,
                   "%s was written by an older Vigie: the next `vigie run` brings it up to date",
                   s->path);
}

bool state_fail(struct state *s, struct diags *problems) {
  return s->db.remote ? state_remote_fail(s, problems) : state_file_fail(s, problems);
}

struct statement *state_prepare(struct state *s, const char *sql, struct diags *problems) {
  struct statement *st = database_prepare(&s->db, sql);
  if (!st) state_fail(s, problems);
  return st;
}

struct statement *state_prepare_many(struct state *s, const char *sql, struct diags *problems) {
  struct statement *st = database_prepare_many(&s->db, sql);
  if (!st) state_fail(s, problems);
  return st;
}

bool state_step(struct state *s, struct statement *st, struct diags *problems) {
  bool done = statement_step(st) == STEP_DONE;
  if (!done) state_fail(s, problems);
  statement_reset(st);
  return done;
}

bool state_exec(struct state *s, const char *sql, struct diags *problems) {
  return database_run(&s->db, sql) || state_fail(s, problems);
}

const char *state_text(struct state *s, struct statement *st, int at) {
  const char *t = column_text(st, at);
  return t ? arena_strdup(s->a, t) : NULL;
}

bool state_day(struct statement *st, int at, day_t *out) {
  const char *t = column_text(st, at);
  *out = DAY_NONE;
  return !t || day_parse(t, strlen(t), out);
}

bool state_number(struct state *s, struct statement *st, int64_t *out, struct diags *problems) {
  enum step is = statement_step(st);
  *out = is == STEP_ROW ? column_int(st, 0) : 0;
  bool ok = is != STEP_FAILED || state_fail(s, problems);
  statement_end(st);
  return ok;
}

void bind_day(struct statement *st, int at, day_t day) {
  char buf[16];
  if (day == DAY_NONE)
    bind_null(st, at);
  else
    bind_word(st, at, day_text(day, buf));
}

static void moment_text(char out[24]) {
  time_t now = time(NULL);
  struct tm tm;
  strftime(out, 24, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &tm));
}

void bind_now(struct statement *st, int at) {
  char buf[24];
  moment_text(buf);
  bind_word(st, at, buf);
}

bool state_make_tables(struct state *s, struct diags *problems) {
  return state_exec(s, sql_schema, problems) && state_exec(s, sql_outbox_schema, problems) &&
         state_exec(s, sql_company_schema, problems) &&
         state_exec(s, SQL_PUBLISHED_SCHEMA, problems);
}

/* ---- opening -------------------------------------------------------------------------- */

static bool lock_timeout(int *ms, struct diags *problems) {
  const char *text = getenv("VIGIE_LOCK_TIMEOUT_MS");
  *ms = LOCK_TIMEOUT_MS;
  if (!text || !*text) return true;
  char *end;
  errno = 0;
  long n = strtol(text, &end, 10);
  if (errno || *end || n < 0 || n > INT_MAX)
    return diag_fail(problems, V0704,
                     "VIGIE_LOCK_TIMEOUT_MS must be a number of milliseconds, such as 10000");
  *ms = (int)n;
  return true;
}

bool state_open(const char *path, enum state_mode mode, struct arena *a, struct state **out,
                struct diags *problems) {
  bool there = true;
  struct state *s = NEW(a, struct state);
  *out = NULL;
  *s = (struct state){.db = {.a = a}, .path = arena_strdup(a, path), .a = a};
  moment_text(s->started_at);
  bool ok = lock_timeout(&s->patience_ms, problems) &&
            (is_postgres_address(path) ? state_remote_open(s, mode, &there, problems)
                                       : state_file_open(s, mode, &there, problems));
  if (ok && there)
    *out = s;
  else
    state_close(s);
  return ok;
}

bool state_is_there(const char *path, struct arena *a) {
  struct state *s = NULL;
  struct diags quiet = {.arena = a};
  if (!is_postgres_address(path)) return access(path, F_OK) == 0;
  bool there = state_open(path, STATE_READ, a, &s, &quiet) && s;
  state_close(s);
  return there;
}

/* ---- ending --------------------------------------------------------------------------- */

/* 1 yes, 0 no, -1 it cannot be read. Without tables it is one that the first run was to make. */
static int is_in(const struct state *s, struct database *db) {
  bool tables;
  int there = -1;
  if (!database_has_table(db, "run", &tables)) return -1;
  if (!tables) return 0;
  struct statement *st = database_prepare(db, s->mover ? SQL_MOVE_IS_THERE : SQL_RUN_IS_THERE);
  if (!st) return -1;
  bind_int(st, 1, s->mover ? s->audit : s->run);
  bind_text(st, 2, s->started_at);
  if (s->mover) bind_text(st, 3, s->mover);
  if (statement_step(st) == STEP_ROW) there = column_int(st, 0) > 0;
  statement_end(st);
  return there;
}

/* Is what was written in the state: the run, or a person's moves? By a reader of its own, as the
 * next one would: 1 yes, 0 no, -1 it cannot be read. */
static int is_there(const struct state *s) {
  struct database db = {.a = s->a};
  bool looks = is_postgres_address(s->path) ? state_remote_look(s, &db) : state_file_look(s, &db);
  int there = looks ? is_in(s, &db) : -1;
  database_close(&db);
  return there;
}

/* What has failed at its end, and what to do where it is in the state all the same. */
struct undertaking {
  const char *what, *is_in, *again;
};

static const struct undertaking the_run = {"the run", "its items are",
                                           "run again, which opens nothing twice"};

static struct undertaking undertaking_of(const struct state *s) {
  if (!s->mover) return the_run;
  return (struct undertaking){arena_printf(s->a, "the change by %s", s->mover), "it is",
                              "look at it with `vigie items`; nothing has to be done again"};
}

/* What keeps the state, when it fails. */
static const struct keeping {
  const char *failed, *look, *Look;
} in_file = {"the disk is full or failed", "make room and check the disk",
             "Make room and check the disk"},
  in_postgres = {"the server failed or could not be reached", "look whether the server runs",
                 "Look whether the server runs"};

/* What a commit that failed has left is known only by looking: where the disk stays full, SQLite
 * can fail after the items were written, and a server can be lost after it has kept them. */
bool state_commit(struct state *s, struct diags *problems) {
  struct diags own = {.arena = s->a};
  if (state_exec(s, "COMMIT", &own)) {
    state_close(s);
    return true;
  }
  const struct keeping *k = s->db.remote ? &in_postgres : &in_file;
  const char *why = arena_strdup(s->a, database_error(&s->db));
  state_close(s);
  int there = is_there(s);
  struct undertaking u = undertaking_of(s);
  if (there == 0) return diag_fail(problems, V0606, "%s", diags_failure(&own));
  if (there > 0)
    return diag_fail(problems, V0606, "%s (%s) at the end of %s, yet %s in %s: %s, then %s",
                     k->failed, why, u.what, u.is_in, s->path, k->look, u.again);
  return diag_fail(problems, V0606,
                   "%s (%s) at the end of %s, and %s cannot be read back: whether %s in it is not "
                   "known. %s, then look with `vigie items`",
                   k->failed, why, u.what, s->path, u.is_in, k->Look);
}

bool state_pause(struct state *s, struct diags *problems) {
  return state_exec(s, "COMMIT", problems);
}

bool state_again(struct state *s, struct diags *problems) {
  return s->db.remote ? state_remote_begin(s, problems)
                      : state_exec(s, "BEGIN IMMEDIATE", problems);
}

void state_close(struct state *s) {
  if (s) database_close(&s->db);
}
