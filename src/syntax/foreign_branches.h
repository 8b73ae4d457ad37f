/* Branches and formulas of other languages that take whole lines: if … else, case … end, a measure
 * of a sheet or a report. See foreign_branches.c. */
#ifndef VIGIE_FOREIGN_BRANCHES_H
#define VIGIE_FOREIGN_BRANCHES_H

#include "base/diag.h"
#include "syntax/token.h"

/* if and else, and a measure, at the first raw token of a line behind its blanks. Tokens that stand
 * in place of the measure come to out. How many raw tokens are taken; 0: none. */
size_t take_branches(const struct tokens *raw, size_t from, struct diags *ds);
size_t take_measure(const struct tokens *raw, size_t from, struct tokens *out, struct diags *ds);

/* `case` at the raw token i, whose `end` stands on a later line: all of it is one token, *t. How
 * many it takes; 0: it is none. */
size_t take_case_of_lines(const struct tokens *raw, size_t i, struct token *t, struct diags *ds);

#endif
