/* What other programs call otherwise. In: a word that is no command or option here. Out: what to
 * write instead. The words are rows of other_words.def. */
#ifndef VIGIE_OTHER_WORDS_H
#define VIGIE_OTHER_WORDS_H

#include "base/arena.h"
#include "cmd/command.h"

/* `words`: n words of a line, the first of which is no command. As the command itself (alone), or
 * behind `vigie items`. A sentence in the arena; NULL: nothing is known of it. */
const char *other_verb(const char *const *words, size_t n, bool alone, struct arena *a);

/* Of an option that the command does not take: "--late", or a sentence; NULL: nothing is known. */
const char *other_option(const struct command *c, const char *name);

#endif
