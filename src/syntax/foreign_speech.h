/* Whole sentences, greetings, scenarios and functions in the place of rules. */
#ifndef VIGIE_FOREIGN_SPEECH_H
#define VIGIE_FOREIGN_SPEECH_H

#include "syntax/foreign_lines.h"

/* Looks at the line of the raw tokens from i on, from being its first one that is no blank. How
 * many raw tokens are taken, of the lines below it too where they belong to it; 0: none. */
size_t take_speech(const struct tokens *raw, size_t i, size_t from, struct foreign_lines *told,
                   struct diags *diags);

#endif
