/* In: a policy that is being edited. Out: as it was before: as git keeps it, else as it was
 * saved. */
#include <string.h>

#include "base/path.h"
#include "editor/counting.h"
#include "syntax/git_files.h"

static const char *folder_of(const struct policy *p, struct arena *a) {
  const char *at = p->kind == POLICY_GIVEN ? p->given.v[0] : p->at;
  return path_is_folder(at) ? at : path_folder(at, a);
}

/* Those paths of the policy that the version has. */
static path_list paths_there(const struct analysis *x, const struct loader *from, struct arena *a) {
  path_list out = {0}, unused = {0};
  struct diags unheard = {.arena = a};
  for (size_t i = 0; i < x->request.n_paths; i++)
    if (from->list(from->ctx, a, &x->request.paths[i], 1, &unused, &unheard))
      VEC_PUSH(a, &out, x->request.paths[i]);
  return out;
}

static bool read_from(const struct analysis *x, struct arena *a, struct committed *c) {
  path_list paths = paths_there(x, &c->from, a);
  struct diags unheard = {.arena = a};
  c->request = (struct load_request){.paths = paths.v, .n_paths = paths.n, .from = &c->from};
  return paths.n && ruleset_load(&c->request, a, &c->rs, &unheard) && !c->rs->diags.errors;
}

bool committed_read(const struct analysis *x, struct arena *a, struct committed *out) {
  struct diags unheard = {.arena = a};
  *out = (struct committed){.of_git = true};
  if (git_files_in("HEAD", folder_of(x->policy, a), "--git", a, &out->files, &unheard)) {
    out->from = memory_loader(&out->files);
    if (read_from(x, a, out)) return true;
  }
  *out = (struct committed){.from = disk_loader};
  return read_from(x, a, out);
}
