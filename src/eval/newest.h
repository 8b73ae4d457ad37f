/* Of each row of an entity the record of a history that began last among those that have come: its
 * value, when it began, and whether another one that began then says something else. */
#ifndef VIGIE_NEWEST_H
#define VIGIE_NEWEST_H

#include <math.h>

#include "data/column.h"

struct newest {
  struct column col; /* the values */
  double *began;     /* in microseconds; NO_RECORD: none yet */
  uint64_t *tie;     /* two different values that began then */
};
#define NO_RECORD (-INFINITY)

/* So many rows without a record. The arrays of the values are the caller's to make and free. */
void newest_begin(struct newest *x, size_t rows);
void newest_end(struct newest *x);
/* Value i of the column, of a record that began then, for row r. Texts are kept in the dict. */
void newest_take(struct newest *x, struct dict *texts, const struct column *v, size_t i, size_t r,
                 double began);

#endif
