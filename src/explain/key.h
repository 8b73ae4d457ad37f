/* The row that a key means. */
#ifndef VIGIE_EXPLAIN_KEY_H
#define VIGIE_EXPLAIN_KEY_H

#include "eval/evaluate.h"

/* What names a row. */
struct row_asked {
  const char *text; /* as a person typed it; NULL: the company's, or whole and without a key */
  bool whole;       /* it is the key as an item has it (row_key.h), and nothing else */
  bool of_item;     /* an item is asked about, which opened on: */
  day_t opened;
};

/* Finds the row of a domain: by the key of an entity, else by its label, else by a part of one
 * label alone, without case and accents; by the name of a group as it is printed (row_key.h); the
 * company has one row and takes no key. label: the node of plan_label, computed by the evaluation;
 * -1: there are no labels. *found gets the name of the row, in the arena. False: problems say that
 * there is none, with the nearest key or label, or that the text may mean several rows, with what
 * means each of them alone; what: the name of such a row, "account". */
bool key_find(struct evaluation *ev, int domain, int label, const struct row_asked *asked,
              const char *what, struct arena *a, int32_t *row, const char **found,
              struct diags *problems);

#endif
