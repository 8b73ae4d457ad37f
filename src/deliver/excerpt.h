/* What a receiver says about a message that it does not take: "invalid_blocks" helps more than 400.
 * It may also be the page of a firewall, or repeat the secret address it was asked at. */
#ifndef VIGIE_EXCERPT_H
#define VIGIE_EXCERPT_H

#include <stddef.h>

struct arena;

/* One line of printable characters from the beginning of an answer, at most EXCERPT_MAX of them, in
 * the arena. NULL: there is nothing to read in it, it is a web page, or it holds four letters or
 * digits in a row of one of the secrets, or a shorter secret as a whole. */
const char *excerpt(struct arena *a, const char *answer, size_t n, const char *const *secrets,
                    size_t n_secrets);

#endif
