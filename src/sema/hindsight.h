/* Which columns are read with hindsight: those that have only today's value, read for a day that is
 * past. A number that rests on one says so wherever it is printed.
 *
 * Keys, what a row belongs to, and the days that order rows (`at`, `from`, `until`, `known from`)
 * are none: they are facts of the row on every day. */
#ifndef VIGIE_HINDSIGHT_H
#define VIGIE_HINDSIGHT_H

#include "base/vec.h"
#include "sema/ruleset.h"

typedef VEC(const struct attr *) attr_list;

struct hindsight {
  struct ruleset *rs;
  struct arena *arena;  /* of the names, and of what was looked at */
  day_t today;          /* the day of which the plain columns are */
  name_list columns;    /* out: "account.plan", in the order they were met, each once */
  attr_list histories;  /* out: the histories that were met, each once */
  struct map seen;      /* names of columns, and of what was looked into on a day */
  const dim_list *dims; /* of the term that is looked into; NULL: it is not split */
  day_t dims_day;
};

/* Adds what a term, valued on the day, reads with hindsight. NULL is fine. */
void hindsight_term(struct hindsight *h, const struct term *t, day_t day);
/* The same of a KPI with its groups and bands; of a rule with its texts; of a target, whose time
 * begins on the day `start`. */
void hindsight_kpi(struct hindsight *h, const struct kpi *k, day_t day);
void hindsight_rule(struct hindsight *h, const struct rule *r, day_t day);
void hindsight_target(struct hindsight *h, const struct target *t, day_t start, day_t day);
/* The columns as one line for people, without its end; "" where there are none. */
const char *hindsight_line(const name_list *columns, struct arena *a);

#endif
