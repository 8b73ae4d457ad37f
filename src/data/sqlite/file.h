/* The file of an SQLite dataset, before and beside SQLite. */
#ifndef VIGIE_SQLITE_FILE_H
#define VIGIE_SQLITE_FILE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/arena.h"

/* Where the head of an SQLite file says what, as its format is documented. */
enum { AT_PAGE_SIZE = 16, AT_READ_VERSION = 19, WAL_VERSION = 2 };
/* Bytes; of a file that is none, anything. */
uint32_t file_page_size(const unsigned char *head);

/* Why SQLite should not be asked to open it: it would make a missing file, wait for ever on a
 * pipe, and take an empty file for a database without tables. NULL: it may. */
const char *file_objection(const char *path, struct arena *a);

/* A file that must not change while it is read. */
struct file_watch {
  int fd;             /* -1: not watched */
  struct stat before; /* as it was when the watch began */
};
struct file_watch watch_file(const char *path);
bool file_has_changed(const struct file_watch *w);
void unwatch_file(struct file_watch *w);

/* Whether it is in WAL mode. Not while SQLite has it open: closing a file ends SQLite's locks. */
bool file_has_wal(const char *path);

/* Of a file in WAL mode: whether the file itself holds everything, so that no other program is,
 * or was, in the middle of a change. Then it can be read without the files that WAL mode needs
 * beside it, which SQLite would make, and leave behind as the reader's: its owner could not write
 * any more. Until the watch ends, other programs may write to their WAL, but not fold it into the
 * file as the last one that closes it does. */
bool hold_resting_wal(const char *path, struct arena *a, struct file_watch *w);

#endif
