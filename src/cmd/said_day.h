/* Days as people say them on a command line: 2026-03-16, today, tomorrow, friday, 1w, 3bd. */
#ifndef VIGIE_SAID_DAY_H
#define VIGIE_SAID_DAY_H

#include <stdbool.h>

#include "base/date.h"

/* What a message says of them. */
#define SAID_DAYS \
  "a day such as 2026-03-16, tomorrow, friday, or a length from today such as 1w or 3bd"

/* The day that is said on a day `today`: a weekday is the next one that comes, in full or its first
 * three letters; a length counts from today in the calendar c. False: it is none of them. */
bool said_day(const char *text, day_t today, const struct calendar *c, day_t *out);

#endif
