/* Runs a plan over a dataset.
 *
 *   plan nodes for what you want (plan_term …)  ->  evaluation_run, with these as roots
 *   ->  values by row (results.h)
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

/* Computes all roots (nodes of the plan). False: problems say what is wrong with the data, and
 * *out is NULL.
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
/* Reads nothing but how far the tables of events and records are filled that the roots read, for
 * evaluation_newest_days (results.h): instead of the two above. */
bool evaluation_load_days(struct evaluation *ev, const int *roots, size_t n,
                          struct diags *problems);
/* About how many bytes the roots take beside those in counted (by node of the plan), to which
 * they are added. */
size_t evaluation_bytes(struct evaluation *ev, const int *roots, size_t n, bool *counted);

#endif
