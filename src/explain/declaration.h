/* What KPIs and thresholds are made of. */
#ifndef VIGIE_EXPLAIN_DECLARATION_H
#define VIGIE_EXPLAIN_DECLARATION_H

#include <stdio.h>

#include "explain/explain.h"

struct kpi_explanation {
  const struct kpi *kpi;
  const char *key; /* NULL: none asked for */
  day_t day;
  struct part *value; /* the formula with its values; NULL without a dataset */
};

/* dataset NULL: the formula alone. key: the row of a KPI of an entity. In the arena; false:
 * problems say why. */
bool kpi_explain(struct ruleset *rs, struct kpi *k, const char *key, struct dataset *dataset,
                 day_t day, struct arena *a, struct kpi_explanation **out, struct diags *problems);
void kpi_explain_text(FILE *f, const struct ruleset *rs, const struct kpi_explanation *e,
                      struct arena *a);
void kpi_explain_json(FILE *f, const struct ruleset *rs, const struct kpi_explanation *e,
                      struct arena *a);

/* All lines with their days and reasons, and which of them count on the day. */
void threshold_explain_text(FILE *f, const struct threshold *t, day_t day, struct arena *a);
void threshold_explain_json(FILE *f, const struct threshold *t, day_t day);

#endif
