/* Names, cells and templates with the signs of other tools. See spelling_names.c. */
#ifndef VIGIE_SPELLING_NAMES_H
#define VIGIE_SPELLING_NAMES_H

#include "base/diag.h"
#include "syntax/token.h"

/* ${health}, {{health}}, [health]: a name between signs that begin at the byte; false: none. */
bool say_wrapped_name(const struct tokens *raw, uint32_t at, struct diags *ds);
/* $health, @health at the raw token of the sign: a name without it; false: none. */
bool say_marked_name(const struct tokens *raw, size_t i, struct diags *ds);
/* $B$2, B$2 at the raw token of a `$`: a cell of a sheet; false: it is none. */
bool say_cell(const struct tokens *raw, size_t i, struct diags *ds);
/* account!mrr at the `!`: a column of a sheet; *t becomes a dot. False: it is none. */
bool say_sheet(const struct tokens *raw, size_t i, struct token *t, struct diags *ds);
/* -> assign @camille at the raw token of the sign; false: it calls nobody. */
bool say_mention(const struct tokens *raw, size_t i, struct diags *ds);
/* mrr[30d] at the bracket: the days stand elsewhere; false: they are none. */
bool say_range(const struct tokens *raw, size_t i, struct token *t, struct diags *ds);
/* B2:B100 at the colon; *t becomes broken. False: they are no cells. */
bool say_cells(const struct tokens *raw, size_t i, struct token *t, struct diags *ds);
/* Does the token touch cells behind a `!`, which are told? */
bool inside_cells(const struct tokens *raw, size_t i);
/* {{ var("limit") }}, {FIXED [plan] : …}: told at its first sign, *t becomes broken. False:
 * none. */
bool say_template(const struct tokens *raw, size_t i, struct token *t, struct diags *ds);

#endif
