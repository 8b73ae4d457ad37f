/* What a command does when a stage failed: print what came, and end with the status for it. */
#ifndef VIGIE_CMD_PROBLEMS_H
#define VIGIE_CMD_PROBLEMS_H

#include "base/diag.h"
#include "cmd/args.h"

/* Prints everything in `problems` on standard error: "WHO: the sentence" for what has no place in
 * a rule file, the place and its line for the rest. With --format json the same goes to standard
 * output as the document of `vigie check`, with the codes. who: "vigie", "vigie lint". A line of
 * progress is wiped. Returns EXIT_USAGE when there is an error among them, else EXIT_CLEAN. */
/* What the data showed, on standard error. */
void print_note(const char *text);
int print_problems(const struct args *args, const char *who, struct diags *problems);

/* The document of `vigie check --format json` on standard output. */
void print_diags_json(struct diags *d);

/* The command line asks for what cannot be done: one error V0704, printed. Returns EXIT_USAGE. */
int refuse_option(const struct args *args, const char *who, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#endif
