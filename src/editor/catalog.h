/* The tables and columns of the project's dataset, for completion. */
#ifndef VIGIE_EDITOR_CATALOG_H
#define VIGIE_EDITOR_CATALOG_H

#include <jansson.h>
#include <time.h>

#include "sema/ruleset.h"

struct catalog_table {
  const char *name;
  name_list columns;
};

struct catalog {
  struct arena *a; /* it and all names */
  const char *path;
  struct timespec changed; /* of the file, when it was read */
  VEC(struct catalog_table) tables;
};

/* Where the dataset is: as given, else as `data` under `project` says, seen from its file. NULL: no
 * one says. In the arena. */
const char *catalog_data_path(const struct ruleset *rs, const char *given, struct arena *a);
/* Of the file that `data` under `project` names. The one before, when that file has not changed
 * since; NULL: no file is named, or it is none that can be read. */
struct catalog *catalog_of(const struct ruleset *rs, const char *given, struct catalog *before);
/* Of a server, which a job has asked: {table: [column]}. */
struct catalog *catalog_from_json(const json_t *tables);
void catalog_free(struct catalog *c); /* NULL is fine */
/* NULL: there is none. */
const struct catalog_table *catalog_table(const struct catalog *c, const char *name);

#endif
