/* What runs have said of KPIs: numbers that were printed, sent and decided on.
 *
 * One for each KPI that is strategic or published, each of its groups and each day: that of the
 * last run of the day. None is ever changed for another reason, whatever becomes of the data, the
 * rules or the KPI. */
#ifndef VIGIE_PUBLISHED_H
#define VIGIE_PUBLISHED_H

#include "judge/kpi.h"

struct published {
  const char *kpi; /* its name then */
  day_t day;
  const char *group; /* "{"plan":"Pro"}": its values by the names of the dimensions; "": company */
  struct value value;
  long known, rows;                /* how many rows went into it, of how many; 0 and 0: none do */
  const char *digest, *definition; /* what it was made of (sema/definition.h) */
  const char *version;             /* of Vigie */
  day_t said_on;                   /* in the time zone of the company */
  const char *said_at;             /* the moment, UTC */
};

/* What a run says of one KPI. */
struct published_kpi {
  const char *name;
  const name_list *was; /* the names that it had before */
  const char *digest, *definition;
  day_t said_on;
  const struct published *values; /* group, value, known and rows are set */
  size_t n;
};

/* Of a KPI of the rule set (kpi_is_kept), valued on a day. In the arena. */
struct published_kpi published_kpi(const struct ruleset *rs, const struct kpi *k,
                                   const struct kpi_day *day, struct arena *a);

/* The text of a group, as it is kept; "" of the company. In the arena. */
const char *published_group(const struct kpi *k, const struct value *by, struct arena *a);

#endif
