/* Signs that are none of rule files. See spelling_signs.c. */
#ifndef VIGIE_SPELLING_SIGNS_H
#define VIGIE_SPELLING_SIGNS_H

#include "base/diag.h"
#include "syntax/token.h"

/* Tells of the sign at the raw token i, whose text this is, and repairs *t, a copy of it. */
void say_character(const struct tokens *raw, size_t i, struct span s, const char *text,
                   struct token *t, struct diags *ds);
/* The first token of the line that token i stands in. */
size_t first_of_line(const struct tokens *raw, size_t i);
/* Is the token this word? */
bool raw_word_is(const struct tokens *raw, size_t i, const char *word);
/* Does the token stand behind the word, over blanks? */
bool stands_behind(const struct tokens *raw, size_t i, const char *word);
/* The token before (-1) or behind (1) i, over blanks; NULL: the line begins or ends there. */
const struct token *raw_beside(const struct tokens *raw, size_t i, int step);

#endif
