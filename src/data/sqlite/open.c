/* Opening an SQLite dataset. In: a path. Out: a connection that only reads, inside one
 * transaction, so that all scans of a run see the data of one moment; or a message that says what
 * is wrong with the file. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/path.h"
#include "data/sqlite/pages.h"
#include "data/sqlite/sqlite.h"
#include "data/sqlite/sqlite_ops.h"

enum { LOCK_TIMEOUT_MS = 5000 };

static int lock_timeout(void) {
  const char *text = getenv("VIGIE_LOCK_TIMEOUT_MS");
  char *end;
  long ms = text ? strtol(text, &end, 10) : LOCK_TIMEOUT_MS;
  return !text || (*text && !*end && ms >= 0 && ms <= INT32_MAX) ? (int)ms : LOCK_TIMEOUT_MS;
}

/* ---- what a dataset may do ------------------------------------------------------------ */

/* Nothing that a dataset holds, a view that calls functions above all, may do more than compute.
 * SQLite's own switch for that, trusted_schema, takes its JSON functions for dangerous. */
static int authorize(void *ctx, int action, const char *a, const char *b, const char *c,
                     const char *view) {
  static const char *const denied[] = {"load_extension", "fts3_tokenizer"};
  (void)ctx, (void)a, (void)c, (void)view;
  if (action == SQLITE_ATTACH || action == SQLITE_DETACH) return SQLITE_DENY;
  for (size_t i = 0; i < sizeof denied / sizeof *denied; i++)
    if (action == SQLITE_FUNCTION && b && sqlite3_stricmp(b, denied[i]) == 0) return SQLITE_DENY;
  return SQLITE_OK;
}

enum { STEPS_BETWEEN_LOOKS = 1 << 20 }; /* of SQLite's machine: some ten milliseconds */

/* Not 0 ends the statement. */
static int look_at_clock(void *ctx) {
  const struct sqlite_dataset *ds = ctx;
  return ds->deadline > 0 && clock_seconds() > ds->deadline;
}

/* Pages are read, not mapped: a mapped file that somebody cuts off ends the process, and reading
 * is no slower (measured over 2 million rows). */
static bool connect(struct sqlite_dataset *ds, const char *name, int flags) {
  if (sqlite3_open_v2(name, &ds->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | flags, NULL) !=
      SQLITE_OK)
    return false;
  sqlite3_busy_timeout(ds->db, lock_timeout());
  sqlite3_db_config(ds->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_set_authorizer(ds->db, authorize, NULL);
  sqlite3_progress_handler(ds->db, STEPS_BETWEEN_LOOKS, look_at_clock, ds);
  return sqlite3_exec(ds->db,
                      "PRAGMA mmap_size = 0; PRAGMA query_only = 1;"
                      "BEGIN; SELECT count(*) FROM sqlite_schema",
                      NULL, NULL, NULL) == SQLITE_OK &&
         sqlite_register_scan(ds) == SQLITE_OK;
}

/* A database that is in WAL mode and at rest is read as it is; any other as SQLite does. */
static bool connect_somehow(struct sqlite_dataset *ds) {
  struct arena *a = ds->base.arena;
  /* a name without a folder could mean something else to SQLite: ":memory:" */
  const char *path = *ds->base.name == '/' ? ds->base.name : arena_printf(a, "./%s", ds->base.name);
  bool wal = file_has_wal(path);
  ds->still = wal && hold_resting_wal(path, a, &ds->watch);
  if (ds->still) return connect(ds, path_still_uri(path, a), SQLITE_OPEN_URI);
  if (!connect(ds, path, 0)) return false;
  if (!wal) ds->watch = watch_file(path); /* SQLite's lock keeps out those who ask for one */
  return true;
}

static void sqlite_close(struct dataset *base) {
  struct sqlite_dataset *ds = (struct sqlite_dataset *)base;
  sqlite3_close(ds->db);
  ds->db = NULL;
  unwatch_file(&ds->watch);
}

static bool sqlite_open(const char *path, struct arena *a, struct dataset **out,
                        struct diags *problems) {
  const char *why_not = file_objection(path, problems->arena);
  if (why_not) return diag_fail(problems, V0508, "%s", why_not);
  struct sqlite_dataset *ds = NEW(a, struct sqlite_dataset);
  ds->watch.fd = -1;
  ds->base = (struct dataset){.ops = &sqlite_ops, .arena = a, .name = arena_strdup(a, path)};
  if (connect_somehow(ds) ? sqlite_load_catalog(ds, problems) : sqlite_fail(ds, NULL, problems)) {
    pages_open(ds);
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
