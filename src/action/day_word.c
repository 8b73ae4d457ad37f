/* In: a day, and today. Out: how a person says it. */
#include "action/day_word.h"

#include "base/terminal.h"
#include "base/text.h"

enum { DAYS_A_WEEK = 7 };

static const char *weekday(day_t day) { return weekday_name(day_weekday(day)); }

const char *day_with_weekday(day_t day, struct arena *a) {
  char buf[16];
  return arena_printf(a, "%s %s", weekday(day), day_text(day, buf));
}

const char *day_short(day_t day, day_t today, int width, struct arena *a) {
  char buf[16];
  int year, other, month, date;
  day_to_civil(day, &year, &month, &date);
  day_to_civil(today, &other, &month, &date);
  day_text(day, buf);
  return arena_strdup(a, year == other && width && width < TERM_WIDE ? buf + 5 : buf);
}

const char *day_due(day_t due, day_t today, int width, struct arena *a) {
  if (due == DAY_NONE) return "no due day";
  if (due < today) {
    long late = (long)today - due;
    return arena_printf(a, "late %ld %s", late, plural(late, "day", "days"));
  }
  if (due == today) return "due today";
  if (due == today + 1) return "due tomorrow";
  if (due < today + DAYS_A_WEEK) return arena_printf(a, "due %s", weekday(due));
  return arena_printf(a, "due %s", day_short(due, today, width, a));
}

const char *day_away(day_t day, day_t today, struct arena *a) {
  long ahead = (long)day - today;
  if (!ahead) return "today";
  if (ahead == 1) return "tomorrow";
  if (ahead == -1) return "yesterday";
  return ahead > 0 ? arena_printf(a, "in %ld days", ahead)
                   : arena_printf(a, "%ld days ago", -ahead);
}
