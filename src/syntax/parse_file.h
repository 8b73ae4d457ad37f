/* The front of the front end: files in, trees out.
 *
 * parse_source never fails: mistakes are diagnostics, and the tree holds every item that could be
 * read. */
#ifndef VIGIE_PARSE_FILE_H
#define VIGIE_PARSE_FILE_H

#include "base/diag.h"
#include "syntax/ast.h"
#include "syntax/token.h"

/* Parses one source: tokens, words, clauses, items. */
struct ast *parse_source(struct arena *a, struct source *src, struct diags *diags);

/* An expression inside a text (the {…} of a template): bytes at .. end of src. NULL after a
 * mistake. */
struct expr *parse_expression(struct arena *a, struct source *src, uint32_t at, uint32_t end,
                              struct diags *diags);

/* The raw tokens as text, one a line: --dump tokens. */
/* a: outlives the source, which keeps where its lines begin */
void tokens_dump(const struct tokens *raw, struct arena *a, FILE *out);

/* Attaches flat clauses to their heads; reports clauses in the wrong place or written twice. */
void attach_clauses(struct arena *a, struct ast *ast, struct diags *diags);
/* Does a clause of this kind begin an item? */
bool clause_is_head(enum clause_kind k);
/* May a clause stand under such a header? */
bool clause_fits(enum clause_kind k, enum clause_kind head);
/* "a threshold or kpi": the headers that a clause, no header itself, may stand under; lives in
 * the arena. */
const char *clause_places(enum clause_kind k, struct arena *a);

#endif
