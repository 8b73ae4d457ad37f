/* The row that a key means. */
#ifndef VIGIE_EXPLAIN_KEY_H
#define VIGIE_EXPLAIN_KEY_H

#include "eval/evaluate.h"

/* Finds the row of a domain: by the key of an entity, by the value of a group ("unknown" for the
 * unknown one); the company has one row and takes no key. *found gets the key as the data write
 * it, in the arena. False: *message says so, with the nearest key; what: the name of such a row,
 * "account". */
bool key_find(struct evaluation *ev, int domain, const char *key, const char *what, struct arena *a,
              int32_t *row, const char **found, const char **message);

#endif
