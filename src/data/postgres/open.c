/* Opening a PostgreSQL dataset. In: an address. Out: connections that only read, each inside a
 * transaction with the same view, so that all scans of a run see the data of one moment. */
#include <stdlib.h>

#include "base/check.h"
#include "data/postgres/postgres.h"
#include "data/postgres/postgres_ops.h"

enum { LOCK_TIMEOUT_MS = 5000 };

static const struct postgres_role role = {"--db", V0508, V0509};

static long lock_timeout(void) {
  const char *text = getenv("VIGIE_LOCK_TIMEOUT_MS");
  char *end;
  long ms = text ? strtol(text, &end, 10) : LOCK_TIMEOUT_MS;
  return !text || (*text && !*end && ms >= 0 && ms <= INT32_MAX) ? ms : LOCK_TIMEOUT_MS;
}

/* Rows of a table come in its own order, each time: from its beginning, in one process, one part
 * of it after the other. */
#define SQL_SETTINGS                                        \
  "SET lock_timeout = %ld; SET synchronize_seqscans = off;" \
  "SET max_parallel_workers_per_gather = 0; SET enable_async_append = off"
#define SQL_BEGIN "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"

static bool prepare_link(struct postgres *p, struct diags *problems) {
  return postgres_run(p, arena_printf(problems->arena, SQL_SETTINGS, lock_timeout()), NULL,
                      problems);
}

static bool begin_first(struct postgres_dataset *ds, struct diags *problems) {
  struct postgres *p = ds->links[0];
  if (!postgres_run(p, SQL_BEGIN, NULL, problems)) return false;
  PGresult *r = postgres_ask(p, "SELECT pg_export_snapshot()", NULL, 0, NULL, problems);
  if (!r) return false;
  ds->snapshot = postgres_text(p, r, 0, 0, ds->base.arena);
  p->pq.clear(r);
  return true;
}

static bool begin_next(struct postgres_dataset *ds, struct postgres *p, struct diags *problems) {
  const char *sql =
      arena_printf(problems->arena, SQL_BEGIN "; SET TRANSACTION SNAPSHOT '%s'", ds->snapshot);
  return postgres_run(p, sql, NULL, problems);
}

struct postgres *postgres_take_link(struct postgres_dataset *ds, struct diags *problems) {
  CHECK(ds->busy < LINKS_MAX);
  struct postgres **link = &ds->links[ds->busy];
  if (!*link) {
    struct postgres *p = NULL;
    if (!postgres_open(ds->base.name, &role, ds->base.arena, &p, problems)) return NULL;
    *link = p;
    bool good = prepare_link(p, problems) &&
                (ds->busy ? begin_next(ds, p, problems) : begin_first(ds, problems));
    if (!good) {
      postgres_close(p);
      *link = NULL;
      return NULL;
    }
  }
  ds->busy++;
  return *link;
}

void postgres_give_link(struct postgres_dataset *ds) {
  CHECK(ds->busy > 0);
  ds->busy--;
}

static void postgres_dataset_close(struct dataset *base) {
  struct postgres_dataset *ds = (struct postgres_dataset *)base;
  for (size_t i = 0; i < LINKS_MAX; i++) {
    postgres_close(ds->links[i]);
    ds->links[i] = NULL;
  }
}

static bool postgres_dataset_open(const char *address, struct arena *a, struct dataset **out,
                                  struct diags *problems) {
  struct postgres_dataset *ds = NEW(a, struct postgres_dataset);
  ds->base = (struct dataset){.ops = &postgres_ops, .arena = a, .name = arena_strdup(a, address)};
  if (!postgres_take_link(ds, problems)) return false;
  bool good = postgres_load_catalog(ds, problems);
  postgres_give_link(ds);
  if (good)
    *out = &ds->base;
  else
    postgres_dataset_close(&ds->base);
  return good;
}

const struct dataset_ops postgres_ops = {.name = "PostgreSQL",
                                         .accepts = is_postgres_address,
                                         .open = postgres_dataset_open,
                                         .close = postgres_dataset_close,
                                         .scan = postgres_scan,
                                         .count = postgres_count,
                                         .grouped = postgres_grouped};
