/* In: a rule set. Out: what its dataset is made of. */
#include "editor/catalog.h"

#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/path.h"
#include "data/dataset.h"
#include "postgres/address.h"

const char *catalog_data_path(const struct ruleset *rs, const char *given, struct arena *a) {
  if (given) return given;
  for (size_t i = 0; i < rs->project_lines.n; i++) {
    const struct clause *c = rs->project_lines.v[i];
    if (c->kind != C_DATA || !c->text || !c->span.src) continue;
    if (*c->text == '/' || is_postgres_address(c->text)) return c->text;
    return arena_join(a, path_folder(c->span.src->path, a), "/", c->text);
  }
  return NULL;
}

static void copy_tables(struct catalog *c, struct dataset *ds) {
  const struct table_info *const *t = dataset_tables(ds);
  for (; *t; t++) {
    struct catalog_table x = {.name = arena_strdup(c->a, (*t)->name)};
    for (const char *const *column = (*t)->columns; column && *column; column++)
      VEC_PUSH(c->a, &x.columns, arena_strdup(c->a, *column));
    VEC_PUSH(c->a, &c->tables, x);
  }
}

static struct catalog *read_catalog(const char *path, const struct stat *file) {
  struct arena *a = arena_new();
  struct catalog *c = NEW(a, struct catalog);
  struct diags problems = {.arena = a};
  struct dataset *ds;
  *c = (struct catalog){.a = a, .path = arena_strdup(a, path), .changed = file->st_mtim};
  if (!dataset_open(path, a, &ds, &problems)) return c; /* empty, until the file changes */
  copy_tables(c, ds);
  dataset_close(ds);
  return c;
}

struct catalog *catalog_of(const struct ruleset *rs, const char *given, struct catalog *before) {
  struct stat file;
  const char *path = catalog_data_path(rs, given, rs->arena);
  if (!path || stat(path, &file) != 0 || !S_ISREG(file.st_mode)) return NULL;
  bool same = before && strcmp(before->path, path) == 0 &&
              before->changed.tv_sec == file.st_mtim.tv_sec &&
              before->changed.tv_nsec == file.st_mtim.tv_nsec;
  return same ? before : read_catalog(path, &file);
}

struct catalog *catalog_from_json(const json_t *tables) {
  struct arena *a = arena_new();
  struct catalog *c = NEW(a, struct catalog);
  const char *name;
  const json_t *columns;
  *c = (struct catalog){.a = a};
  json_object_foreach((json_t *)(uintptr_t)tables, name, columns) {
    struct catalog_table t = {.name = arena_strdup(a, name)};
    for (size_t i = 0; i < json_array_size(columns); i++)
      VEC_PUSH(a, &t.columns, arena_strdup(a, json_string_value(json_array_get(columns, i))));
    VEC_PUSH(a, &c->tables, t);
  }
  return c;
}

void catalog_free(struct catalog *c) {
  if (c) arena_free(c->a);
}

const struct catalog_table *catalog_table(const struct catalog *c, const char *name) {
  for (size_t i = 0; c && name && i < c->tables.n; i++)
    if (strcasecmp(c->tables.v[i].name, name) == 0) return &c->tables.v[i];
  return NULL;
}
