/* The file of an SQLite dataset. In: a path. Out: whether SQLite may open it, and whether it is
 * still what it was. */
#include "data/sqlite/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { HEAD_BYTES = 20 };
/* The bytes that readers of an SQLite database lock, as its file format says. */
enum { SHARED_FIRST = 0x40000002, SHARED_SIZE = 510 };

uint32_t file_page_size(const unsigned char *head) {
  uint32_t page = (uint32_t)head[AT_PAGE_SIZE] << 8 | head[AT_PAGE_SIZE + 1];
  return page == 1 ? 65536 : page;
}

/* False: no SQLite database. */
static bool read_head(const char *path, unsigned char head[HEAD_BYTES]) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  bool good = fd >= 0 && read(fd, head, HEAD_BYTES) == HEAD_BYTES &&
              memcmp(head, "SQLite format 3", AT_PAGE_SIZE) == 0;
  if (fd >= 0) close(fd);
  return good;
}

/* A copy that was cut off in the middle of a page: SQLite would read zeros there. */
static bool is_cut(const char *path, off_t size) {
  unsigned char head[HEAD_BYTES];
  if (!read_head(path, head)) return false;
  uint32_t page = file_page_size(head);
  return page > 0 && size % page != 0;
}

const char *file_objection(const char *path, struct arena *a) {
  struct stat st;
  if (stat(path, &st) != 0)
    return errno == ENOENT || errno == ENOTDIR || !*path
               ? arena_printf(
                     a, "there is no file \"%s\". Name the dataset with --db, such as --db data.db",
                     path)
               : arena_printf(a, "%s cannot be opened: %s", path, strerror(errno));
  if (!S_ISREG(st.st_mode))
    return arena_printf(a, "%s is %s, not a file. Name the dataset with --db, such as --db data.db",
                        path,
                        S_ISDIR(st.st_mode)    ? "a folder"
                        : S_ISFIFO(st.st_mode) ? "a pipe"
                                               : "a device");
  if (access(path, R_OK) != 0)
    return arena_printf(a, "%s cannot be read: %s. Ask for the right to read it", path,
                        strerror(errno));
  if (st.st_size == 0)
    return arena_printf(a, "%s is empty: it holds no tables. Choose another file with --db", path);
  if (is_cut(path, st.st_size))
    return arena_printf(a, "%s is damaged: its end is missing. Copy or export the data again",
                        path);
  return NULL;
}

/* ---- watching ------------------------------------------------------------------------- */

struct file_watch watch_file(const char *path) {
  struct file_watch w = {.fd = open(path, O_RDONLY | O_CLOEXEC)};
  if (w.fd >= 0 && fstat(w.fd, &w.before) != 0) unwatch_file(&w);
  return w;
}

/* By the file, not by its name: one that was put in its place leaves what is open as it was. */
bool file_has_changed(const struct file_watch *w) {
  struct stat now;
  if (w->fd < 0) return false;
  if (fstat(w->fd, &now) != 0) return true;
  return now.st_size != w->before.st_size || now.st_mtim.tv_sec != w->before.st_mtim.tv_sec ||
         now.st_mtim.tv_nsec != w->before.st_mtim.tv_nsec;
}

void unwatch_file(struct file_watch *w) {
  if (w->fd >= 0) close(w->fd);
  w->fd = -1;
}

static bool is_at_rest(const char *path, struct arena *a) {
  static const char *const suffixes[] = {"-wal", "-journal"};
  struct stat st;
  for (int i = 0; i < 2; i++)
    if (stat(arena_printf(a, "%s%s", path, suffixes[i]), &st) == 0 && st.st_size > 0) return false;
  return true;
}

bool file_has_wal(const char *path) {
  unsigned char head[HEAD_BYTES];
  return read_head(path, head) && head[AT_READ_VERSION] == WAL_VERSION;
}

bool hold_resting_wal(const char *path, struct arena *a, struct file_watch *w) {
  struct file_watch held = watch_file(path);
  struct flock shared = {
      .l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = SHARED_FIRST, .l_len = SHARED_SIZE};
  /* a lock of the open file, not of the process: SQLite's own would end with any close */
  if (held.fd < 0 || fcntl(held.fd, F_OFD_SETLK, &shared) != 0 || !is_at_rest(path, a)) {
    unwatch_file(&held);
    return false;
  }
  *w = held;
  return true;
}
