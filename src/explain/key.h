/* The row that a key means. */
#ifndef VIGIE_EXPLAIN_KEY_H
#define VIGIE_EXPLAIN_KEY_H

#include "eval/evaluate.h"

/* Finds the row of a domain: by the key of an entity, by the name of a group as it is printed
 * (row_key.h); the company has one row and takes no key. *found gets its name, in the arena.
 * False: problems say that there is none, with the nearest key, or that the text may mean several
 * groups, with a form for each that means it alone; what: the name of such a row, "account". */
bool key_find(struct evaluation *ev, int domain, const char *key, const char *what, struct arena *a,
              int32_t *row, const char **found, struct diags *problems);

#endif
