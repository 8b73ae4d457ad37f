/* `vigie help WORD`, for what stands in rule files and on screens: formulas and files of the
 * standard library, functions, clauses, words, units, terms of the glossary. */
#ifndef VIGIE_HELP_WORD_H
#define VIGIE_HELP_WORD_H

#include <stdbool.h>
#include <stdio.h>

#include "base/arena.h"

/* Says all that the word is; false, and nothing is printed: it is none of them. `also`: something
 * was said of the word already, as of a command. */
bool help_word(FILE *out, struct arena *a, const char *word, bool also);
/* The word that a mistyped one was meant to be; NULL: none is near. */
const char *help_word_near(struct arena *a, const char *word);

/* Those that hold the letters of `part`, in one line, at most eight of them: "open_pipeline,
 * weighted_pipeline"; NULL: none does, or it has fewer than three letters. */
const char *help_words_like(struct arena *a, const char *part);

typedef void word_seen(void *context, const char *word, const char *about);
/* Each of them once, with a few words on what it is: for completion. */
void help_words(struct arena *a, word_seen *seen, void *context);

#endif
