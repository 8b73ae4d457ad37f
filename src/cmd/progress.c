/* Progress. In: the tables that are read, one after the other. Out: a line on a terminal that the
 * next one replaces. */
#include "cmd/progress.h"

#include <stdbool.h>
#include <stdio.h>
#include <time.h>

#include "base/terminal.h"

static bool shown;

void show_progress(void *ctx, const char *what) {
  static time_t began;
  (void)ctx;
  if (!term_is_tty(stderr)) return;
  if (!began) began = time(NULL);
  if (time(NULL) - began < 1) return; /* a short run stays silent */
  fprintf(stderr, "\r\033[Kreading %s …", what);
  fflush(stderr);
  shown = true;
}

void progress_end(void) {
  if (shown) fputs("\r\033[K", stderr), fflush(stderr);
  shown = false;
}
