/* vigie init DIR. In: the folder to create. Out: a starter project in it, and what to type next. */
#include <stdio.h>

#include "base/arena.h"
#include "cmd/args.h"
#include "cmd/problems.h"
#include "starter/starter.h"

int cmd_init(const struct args *args) {
  const char *dir = args->paths[0];
  struct arena *a = arena_new();
  struct diags problems = {.arena = a};
  int status = EXIT_CLEAN;
  bool done = starter_write(dir, a, &problems);
  if (!done) {
    status = print_problems(args, "vigie init", &problems);
  } else if (!args->quiet) {
    printf(
        "Wrote a starter project to %s: rules to read, a dataset to run them on, a README.\n\n"
        "Type next:\n"
        "  cd %s\n"
        "  vigie run rules --db data.db --as-of " STARTER_DAY "\n",
        dir, dir);
  }
  arena_free(a);
  return status;
}
