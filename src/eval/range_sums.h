/* The state of a range aggregate group: for each target row and each member of the group what has
 * come together, the members in the order of their days. Where rows times members are few, each of
 * them has its sum; where they are many, what comes is kept and put together when a member is read
 * (range_events.h).
 *
 * A state writes to nothing but itself, and two states combine to what one would have been, like
 * those of aggregate.h: so two threads can each hold one of a group. */
#ifndef VIGIE_RANGE_SUMS_H
#define VIGIE_RANGE_SUMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct range_sums;

/* Of one target row and one member; the counts are those of aggregate.h. */
struct range_sum {
  double total;
  uint32_t taken, out, missed;
  double rest; /* exact_sum.h; 0 in what is added */
};

/* Of one member and all target rows: what range_sum is of one, by row. */
struct range_column {
  double *total;
  uint32_t *taken, *out, *missed;
};

/* touches: also notes which members a row was met by, for groups. Free it with range_sums_free. */
struct range_sums *range_sums_new(int members, size_t rows, bool touches);
/* As many sums as there are rows and members, however many: of numbers with decimals, too. */
struct range_sums *range_sums_new_each(int members, size_t rows, bool touches);
void range_sums_free(struct range_sums *x); /* NULL is fine */
/* Room for so many target rows; before anything is added to them. */
void range_sums_grow(struct range_sums *x, size_t rows);
/* To each of the members [from, to) of a target row; none when they are empty. */
void range_sums_add(struct range_sums *x, size_t row, int from, int to, struct range_sum s);
void range_sums_touch(struct range_sums *x, size_t row, int from, int to);
/* As if what was added to `from` had been added to x. rows: of x, by target row of from (n of
 * them); NULL: the same ones. Not after range_sums_finish of either. */
void range_sums_combine(struct range_sums *x, const struct range_sums *from, const int32_t *rows,
                        size_t n);
/* Not all of it could be kept: what was added has to come again, to one of range_sums_new_each. */
bool range_sums_refused(const struct range_sums *x);
/* Once, when all is added; only the three below come after it, unless it was refused. */
void range_sums_finish(struct range_sums *x);
/* By target row; it holds until the next call. The members are best read in their order. */
const struct range_column *range_sums_member(struct range_sums *x, int member);
void range_column_new(struct range_column *c, size_t rows); /* zeros */
void range_column_clear(struct range_column *c, size_t rows);
void range_column_free(struct range_column *c);
size_t range_sums_rows(const struct range_sums *x);
bool range_sums_touched(const struct range_sums *x, size_t row, int member);

#endif
