/* A broken promise. In: where and which. Out: one line on standard error, and the end. */
#include "base/check.h"

#include <stdio.h>
#include <stdlib.h>

void check_failed(const char *file, int line, const char *what) {
  fprintf(stderr,
          "vigie: a fault of the program at %s:%d (%s); nothing was written. Please report it with "
          "the rule file\n",
          file, line, what);
  abort();
}
