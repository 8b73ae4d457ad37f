/* `vigie --version`. Out: the name and the version. */
#include <stdio.h>

#include "cmd/command.h"

int cmd_version(const struct args *args) {
  (void)args;
  puts("vigie " VIGIE_VERSION);
  return EXIT_CLEAN;
}
