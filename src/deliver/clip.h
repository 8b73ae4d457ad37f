/* A text of the data where there is only so much room for it. */
#ifndef VIGIE_CLIP_H
#define VIGIE_CLIP_H

#include <stddef.h>

struct arena;

/* One line of at most max characters (max > 0), cut at a character with "…" as the last; line ends
 * are blanks. In the arena. */
const char *clip(const char *text, size_t max, struct arena *a);

#endif
