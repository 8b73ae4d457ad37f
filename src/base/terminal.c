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

/* What is no terminal does not become one: it is asked for each sentence. */
int term_room(FILE *f) {
  static bool no_terminal[STDERR_FILENO + 1];
  int fd = fileno(f);
  bool remembered = fd >= 0 && fd <= STDERR_FILENO;
  if (fd < 0 || (remembered && no_terminal[fd])) return 0;
  int room = width_of(fd);
  if (remembered) no_terminal[fd] = !room;
  return room;
}

bool term_is_tty(FILE *f) {
  int fd = fileno(f);
  return fd >= 0 && isatty(fd);
}
