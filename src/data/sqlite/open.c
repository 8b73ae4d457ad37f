/* Opening an SQLite dataset. In: a path. Out: a connection that only reads, inside one
 * transaction, so that all scans of a run see the data of one moment; or a message that says what
 * is wrong with the file. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/sqlite/sqlite.h"
#include "data/sqlite/sqlite_ops.h"

enum { LOCK_TIMEOUT_MS = 5000 };

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

/* Why SQLite should not be asked to open it: it would make a missing file, wait for ever on a
 * pipe, and take an empty file for a database without tables. NULL: it may. */
static const char *objection(const char *path, struct arena *a) {
  struct stat st;
  if (stat(path, &st) != 0)
    return errno == ENOENT || errno == ENOTDIR || !*path
               ? arena_printf(
                     a, "there is no file \"%s\". Name the dataset with --db, such as --db data.db",
                     path)
               : arena_printf(a, "%s cannot be opened: %s", path, strerror(errno));
  if (!S_ISREG(st.st_mode))
    return arena_printf(a, "%s is %s, not a file. Name the dataset with --db, such as --db data.db",
                        path, S_ISDIR(st.st_mode) ? "a folder" : "a device");
  if (access(path, R_OK) != 0)
    return arena_printf(a, "%s cannot be read: %s. Ask for the right to read it", path,
                        strerror(errno));
  if (st.st_size == 0)
    return arena_printf(a, "%s is empty: it holds no tables. Choose another file with --db", path);
  if (is_cut(path, st.st_size))
    return arena_printf(a, "%s is damaged: its end is missing. Copy or export the data again",
                        path);
  return NULL;
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
static bool connect(struct sqlite_dataset *ds, const char *name, int flags) {
  if (sqlite3_open_v2(name, &ds->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | flags, NULL) !=
      SQLITE_OK)
    return false;
  sqlite3_busy_timeout(ds->db, lock_timeout());
  sqlite3_db_config(ds->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config(ds->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  return sqlite3_exec(ds->db,
                      "PRAGMA mmap_size = 1099511627776; PRAGMA query_only = 1;"
                      "BEGIN; SELECT count(*) FROM sqlite_schema",
                      NULL, NULL, NULL) == SQLITE_OK &&
         sqlite_register_scan(ds) == SQLITE_OK;
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
static bool connect_somehow(struct sqlite_dataset *ds) {
  /* a name without a folder could mean something else to SQLite: ":memory:" */
  const char *path =
      *ds->base.name == '/' ? ds->base.name : arena_printf(ds->base.arena, "./%s", ds->base.name);
  if (connect(ds, path, 0)) return true;
  int code = sqlite3_errcode(ds->db) & 0xFF;
  if ((code != SQLITE_CANTOPEN && code != SQLITE_READONLY) || !is_at_rest(ds->base.arena, path))
    return false;
  sqlite3_close(ds->db);
  return connect(ds, immutable_uri(ds->base.arena, path), SQLITE_OPEN_URI);
}

static void sqlite_close(struct dataset *base) {
  struct sqlite_dataset *ds = (struct sqlite_dataset *)base;
  sqlite3_close(ds->db);
  ds->db = NULL;
}

static bool sqlite_open(const char *path, struct arena *a, struct dataset **out,
                        struct diags *problems) {
  const char *why_not = objection(path, problems->arena);
  if (why_not) return diag_fail(problems, V0508, "%s", why_not);
  struct sqlite_dataset *ds = NEW(a, struct sqlite_dataset);
  ds->base = (struct dataset){.ops = &sqlite_ops, .arena = a, .name = arena_strdup(a, path)};
  if (connect_somehow(ds) ? sqlite_load_catalog(ds, problems) : sqlite_fail(ds, NULL, problems)) {
    *out = &ds->base;
    return true;
  }
  sqlite_close(&ds->base);
  return false;
}

/* Whatever no other backend claims is the path of a file. */
static bool sqlite_accepts(const char *address) {
  (void)address;
  return true;
}

const struct dataset_ops sqlite_ops = {.name = "SQLite",
                                       .accepts = sqlite_accepts,
                                       .open = sqlite_open,
                                       .close = sqlite_close,
                                       .scan = sqlite_scan,
                                       .count = sqlite_count};
