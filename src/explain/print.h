/* Explanations for people and for programs. Texts of the data cannot drive the terminal. */
#ifndef VIGIE_EXPLAIN_PRINT_H
#define VIGIE_EXPLAIN_PRINT_H

#include <jansson.h>
#include <stdio.h>

#include "explain/explain.h"

void explain_print_text(FILE *f, const struct explanation *e, const struct ast_item *written,
                        struct arena *a);
void explain_print_json(FILE *f, const struct explanation *e, const struct ast_item *written,
                        struct arena *a);
/* A part and all below it. day: the day that is not said beside each value. */
void print_parts(FILE *f, const struct part *p, day_t day, struct arena *a);
json_t *part_json(const struct part *p, struct arena *a); /* a new reference */
/* The lines of an item as they stand in its file; comments of its own lines included. */
const char *item_source(const struct ast_item *it, struct arena *a);
/* The entries of a table's line: a text, a list of several, null where it has none; a new
 * reference. */
json_t *entries_json(const struct threshold_line *l);
/* Why a line of a threshold counts for a row: "for self_serve, from 2026-01-01, because …"; ""
 * for a bare base. */
const char *line_reason(const struct threshold_line *l, struct arena *a);

#endif
