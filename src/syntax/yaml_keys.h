/* Rules written as keys and values of another format: `owner: CS`. */
#ifndef VIGIE_YAML_KEYS_H
#define VIGIE_YAML_KEYS_H

#include "base/diag.h"
#include "syntax/ast.h"
#include "syntax/token.h"

/* The colon that is raw token i: does it stand between the first word of its line and a value? Then
 * one message for all such lines that stand together; false: it is another kind of colon. */
bool say_yaml_key(const struct tokens *raw, size_t i, struct diags *diags);
/* Does such a line begin at this byte? What is wrong with it was said. */
bool keyed_line_at(const struct source *src, uint32_t at);

/* Do such lines, or a word and a colon alone, stand below the line of which this colon is the last
 * token? */
bool heads_keyed_lines(const struct tokens *raw, size_t colon);

/* The tokens of a line `rules:` above such lines, from its first one; 0: i begins none. */
size_t yaml_heading(const struct tokens *raw, size_t i);

/* Is the colon at i of a key that the lines right above were told with? */
bool told_with_lines_above(const struct tokens *raw, size_t i);

/* The clause of the header above the line of i; CLAUSE_KINDS: none. */
enum clause_kind header_of_line(const struct tokens *raw, size_t i);

#endif
