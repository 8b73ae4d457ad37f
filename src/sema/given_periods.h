/* The fiscal periods that a test gives, row by row. */
#ifndef VIGIE_GIVEN_PERIODS_H
#define VIGIE_GIVEN_PERIODS_H

#include "base/fiscal.h"
#include "sema/sema.h"

/* Zeroed: none are given. */
struct given_periods {
  const struct clause *table; /* names the columns; NULL: no table was begun, or it was refused */
  bool broken;                /* something was reported: nothing more is */
  VEC(struct fiscal_period) list;
};

/* `given calendar …`: its rows follow. */
void given_periods_begin(struct ruleset *rs, struct given_periods *g, const struct clause *c);
void given_periods_row(struct ruleset *rs, struct given_periods *g, const struct clause *c);
/* The rule set's calendar with them; NULL: none were given, or they were refused. */
const struct calendar *given_periods_end(struct ruleset *rs, const struct given_periods *g);

#endif
