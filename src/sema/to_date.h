/* A part of a period against a whole one: `this month / previous month`. Until the last day of the
 * month that is a number to date, and grows by itself. */
#ifndef VIGIE_TO_DATE_H
#define VIGIE_TO_DATE_H

#include "sema/ruleset.h"

struct part_of_period {
  const struct term *at;   /* the division, difference or comparison */
  const struct term *part; /* its side that is not over yet */
  enum period_unit unit;
};

/* Does the term itself divide, subtract or compare a part of a period and a whole one, through the
 * KPIs that its sides name? A formula that brings in `start of this month` does not: it scales the
 * part to the whole. */
bool sets_part_against_whole(const struct term *t, struct part_of_period *out);
/* Does it, or anything under it, KPIs included? The first place that does. */
bool holds_part_against_whole(const struct term *t, struct part_of_period *out);

#endif
