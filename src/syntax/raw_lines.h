/* Lines of raw tokens, for whatever looks at a file before the parser does. */
#ifndef VIGIE_RAW_LINES_H
#define VIGIE_RAW_LINES_H

#include "syntax/token.h"

/* The raw tokens from `from` up to, not with, `to`: a line without the blanks around it. Empty
 * where nothing stands on it. */
struct raw_line {
  size_t from, to;
};

bool raw_ends_line(const struct tokens *raw, size_t i);
/* A sign that is none of rule files is trivia too, and no blank. */
bool raw_is_blank(const struct token *t);
/* Is it a word, and no text in quotes? */
bool raw_is_word(const struct token *t);
/* The rest of the line from the token on. */
struct raw_line raw_line_at(const struct tokens *raw, size_t from);
/* The line below it; empty: there is none, or nothing stands on it. */
struct raw_line raw_line_below(const struct tokens *raw, struct raw_line x);
/* The line must not be empty. */
struct span raw_line_span(const struct tokens *raw, struct raw_line x);
bool raw_is_empty(struct raw_line x);
/* The next line with something on it; empty: the file ends. */
struct raw_line raw_next_line(const struct tokens *raw, struct raw_line x);
/* Is it further in than the margin, or an item of a list? */
bool raw_is_inner(const struct tokens *raw, struct raw_line x);
/* Does the token begin with the sign? */
bool raw_is_char(const struct tokens *raw, size_t i, char c);
/* The colon behind the first word or text of the line; 0: none. */
size_t raw_colon_of(const struct tokens *raw, struct raw_line x);
/* How many tokens there are from the token to the end of the line `last`. */
size_t raw_tokens_to(const struct tokens *raw, size_t from, struct raw_line last);
/* How many bytes stand before it on its line. */
uint32_t raw_column(const struct tokens *raw, struct raw_line x);
/* Is it the first word of a clause, or what people write in its place, also in capitals? It is
 * dear, and asked last. */
bool raw_begins_clause(const struct tokens *raw, size_t i, struct arena *a);
/* Its text in the signs of rule files: == as =, && and AND as and, 'Pro' as "Pro"; without
 * comments, and with one blank for several. In the arena. */
const char *raw_written_here(const struct tokens *raw, struct raw_line x, struct arena *a);

#endif
