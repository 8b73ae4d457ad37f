/* In: a day in a person's words, and today. Out: the day. */
#include "cmd/said_day.h"

#include <string.h>
#include <strings.h>

enum { DAYS_A_WEEK = 7, LETTERS_ENOUGH = 3 };

bool said_day(const char *text, day_t today, const struct calendar *c, day_t *out) {
  struct duration length;
  size_t n = strlen(text);
  int weekday = n >= LETTERS_ENOUGH ? weekday_named(text, n) : 0;
  if (strcasecmp(text, "today") == 0)
    *out = today;
  else if (strcasecmp(text, "tomorrow") == 0)
    *out = today + 1;
  else if (weekday)
    *out = today + 1 + (weekday - day_weekday(today + 1) + DAYS_A_WEEK) % DAYS_A_WEEK;
  else if (duration_parse(text, strlen(text), &length))
    *out = day_shift(c, today, length, 1);
  else
    return day_parse(text, strlen(text), out);
  return true;
}
