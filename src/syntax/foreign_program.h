/* Formulas of programs inside a line: sums over a list of Python, columns of a data frame,
 * tables in braces. See foreign_program.c. */
#ifndef VIGIE_FOREIGN_PROGRAM_H
#define VIGIE_FOREIGN_PROGRAM_H

#include "base/diag.h"
#include "syntax/token.h"

/* Such a formula at the raw token i, which becomes one token, *t. How many it takes; 0: none. */
size_t take_program(const struct tokens *raw, size_t i, struct token *t, struct diags *ds);

#endif
