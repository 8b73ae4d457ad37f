/* A state in a file. In: a path. Out: a transaction on a database that is known to be ours, or a
 * message that says what to do. What may be wrong with the file is looked at before anything is
 * written to it. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "action/sql.h"
#include "action/state_db.h"
#include "base/path.h"

enum { RETRY_MS = 20 };

/* ---- messages ------------------------------------------------------------------------- */

static const char *busy_message(struct state *s) {
  database_close(&s->db); /* before the lock is asked about: see state_lock_holder */
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

bool state_file_fail(struct state *s, struct diags *problems) {
  int rc = sqlite3_errcode(s->db.lite);
  if (rc == SQLITE_BUSY || rc == SQLITE_LOCKED)
    return diag_fail(problems, V0602, "%s", busy_message(s));
  const struct failure *f = failures;
  while (f->rc != rc && f->rc != SQLITE_OK) f++;
  return diag_fail(problems, f->code, f->text, s->path, sqlite3_errmsg(s->db.lite));
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

/* ---- SQLite --------------------------------------------------------------------------- */

enum standing_file { FILE_EMPTY, FILE_OLDER, FILE_OURS };

/* Empty, ours of an older version, or ours: anything else is a message. *found is the
 * version of its schema. */
static bool identify(struct state *s, enum standing_file *is, long *found, struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_IDENTITY, problems);
  if (!st) return false;
  if (statement_step(st) != STEP_ROW) {
    state_fail(s, problems);
    statement_end(st);
    return false;
  }
  long app = column_int(st, 0), version = column_int(st, 1), things = column_int(st, 2);
  statement_end(st);
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
static bool use_wal(struct state *s, struct diags *problems) {
  for (int waited = 0;; waited += RETRY_MS) {
    int rc = sqlite3_exec(s->db.lite, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    if (rc == SQLITE_OK) return true;
    if (rc != SQLITE_BUSY || waited >= s->patience_ms) return state_fail(s, problems);
    usleep(RETRY_MS * 1000);
  }
}

static bool begin_writing(struct state *s, struct diags *problems) {
  enum standing_file is;
  long version;
  /* an upgrade replaces tables that others refer to; it looks after the references itself */
  if (!identify(s, &is, &version, problems) || !use_wal(s, problems) ||
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
  return state_refuse_older(s, problems);
}

/* Beside a database that runs write with a journal SQLite makes files of its own, even to read.
 * Where it cannot, and nobody writes now, the file is taken as one that does not change. */
static bool lies_still(const char *path, enum state_mode mode, struct arena *a) {
  return mode != STATE_WRITE && access(path_folder(path, a), W_OK) != 0 &&
         access(arena_printf(a, "%s-wal", path), F_OK) != 0;
}

/* "./" keeps SQLite from seeing more than a file in names such as ":memory:". */
static const char *plain_file(const struct state *s) {
  return *s->path == '/' ? s->path : arena_printf(s->a, "./%s", s->path);
}

/* Reading opens for writing where it may, so that SQLite can tidy up after a run that was killed;
 * query_only keeps us from changing anything. */
static bool open_file(struct state *s, enum state_mode mode) {
  int flags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (mode == STATE_WRITE ? SQLITE_OPEN_CREATE : 0);
  const char *file = plain_file(s);
  if (lies_still(s->path, mode, s->a)) {
    file = path_still_uri(s->path, s->a);
    flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI;
  }
  return sqlite3_open_v2(file, &s->db.lite, flags, NULL) == SQLITE_OK;
}

bool state_file_open(struct state *s, enum state_mode mode, bool *there, struct diags *problems) {
  bool exists = false, empty = false;
  if (!file_ok(s->path, mode, s->a, &exists, problems)) return false;
  *there = exists || mode == STATE_WRITE;
  if (!*there) return true;
  if (!open_file(s, mode)) return state_fail(s, problems);
  sqlite3_extended_result_codes(s->db.lite, 0);
  sqlite3_busy_timeout(s->db.lite, s->patience_ms);
  bool ok = mode == STATE_WRITE ? begin_writing(s, problems) : begin_reading(s, &empty, problems);
  *there = !empty;
  return ok && (empty || mode != STATE_TRY || state_try(s, problems));
}

bool state_file_look(const struct state *s, struct database *out) {
  return sqlite3_open_v2(plain_file(s), &out->lite, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                         NULL) == SQLITE_OK;
}
