/* Groups of a `by`: a dense row for each different tuple of values. A chunk numbers the groups
 * that its rows fall into as they come up; the evaluation has its own numbers, which are rows. */
#ifndef VIGIE_GROUP_H
#define VIGIE_GROUP_H

#include "eval/chunk.h"
#include "eval/evaluation.h"
#include "eval/tuple.h"

/* Makes ready the rows of a group domain, which has none yet. */
void groups_init(struct evaluation *ev, int domain);
/* The tuple of a group that a test names; false: a dimension of it is no text. */
bool group_given(const struct evaluation *ev, const struct given_group *g,
                 struct tuple_value *values);
/* The value of a dimension of a group of the evaluation; its text is the evaluation's. */
struct value group_dim(const struct evaluation *ev, int domain, int32_t row, int dim);

/* The group of each row of the chunk for a grouping; rows outside mask get -1. */
void chunk_group_rows(struct chunk *f, const struct grouping *g, const uint64_t *mask,
                      int32_t *out);
/* The group of each row as its row in the group domain, which has it already; unknown where one of
 * the values that name it is. */
void chunk_own_groups(struct chunk *f, const struct grouping *g, struct column *out);
size_t chunk_groups(const struct chunk *f, int domain); /* how many so far */
/* The chunk's number of a group of the evaluation; -1: it has met none of its rows. */
int32_t chunk_group_of(const struct chunk *f, int domain, int32_t row);
/* Adds them to the rows of the domain: the row of each, in the chunk's arena. The one place where
 * groups become rows. */
const int32_t *chunk_groups_merge(struct chunk *f, int domain);

#endif
