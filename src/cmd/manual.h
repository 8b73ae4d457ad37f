/* The pages of the manual, for man(1). All of it comes from the tables: cmd.def, opt.def,
 * format.def, exit.def, environment.def; of the language, clause.def, keyword.def, fn.def and
 * unit.def. */
#ifndef VIGIE_MANUAL_H
#define VIGIE_MANUAL_H

#include <stdio.h>

#include "cmd/command.h"

void manual_overview(FILE *out);                         /* vigie(1) */
void manual_command(FILE *out, const struct command *c); /* vigie-run(1), vigie-items-done(1) */
void manual_rules(FILE *out);                            /* vigie-rules(5) */

#endif
