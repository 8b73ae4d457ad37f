/* Rule files in memory. In: their paths and texts, and what lies under them. Out: a loader. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "syntax/loader.h"
#include "syntax/rule_files.h"

/* "a/./b//c" as "a/b/c"; "." as "". Such a path never climbs: `use` refuses "..". */
static const char *plain_path(struct arena *a, const char *path) {
  char *out = arena_alloc(a, strlen(path) + 1), *w = out;
  if (*path == '/') *w++ = '/';
  for (const char *p = path; *p;) {
    size_t n = strcspn(p, "/");
    if (n && !(n == 1 && *p == '.')) {
      if (w > out && w[-1] != '/') *w++ = '/';
      memcpy(w, p, n);
      w += n;
    }
    p += n + (p[n] == '/');
  }
  *w = 0;
  return out;
}

static const char *identify(void *ctx, struct arena *a, const char *path) {
  const struct memory_files *m = ctx;
  const char *known = m->under ? m->under->identify(m->under->ctx, a, path) : NULL;
  return known ? known : plain_path(a, path);
}

static const struct memory_file *find(struct memory_files *m, struct arena *a, const char *path) {
  const char *id = identify(m, a, path);
  for (size_t i = 0; i < m->n; i++)
    if (strcmp(identify(m, a, m->files[i].path), id) == 0) return &m->files[i];
  return NULL;
}

static struct source *read_file(void *ctx, struct arena *a, const char *path, const char **why) {
  struct memory_files *m = ctx;
  const struct memory_file *f = find(m, a, path);
  if (!f && m->under) return m->under->read(m->under->ctx, a, path, why);
  *why = !f ? strerror(ENOENT) : f->size > SOURCE_MAX ? SOURCE_TOO_LARGE : NULL;
  return *why ? NULL : source_new(a, path, f->text, f->size);
}

static int by_text(const void *x, const void *y) {
  return strcmp(*(const char *const *)x, *(const char *const *)y);
}

static bool lists(struct memory_files *m, struct arena *a, const path_list *out, const char *path) {
  const char *id = identify(m, a, path);
  for (size_t i = 0; i < out->n; i++)
    if (strcmp(identify(m, a, out->v[i]), id) == 0) return true;
  return false;
}

/* The files in memory below the folder, sorted; all of them for ".". */
static void add_below(struct memory_files *m, struct arena *a, const char *folder, path_list *out) {
  const char *id = plain_path(a, folder);
  size_t n = strlen(id);
  path_list found = {0};
  for (size_t i = 0; i < m->n; i++) {
    const char *path = plain_path(a, m->files[i].path);
    bool below = n == 0 || (strncmp(path, id, n) == 0 && path[n] == '/');
    if (below && is_rule_file(path) && !lists(m, a, out, path)) VEC_PUSH(a, &found, path);
  }
  if (found.n) qsort(found.v, found.n, sizeof *found.v, by_text);
  for (size_t i = 0; i < found.n; i++) VEC_PUSH(a, out, found.v[i]);
}

static bool add_path(struct memory_files *m, struct arena *a, const char *path, path_list *out,
                     struct diags *problems) {
  size_t before = out->n;
  if (find(m, a, path)) {
    if (!lists(m, a, out, path)) VEC_PUSH(a, out, path);
    return true;
  }
  struct diags unheard = {.arena = a}; /* a folder may be in memory only */
  bool under = m->under && m->under->list(m->under->ctx, a, &path, 1, out, &unheard);
  add_below(m, a, path, out);
  if (under || out->n > before) return true;
  if (m->under) return diag_fail(problems, V0701, "%s", diags_failure(&unheard));
  if (!m->of) return diag_fail(problems, V0701, "there is no file or folder %s in memory", path);
  return diag_fail(problems, V0701,
                   "the version \"%s\" has no rule files at %s: the path is seen from this folder, "
                   "and lies in it",
                   m->of, path);
}

static bool list(void *ctx, struct arena *a, const char *const *paths, size_t n, path_list *out,
                 struct diags *problems) {
  for (size_t i = 0; i < n; i++)
    if (!add_path(ctx, a, paths[i], out, problems)) return false;
  return true;
}

struct loader memory_loader(struct memory_files *files) {
  return (struct loader){.ctx = files, .read = read_file, .list = list, .identify = identify};
}
