/* Words and signs inside a line that other languages write so. See foreign_tokens.c. */
#ifndef VIGIE_FOREIGN_TOKENS_H
#define VIGIE_FOREIGN_TOKENS_H

#include "base/diag.h"
#include "syntax/token.h"

/* Signs at the raw token i that stand for nothing: f"…", the `=` of a sheet, a cast of SQL, and, in
 * lines of clauses, a remark behind a dash. How many tokens are left out; 0: none. */
size_t foreign_signs(const struct tokens *raw, size_t i, bool clauses, struct diags *ds);

/* Several raw tokens from i that are one here, which *t becomes: 15-mars-2026, d'ici, a text that
 * is put together. How many they are; 0: none. */
size_t foreign_word(const struct tokens *raw, size_t i, struct token *t, struct diags *ds);

/* How a value is shown, inside the braces of a text: {mrr:.2f}. True: nothing behind it is read. */
bool form_of_value(const struct tokens *raw, size_t i, struct diags *ds);

#endif
