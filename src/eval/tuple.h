/* A set of tuples of typed values, each numbered in the order in which it first came: what groups
 * are told apart by, and what `count distinct` counts.
 *
 * Two tuples are one when every value of them is: numbers as numbers (0 and -0 are one), texts
 * as texts, flags as flags, unknown as unknown. No text is made of a value, so nothing that looks
 * alike when it is printed falls together. A number that is not finite is unknown. A set writes to
 * nothing but itself and its dict. */
#ifndef VIGIE_TUPLE_H
#define VIGIE_TUPLE_H

#include "data/column.h"

struct tuple_value {
  const struct str *text; /* NULL: a number, or a flag as 0 or 1 */
  double num;
  bool known;
};

struct tuple_set;

/* Tuples of `width` values, at least one. Texts are copied into `texts`, which outlives the set;
 * NULL: into a dict of the set's own. */
struct tuple_set *tuple_set_new(size_t width, struct dict *texts);
void tuple_set_free(struct tuple_set *s); /* NULL is fine */

size_t tuple_set_size(const struct tuple_set *s);
/* The `width` values of a tuple; good until the set grows. */
const struct tuple_value *tuple_set_get(const struct tuple_set *s, int32_t id);

/* The number of the tuple; a new one is added. */
int32_t tuple_set_add(struct tuple_set *s, const struct tuple_value *values);
/* Its number; -1: the set does not have it. */
int32_t tuple_set_find(const struct tuple_set *s, const struct tuple_value *values);
/* Of the first n rows (at most BATCH) of `width` columns: out[i] becomes the number of row i's
 * tuple where the mask has it, else -1. */
void tuple_set_add_rows(struct tuple_set *s, const struct column *const *columns, size_t n,
                        const uint64_t *mask, int32_t *out);

#endif
