/* In: the command line. Out: the exit status of the command that it names. */
#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cmd/command.h"
#include "cmd/project.h"

/* Columns of many rows are made and freed day after day: what was freed is used again, and not
 * given back to the system, which hands out zeroed pages slowly. */
static void keep_freed_memory(void) {
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
}

int main(int argc, char **argv) {
  struct args args;
  static char line[BUFSIZ];
  keep_freed_memory();
  /* messages are printed letter by letter: a call of the system for each line, not each letter */
  setvbuf(stderr, line, _IOLBF, sizeof line);
  /* a file that may not grow further is a full disk: a message, not a death */
  signal(SIGXFSZ, SIG_IGN);
  if (!args_read(argc, argv, &args)) return EXIT_USAGE;
  int status = project_fill(&args) ? command_find(args.command)->run(&args) : EXIT_USAGE;
  args_free(&args);
  /* A result that did not reach the disk or the pipe is no result. */
  if (fflush(stdout) != 0 || ferror(stdout)) {
    fprintf(stderr, "vigie: the output could not be written: %s\n", strerror(errno));
    return EXIT_USAGE;
  }
  return status;
}
