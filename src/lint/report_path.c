/* Paths as code hosts know them. In: a path as it was written on the command line. Out: the same
 * from the root of its repository. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "lint/report.h"

/* The folder is resolved, not the file: a link to rules elsewhere is a file of this repository. */
static const char *absolute(struct arena *a, const char *path) {
  const char *slash = strrchr(path, '/');
  char *real = realpath(path_folder(path, a), NULL);
  const char *out =
      real ? arena_printf(a, "%s/%s", strcmp(real, "/") == 0 ? "" : real, slash ? slash + 1 : path)
           : NULL;
  free(real);
  return out;
}

static const char *from_the_root(struct arena *a, const char *path) {
  const char *whole = absolute(a, path);
  while (path[0] == '.' && path[1] == '/') path += 2;
  if (!whole) return path;
  for (size_t n = strlen(whole); n > 0; n--) {
    if (whole[n] != '/') continue;
    const char *git = arena_printf(a, "%.*s/.git", (int)n, whole);
    if (access(git, F_OK) == 0) return whole + n + 1;
  }
  return path;
}

const char *report_path(struct lint_result *r, const char *path) {
  struct arena *a = r->findings.arena;
  const char *shown = map_get(&r->shown_paths, path);
  if (shown) return shown;
  shown = from_the_root(a, path);
  map_put(&r->shown_paths, a, path, (void *)shown);
  return shown;
}
