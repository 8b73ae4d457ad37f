/* In: a path and a text. Out: the file holds the text; or it is as it was. */
#include "format/replace_file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

/* A new file beside the old one, on the same disk, so that the move is one step; hidden, so that
 * no search for rule files meets it. */
static int new_beside(const char *path, struct arena *a, char **name) {
  const char *folder = dirname(arena_strdup(a, path)), *base = basename(arena_strdup(a, path));
  *name = arena_printf(a, "%s/.%s.XXXXXX", folder, base);
  return mkstemp(*name);
}

/* All of the text, its owner and its mode, on the disk. */
static bool fill(int fd, const char *text, size_t n, const struct stat *old) {
  for (ssize_t wrote; n > 0; text += wrote, n -= (size_t)wrote)
    if ((wrote = write(fd, text, n)) < 0) return false;
  /* Only root may give a file away; for others the new file is theirs, as it is with every
   * editor. */
  if (fchown(fd, old->st_uid, old->st_gid) != 0 && errno != EPERM) return false;
  return fchmod(fd, old->st_mode & 07777) == 0 && fsync(fd) == 0;
}

bool replace_file(const char *path, const char *text, size_t n, struct arena *a,
                  struct diags *problems) {
  struct stat old;
  char *real = realpath(path, NULL), *name = NULL;
  int fd = -1;
  bool done = real && stat(real, &old) == 0 && access(real, W_OK) == 0 &&
              (fd = new_beside(real, a, &name)) >= 0;
  if (done) {
    done = fill(fd, text, n, &old);
    int why = errno;
    if (close(fd) != 0 && done) done = false, why = errno;
    errno = why;
    done = done && rename(name, real) == 0;
  }
  if (!done) {
    diag_fail(problems, V0702, "%s cannot be written: %s", path, strerror(errno));
    if (fd >= 0) unlink(name);
  }
  free(real);
  return done;
}

bool write_whole_file(const char *path, const char *text, size_t n, struct arena *a,
                      struct diags *problems) {
  int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0666);
  if (fd < 0 && errno != EEXIST)
    return diag_fail(problems, V0702, "%s cannot be written: %s", path, strerror(errno));
  bool is_new = fd >= 0;
  if (is_new) close(fd);
  bool good = replace_file(path, text, n, a, problems);
  if (!good && is_new) unlink(path);
  return good;
}
