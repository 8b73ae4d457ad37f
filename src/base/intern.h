/* Interned names: one copy of each in an arena, so that equal names have equal pointers.
 *
 * The table of names belongs to the arena, as the names do, and goes with it: whoever loads rule
 * sets again and again (an editor) frees each with its arena, and nothing stays behind. Names of
 * two arenas are never the same pointer; compare those with strcmp. */
#ifndef VIGIE_INTERN_H
#define VIGIE_INTERN_H

#include <stddef.h>

#include "base/arena.h"

/* The one pointer of the arena that stands for the text; owned by the arena. */
const char *intern(struct arena *a, const char *s);
const char *intern_n(struct arena *a, const char *s, size_t n); /* n bytes, no NUL needed */

#endif
