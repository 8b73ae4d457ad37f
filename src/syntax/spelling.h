/* What people mistype, one message each. */
#ifndef VIGIE_SPELLING_H
#define VIGIE_SPELLING_H

#include "base/diag.h"
#include "syntax/token.h"

/* Tells of the misspelling of raw token i, and repairs *t (a copy of it) where its meaning is
 * plain. */
void spelling_report(const struct tokens *raw, size_t i, struct token *t, struct diags *diags);
/* Byte order mark, tabs, no-break spaces, Windows line ends: a warning for each kind, once a
 * file. */
void spelling_check_blanks(const struct tokens *raw, struct diags *diags);

#endif
