/* Hostile bytes as an SQLite file: whatever its pages hold, they read as SQLite reads them. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../unit/two_ways.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void compare(struct dataset *ds, const struct table_info *t, struct arena *a) {
  size_t n = 0;
  while (t->columns[n]) n++;
  struct raw_scan scan = {.table = t, .columns = t->columns, .n_columns = n};
  if (t->is_view) return;
  struct seen by_pages = seen_of(ds, &scan, a), by_sqlite = seen_by_sqlite(ds, &scan, a);
  if (seen_alike(&by_pages, &by_sqlite)) return;
  fprintf(stderr, "%s: %ld rows by pages (%s), %ld by SQLite (%s)\n", t->name, by_pages.rows,
          by_pages.message, by_sqlite.rows, by_sqlite.message);
  abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static char path[64];
  snprintf(path, sizeof path, "/tmp/vigie-pages-%ld.db", (long)getpid());
  FILE *f = fopen(path, "wb");
  if (!f) abort();
  fwrite(data, 1, size, f);
  fclose(f);
  struct arena *a = arena_new();
  struct diags problems = {.arena = a};
  struct dataset *ds = NULL;
  if (dataset_open(path, a, &ds, &problems)) {
    const struct table_info *const *t = dataset_tables(ds);
    for (int i = 0; t[i] && i < 4; i++) compare(ds, t[i], a);
    dataset_close(ds);
  }
  arena_free(a);
  unlink(path);
  return 0;
}
