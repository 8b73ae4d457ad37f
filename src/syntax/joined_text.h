/* Texts put together with signs, as in sheets and programs. See joined_text.c. */
#ifndef VIGIE_JOINED_TEXT_H
#define VIGIE_JOINED_TEXT_H

#include "base/diag.h"
#include "syntax/token.h"

/* Does a text that is put together begin at the raw token i, behind `do`, `step` or `means`? Then
 * *t is the one text that it is here, it is told, and so many raw tokens are taken; 0: none. */
size_t take_joined_text(const struct tokens *raw, size_t i, struct token *t, struct diags *ds);

#endif
