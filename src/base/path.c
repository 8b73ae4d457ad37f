/* In: a path. Out: what it names, and where that lies. */
#include "base/path.h"

#include <string.h>
#include <sys/stat.h>

bool path_is_folder(const char *path) {
  struct stat st;
  return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

const char *path_folder(const char *path, struct arena *a) {
  const char *slash = strrchr(path, '/');
  if (!slash) return ".";
  return slash == path ? "/" : arena_strndup(a, path, (size_t)(slash - path));
}
