/* Opening and closing the state. In: a path. Out: a transaction on a database that is known to be
 * ours, or a message that says what to do. What may be wrong with the file is looked at before
 * anything is written to it. */
#include "action/state.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "action/sql.h"
#include "action/state_db.h"
#include "base/path.h"

enum { LOCK_TIMEOUT_MS = 10000, RETRY_MS = 20 };

/* ---- messages ------------------------------------------------------------------------- */

static const char *busy_message(struct state *s) {
  sqlite3_close_v2(s->db); /* before the lock is asked about: see state_lock_holder */
  s->db = NULL;
  pid_t pid = 0;
  time_t since = 0;
  if (!state_lock_holder(s->path, &pid, &since))
    return arena_printf(
        s->a, "another run is using %s: wait until it has ended, then start this one again",
        s->path);
  struct tm tm;
  char when[40] = "";
  if (since && gmtime_r(&since, &tm))
    strftime(when, sizeof when, ", started at %Y-%m-%d %H:%M:%S UTC", &tm);
  return arena_printf(s->a,
                      "another run (process %ld%s) is writing to %s: wait until it has ended, then "
                      "start this one again",
                      (long)pid, when, s->path);
}

/* By what SQLite reports; the last row is for everything else. Each text takes the path, then
 * SQLite's words. */
static const struct failure {
  int rc;
  enum diag_code code;
  const char *text;
} failures[] = {
    {SQLITE_FULL, V0606,
     "the disk is full: %s could not be written, and is as it was before; make room, then give the "
     "command again"},
    {SQLITE_READONLY, V0601,
     "%s cannot be written: allow writing to the file and its folder, or choose another file with "
     "--state"},
    {SQLITE_NOTADB, V0603,
     "%s is not a state database of Vigie (nor any SQLite database): choose another file with "
     "--state"},
    {SQLITE_CORRUPT, V0605,
     "%s is damaged (%s): put back a copy from your backups, or choose another file with --state"},
    {SQLITE_CANTOPEN, V0601,
     "%s cannot be opened: check that you may write to the file and its folder, or choose another "
     "file with --state"},
    {SQLITE_IOERR, V0606,
     "the disk failed while %s was read or written (%s); the state is as it was before: check the "
     "disk and the space left on it, then give the command again"},
    {SQLITE_OK, V0605,
     "%s could not be used (%s); the state is as it was before: put back a copy from your backups, "
     "or choose another file with --state"}};

const char *state_text(struct state *s, sqlite3_stmt *st, int at) {
  const unsigned char *t = sqlite3_column_text(st, at);
  return t ? arena_strdup(s->a, (const char *)t) : NULL;
}

bool state_day(sqlite3_stmt *st, int at, day_t *out) {
  const char *t = (const char *)sqlite3_column_text(st, at);
  *out = DAY_NONE;
  return !t || day_parse(t, strlen(t), out);
}

bool state_number(struct state *s, sqlite3_stmt *st, int64_t *out, struct diags *problems) {
  int rc = sqlite3_step(st);
  *out = rc == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
  bool ok = rc == SQLITE_ROW || rc == SQLITE_DONE || state_fail(s, problems);
  sqlite3_finalize(st);
  return ok;
}

bool state_fail(struct state *s, struct diags *problems) {
  int rc = sqlite3_errcode(s->db);
  if (rc == SQLITE_BUSY || rc == SQLITE_LOCKED)
    return diag_fail(problems, V0602, "%s", busy_message(s));
  const struct failure *f = failures;
  while (f->rc != rc && f->rc != SQLITE_OK) f++;
  return diag_fail(problems, f->code, f->text, s->path, sqlite3_errmsg(s->db));
}

/* ---- before SQLite sees the file ------------------------------------------------------ */

static bool folder_ok(const char *path, struct arena *a, struct diags *problems) {
  const char *folder = path_folder(path, a);
  if (path_is_folder(folder)) return true;
  return diag_fail(
      problems, V0601,
      "%s cannot be made, for there is no folder %s: make the folder, or choose another file with "
      "--state",
      path, folder);
}

/* A file without any write permission is taken at its word, even where the user may write
 * everywhere. */
static bool file_ok(const char *path, enum state_mode mode, struct arena *a, bool *exists,
                    struct diags *problems) {
  struct stat st;
  if (!*path)
    return diag_fail(problems, V0704,
                     "--state needs the name of a file, such as --state actions.db");
  *exists = stat(path, &st) == 0;
  if (!*exists) {
    if (errno == ENOENT || errno == ENOTDIR) return folder_ok(path, a, problems);
    return diag_fail(problems, V0601, "%s cannot be opened: %s", path, strerror(errno));
  }
  if (!S_ISREG(st.st_mode))
    return diag_fail(problems, V0601, "%s is %s, not a file: choose another name with --state",
                     path,
                     S_ISDIR(st.st_mode)    ? "a folder"
                     : S_ISFIFO(st.st_mode) ? "a pipe"
                                            : "a device");
  if (access(path, R_OK) != 0)
    return diag_fail(
        problems, V0601,
        "%s cannot be read (%s): allow reading it, or choose another file with --state", path,
        strerror(errno));
  if (mode == STATE_WRITE && (!(st.st_mode & 0222) || access(path, W_OK) != 0))
    return diag_fail(problems, V0601,
                     "%s is read-only: allow writing to it, or choose another file with --state",
                     path);
  return true;
}

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

/* ---- SQLite --------------------------------------------------------------------------- */

sqlite3_stmt *state_prepare(struct state *s, const char *sql, struct diags *problems) {
  sqlite3_stmt *st = NULL;
  if (sqlite3_prepare_v2(s->db, sql, -1, &st, NULL) == SQLITE_OK) return st;
  state_fail(s, problems);
  return NULL;
}

bool state_step(struct state *s, sqlite3_stmt *st, struct diags *problems) {
  bool done = sqlite3_step(st) == SQLITE_DONE;
  if (!done) state_fail(s, problems);
  sqlite3_reset(st);
  return done;
}

void bind_text(sqlite3_stmt *st, int at, const char *text) {
  if (text)
    sqlite3_bind_text(st, at, text, -1, SQLITE_STATIC);
  else
    sqlite3_bind_null(st, at);
}

void bind_day(sqlite3_stmt *st, int at, day_t day) {
  char buf[16];
  if (day == DAY_NONE)
    sqlite3_bind_null(st, at);
  else
    sqlite3_bind_text(st, at, day_text(day, buf), -1, SQLITE_TRANSIENT);
}

bool state_exec(struct state *s, const char *sql, struct diags *problems) {
  return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK || state_fail(s, problems);
}

bool state_make_tables(struct state *s, struct diags *problems) {
  return state_exec(s, sql_schema, problems) && state_exec(s, sql_outbox_schema, problems) &&
         state_exec(s, sql_company_schema, problems) &&
         state_exec(s, SQL_PUBLISHED_SCHEMA, problems);
}

enum standing_file { FILE_EMPTY, FILE_OLDER, FILE_OURS };

/* Empty, ours of an older version, or ours: anything else is a message. *found is the
 * version of its schema. */
static bool identify(struct state *s, enum standing_file *is, long *found, struct diags *problems) {
  sqlite3_stmt *st = state_prepare(s, SQL_IDENTITY, problems);
  if (!st) return false;
  if (sqlite3_step(st) != SQLITE_ROW) {
    state_fail(s, problems);
    sqlite3_finalize(st);
    return false;
  }
  long app = sqlite3_column_int(st, 0), version = sqlite3_column_int(st, 1),
       things = sqlite3_column_int(st, 2);
  sqlite3_finalize(st);
  bool ours = app == STATE_APPLICATION_ID;
  *found = version;
  *is = app == 0 && things == 0 ? FILE_EMPTY : version < STATE_VERSION ? FILE_OLDER : FILE_OURS;
  if (*is == FILE_EMPTY || (ours && version >= 1 && version <= STATE_VERSION)) return true;
  if (ours && version > STATE_VERSION)
    return diag_fail(
        problems, V0604,
        "%s was written by a newer Vigie (its schema is version %ld, this one knows %d): "
        "install the newer Vigie, or choose another file with --state",
        s->path, version, STATE_VERSION);
  else
    return diag_fail(
        problems, V0603,
        "%s is a database, but not a state of Vigie (perhaps your data, which belongs to --db): "
        "choose another file with --state",
        s->path);
}

/* Changing to WAL does not wait for a lock by itself. Where WAL is not to be had (some network
 * disks), SQLite's own journal serves as well. */
static bool use_wal(struct state *s, int timeout_ms, struct diags *problems) {
  for (int waited = 0;; waited += RETRY_MS) {
    int rc = sqlite3_exec(s->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    if (rc == SQLITE_OK) return true;
    if (rc != SQLITE_BUSY || waited >= timeout_ms) return state_fail(s, problems);
    usleep(RETRY_MS * 1000);
  }
}

static bool begin_writing(struct state *s, int timeout_ms, struct diags *problems) {
  enum standing_file is;
  long version;
  /* an upgrade replaces tables that others refer to; it looks after the references itself */
  if (!identify(s, &is, &version, problems) || !use_wal(s, timeout_ms, problems) ||
      (is != FILE_OLDER && !state_exec(s, "PRAGMA foreign_keys = ON", problems)) ||
      !state_exec(s,
                  "PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; "
                  "BEGIN IMMEDIATE",
                  problems) ||
      !identify(s, &is, &version, problems)) /* again: another first run may have been quicker */
    return false;
  if (is == FILE_EMPTY) return state_make_tables(s, problems);
  if (is == FILE_OLDER) return state_upgrade(s, problems);
  return state_exec(s, SQL_PUBLISHED_SCHEMA, problems);
}

static bool begin_reading(struct state *s, bool *empty, struct diags *problems) {
  enum standing_file is;
  long version;
  if (!state_exec(s, "PRAGMA query_only = ON; BEGIN", problems) ||
      !identify(s, &is, &version, problems))
    return false;
  *empty = is == FILE_EMPTY;
  if (is != FILE_OLDER) return true;
  return diag_fail(problems, V0604,
                   "%s was written by an older Vigie: the next `vigie run` brings it up to date",
                   s->path);
}

/* Beside a database that runs write with a journal SQLite makes files of its own, even to read.
 * Where it cannot, and nobody writes now, the file is taken as one that does not change. */
static bool lies_still(const char *path, enum state_mode mode, struct arena *a) {
  return mode != STATE_WRITE && access(path_folder(path, a), W_OK) != 0 &&
         access(arena_printf(a, "%s-wal", path), F_OK) != 0;
}

bool state_open(const char *path, enum state_mode mode, struct arena *a, struct state **out,
                struct diags *problems) {
  bool exists = false, empty = false;
  int timeout_ms;
  *out = NULL;
  if (!file_ok(path, mode, a, &exists, problems) || !lock_timeout(&timeout_ms, problems))
    return false;
  if (!exists && mode != STATE_WRITE) return true;

  struct state *s = NEW(a, struct state);
  s->a = a;
  s->path = arena_strdup(a, path);
  time_t now = time(NULL);
  struct tm tm;
  strftime(s->started_at, sizeof s->started_at, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &tm));

  /* Reading opens for writing where it may, so that SQLite can tidy up after a run that was
   * killed; query_only keeps us from changing anything. "./" keeps SQLite from seeing more than a
   * file in names such as ":memory:". */
  int flags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (mode == STATE_WRITE ? SQLITE_OPEN_CREATE : 0);
  const char *file = *path == '/' ? path : arena_printf(a, "./%s", path);
  if (lies_still(path, mode, a)) {
    file = path_still_uri(path, a);
    flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI;
  }
  bool ok = sqlite3_open_v2(file, &s->db, flags, NULL) == SQLITE_OK || state_fail(s, problems);
  if (ok) {
    sqlite3_extended_result_codes(s->db, 0);
    sqlite3_busy_timeout(s->db, timeout_ms);
    ok = mode == STATE_WRITE ? begin_writing(s, timeout_ms, problems)
                             : begin_reading(s, &empty, problems);
    if (ok && !empty && mode == STATE_TRY) ok = state_try(s, problems);
  }
  if (!ok || empty) {
    state_close(s);
    return ok;
  }
  *out = s;
  return true;
}

/* Is what was written in the file: the run, or a person's moves? By a reader of its own, as the
 * next one would: 1 yes, 0 no, -1 it cannot be read. */
static int is_there(const struct state *s) {
  sqlite3 *db = NULL;
  sqlite3_stmt *st = NULL;
  int there = -1;
  const char *file = *s->path == '/' ? s->path : arena_printf(s->a, "./%s", s->path);
  if (sqlite3_open_v2(file, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK &&
      sqlite3_prepare_v2(db, s->mover ? SQL_MOVE_IS_THERE : SQL_RUN_IS_THERE, -1, &st, NULL) ==
          SQLITE_OK) {
    sqlite3_bind_int64(st, 1, s->mover ? s->audit : s->run);
    bind_text(st, 2, s->started_at);
    if (s->mover) bind_text(st, 3, s->mover);
    if (sqlite3_step(st) == SQLITE_ROW) there = sqlite3_column_int(st, 0) > 0;
  }
  sqlite3_finalize(st);
  sqlite3_close_v2(db);
  return there;
}

/* What has failed at its end, and what to do where it is in the file all the same. */
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

/* What a commit that failed has left is known only by looking: where the disk stays full, SQLite
 * can fail after the items were written. */
bool state_commit(struct state *s, struct diags *problems) {
  struct diags own = {.arena = s->a};
  if (state_exec(s, "COMMIT", &own)) {
    state_close(s);
    return true;
  }
  const char *why = arena_strdup(s->a, sqlite3_errmsg(s->db));
  state_close(s);
  s->db = NULL;
  int there = is_there(s);
  struct undertaking u = undertaking_of(s);
  if (there == 0) return diag_fail(problems, V0606, "%s", diags_failure(&own));
  if (there > 0)
    return diag_fail(problems, V0606,
                     "the disk is full or failed (%s) at the end of %s, yet %s in %s: make room "
                     "and check the disk, then %s",
                     why, u.what, u.is_in, s->path, u.again);
  return diag_fail(problems, V0606,
                   "the disk is full or failed (%s) at the end of %s, and %s cannot be read back: "
                   "whether %s in it is not known. Make room and check the disk, then look with "
                   "`vigie items`",
                   why, u.what, s->path, u.is_in);
}

bool state_pause(struct state *s, struct diags *problems) {
  return state_exec(s, "COMMIT", problems);
}

bool state_again(struct state *s, struct diags *problems) {
  return state_exec(s, "BEGIN IMMEDIATE", problems);
}

void state_close(struct state *s) {
  if (s) sqlite3_close_v2(s->db); /* rolls back what was not committed; a NULL db is fine */
}
