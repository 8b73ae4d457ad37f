/* Between the word list (grammar/vigie.l) and token.c: what an action of the lexer may call. */
#ifndef VIGIE_LEXING_H
#define VIGIE_LEXING_H

#include "syntax/token.h"

struct lex_state {
  struct arena *arena; /* of the list */
  struct arena *names;
  struct tokens *out;
  uint32_t at;
};

/* Each appends one token for n bytes at the place reached, and returns 1 (go on). */
int lex_token(struct lex_state *x, int kind, const char *text, size_t n);
int lex_wrong(struct lex_state *x, int kind, enum misspelling why, const char *text, size_t n);
/* A run that begins like a word: a word, a reserved word, a sign such as → or ≥, a curly-quoted
 * text, a no-break space. Appends one token for the bytes that belong together and returns how
 * many those are. */
size_t lex_word(struct lex_state *x, const char *text, size_t n);

#endif
