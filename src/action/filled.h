/* Tables without rows.
 *
 * An empty table is nearly always a load that failed. What is counted over it would be 0, and its
 * rows gone: items would close that nobody has worked on, and others open. So nothing is decided.
 * Of a history that is only so when a run has seen records in it: a company that has just begun
 * has none. */
#ifndef VIGIE_ACTION_FILLED_H
#define VIGIE_ACTION_FILLED_H

#include "base/diag.h"
#include "judge/verdict.h"

/* False after an error (V0518) for each table that has no rows of an entity which does not say that
 * it may be empty. */
bool filled_rows(const struct verdicts *v, struct diags *problems);

/* The same of histories. seen: those in which earlier runs found records, as filled_histories gave
 * them; NULL: none. */
bool filled_records(const struct verdicts *v, const char *seen, struct diags *problems);

/* The tables of histories that have records, and those seen before: one a line, in the arena. */
const char *filled_histories(const struct verdicts *v, const char *seen, struct arena *a);

#endif
