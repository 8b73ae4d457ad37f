/* What an evaluation found: rows, their values, the groups that there are, what the data showed.
 *
 * Whoever reads an evaluation reads it here; row_key.h has the texts of its rows. Nothing of this
 * changes what was computed. */
#ifndef VIGIE_RESULTS_H
#define VIGIE_RESULTS_H

#include "base/vec.h"
#include "eval/chunk.h"

struct evaluation;

/* The plan that it runs, which says what its domains and nodes are. */
const struct plan *evaluation_plan(const struct evaluation *ev);

/* ---- rows ----------------------------------------------------------------------------- */

size_t evaluation_rows(const struct evaluation *ev, int domain); /* the company has one */
/* -1: no such row */
int32_t evaluation_find(struct evaluation *ev, int domain, const char *key);
/* The key of a row of an entity, in the arena. */
const char *evaluation_key(const struct evaluation *ev, int domain, int32_t row, struct arena *a);
/* The row of the edge's parent that a row of its child leads to; -1: none. */
int32_t evaluation_link(const struct evaluation *ev, const struct plan_edge *e, int32_t row);
/* How many dimensions the groups of a domain have; 0: they are no groups. */
size_t evaluation_dims(const struct evaluation *ev, int domain);
/* The value of a dimension of a group, with the type of its column; its text is the evaluation's.
 * A group is the tuple of these values: see row_key.h for texts of it. */
struct value evaluation_dim(const struct evaluation *ev, int domain, int32_t row, int dim);
/* Money in the currency of its group (CURRENCY_OWN) becomes money of the currency of that row of a
 * group domain; where that is unknown there is no amount, save for 0: nothing was found that would
 * count. Other values stay. */
void evaluation_own_money(const struct evaluation *ev, int domain, int32_t row, struct value *v);
/* Sets the bits of the groups (rows of the node's group domain) that rows of the node's
 * aggregates fall into. */
void evaluation_groups(const struct evaluation *ev, int node, uint64_t *out);

/* ---- values --------------------------------------------------------------------------- */

/* Reads nodes row by row: values[k] of the node nodes[k] for each of the rows, row by row: calls
 * take(ctx, i, values) for rows[i]. Texts live as long as the evaluation. False when a kernel
 * failed: problems say why. */
bool evaluation_values(struct evaluation *ev, int domain, const int32_t *rows, size_t n,
                       const int *nodes, size_t n_nodes,
                       void (*take)(void *ctx, size_t i, const struct value *values), void *ctx,
                       struct diags *problems);
/* The same for whoever reads columns: calls take(ctx, at, f) for rows[at] and those behind it, as
 * many as the chunk has; its columns of the nodes are computed (chunk.h). */
struct chunk;
bool evaluation_columns(struct evaluation *ev, int domain, const int32_t *rows, size_t n,
                        const int *nodes, size_t n_nodes,
                        void (*take)(void *ctx, size_t at, struct chunk *f), void *ctx,
                        struct diags *problems);
/* Whether its values are what its column says, each: no row behind it could be missing, and their
 * type is the node's. */
bool evaluation_is_plain(const struct evaluation *ev, int node);
/* The value of row i of the chunk, as evaluation_values hands it over. */
struct value chunk_value(struct chunk *f, int node, size_t i);
/* How many rows with a known value went into a value, of how many: of the aggregate that knows the
 * smallest share of its rows. 0 and 0: it puts no rows together. One for each of the rows. */
void evaluation_rows_behind(struct evaluation *ev, int domain, const int32_t *rows, size_t n,
                            int node, struct rows_behind *out);
/* The rows of a flag's domain for which it is true, as bits. */
void evaluation_flags(struct evaluation *ev, int node, uint64_t *out);

/* Reads columns: all rows of a domain in chunks, one after the other, by a scan of its table when
 * the domain is not held. take returns false to stop. False: it did, or the data could not be
 * read; problems say why. */
bool evaluation_scan(struct evaluation *ev, int domain, bool (*take)(void *ctx, struct chunk *f),
                     void *ctx, struct diags *problems);
/* The same of a held domain, on as many threads as the dataset may use: each reads neighbouring
 * rows, a multiple of BATCH, in a chunk of its own that says which worker it is. What take writes
 * has to be by row or by worker. */
bool evaluation_scan_shared(struct evaluation *ev, int domain,
                            bool (*take)(void *ctx, struct chunk *f), void *ctx,
                            struct diags *problems);
/* The rows of a chunk that fall into one row of an aggregate (its node), as bits. */
void chunk_falls_into(struct chunk *f, int node, int32_t row, uint64_t *out);

/* ---- the data ------------------------------------------------------------------------- */

/* How far the tables of events and histories that were read are filled, up to the day. */
struct table_day {
  const char *table;
  day_t newest;
};
typedef VEC(struct table_day) table_days;
void evaluation_newest_days(struct evaluation *ev, day_t day, table_days *out);
/* Of the tables of events that go into a node those that are not filled any more, as far as their
 * longest gap tells, each with its newest day. Not those of rows that are `fresh`: what is computed
 * over them is unknown by then. */
void evaluation_stopped(struct evaluation *ev, int node, day_t day, table_days *out);

/* The tables that were read so far, each once as rows of an entity and once as records of a history
 * (the first attribute that asked), with how many rows: *n of them; the evaluation's. */
struct table_read {
  const char *table;
  const struct entity *entity;
  const struct attr *history; /* NULL: rows of the entity */
  long rows;
};
const struct table_read *evaluation_reads(const struct evaluation *ev, size_t *n);
/* Has it no rows, of an entity that does not say it may be empty? */
bool table_empty(const struct table_read *r);

/* What the data showed so far, as seen on the day: orphans, cut money, tables that are not filled
 * any more. NULL-terminated. */
const char *const *evaluation_notes(struct evaluation *ev, day_t day);
/* Columns with cells that could not be read so far, *n of them; the evaluation's. */
const struct unreadable_cells *evaluation_unreadable_cells(const struct evaluation *ev, size_t *n);

#endif
