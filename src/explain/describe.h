/* The policy in plain words, for people who will not read the rule file. */
#ifndef VIGIE_DESCRIBE_H
#define VIGIE_DESCRIBE_H

#include <stdio.h>

#include "explain/phrase.h"

/* Writes the rule set as Markdown, in English or French: the rules team by team, then segments,
 * KPIs, thresholds and targets. day: whose threshold values are quoted. */
void describe(const struct ruleset *rs, enum tongue tongue, day_t day, FILE *out);
/* One rule as a sentence: "When …, CS has 7 days to act". In the speaker's arena. */
const char *describe_rule(const struct speaker *s, const struct rule *r);

#endif
