/* The lines that rule files are made of, as the table clause.def says them, for help and manual. */
#ifndef VIGIE_RULE_LINES_H
#define VIGIE_RULE_LINES_H

#include <stdio.h>

#include "syntax/ast.h"

struct rule_line {
  enum clause_kind kind;
  const char *word;          /* its first word, or what it is called when it has none of its own */
  const char *doc, *example; /* example: NULL for a formula */
};

/* By enum clause_kind. */
extern const struct rule_line rule_lines[CLAUSE_KINDS];

/* `vigie help rules`: each header, and what may stand under it. */
void help_rules(FILE *out);

#endif
