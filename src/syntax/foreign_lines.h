/* Lines around the rules and lists in place of them: fences and sentences of a chat, items with a
 * dash or a dot before them. */
#ifndef VIGIE_FOREIGN_LINES_H
#define VIGIE_FOREIGN_LINES_H

#include "syntax/token.h"

/* What was told in this file, and the list that is being read; zero at its beginning. */
struct foreign_lines {
  bool copied, listed, bold, table, speech, template;
  size_t signed_at; /* the line below a greeting, where a signature may stand; 0: none */
  int joins;        /* the token that stands for the dash of a further item; 0: in no list */
  size_t looked; /* up to here above a line was looked at, and the last that is no trivia was … */
  int before;
};

/* Looks at the line that begins with the raw token i, its blanks first. Tokens that stand in place
 * of what is taken come to out. How many raw tokens are taken; 0: none, it is a line of rules. */
size_t take_foreign_line(const struct tokens *raw, size_t i, struct foreign_lines *told,
                         struct tokens *out, struct diags *diags);

#endif
