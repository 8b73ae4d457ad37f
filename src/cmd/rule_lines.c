/* In: clause.def. Out: what the lines of rule files are, for people. */
#include "cmd/rule_lines.h"

#include <string.h>

#include "base/text.h"
#include "syntax/parse_file.h"

const struct rule_line rule_lines[CLAUSE_KINDS] = {
#define CLAUSE(id, word, parents, doc, example) [C_##id] = {C_##id, word, doc, example},
#include "syntax/clause.def"
};

/* The column in which it is said what a line does. */
enum { DOC_COLUMN = 26 };

static void print_rule_line(FILE *out, const struct rule_line *l, int indent) {
  fprintf(out, "%*s%-*s", indent, "", DOC_COLUMN - indent, l->word);
  text_print_from(out, DOC_COLUMN, DOC_COLUMN, l->doc, strlen(l->doc));
}

void help_rules(FILE *out) {
  fputs(
      "A rule file is made of headers, which begin at the left edge, and of clauses under them.\n"
      "man vigie-rules shows an example of each; docs/language.md is the reference.\n\n",
      out);
  for (int h = 0; h < CLAUSE_KINDS; h++) {
    if (!clause_is_head(h)) continue;
    print_rule_line(out, &rule_lines[h], 0);
    for (int k = 0; k < CLAUSE_KINDS; k++)
      if (k != C_BROKEN && !clause_is_head(k) && clause_fits(k, h))
        print_rule_line(out, &rule_lines[k], 2);
  }
}
