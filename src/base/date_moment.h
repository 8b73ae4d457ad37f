/* What the files that read dates share among themselves: a day with a time of day, as it is
 * written. Everyone else uses date.h and date_format.h. */
#ifndef VIGIE_DATE_MOMENT_H
#define VIGIE_DATE_MOMENT_H

#include "base/date_format.h"

struct moment {
  day_t day;
  int seconds; /* since midnight; 86,400 in a leap second */
  int micro;   /* microseconds: the fraction of a second */
  bool timed;  /* it has a time of day */
  bool offset; /* it says how far it is from UTC */
  int east;    /* seconds */
};

/* An ISO date, alone or with a time; false otherwise. */
bool moment_read_iso(const char *s, size_t n, struct moment *out);
/* Z, +hh, +hhmm, +hh:mm: the whole text. Seconds east of UTC in *out. */
bool moment_offset(const char *s, const char *end, int *out);
/* The day in the company's zone, and the time since its midnight; false outside of
 * DAY_MIN..DAY_MAX. */
bool moment_day(const struct moment *m, bool as_written, const struct day_clocks *clocks,
                day_t *day, int64_t *microseconds);

#endif
