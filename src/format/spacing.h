/* How words and signs of one line are written and set apart. */
#ifndef VIGIE_SPACING_H
#define VIGIE_SPACING_H

#include <stdio.h>

#include "format/marks.h"

/* Is there a space between mark i - 1 and mark i (i > 0) when both stand in one line? */
bool space_before(const mark_list *marks, size_t i);

/* Writes mark i: its bytes, or the plain spelling of → ≥ ≤ ≠ and 100k€. */
void mark_write(const mark_list *marks, size_t i, const struct source *src, FILE *out);

#endif
