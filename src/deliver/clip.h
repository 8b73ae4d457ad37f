/* A text of the data where there is only so much room for it. */
#ifndef VIGIE_CLIP_H
#define VIGIE_CLIP_H

#include <stddef.h>

struct arena;

/* One line of at most max characters (max > 0), cut at a character with "…" as the last. Line ends
 * and other control characters are blanks, bytes that are no UTF-8 are "?". In the arena. */
const char *clip(const char *text, size_t max, struct arena *a);

#endif
