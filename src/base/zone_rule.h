/* The last line of a zone file: what holds after its last change, year after year. Only zone.c
 * uses this. */
#ifndef VIGIE_ZONE_RULE_H
#define VIGIE_ZONE_RULE_H

#include "base/zone.h"

struct zone_change { /* the same moment of every year */
  enum { CHANGE_WEEKDAY, CHANGE_JULIAN, CHANGE_DAY } kind;
  int month, week,
      day;      /* weekday 0 (Sunday) .. 6 of week 1 .. 5 (the last); or a day of the year */
  int32_t time; /* seconds after midnight; negative, or days later, too */
};

struct zone_rule {
  int32_t standard, summer;      /* seconds east of UTC */
  bool changes;                  /* false: standard time all year */
  struct zone_change begin, end; /* of summer time, each in the local time that ends with it */
};

/* "CET-1CEST,M3.5.0,M10.5.0/3", to its NUL; false when it is none of the forms of RFC 9636. */
bool zone_rule_parse(const char *s, struct zone_rule *out);
struct zone_span zone_rule_span(const struct zone_rule *r, int64_t instant);

#endif
