/* vigie init DIR. In: the folder to create. Out: a starter project in it, and what to type next. */
#include <stdio.h>

#include "base/arena.h"
#include "cmd/args.h"
#include "starter/starter.h"

int cmd_init(const struct args *args) {
  const char *dir = args->paths[0], *message = NULL;
  struct arena *a = arena_new();
  bool done = starter_write(dir, a, &message);
  if (!done) {
    fprintf(stderr, "vigie init: %s\n", message);
  } else if (!args->quiet) {
    printf(
        "Wrote a starter project to %s: rules to read, a dataset to run them on, a README.\n\n"
        "Type next:\n"
        "  cd %s\n"
        "  vigie run rules --db data.db --as-of " STARTER_DAY "\n",
        dir, dir);
  }
  arena_free(a);
  return done ? EXIT_CLEAN : EXIT_USAGE;
}
