/* Datasets of every kind. In: an address. Out: an open dataset; its tables by name, and what to
 * say about names that it does not have. */
#include "data/dataset.h"

#include <string.h>
#include <strings.h>

#include "base/check.h"
#include "base/suggest.h"
#include "base/text.h"
#include "data/backend.h"
#include "data/postgres/postgres_ops.h"
#include "data/sqlite/sqlite_ops.h"

/* The first that accepts an address opens it. The recipe stands in backend.h. */
static const struct dataset_ops *const backends[] = {&postgres_ops, &sqlite_ops};

enum { N_BACKENDS = sizeof backends / sizeof *backends };

bool dataset_open(const char *address, struct arena *a, struct dataset **out,
                  struct diags *problems) {
  *out = NULL;
  for (size_t i = 0; i < N_BACKENDS; i++)
    if (backends[i]->accepts(address)) return backends[i]->open(address, a, out, problems);
  UNREACHABLE("the last backend accepts every address");
}

void dataset_close(struct dataset *ds) {
  if (ds) ds->ops->close(ds);
}

const char *dataset_remark(const struct dataset *ds) { return ds->remark; }

void dataset_trace(struct dataset *ds, FILE *out) { ds->trace = out; }

void dataset_profile(struct dataset *ds, struct scan_profile_list *to) { ds->profile = to; }

void dataset_use_threads(struct dataset *ds, size_t n) { ds->threads = n; }
size_t dataset_threads(const struct dataset *ds) { return ds->threads ? ds->threads : 1; }

const struct table_info *const *dataset_tables(struct dataset *ds) { return ds->tables; }

const struct table_info *dataset_table(struct dataset *ds, const char *name) {
  for (size_t i = 0; ds->tables[i]; i++)
    if (strcasecmp(ds->tables[i]->name, name) == 0) return ds->tables[i];
  return NULL;
}

const char *table_column(const struct table_info *t, const char *name) {
  for (size_t i = 0; t->columns[i]; i++)
    if (strcasecmp(t->columns[i], name) == 0) return t->columns[i];
  return NULL;
}

const struct table_info *dataset_require_table(struct dataset *ds, const char *name,
                                               struct diags *problems) {
  const struct table_info *t = dataset_table(ds, name);
  if (t) return t;
  if (!text_utf8_valid(name, strlen(name), NULL)) {
    diag_add(problems, V0501, NO_SPAN,
             "the name of a table is not UTF-8 text. Save the rule file in UTF-8");
    return NULL;
  }
  VEC(const char *) names = {0};
  for (size_t i = 0; ds->tables[i]; i++) VEC_PUSH(problems->arena, &names, ds->tables[i]->name);
  const char *meant = names.n ? suggest(name, names.v, names.n) : NULL;
  diag_add(problems, V0501, NO_SPAN,
           meant ? "%s has no table \"%s\". Did you mean \"%s\"?" : "%s has no table \"%s\"",
           ds->name, name, meant);
  return NULL;
}

bool dataset_count(struct dataset *ds, const char *table, long *rows, struct diags *problems) {
  const struct table_info *t = dataset_require_table(ds, table, problems);
  return t && ds->ops->count(ds, t, rows, problems);
}
