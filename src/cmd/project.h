/* What a command line leaves out: the rule files, the dataset, where the items are kept, the
 * language. */
#ifndef VIGIE_CMD_PROJECT_H
#define VIGIE_CMD_PROJECT_H

#include "base/diag.h"
#include "cmd/command.h"

/* Fills in what the line does not say. RULES: the folder `rules`, else the rule files of this
 * folder. --db, --state and --lang: VIGIE_DB and VIGIE_STATE, else the `project` of the rule files
 * (rows of setting.def), whose paths are seen from the file that says them. False after a message,
 * when the command needs rule files and there are none. Mistakes in rule files are not said here:
 * the command reads them too. */
bool project_fill(struct args *args);

/* NAME RULES…: how many words stand before the rule files; SIZE_MAX: the command takes none. */
size_t words_before_rules(const struct args *args, const struct command *c);

/* Where a path that nobody typed comes from, for a message that names it: a sentence in the arena;
 * NULL when the message names none. */
const char *project_origin(const struct args *args, const char *message, struct arena *a);

#endif
