/* Writing a file anew so that nobody ever sees half of it. */
#ifndef VIGIE_REPLACE_FILE_H
#define VIGIE_REPLACE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

struct arena;

/* The file at path (a link is followed) gets n bytes of text in one step and keeps its mode.
 * False when that fails: the file is then as it was, and problems say why. */
bool replace_file(const char *path, const char *text, size_t n, struct arena *a,
                  struct diags *problems);
/* The same of a file that need not be there yet: a new one gets the mode that new files have. */
bool write_whole_file(const char *path, const char *text, size_t n, struct arena *a,
                      struct diags *problems);

#endif
