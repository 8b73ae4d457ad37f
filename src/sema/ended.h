/* Rows that have ended (exists … until). Rules leave them out, aggregates meet them, so that a
 * cohort of last year keeps those who left: where nothing chooses among the rows, they are
 * counted too. */
#ifndef VIGIE_ENDED_H
#define VIGIE_ENDED_H

#include "sema/ruleset.h"

/* Is the term itself an aggregate that counts or averages rows that have ended, or adds up a column
 * of theirs, with no `where`, period or segment that could leave them out? */
bool counts_ended_rows(const struct term *t);
/* The first such aggregate in the term or under it, KPIs included; NULL: none. */
const struct term *find_ended_rows(const struct term *t);

#endif
