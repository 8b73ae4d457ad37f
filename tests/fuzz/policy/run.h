/* A command of vigie in this process. */
#ifndef VIGIE_FUZZ_RUN_H
#define VIGIE_FUZZ_RUN_H

int run_command(int argc, char **argv, const char *out, const char *err);

#endif
