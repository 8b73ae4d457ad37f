/* In: the path of a file. Out: the files that it is judged with. */
#include "editor/policy.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "base/text.h"
#include "editor/catalog.h"

struct policy *policy_new(enum policy_kind kind, const char *at) {
  struct policy *p = xcalloc(1, sizeof *p);
  p->kind = kind;
  p->own = arena_new();
  p->at = arena_strdup(p->own, at);
  p->published = json_object();
  p->findings = json_object();
  p->figures = json_object();
  p->wanted_tests = json_array();
  return p;
}

void policy_free(struct policy *p) {
  if (p->good != p->now) analysis_free(p->good);
  analysis_free(p->now);
  catalog_free(p->catalog);
  catalog_free(p->served);
  json_decref(p->published);
  json_decref(p->findings);
  json_decref(p->figures);
  json_decref(p->wanted_tests);
  arena_free(p->own);
  free(p);
}

bool policy_is_current(const struct policy *p) { return p->now && p->now->of == p->edits; }

/* The rule files right in the folder. */
static void add_flat(const char *folder, struct arena *a, path_list *out) {
  glob_t found;
  if (glob(arena_printf(a, "%s/*.vigie", folder), GLOB_NOMAGIC, NULL, &found) != 0) return;
  for (size_t i = 0; i < found.gl_pathc; i++) VEC_PUSH(a, out, arena_strdup(a, found.gl_pathv[i]));
  globfree(&found);
}

void policy_paths(const struct policy *p, struct document *const *docs, size_t n, struct arena *a,
                  path_list *out) {
  for (size_t i = 0; i < p->given.n; i++) VEC_PUSH(a, out, arena_strdup(a, p->given.v[i]));
  if (p->kind == POLICY_FOLDER) VEC_PUSH(a, out, arena_strdup(a, p->at));
  if (p->kind == POLICY_FLAT) add_flat(p->at, a, out);
  for (size_t i = 0; i < n && p->kind >= POLICY_FLAT; i++)
    if (docs[i]->policy == p) VEC_PUSH(a, out, arena_strdup(a, docs[i]->path));
}

static bool lies_in(const char *path, const char *folder) {
  size_t n = strlen(folder);
  while (n && folder[n - 1] == '/') n--;
  return strncmp(path, folder, n) == 0 && (path[n] == '/' || !path[n]);
}

/* The outermost folder called `rules` above the file, no further up than a root of the editor. */
static const char *folder_of_rules(const char *path, const path_list *roots, struct arena *a) {
  const char *found = NULL;
  for (const char *f = path_folder(path, a); strlen(f) > 1; f = path_folder(f, a)) {
    const char *name = strrchr(f, '/');
    if (name && strcmp(name, "/rules") == 0) found = f;
    for (size_t i = 0; i < roots->n; i++)
      if (same_text(roots->v[i], f)) return found;
  }
  return found;
}

enum policy_kind policy_of_path(const char *path, const path_list *roots, const path_list *given,
                                struct arena *a, const char **at) {
  *at = "";
  for (size_t i = 0; i < given->n; i++)
    if (lies_in(path, given->v[i])) return POLICY_GIVEN;
  *at = path;
  if (*path != '/') return POLICY_FILE;
  const char *rules = folder_of_rules(path, roots, a), *folder = path_folder(path, a);
  if (rules) {
    *at = rules;
    return POLICY_FOLDER;
  }
  for (size_t i = 0; i < roots->n; i++)
    if (same_text(roots->v[i], folder)) {
      *at = folder;
      return POLICY_FLAT;
    }
  return POLICY_FILE;
}
