/* KPI reports as text, JSON and CSV. */
#ifndef VIGIE_KPI_PRINT_H
#define VIGIE_KPI_PRINT_H

#include <stdio.h>

#include "judge/kpi.h"

enum { KPI_ROWS_SHOWN = 20 }; /* of a KPI of an entity, for people: the largest */

/* as_of: the last day. Of a KPI of an entity the report need hold no more than the largest
 * KPI_ROWS_SHOWN rows. */
void kpi_print_text(FILE *f, const struct kpi_report *r, day_t as_of, int width, bool color,
                    struct arena *a);
/* A plot of each KPI of the company and of each of its groups; those of an entity have none. */
void kpi_print_plot(FILE *f, const struct kpi_report *r, int width, struct arena *a);
void kpi_print_json(FILE *f, const struct kpi_report *r, day_t as_of);
/* A text in quotes; one that a spreadsheet would run as a formula begins with an apostrophe. */
void csv_cell(FILE *f, const char *s);
/* kpi,day,by,value,unit,currency,band,hindsight; one line a value; RFC 4180. */
void kpi_print_csv(FILE *f, const struct kpi_report *r);

#endif
