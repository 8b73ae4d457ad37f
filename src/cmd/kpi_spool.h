/* A series of the rows of an entity, for programs: 200,000 rows over a year are 73 million values.
 * They are written, one day after the other, to a temporary file for each KPI, without a name, and
 * copied to where they are printed when all has come: no more than one day of them is held. */
#ifndef VIGIE_KPI_SPOOL_H
#define VIGIE_KPI_SPOOL_H

#include <stdio.h>

#include "judge/kpi.h"

struct kpi_spool;

/* For those of n KPIs that are of an entity; as JSON, otherwise as CSV. Free it with
 * kpi_spool_free. */
struct kpi_spool *kpi_spool_new(struct kpi *const *kpis, size_t n, bool json, bool needs,
                                struct arena *a);
/* As the `take` of a struct kpi_request, with the spool as its ctx. */
void kpi_spool_take(void *spool, size_t kpi, const struct kpi_series *s, const struct kpi_day *d);
/* Once, when all has come. False: the disk is full or failed, problems say so. */
bool kpi_spool_finish(struct kpi_spool *x, struct diags *problems);
/* Are values of the KPI put aside? NULL: none are. */
bool kpi_spool_has(const struct kpi_spool *x, size_t kpi);
/* The most digits that one of its numbers takes, 15 at least. */
int kpi_spool_digits(const struct kpi_spool *x);
/* Prints what came of the KPI: lines of CSV, or the elements of the list `kpis` with so many digits
 * (*first: none stands before them yet). */
void kpi_spool_print_csv(struct kpi_spool *x, size_t kpi, FILE *f);
void kpi_spool_print_json(struct kpi_spool *x, size_t kpi, int digits, bool *first, FILE *f);
void kpi_spool_free(struct kpi_spool *x); /* NULL is fine */

#endif
