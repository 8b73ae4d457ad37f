/* The definition of a KPI as a text of its own: the formula with everything below it.
 *
 * The text is a rule file that says the KPI and nothing else: its formula, the KPIs, formulas,
 * segments, thresholds and entities that this names, their attributes, the calendar. What changes
 * how a number is shown or judged (colours, owners, meanings) is left out, as are comments and the
 * way lines are broken. So the same number can be computed long after the files have changed, and
 * two texts that are equal mean the same. Two that differ may: the numbers tell. */
#ifndef VIGIE_DEFINITION_H
#define VIGIE_DEFINITION_H

#include "sema/ruleset.h"

/* Of a rule set without mistakes. In the arena. */
const char *kpi_definition(const struct ruleset *rs, const struct kpi *k, struct arena *a);

/* 32 hexadecimal digits; in the arena. */
const char *definition_digest(const char *text, struct arena *a);

/* The rule set that a definition is, all of it in the arena. NULL: this Vigie cannot read it. */
struct ruleset *definition_load(const char *text, struct arena *a);

#endif
