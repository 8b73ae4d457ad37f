/* Did you mean: the known word that a mistyped one is nearest to. */
#ifndef VIGIE_SUGGEST_H
#define VIGIE_SUGGEST_H

#include <stddef.h>

/* The candidate that `word` was most plausibly meant to be, or NULL when none is near enough to
 * be worth saying. Texts are UTF-8 (other bytes are compared as they are); NULL candidates are
 * skipped. A letter too many, too few, wrong, or two swapped count one each; upper and lower case
 * count nothing but break ties, as does the order of the candidates. The result is one of the
 * candidates: the caller owns it. */
const char *suggest(const char *word, const char *const *candidates, size_t n);

#endif
