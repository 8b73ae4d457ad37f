/* The keys of groups as people read and write them: EMEA, "Smith, Jones", unknown.
 *
 * The values stand side by side with ", " between them; a text stands in quotes where it could be
 * taken for something else. */
#ifndef VIGIE_KEY_TEXT_H
#define VIGIE_KEY_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* Could the text be taken for several values, or for no text? alone: it is the only value. */
bool key_needs_quotes(const char *text, bool alone);
const char *key_in_quotes(const char *text, struct arena *a);
/* The end of the value that begins at s: before ", ", or the end of the text. */
const char *key_value_end(const char *s);

/* The key of the group of these texts, n > 0 of them, in the arena; `unknown` stands for a value
 * that is not known. */
const char *key_of_texts(const char *const *texts, size_t n, struct arena *a);
/* The reverse: at most max values of the key, without their quotes, into out. How many there are
 * comes back, more than max included. */
size_t key_texts(const char *key, const char **out, size_t max, struct arena *a);

#endif
