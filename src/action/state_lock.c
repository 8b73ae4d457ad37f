/* Who holds the lock. In: the path of a state database. Out: the process that is writing to it
 * and since when it runs. SQLite locks bytes of files, and the system knows whose locks those
 * are. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "action/state_db.h"

/* From SQLite's file format: the writer of a WAL database locks byte 120 of the -shm file, that
 * of any other the byte after the one at 1 GiB. */
enum { WAL_WRITE_BYTE = 120, RESERVED_BYTE = 0x40000001 };

static bool holder_of(const char *file, off_t byte, pid_t *pid) {
  int fd = open(file, O_RDWR | O_CLOEXEC);
  if (fd < 0) return false;
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};
  bool held = fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK && lock.l_pid > 0;
  if (held) *pid = lock.l_pid;
  close(fd);
  return held;
}

/* Field 22 of /proc/PID/stat: clock ticks from boot to the start. The name of the program, in
 * parentheses, may hold blanks, so fields are counted from the last parenthesis. */
static time_t started(pid_t pid) {
  char name[64], line[1024];
  snprintf(name, sizeof name, "/proc/%ld/stat", (long)pid);
  FILE *f = fopen(name, "re");
  if (!f) return 0;
  size_t n = fread(line, 1, sizeof line - 1, f);
  fclose(f);
  line[n] = 0;
  const char *p = strrchr(line, ')');
  unsigned long long ticks = 0;
  if (!p ||
      sscanf(p + 1,
             " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %llu",
             &ticks) != 1)
    return 0;
  struct timespec up;
  long hz = sysconf(_SC_CLK_TCK);
  if (hz <= 0 || clock_gettime(CLOCK_BOOTTIME, &up) != 0) return 0;
  return time(NULL) - up.tv_sec + (time_t)(ticks / (unsigned long long)hz);
}

bool state_lock_holder(const char *path, pid_t *pid, time_t *since) {
  char shm[4200];
  int n = snprintf(shm, sizeof shm, "%s-shm", path);
  if (n < 0 || (size_t)n >= sizeof shm) return false;
  if (!holder_of(shm, WAL_WRITE_BYTE, pid) && !holder_of(path, RESERVED_BYTE, pid)) return false;
  *since = started(*pid);
  return true;
}
