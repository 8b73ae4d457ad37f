/* Sums that a dataset works out. In: keys as its backend sends them. Out: keys as scans read
 * them. */
#include "data/grouped.h"

#include "base/clock.h"
#include "data/backend.h"
#include "data/cell.h"

struct grouped_run {
  const struct grouped_scan *scan;
  struct cell_reader reader;
  long rows;
  bool odd_key; /* one that a scan would refuse */
};

static void take_group(void *ctx, const struct raw_cell *key, const struct grouped_row *row) {
  struct grouped_run *run = ctx;
  struct grouped_row named = *row;
  run->rows += row->rows;
  if (run->scan->key) {
    cell_reader_batch(&run->reader);
    if (!cell_read(&run->reader, key, 0)) run->odd_key = true;
    cell_reader_finish(&run->reader);
    named.key = &run->reader.out;
  }
  if (!run->odd_key) run->scan->take(run->scan->ctx, &named);
}

bool dataset_groups(const struct dataset *ds) { return ds->ops->grouped != NULL; }

static void note(struct dataset *ds, const struct grouped_run *run, double began) {
  struct scan_profile p = {run->scan->table, run->rows, clock_seconds() - began, SCAN_GROUPED,
                           NULL};
  if (ds->profile) VEC_PUSH(ds->arena, &ds->profile->scans, p);
}

enum grouped_answer dataset_grouped(struct dataset *ds, const struct grouped_scan *scan,
                                    struct diags *problems) {
  const struct table_info *t = dataset_table(ds, scan->table);
  if (!t || !ds->ops->grouped) return GROUPED_NOT;
  double began = clock_seconds();
  ds->not_grouped = NULL;
  struct grouped_run run = {.scan = scan};
  struct arena *scratch = arena_new();
  if (scan->key) cell_reader_init(&run.reader, scratch, scan->key, scan->texts, NULL, NULL);
  enum grouped_answer answer = ds->ops->grouped(ds, t, scan, take_group, &run, problems);
  arena_free(scratch);
  if (answer == GROUPED_DONE && run.odd_key) answer = GROUPED_NOT;
  if (answer == GROUPED_DONE) note(ds, &run, began);
  return answer;
}
