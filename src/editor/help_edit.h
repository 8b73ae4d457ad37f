/* The edit that the help of a message says, where it says one. */
#ifndef VIGIE_EDITOR_HELP_EDIT_H
#define VIGIE_EDITOR_HELP_EDIT_H

#include <stdbool.h>

#include "base/diag.h"

struct help_edit {
  struct span at;
  const char *text; /* in the arena */
};

/* False: the help explains, or shows an example with names to be filled in. tests/messages/helps.sh
 * follows the same words to the letter. */
bool help_edit_of(const struct diag *d, struct arena *a, struct help_edit *out);

#endif
