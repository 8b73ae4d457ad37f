/* The older version of lint --since and --changed-from. In: its name, and findings. Out: the
 * findings that it has not. */
#include "cmd/lint_older.h"

#include <string.h>
#include <sys/stat.h>

#include "base/path.h"
#include "cmd/problems.h"
#include "judge/dataset_check.h"
#include "judge/judge.h"
#include "lint/changed.h"
#include "syntax/git_files.h"
#include "syntax/loader.h"

struct older {
  const struct args *args;
  struct arena *a;
  VEC(struct memory_file) files; /* of git */
  path_list paths;               /* those of the command line that it has */
};

/* ---- git ------------------------------------------------------------------------------ */

/* The folder that the path is, or that its file is in. */
static const char *folder_of(struct arena *a, const char *path, bool *is_folder) {
  size_t n = strlen(path);
  *is_folder = path_is_folder(path);
  if (!*is_folder) return path_folder(path, a);
  while (n > 1 && path[n - 1] == '/') n--;
  return arena_strndup(a, path, n);
}

static bool read_git(struct older *o, struct diags *problems) {
  for (size_t i = 0; i < o->args->n_paths; i++) {
    struct memory_files files;
    bool whole, known = false;
    const char *path = o->args->paths[i], *dir = folder_of(o->a, path, &whole);
    if (!git_files_in(o->args->since, dir, "--since", o->a, &files, problems)) return false;
    for (size_t k = 0; k < files.n; k++) {
      VEC_PUSH(o->a, &o->files, files.files[k]);
      known |= whole || strcmp(files.files[k].path, path) == 0;
    }
    if (known) VEC_PUSH(o->a, &o->paths, path);
  }
  return true;
}

/* ---- its findings --------------------------------------------------------------------- */

static struct ruleset *load(struct older *o, struct memory_files *memory) {
  struct loader loader = memory_loader(memory);
  struct load_request request = {.paths = o->paths.v, .n_paths = o->paths.n, .from = &loader};
  if (o->args->changed_from)
    request = (struct load_request){.paths = &o->args->changed_from, .n_paths = 1};
  struct ruleset *rs = NULL;
  struct diags quiet = {.arena = o->a};
  bool good = request.n_paths && ruleset_load(&request, o->a, &rs, &quiet) && !rs->diags.errors;
  return good ? rs : NULL;
}

/* The data may have another shape than the older version knew. */
static bool fits(struct ruleset *rs, struct dataset *db, struct arena *a) {
  struct diags quiet = {.arena = a};
  return !db || (!dataset_check_names(rs, db) && load_holidays(rs, db, &quiet) &&
                 load_fiscal_periods(rs, db, &quiet));
}

bool lint_keep_since(const struct args *args, struct lint_result *r, const struct ruleset *rs,
                     const struct lint_options *o, struct diags *problems) {
  struct older x = {.args = args, .a = r->findings.arena};
  struct stat st;
  if (args->since && !read_git(&x, problems)) return false;
  if (args->changed_from && stat(args->changed_from, &st) != 0)
    return diag_fail(problems, V0701, "there is no file or folder %s: check how it is spelled",
                     args->changed_from);
  if (args->since && !x.paths.n) return true; /* all of it is new */
  struct memory_files memory = {.files = x.files.v, .n = x.files.n, .of = args->since};
  struct ruleset *old = load(&x, &memory);
  struct diags quiet = {.arena = x.a};
  struct lint_result *before = old && fits(old, o->db, x.a) ? lint_run(old, x.a, o, &quiet) : NULL;
  if (before)
    lint_keep_new(r, rs, before, old);
  else
    print_note(
        "the older version has mistakes, or does not fit the data: everything found is shown");
  return true;
}
