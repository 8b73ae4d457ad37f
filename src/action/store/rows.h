/* One statement that writes many rows of a state in PostgreSQL, instead of many that write one.
 *
 *   INSERT INTO step (item_id, pos) VALUES ($1, $2)
 *   INSERT INTO step (item_id, pos) SELECT r.v1, r.v2 FROM unnest($1::int8[], $2::text[]) AS r (v1,
 *     v2)
 *
 * So a server reads, plans and ends one statement for some hundred rows. */
#ifndef VIGIE_ROWS_H
#define VIGIE_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* How a statement is said for many rows. */
struct rows_form {
  const char *table;
  int behind;              /* rows.def */
  const char *head, *tail; /* of the text, before and behind FROM unnest(…) */
  bool changes;            /* an UPDATE: no two of its rows may be of one key */
  bool *is_key;            /* by value: its WHERE asks for it */
};

/* Of a statement in PostgreSQL's words (dialect.h) with n values. NULL: it writes to another table,
 * answers with rows, or reads what may have been written. */
const struct rows_form *rows_form_of(const char *sql, int n, struct arena *a);

/* The statement; types: of each value, as the server names them ("int8"). */
const char *rows_sql(const struct rows_form *f, const char *const *types, int n, struct arena *a);

/* Values as an array: {"it\"s",NULL}. every: how many texts lie between two of them. */
const char *rows_array(const char *const *values, size_t n, size_t every, struct arena *a);

#endif
