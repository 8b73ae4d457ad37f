/* Blocks that stand in a rule file as a whole and are of another tool: models of dbt, teams as
 * keys, a rule as a form with labels, tables, titles. See foreign_blocks.c. */
#ifndef VIGIE_FOREIGN_BLOCKS_H
#define VIGIE_FOREIGN_BLOCKS_H

#include "syntax/foreign_lines.h"

/* The block that begins at the first raw token of a line behind its blanks. Tokens that stand in
 * place of what is taken come to out. How many raw tokens are taken; 0: none begins there. */
size_t take_foreign_block(const struct tokens *raw, size_t from, struct foreign_lines *told,
                          struct tokens *out, struct diags *ds);
/* The same for a line at the margin that begins with no word of rule files and compares nothing: to
 * be asked when nothing else knows it. */
size_t take_unknown_line(const struct tokens *raw, size_t from, struct foreign_lines *told,
                         struct diags *ds);

#endif
