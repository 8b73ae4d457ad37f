/* What the formatter knows about each word and sign: what it is in its clause, and where clauses
 * begin.
 *
 * Made from the lossless tokens, the parser's words (which say what a contextual keyword is) and
 * the tree (which says what is a header). Everything lives in the arena given; marks point into
 * the raw tokens. */
#ifndef VIGIE_MARKS_H
#define VIGIE_MARKS_H

#include "syntax/ast.h"
#include "syntax/token.h"

enum role { ROLE_GOES_ON, ROLE_HEADER, ROLE_CLAUSE };

struct mark {
  const struct token *raw;
  /* as the parser saw it: TOK_AGG for the name `sum`; both halves of `for each` alike */
  int kind;
  enum role role;          /* does an item or one of its clauses begin here? */
  enum clause_kind clause; /* the clause it stands in */
  /* parentheses of the clause that it stands in; its own, for a parenthesis, not counted */
  int depth;
};

typedef VEC(struct mark) mark_list;

/* One mark for each token of raw that is no trivia, in order. The source must be free of
 * mistakes. */
mark_list marks_make(struct arena *a, const struct tokens *raw, const struct tokens *words,
                     const struct ast *ast);

#endif
