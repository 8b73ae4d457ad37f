/* Accepted findings. In: findings, and the file of those that a team lives with. Out: the others,
 * and what is gone of the file; or the file anew. */
#include "lint/accepted.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "lint/identity.h"

static const char file_name[] = "lint-accepted.json";

const char *accepted_path(struct arena *a, const char *path) {
  const char *slash = strrchr(path, '/');
  if (path_is_folder(path)) {
    bool ends = slash && !slash[1];
    return arena_printf(a, "%s%s%s", path, ends ? "" : "/", file_name);
  }
  return slash ? arena_printf(a, "%.*s%s", (int)(slash - path + 1), path, file_name) : file_name;
}

typedef VEC(struct accepted) accepted_list;

static const char *text_of(struct arena *a, json_t *o, const char *field) {
  const char *text = json_string_value(json_object_get(o, field));
  return text ? arena_strdup(a, text) : NULL;
}

/* No such file is none accepted. */
static bool read_file(struct arena *a, const char *path, accepted_list *out,
                      struct diags *problems) {
  json_error_t error;
  if (access(path, F_OK) != 0 && errno == ENOENT) return true;
  json_t *doc = json_load_file(path, 0, &error), *list = json_object_get(doc, "accepted"), *o;
  size_t i;
  bool good = json_is_array(list);
  json_array_foreach(list, i, o) {
    struct accepted x = {.of = {text_of(a, o, "check"), text_of(a, o, "in"), text_of(a, o, "at")},
                         .count = json_integer_value(json_object_get(o, "count")),
                         .message = text_of(a, o, "message")};
    good &= x.of.code && x.of.in && x.of.at && x.count > 0;
    if (good) VEC_PUSH(a, out, x);
  }
  json_decref(doc);
  if (good) return true;
  return diag_fail(problems, V0701,
                   "%s is not the list of accepted findings that lint writes: bring it back from "
                   "git, or remove it and write it anew with --accept",
                   path);
}

/* Without a dataset nothing is found against the data. */
static bool was_looked_for(const struct accepted *x, bool with_data) {
  const struct lint_check *c = lint_check_find(x->of.code);
  return with_data || !c || c->group != LINT_DATA;
}

bool accepted_apply(struct lint_result *r, const struct ruleset *rs, const char *path,
                    bool with_data, struct diags *problems) {
  struct arena *a = r->findings.arena;
  accepted_list list = {0};
  struct tally left = {.a = a};
  struct diags all = r->findings;
  if (!read_file(a, path, &list, problems)) return false;
  if (!list.n) return true;
  for (size_t i = 0; i < list.n; i++)
    tally_add(&left, identity_key(a, &list.v[i].of), list.v[i].count);
  r->findings = (struct diags){.arena = a};
  for (size_t i = 0; i < all.list.n; i++) {
    struct identity x = identity_of(a, rs, all.list.v[i]);
    if (!tally_take(&left, identity_key(a, &x))) {
      lint_keep(r, all.list.v[i]);
      continue;
    }
    r->accepted++;
    struct quieted q = {.of = all.list.v[i]};
    VEC_PUSH(a, &r->quieted, q);
  }
  r->accepted_in = path;
  for (size_t i = 0; i < list.n; i++) {
    const char *key = identity_key(a, &list.v[i].of);
    if (!was_looked_for(&list.v[i], with_data)) continue;
    struct accepted gone = list.v[i];
    for (gone.count = 0; tally_take(&left, key);) gone.count++;
    if (gone.count) VEC_PUSH(a, &r->gone, gone);
  }
  return true;
}

/* ---- writing -------------------------------------------------------------------------- */

static int by_identity(const void *pa, const void *pb) {
  const struct accepted *x = pa, *y = pb;
  int way = strcmp(x->of.in, y->of.in);
  if (!way) way = strcmp(x->of.code, y->of.code);
  return way ? way : strcmp(x->of.at, y->of.at);
}

static void add(struct arena *a, accepted_list *list, struct map *at, struct accepted x) {
  const char *key = identity_key(a, &x.of);
  size_t known = (size_t)(uintptr_t)map_get(at, key);
  if (known) {
    list->v[known - 1].count += x.count;
    return;
  }
  VEC_PUSH(a, list, x);
  map_put(at, a, key, (void *)(uintptr_t)list->n);
}

static const char *line_of(struct arena *a, const struct accepted *x) {
  json_t *o = json_pack("{s:s, s:s, s:s, s:I, s:s}", "check", x->of.code, "in", x->of.in, "at",
                        x->of.at, "count", (json_int_t)x->count, "message", x->message);
  char *text = json_dumps(o, JSON_COMPACT | JSON_PRESERVE_ORDER);
  const char *copy = arena_strdup(a, text);
  free(text);
  json_decref(o);
  return copy;
}

bool accepted_text(struct lint_result *r, const struct ruleset *rs, const char *path,
                   bool with_data, const char **out, struct diags *problems) {
  struct arena *a = r->findings.arena;
  accepted_list before = {0}, list = {0};
  struct map at = {0};
  if (!read_file(a, path, &before, problems)) return false;
  for (size_t i = 0; i < r->findings.list.n; i++) {
    const struct diag *d = r->findings.list.v[i];
    struct accepted x = {.of = identity_of(a, rs, d), .count = 1, .message = d->message};
    add(a, &list, &at, x);
  }
  for (size_t i = 0; i < before.n; i++)
    if (!was_looked_for(&before.v[i], with_data)) add(a, &list, &at, before.v[i]);
  if (list.n) qsort(list.v, list.n, sizeof *list.v, by_identity);
  const char **lines = NEW_N(a, const char *, list.n + 1);
  size_t size = 64;
  for (size_t i = 0; i < list.n; i++) size += strlen(lines[i] = line_of(a, &list.v[i])) + 4;
  char *text = arena_alloc(a, size), *w = stpcpy(text, "{\"accepted\": [");
  for (size_t i = 0; i < list.n; i++) w = stpcpy(stpcpy(w, i ? ",\n" : "\n"), lines[i]);
  stpcpy(w, "\n]}\n");
  *out = text;
  return true;
}
