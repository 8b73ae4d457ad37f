/* In: a path. Out: what it names, and where that lies. */
#include "base/path.h"

#include <string.h>
#include <sys/stat.h>

#include "base/text.h"

bool path_is_folder(const char *path) {
  struct stat st;
  return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

const char *path_folder(const char *path, struct arena *a) {
  const char *slash = strrchr(path, '/');
  if (!slash) return ".";
  return slash == path ? "/" : arena_strndup(a, path, (size_t)(slash - path));
}

/* Two slashes behind "file:" begin the name of a machine, which is empty here, however many slashes
 * the path begins with; ":memory:" alone would be no file. */
const char *path_still_uri(const char *path, struct arena *a) {
  return arena_printf(a, "file:%s%s?immutable=1", *path == '/' ? "//" : "./",
                      text_percent(a, path, "/-._~"));
}
