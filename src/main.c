/* In: the command line. Out: the exit status of the command that it names. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cmd/command.h"

int main(int argc, char **argv) {
  struct args args;
  /* a file that may not grow further is a full disk: a message, not a death */
  signal(SIGXFSZ, SIG_IGN);
  if (!args_read(argc, argv, &args)) return EXIT_USAGE;
  int status = command_find(args.command)->run(&args);
  args_free(&args);
  /* A result that did not reach the disk or the pipe is no result. */
  if (fflush(stdout) != 0 || ferror(stdout)) {
    fprintf(stderr, "vigie: the output could not be written: %s\n", strerror(errno));
    return EXIT_USAGE;
  }
  return status;
}
