/* What people mistype, one message each. */
#ifndef VIGIE_SPELLING_H
#define VIGIE_SPELLING_H

#include "base/diag.h"
#include "syntax/token.h"

/* Tells of the misspelling of raw token i, and repairs *t (a copy of it) where its meaning is
 * plain. */
void spelling_report(const struct tokens *raw, size_t i, struct token *t, struct diags *diags);
/* An address in the place of a team: what to declare. */
void say_person_as_team(struct diags *ds, struct span at, const char *address);
/* A text without the blanks at its ends, which belong to the quotes of « Pro ». */
const char *text_trimmed(struct arena *a, const char *text);
/* Are these n bytes a character of no width? */
bool spelling_is_invisible(const char *text, size_t n);
/* Byte order mark, tabs, no-break spaces, Windows line ends: a warning for each kind, once a
 * file. */
void spelling_check_blanks(const struct tokens *raw, struct diags *diags);

#endif
