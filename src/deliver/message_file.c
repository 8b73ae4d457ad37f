/* In: a message. Out: a file in a folder. */
#include "deliver/message_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool write_all(int fd, const char *bytes, size_t n) {
  while (n) {
    ssize_t k = write(fd, bytes, n);
    if (k < 0 && errno == EINTR) continue;
    if (k <= 0) return false;
    bytes += k;
    n -= (size_t)k;
  }
  return fsync(fd) == 0;
}

bool message_file_write(const struct message *m, const char *folder, struct arena *a,
                        const char **why) {
  const char *path = arena_printf(a, "%s/%s", folder, m->name),
             *draft = arena_printf(a, "%s/.%s.part", folder, m->name);
  int fd = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  bool ok = fd >= 0 && write_all(fd, m->bytes, m->n);
  if (fd >= 0) ok = close(fd) == 0 && ok;
  ok = ok && rename(draft, path) == 0;
  if (ok) return true;
  *why = arena_printf(a, "%s cannot be written: %s", path, strerror(errno));
  if (fd >= 0) unlink(draft);
  return false;
}
