/* A state in PostgreSQL. In: an address. Out: a transaction on tables that are known to be ours, or
 * a message that says what to do.
 *
 * The tables stand in a schema of their own. Whoever writes holds an advisory lock until the
 * transaction ends, so that one run is at work at a time; whoever reads sees the state as it was
 * when it began to, and waits for nobody. A client that is gone is rolled back by the server. */
#include <string.h>
#include <unistd.h>

#include "action/sql.h"
#include "action/state_db.h"

/* Two numbers name an advisory lock; other programs use others. */
#define LOCKS "1447642949"
_Static_assert(STATE_APPLICATION_ID == 1447642949, "the mark of every state, in decimals");
#define WRITING "1"
#define DELIVERING "2"
#define MARK "vigie " /* how the name of our sessions begins */

static const struct postgres_role role = {
    .option = "--state", .cannot_open = V0601, .cannot_go = V0606};

/* ---- messages ------------------------------------------------------------------------- */

/* Who has the lock, as far as the server tells this user: the name of a session is told to all. */
#define HOLDER                                                                                  \
  "SELECT a.usename, a.application_name, a.client_addr FROM pg_locks l JOIN pg_stat_activity a" \
  " ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted AND l.classid = " LOCKS        \
  " AND l.objid = " WRITING                                                                     \
  " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"

/* "anna on laptop, since 2026-03-01 09:00:00 UTC"; the session says it of itself (name_session). */
static const char *holder_text(struct state *s, struct statement *st) {
  const char *user = column_text(st, 0), *name = column_text(st, 1), *from = column_text(st, 2);
  char day[11], moment[9];
  size_t n = strlen(MARK);
  bool ours = name && strncmp(name, MARK, n) == 0 && strlen(name) > n + 21;
  if (!ours) return arena_printf(s->a, "%s%s%s", user, from ? " on " : "", from ? from : "");
  memcpy(day, name + n, 10);
  memcpy(moment, name + n + 11, 8);
  day[10] = moment[8] = 0;
  return arena_printf(s->a, "%s on %s, since %s %s UTC", user, name + n + 21, day, moment);
}

/* It is asked of a session of its own, for this one has failed. */
static const char *busy_message(struct state *s) {
  struct database db = {.a = s->a};
  struct diags quiet = {.arena = s->a};
  const char *holder = NULL;
  if (remote_open(s->path, &role, s->a, &db.remote, &quiet)) {
    struct statement *st = database_prepare(&db, HOLDER);
    if (statement_step(st) == STEP_ROW && column_text(st, 0)) holder = holder_text(s, st);
    statement_end(st);
  }
  database_close(&db);
  if (!holder)
    return arena_printf(
        s->a, "another run is using %s: wait until it has ended, then start this one again",
        s->path);
  return arena_printf(s->a,
                      "another run (%s) is writing to %s: wait until it has ended, then start this "
                      "one again",
                      holder, s->path);
}

#define LOST                                                                                \
  "%s could not be reached any more (%s); the state is as it was before: look whether the " \
  "server runs, then give the command again"
#define GRANT                                                                                  \
  "ask who looks after the database for a schema of this name that your user may use: CREATE " \
  "SCHEMA " STATE_SCHEMA " AUTHORIZATION \"%s\""

/* By the beginning of its SQLSTATE, the first that fits. Each text takes the address, then the
 * words of the server, then the user. */
static const struct failure {
  const char *state;
  enum diag_code code;
  const char *text;
} failures[] = {
    {"42501", V0601, "the items cannot be kept in %s (%s): " GRANT},
    {"25006", V0601,
     "%s takes no changes (%s): name the server that does, not a copy of it, or choose another "
     "state with --state"},
    {"53100", V0606,
     "the disk of %s is full (%s); the state is as it was before: make room, then give the command "
     "again"},
    {"53", V0606, "%s has no room for this (%s); the state is as it was before: try again later"},
    {"08", V0606, LOST},
    {"57", V0606, LOST},
    {"23", V0605,
     "%s is damaged (%s): put back a copy from your backups, or choose another state with --state"},
    {"", V0605,
     "%s could not be used (%s); the state is as it was before: put back a copy from your backups, "
     "or choose another state with --state"}};

bool state_remote_fail(struct state *s, struct diags *problems) {
  const char *why, *state = remote_error(s->db.remote, &why);
  if (strcmp(state, "55P03") == 0) return diag_fail(problems, V0602, "%s", busy_message(s));
  const struct failure *f = failures;
  while (strncmp(state, f->state, strlen(f->state)) != 0) f++;
  return diag_fail(problems, f->code, f->text, s->path, why ? why : "it does not say why",
                   remote_user(s->db.remote));
}

/* ---- what is there -------------------------------------------------------------------- */

enum schema_is { SCHEMA_EMPTY, SCHEMA_OLDER, SCHEMA_OURS };

/* Is the schema there, what is in it, is our mark among it? */
#define STANDING                                                                     \
  "SELECT to_regnamespace('" STATE_SCHEMA                                            \
  "') IS NOT NULL, (SELECT count(*) FROM pg_class WHERE"                             \
  " relnamespace = to_regnamespace('" STATE_SCHEMA "')), to_regclass('" STATE_SCHEMA \
  ".version') IS NOT NULL"

static bool read_version(struct state *s, long *out, struct diags *problems) {
  int64_t version;
  struct statement *st = state_prepare(s, "SELECT version FROM version", problems);
  if (!st || !state_number(s, st, &version, problems)) return false;
  *out = (long)version;
  return true;
}

static bool check_version(struct state *s, long version, struct diags *problems) {
  if (version <= STATE_VERSION) return true;
  return diag_fail(
      problems, V0604,
      "%s was written by a newer Vigie (its schema is version %ld, this one knows %d): "
      "install the newer Vigie, or choose another state with --state",
      s->path, version, STATE_VERSION);
}

/* *schema: there is one of that name. */
static bool identify(struct state *s, enum schema_is *is, bool *schema, struct diags *problems) {
  struct statement *st = state_prepare(s, STANDING, problems);
  if (!st) return false;
  bool ok = statement_step(st) == STEP_ROW || state_fail(s, problems);
  int64_t things = ok ? column_int(st, 1) : 0;
  bool ours = ok && column_int(st, 2) != 0;
  long version;
  *schema = ok && column_int(st, 0) != 0;
  statement_end(st);
  *is = SCHEMA_EMPTY;
  if (!ok || !things) return ok;
  if (!ours)
    return diag_fail(problems, V0603,
                     "%s has a schema " STATE_SCHEMA
                     " with tables of something else: choose another database with --state",
                     s->path);
  if (!read_version(s, &version, problems)) return false;
  *is = version < STATE_VERSION ? SCHEMA_OLDER : SCHEMA_OURS;
  return check_version(s, version, problems);
}

/* ---- opening -------------------------------------------------------------------------- */

/* The session says who it is in a form that every user of the server may read: since when, and on
 * which machine. The server keeps 63 bytes of it. */
static bool name_session(struct state *s) {
  char host[40] = "";
  gethostname(host, sizeof host - 1);
  for (char *c = host; *c; c++)
    if (*c == '\'' || *c == '\\' || *c < ' ') *c = '_';
  return database_run(&s->db, arena_printf(s->a, "SET application_name = '" MARK "%s %s'",
                                           s->started_at, *host ? host : "?"));
}

/* A schema that a user has set for the session would hide ours, and a server may end what rests
 * while a run decides. */
static bool connect_to_state(struct state *s, struct diags *problems) {
  if (!remote_open(s->path, &role, s->a, &s->db.remote, problems)) return false;
  return (database_run(&s->db,
                       "SET search_path = " STATE_SCHEMA "; SET client_min_messages = warning;"
                       " SET idle_in_transaction_session_timeout = 0") &&
          name_session(s)) ||
         state_fail(s, problems);
}

/* Numbers go on from the last that was kept, as in a file: what was rolled back leaves no gaps. */
static const char continue_numbers[] =
    "SELECT setval(pg_get_serial_sequence('run', 'id'), coalesce(max(id), 0) + 1, false) FROM run;"
    "SELECT setval(pg_get_serial_sequence('audit', 'id'), coalesce(max(id), 0) + 1, false)"
    " FROM audit;"
    "SELECT setval(pg_get_serial_sequence('message', 'id'), coalesce(max(id), 0) + 1, false)"
    " FROM message";

/* Waits for whoever writes. Each statement sees what was kept before it, so those behind the lock
 * see what that one has written. */
static bool begin_locked(struct state *s, struct diags *problems) {
  int ms = s->patience_ms > 0 ? s->patience_ms : 1; /* 0 would wait for ever */
  return state_exec(s,
                    arena_printf(s->a,
                                 "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;"
                                 "SET LOCAL lock_timeout = %d;"
                                 "SELECT pg_advisory_xact_lock(" LOCKS ", " WRITING
                                 "); SET LOCAL lock_timeout = DEFAULT",
                                 ms),
                    problems);
}

bool state_remote_begin(struct state *s, struct diags *problems) {
  return begin_locked(s, problems) && state_exec(s, continue_numbers, problems);
}

static bool make_schema(struct state *s, bool schema, struct diags *problems) {
  return (schema || state_exec(s, "CREATE SCHEMA " STATE_SCHEMA, problems)) &&
         state_exec(s,
                    "CREATE TABLE version (version bigint NOT NULL); INSERT INTO version VALUES "
                    "(" SQL_TEXT(STATE_VERSION) ")",
                    problems) &&
         state_make_tables(s, problems);
}

static bool begin_writing(struct state *s, struct diags *problems) {
  enum schema_is is;
  bool schema;
  if (!begin_locked(s, problems) || !identify(s, &is, &schema, problems)) return false;
  if (is == SCHEMA_EMPTY && !make_schema(s, schema, problems)) return false;
  if (is == SCHEMA_OLDER && !state_upgrade(s, problems)) return false;
  return state_exec(s, continue_numbers, problems);
}

static bool begin_reading(struct state *s, enum state_mode mode, bool *there,
                          struct diags *problems) {
  enum schema_is is;
  bool schema;
  if (!state_exec(s,
                  mode == STATE_TRY ? "BEGIN ISOLATION LEVEL REPEATABLE READ"
                                    : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                  problems) ||
      !identify(s, &is, &schema, problems))
    return false;
  *there = is != SCHEMA_EMPTY;
  if (is != SCHEMA_OLDER) return true;
  return state_refuse_older(s, problems);
}

bool state_remote_open(struct state *s, enum state_mode mode, bool *there, struct diags *problems) {
  if (!connect_to_state(s, problems)) return false;
  if (mode == STATE_WRITE) return begin_writing(s, problems);
  return begin_reading(s, mode, there, problems) &&
         (!*there || mode != STATE_TRY || state_try(s, problems));
}

/* Behind whoever writes: the server may still be at what we have lost. */
bool state_remote_look(const struct state *s, struct database *out) {
  struct state look = {
      .db = {.a = s->a}, .path = s->path, .a = s->a, .patience_ms = s->patience_ms};
  struct diags quiet = {.arena = s->a};
  strcpy(look.started_at, s->started_at);
  bool ok = connect_to_state(&look, &quiet) && begin_locked(&look, &quiet);
  *out = look.db;
  return ok;
}

/* The lock is the session's, not a transaction's. */
bool state_hold_delivery(const char *address, struct arena *a, struct state **out, bool *held,
                         struct diags *problems) {
  struct state *s = NEW(a, struct state);
  int64_t got = 0;
  *s = (struct state){.db = {.a = a}, .path = arena_strdup(a, address), .a = a};
  struct statement *st = NULL;
  bool ok =
      connect_to_state(s, problems) &&
      (st = state_prepare(s, "SELECT pg_try_advisory_lock(" LOCKS ", " DELIVERING ")", problems)) &&
      state_number(s, st, &got, problems);
  *held = got != 0;
  if (ok && *held)
    *out = s;
  else
    state_close(s);
  return ok;
}
