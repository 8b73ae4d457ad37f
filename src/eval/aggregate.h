/* Aggregates: rows put together into target rows. aggregate.c has a table with a row for each
 * function: how a state begins, takes rows, takes another state, and ends.
 *
 * A state writes to nothing but itself: what one state is fed can be fed to several, in any
 * parts, and combined in the order of the parts. So two threads, or two machines, can each hold
 * one. Of each target row it counts
 *
 *   taken   rows that are put together, their values known
 *   out     rows that certainly do not belong: judged, and left out
 *   missed  rows that could not be judged: whether they belong, or their value, is unknown
 *   partial of taken and out, rows that were judged by values that are partial themselves
 *
 * and its result is from `taken + out - partial` rows of `taken + out + missed`. */
#ifndef VIGIE_AGGREGATE_H
#define VIGIE_AGGREGATE_H

#include "data/column.h"
#include "eval/range_sums.h"
#include "syntax/ast.h"

struct agg_state;

struct agg_shape {
  enum agg_fn fn;
  double percentile;     /* AGG_PERCENTILE: 0 to 100 */
  enum column_kind kind; /* of the result */
  size_t n_values;
};

/* Rows to be fed, at most BATCH. A row is in at most one of the masks; one in none is not met. */
struct agg_batch {
  size_t n;
  const int32_t *target;              /* by row; -1: it goes nowhere; NULL: all go to row 0 */
  const uint64_t *in, *out, *missed;  /* masks; of `in` the values decide on taken or missed */
  const uint64_t *partial;            /* mask, of rows in any of the others; NULL: none */
  const struct column *const *values; /* n_values; of a share and of a count the condition */
  const struct column *day;           /* latest: of each row, known where `in` has it */
};

struct agg_state *agg_state_new(const struct agg_shape *shape, size_t rows);
void agg_state_free(struct agg_state *x); /* NULL is fine */
/* Room for so many target rows; before rows of theirs are fed. */
void agg_state_grow(struct agg_state *x, size_t rows);
void agg_state_feed(struct agg_state *x, const struct agg_batch *b);
/* As if what `from` was fed had been fed to x, after its own. rows: of x, by target row of from
 * (n of them); NULL: the same ones. x keeps nothing of from. */
void agg_state_combine(struct agg_state *x, const struct agg_state *from, const int32_t *rows,
                       size_t n);
/* Once, when all is fed; only agg_state_result comes after it. */
void agg_state_finish(struct agg_state *x);

struct agg_result {
  bool known;
  double num;             /* flags: 0 or 1 */
  const struct str *text; /* the state's */
  uint32_t rows, of_rows; /* from how many rows of how many; they differ: it is partial */
};
struct agg_result agg_state_result(const struct agg_state *x, size_t row);
/* Of sums, means, counts, shares or extremes that came together elsewhere (pushed.c, too), by
 * target row: n of them; valid is all 0 before. */
struct agg_results {
  double *num;
  uint64_t *valid;
  uint32_t *rows, *of_rows;
};
void agg_results_of(enum agg_fn fn, const struct range_column *sums, size_t n,
                    const struct agg_results *out);
/* Is a sum, count or count of different values: 0 over no rows, where others are unknown. */
bool agg_counts_from_zero(enum agg_fn fn);

/* Of n values in ascending order, at least one. The median of an even number is the mean of the two
 * in the middle. */
double sorted_median(const double *v, size_t n);
/* The smallest value that so many percent of them do not exceed. */
double sorted_nearest_rank(const double *v, size_t n, double percent);

#endif
