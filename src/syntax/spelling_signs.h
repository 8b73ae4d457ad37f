/* Signs that are none of rule files. See spelling_signs.c. */
#ifndef VIGIE_SPELLING_SIGNS_H
#define VIGIE_SPELLING_SIGNS_H

#include "base/diag.h"
#include "syntax/token.h"

/* Tells of the sign at the raw token i, whose text this is, and repairs *t, a copy of it. */
void say_character(const struct tokens *raw, size_t i, struct span s, const char *text,
                   struct token *t, struct diags *ds);
/* ${health}, {{health}}, [health]: a name between signs that begin at the byte; false: none. */
bool say_wrapped_name(const struct tokens *raw, uint32_t at, struct diags *ds);
/* $health, @health at the raw token of the sign: a name without it; false: none. */
bool say_marked_name(const struct tokens *raw, size_t i, struct diags *ds);
/* $B$2, B$2 at the raw token of a `$`: a cell of a sheet; false: it is none. */
bool say_cell(const struct tokens *raw, size_t i, struct diags *ds);
/* account!mrr at the `!`: a column of a sheet; *t becomes a dot. False: it is none. */
bool say_sheet(const struct tokens *raw, size_t i, struct token *t, struct diags *ds);

/* The first token of the line that token i stands in. */
size_t first_of_line(const struct tokens *raw, size_t i);
/* Is the token this word? */
bool raw_word_is(const struct tokens *raw, size_t i, const char *word);
/* Does the token stand behind the word, over blanks? */
bool stands_behind(const struct tokens *raw, size_t i, const char *word);
/* The token before (-1) or behind (1) i, over blanks; NULL: the line begins or ends there. */
const struct token *raw_beside(const struct tokens *raw, size_t i, int step);

#endif
