/* What formatting changes in a file, as a unified diff. */
#ifndef VIGIE_LINE_DIFF_H
#define VIGIE_LINE_DIFF_H

#include <stdbool.h>
#include <stdio.h>

#include "base/source.h"

/* Prints how `after` (NUL-terminated) differs from the source: nothing when it does not. Made for
 * texts whose non-blank lines answer to each other, as those of format_source do; of any other
 * two texts it prints a diff that is right, but may be longer than needed. color: removed lines
 * red, added ones green. */
void line_diff_print(const struct source *before, const char *after, bool color, struct arena *a,
                     FILE *out);

#endif
