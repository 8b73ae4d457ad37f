/* KPI reports as text, JSON and CSV. */
#ifndef VIGIE_KPI_PRINT_H
#define VIGIE_KPI_PRINT_H

#include <jansson.h>
#include <stdio.h>

#include "cmd/kpi_spool.h"
#include "judge/kpi.h"

enum { KPI_ROWS_SHOWN = 20 }; /* of a KPI of an entity, for people: the largest */

/* as_of: the last day. Of a KPI of an entity the report need hold no more than the largest
 * KPI_ROWS_SHOWN rows. */
void kpi_print_text(FILE *f, const struct kpi_report *r, day_t as_of, int width, bool color,
                    struct arena *a);
/* A plot of each KPI of the company and of each of its groups; those of an entity have none. */
void kpi_print_plot(FILE *f, const struct kpi_report *r, int width, struct arena *a);
/* What the spool has of a KPI is printed in its place; spool may be NULL. */
void kpi_print_json(FILE *f, const struct kpi_report *r, day_t as_of, struct kpi_spool *spool);
/* One value, as an element of `kpis`; a new reference. */
json_t *kpi_json(const struct kpi_series *s, const struct kpi_day *d, const struct kpi_value *v);
/* Prints an element of `kpis` with so many digits, behind a comma unless it is the first, and lets
 * go of it. */
void kpi_print_json_element(FILE *f, json_t *element, int digits, bool *first);
/* A text in quotes; one that a spreadsheet would run as a formula begins with an apostrophe. */
void csv_cell(FILE *f, const char *s);
/* kpi,day,by,value,unit,currency,band,hindsight; one line a value; RFC 4180. */
void kpi_print_csv(FILE *f, const struct kpi_report *r, bool needs, struct kpi_spool *spool);
/* The lines of one day. needs: some KPI of the report asks for rows, and they have a column. */
void kpi_print_csv_day(FILE *f, const struct kpi_series *s, const struct kpi_day *d, bool needs);

#endif
