/* Opening an SQLite dataset. In: a path. Out: a connection that only reads, inside one
 * transaction, so that all scans of a run see the data of one moment; or a message that says what
 * is wrong with the file. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/sqlite.h"

enum { LOCK_TIMEOUT_MS = 5000 };

/* ---- messages ------------------------------------------------------------------------- */

bool sqlite_fail(struct dataset *e, const char *what, const char **message) {
  const char *said = e->db ? sqlite3_errmsg(e->db) : "out of memory", *p = e->path;
  const char *of = what ? arena_printf(e->a, " (while reading %s)", what) : "";
  switch (e->db ? sqlite3_errcode(e->db) & 0xFF : SQLITE_NOMEM) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      *message = arena_printf(
          e->a,
          "%s is locked: another program is writing to it%s. Wait until that has ended, or "
          "read a copy of the file",
          p, of);
      break;
    case SQLITE_NOTADB:
      *message =
          arena_printf(e->a,
                       "%s is not an SQLite database. Choose another file with --db; CSV files and "
                       "spreadsheets must be imported into one first",
                       p);
      break;
    case SQLITE_CORRUPT:
      *message = arena_printf(
          e->a,
          "%s is damaged%s: %s. Export the data again, put back a copy from your backups, or "
          "try the command .recover of the program sqlite3",
          p, of, said);
      break;
    case SQLITE_IOERR:
      *message = arena_printf(
          e->a, "the disk failed while %s was read%s: %s. Check the disk, then try again", p, of,
          said);
      break;
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
      *message = arena_printf(
          e->a,
          "%s was left in the middle of a change by another program, or its folder cannot "
          "be written: open it once with the program that writes it, or read a copy",
          p);
      break;
    default:
      *message = what ? arena_printf(e->a, "%s cannot be read from %s: %s", what, p, said)
                      : arena_printf(e->a, "%s cannot be read: %s", p, said);
  }
  return false;
}

/* ---- before SQLite sees the file ------------------------------------------------------ */

/* A copy that was cut off in the middle of a page: SQLite would read zeros there. */
static bool is_cut(const char *path, off_t size) {
  static const char magic[] = "SQLite format 3";
  unsigned char head[18];
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  bool read_all = fd >= 0 && read(fd, head, sizeof head) == (ssize_t)sizeof head;
  if (fd >= 0) close(fd);
  if (!read_all || memcmp(head, magic, sizeof magic) != 0) return false;
  int page = head[16] << 8 | head[17];
  return size % (page == 1 ? 65536 : page > 0 ? page : 1) != 0;
}

/* SQLite would make a missing file, wait for ever on a pipe, and take an empty file for a
 * database without tables. */
static bool file_ok(const char *path, struct arena *a, const char **message) {
  struct stat st;
  if (stat(path, &st) != 0) {
    *message =
        errno == ENOENT || errno == ENOTDIR || !*path
            ? arena_printf(
                  a, "there is no file \"%s\". Name the dataset with --db, such as --db data.db",
                  path)
            : arena_printf(a, "%s cannot be opened: %s", path, strerror(errno));
    return false;
  }
  if (!S_ISREG(st.st_mode)) {
    *message =
        arena_printf(a, "%s is %s, not a file. Name the dataset with --db, such as --db data.db",
                     path, S_ISDIR(st.st_mode) ? "a folder" : "a device");
    return false;
  }
  if (access(path, R_OK) != 0) {
    *message = arena_printf(a, "%s cannot be read: %s. Ask for the right to read it", path,
                            strerror(errno));
    return false;
  }
  if (st.st_size == 0) {
    *message =
        arena_printf(a, "%s is empty: it holds no tables. Choose another file with --db", path);
    return false;
  }
  if (is_cut(path, st.st_size)) {
    *message =
        arena_printf(a, "%s is damaged: its end is missing. Copy or export the data again", path);
    return false;
  }
  return true;
}

/* ---- opening -------------------------------------------------------------------------- */

static int lock_timeout(void) {
  const char *text = getenv("VIGIE_LOCK_TIMEOUT_MS");
  char *end;
  long ms = text ? strtol(text, &end, 10) : LOCK_TIMEOUT_MS;
  return !text || (*text && !*end && ms >= 0 && ms <= INT32_MAX) ? (int)ms : LOCK_TIMEOUT_MS;
}

/* file:PATH?immutable=1, with the characters escaped that mean something in a URI. */
static const char *immutable_uri(struct arena *a, const char *path) {
  static const char hex[] = "0123456789ABCDEF";
  char *uri = arena_alloc(a, strlen(path) * 3 + 32), *w = uri;
  w = stpcpy(w, *path == '/' ? "file://" : "file:");
  for (const char *p = path; *p; p++) {
    if (*p == '?' || *p == '#' || *p == '%') {
      *w++ = '%';
      *w++ = hex[(unsigned char)*p >> 4];
      *w++ = hex[(unsigned char)*p & 15];
    } else {
      *w++ = *p;
    }
  }
  stpcpy(w, "?immutable=1");
  return uri;
}

/* Nothing that a dataset holds, a view that calls functions above all, may do more than compute. */
static bool connect(struct dataset *e, const char *name, int flags) {
  if (sqlite3_open_v2(name, &e->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | flags, NULL) !=
      SQLITE_OK)
    return false;
  sqlite3_busy_timeout(e->db, lock_timeout());
  sqlite3_db_config(e->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config(e->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  return sqlite3_exec(e->db,
                      "PRAGMA mmap_size = 1099511627776; PRAGMA query_only = 1;"
                      "BEGIN; SELECT count(*) FROM sqlite_schema",
                      NULL, NULL, NULL) == SQLITE_OK &&
         sqlite_register_scan(e) == SQLITE_OK;
}

/* No other program is, or was, in the middle of a change: the file itself holds everything. */
static bool is_at_rest(struct arena *a, const char *path) {
  static const char *const suffixes[] = {"-wal", "-journal"};
  struct stat st;
  for (int i = 0; i < 2; i++)
    if (stat(arena_printf(a, "%s%s", path, suffixes[i]), &st) == 0 && st.st_size > 0) return false;
  return true;
}

/* A database in WAL mode needs files beside it, which a folder that cannot be written does not
 * allow; as long as nobody writes, it can be read without them. */
static bool connect_somehow(struct dataset *e) {
  /* a name without a folder could mean something else to SQLite: ":memory:" */
  const char *path = *e->path == '/' ? e->path : arena_printf(e->a, "./%s", e->path);
  if (connect(e, path, 0)) return true;
  int code = sqlite3_errcode(e->db) & 0xFF;
  if ((code != SQLITE_CANTOPEN && code != SQLITE_READONLY) || !is_at_rest(e->a, path)) return false;
  sqlite3_close(e->db);
  return connect(e, immutable_uri(e->a, path), SQLITE_OPEN_URI);
}

bool dataset_open(const char *path, struct arena *a, struct dataset **out, const char **message) {
  *out = NULL;
  if (!file_ok(path, a, message)) return false;
  struct dataset *e = NEW(a, struct dataset);
  e->a = a;
  e->path = arena_strdup(a, path);
  bool ok = connect_somehow(e) ? sqlite_load_catalog(e, message) : sqlite_fail(e, NULL, message);
  if (!ok) {
    dataset_close(e);
    return false;
  }
  *out = e;
  return true;
}

void dataset_close(struct dataset *e) {
  if (!e) return;
  sqlite3_close(e->db);
  e->db = NULL;
}

void dataset_trace(struct dataset *e, FILE *out) { e->trace = out; }
