/* One command line. In: its words, and two files. Out: the exit status; the files hold what was
 * printed. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "cmd/command.h"
#include "run.h"

/* Everything printed to fd goes to the file; the copy of fd that restore wants. */
static int redirect(int fd, const char *path) {
  int keep = dup(fd), to = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (to < 0 || dup2(to, fd) < 0) perror(path);
  close(to);
  return keep;
}

static void restore(int fd, int keep) {
  dup2(keep, fd);
  close(keep);
}

int run_command(int argc, char **argv, const char *out, const char *err) {
  struct args args;
  int status = EXIT_USAGE;
  fflush(NULL);
  int keep_out = redirect(1, out), keep_err = redirect(2, err);
  if (args_read(argc, argv, &args)) {
    status = command_find(args.command)->run(&args);
    args_free(&args);
  }
  fflush(NULL);
  restore(1, keep_out);
  restore(2, keep_err);
  return status;
}
