/* Sentences of other languages, written as they are here: what the tables of helps (prose.def,
 * function.def) are filled in with. */
#ifndef VIGIE_RETELL_H
#define VIGIE_RETELL_H

#include "base/arena.h"

/* The text `write` with each `$X` replaced by what part gives for X; in the arena. NULL: part gave
 * NULL for one of them. */
const char *retell(struct arena *a, const char *write, const char *(*part)(void *ctx, char sign),
                   void *ctx);

/* "%retail%" of other languages as a pattern of rule files, in quotes: without the wildcards at its
 * ends, found anywhere ("retail"), at the beginning ("^retail") or the end ("retail$"). at: '^' or
 * '$'; 0: as the wildcards say it. */
const char *wildcard_pattern(struct arena *a, const char *text, char at);

#endif
