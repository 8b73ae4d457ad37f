/* The terminal. In: a stream, the environment. Out: widths. */
#include "base/terminal.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { DEFAULT_WIDTH = 100, WIDEST = 10000 };

static int width_of(int fd) {
  struct winsize size;
  return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

int term_width(void) {
  int width = width_of(STDOUT_FILENO);
  if (width > 0) return width;
  const char *columns = getenv("COLUMNS");
  char *end;
  long said = columns ? strtol(columns, &end, 10) : 0;
  return said > 0 && said <= WIDEST && !*end ? (int)said : DEFAULT_WIDTH;
}

int term_room(FILE *f) {
  int fd = fileno(f);
  return fd >= 0 ? width_of(fd) : 0;
}

bool term_is_tty(FILE *f) {
  int fd = fileno(f);
  return fd >= 0 && isatty(fd);
}
