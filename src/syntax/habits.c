/* Words of habit. In: a word that does not fit. Out: what to write instead. */
#include "syntax/habits.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

static const struct {
  const char *word, *help;
} habits[] = {
#define HABIT(word, help) {word, help},
#include "syntax/habit.def"
#undef HABIT
};

const char *habit_help(const char *word) {
  for (size_t i = 0; word && i < sizeof habits / sizeof *habits; i++)
    if (strcasecmp(habits[i].word, word) == 0) return habits[i].help;
  return NULL;
}

static const struct {
  const char *word, *sign;
} units[] = {{"day", "d"},       {"days", "d"},     {"week", "w"},      {"weeks", "w"},
             {"month", "mo"},    {"months", "mo"},  {"quarter", "q"},   {"quarters", "q"},
             {"year", "y"},      {"years", "y"},    {"business", "bd"}, {"working", "bd"},
             {"workdays", "bd"}, {"percent", "%"},  {"pct", "%"},       {"points", "pp"},
             {"point", "pp"},    {"thousand", "k"}, {"million", "M"},   {"millions", "M"}};

const char *unit_sign(const char *word) {
  for (size_t i = 0; word && i < sizeof units / sizeof *units; i++)
    if (strcasecmp(units[i].word, word) == 0) return units[i].sign;
  return NULL;
}

const char *aggregate_word(const char *word) {
  static const char *const words[] = {"sum",    "avg",    "min",   "max",
                                      "median", "latest", "count", "share"};
  for (size_t i = 0; word && i < sizeof words / sizeof *words; i++)
    if (strcmp(words[i], word) == 0) return words[i];
  return NULL;
}
