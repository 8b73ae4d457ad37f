/* What every command that takes rule files does first: read them, and say what is wrong. */
#ifndef VIGIE_CMD_RULES_H
#define VIGIE_CMD_RULES_H

#include "cmd/args.h"
#include "sema/ruleset.h"

/* Reads the files of args. On mistakes they are printed (text on stderr; with --format json one
 * document on stdout) and NULL comes back with *status set: EXIT_USAGE for a path, EXIT_RULES for
 * invalid files. Warnings are printed and do not stop anything. Dumps that --dump asks for
 * (tokens, ast, types) go to stdout. */
struct ruleset *rules_read(const struct args *args, struct arena *a, int *status);

/* The same of other files than those of args. */
struct ruleset *rules_read_from(const struct args *args, const struct load_request *request,
                                struct arena *a, int *status);

/* Prints the diagnostics in the format asked for; json: the whole document on stdout. */
void rules_print_diags(const struct args *args, struct ruleset *rs);

#endif
