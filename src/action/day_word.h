/* Days as a person says them, seen from today. Texts live in the arena. */
#ifndef VIGIE_DAY_WORD_H
#define VIGIE_DAY_WORD_H

#include "base/arena.h"
#include "base/date.h"

/* "Thursday 2026-03-05" */
const char *day_with_weekday(day_t day, struct arena *a);
/* "03-05"; with its year where that is another than today's, or on a wide screen. */
const char *day_short(day_t day, day_t today, int width, struct arena *a);
/* "late 2 days", "due today", "due tomorrow", "due Sunday" within a week, "due 03-20"; "no due day"
 * for DAY_NONE. */
const char *day_due(day_t due, day_t today, int width, struct arena *a);

/* "today", "tomorrow", "in 9 days", "yesterday", "9 days ago" */
const char *day_away(day_t day, day_t today, struct arena *a);

#endif
