/* The words of this command line, for the commands that a page or a pack names: whoever types them
 * gets what it shows. In the arena, each with a blank before it. */
#ifndef VIGIE_CMD_AGAIN_H
#define VIGIE_CMD_AGAIN_H

#include "cmd/args.h"

/* `before`, and behind it the option ("": none) and the word, as a shell takes it. */
const char *again_word(struct arena *a, const char *before, const char *option, const char *word);
/* " rules --db data.db": the rules, and the data where the line named them. */
const char *again_where(const struct args *args, struct arena *a);

#endif
