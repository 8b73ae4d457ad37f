/* The help: all of it comes from the tables cmd.def and opt.def. */
#ifndef VIGIE_HELP_H
#define VIGIE_HELP_H

#include <stdio.h>

#include "cmd/command.h"

/* What Vigie is, and one line a command. */
void help_overview(FILE *out);
/* How one command is used: what it takes, its options, an example. */
void help_command(FILE *out, const struct command *c);

#endif
