/* Runs a plan over a dataset.
 *
 *   plan nodes for what you want (plan_term …)  ->  evaluation_run, with these as roots
 *   ->  values by row
 *
 * What is too much at once is computed in parts:
 *
 *   evaluation_new  ->  evaluation_load, with all roots  ->  evaluation_compute, with some of them
 *   ->  their values  ->  evaluation_compute, with others …
 *
 * An evaluation owns its arena, dict, keys and columns; free it with evaluation_free. */
#ifndef VIGIE_EVALUATE_H
#define VIGIE_EVALUATE_H

#include "data/dataset.h"
#include "plan/plan.h"

struct evaluation;

/* Computes all roots (nodes of the plan). False: problems say what is wrong with the data.
 * progress may be NULL. */
bool evaluation_run(struct plan *plan, struct dataset *dataset, const int *roots, size_t n_roots,
                    void (*progress)(void *ctx, const char *what), void *progress_ctx,
                    struct evaluation **out, struct diags *problems);
void evaluation_free(struct evaluation *ev); /* NULL is fine */

/* The plan is complete: no node comes later. progress as above. */
struct evaluation *evaluation_new(struct plan *plan, struct dataset *dataset,
                                  void (*progress)(void *ctx, const char *what),
                                  void *progress_ctx);
/* Reads the tables that are held, once for all roots that evaluation_compute will be given. */
bool evaluation_load(struct evaluation *ev, const int *roots, size_t n, struct diags *problems);
/* Computes the roots. Columns of earlier roots that these do not need are freed first. */
bool evaluation_compute(struct evaluation *ev, const int *roots, size_t n, struct diags *problems);
/* About how many bytes the roots take beside those in counted (by node of the plan), to which
 * they are added. */
size_t evaluation_bytes(struct evaluation *ev, const int *roots, size_t n, bool *counted);

size_t evaluation_rows(const struct evaluation *ev, int domain);
/* The key of a row of an entity, in the arena. */
const char *evaluation_key(const struct evaluation *ev, int domain, int32_t row, struct arena *a);
/* The row of the edge's parent that a row of its child leads to; -1: none. */
int32_t evaluation_link(const struct evaluation *ev, const struct plan_edge *e, int32_t row);
/* How many dimensions the groups of a domain have; 0: they are no groups. */
size_t evaluation_dims(const struct evaluation *ev, int domain);
/* The value of a dimension of a group, with the type of its column; its text is the evaluation's.
 * A group is the tuple of these values: see row_key.h for texts of it. */
struct value evaluation_dim(const struct evaluation *ev, int domain, int32_t row, int dim);
/* -1: no such row */
int32_t evaluation_find(struct evaluation *ev, int domain, const char *key);
/* What the data showed so far: orphans, cut money. NULL-terminated. */
const char *const *evaluation_notes(struct evaluation *ev);

/* The rows of a flag's domain for which it is true, as bits. */
void evaluation_flags(struct evaluation *ev, int node, uint64_t *out);

/* Sets the bits of the groups (rows of the node's group domain) that rows of the node's
 * aggregates fall into. */
void evaluation_groups(const struct evaluation *ev, int node, uint64_t *out);

/* Reads nodes row by row: values[k] of the node nodes[k] for each of the rows, row by row: calls
 * take(ctx, i, values) for rows[i]. Texts live as long as the evaluation. False when a kernel
 * failed: problems say why. */
bool evaluation_values(struct evaluation *ev, int domain, const int32_t *rows, size_t n,
                       const int *nodes, size_t n_nodes,
                       void (*take)(void *ctx, size_t i, const struct value *values), void *ctx,
                       struct diags *problems);

#endif
