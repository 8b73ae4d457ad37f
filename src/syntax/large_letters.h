/* Words of the language in large letters, as SQL has them. See large_letters.c. */
#ifndef VIGIE_LARGE_LETTERS_H
#define VIGIE_LARGE_LETTERS_H

#include "base/diag.h"
#include "syntax/token.h"

/* Is the raw token i a word of the language, which stands where one may? Then *t becomes that word,
 * and the first of a file is told; *told says that one was. */
void take_large_letters(const struct tokens *raw, size_t i, struct token *t, bool *told,
                        struct diags *ds);

#endif
