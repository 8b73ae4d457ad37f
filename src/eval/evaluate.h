/* Runs a plan over a dataset.
 *
 *   plan nodes for what you want (plan_term …)  ->  evaluation_run, with these as roots
 *   ->  values by row
 *
 * An evaluation owns its arena, dict, keys and columns; free it with evaluation_free. */
#ifndef VIGIE_EVALUATE_H
#define VIGIE_EVALUATE_H

#include "data/dataset.h"
#include "plan/plan.h"

struct evaluation;

/* Computes all roots (nodes of the plan). False: *message says what is wrong with the data.
 * progress may be NULL. */
bool evaluation_run(struct plan *plan, struct dataset *dataset, const int *roots, size_t n_roots,
                    void (*progress)(void *ctx, const char *what), void *progress_ctx,
                    struct evaluation **out, const char **message);
void evaluation_free(struct evaluation *ev);

size_t evaluation_rows(const struct evaluation *ev, int domain);
/* The key of a row of an entity (owned by the evaluation). */
const char *evaluation_key(struct evaluation *ev, int domain, int32_t row);
/* How many dimensions the groups of a domain have; 0: they are no groups. */
size_t evaluation_dims(const struct evaluation *ev, int domain);
/* The value of a dimension of a group, with the type of its column; its text is the evaluation's.
 * A group is the tuple of these values: see row_key.h for texts of it. */
struct value evaluation_dim(const struct evaluation *ev, int domain, int32_t row, int dim);
/* -1: no such row */
int32_t evaluation_find(struct evaluation *ev, int domain, const char *key);
/* What the data showed: orphans, cut money. NULL-terminated. */
const char *const *evaluation_notes(struct evaluation *ev);

/* Sets the bits of the groups (rows of the node's group domain) that rows of the node's
 * aggregates fall into. */
void evaluation_groups(const struct evaluation *ev, int node, uint64_t *out);

/* Reads nodes row by row: values[k] of the node nodes[k] for each of the rows, row by row: calls
 * take(ctx, i, values) for rows[i]. Texts live as long as the evaluation. False when a kernel
 * failed: *message. */
bool evaluation_values(struct evaluation *ev, int domain, const int32_t *rows, size_t n,
                       const int *nodes, size_t n_nodes,
                       void (*take)(void *ctx, size_t i, const struct value *values), void *ctx,
                       const char **message);

#endif
