/* Words of habit. In: a word that does not fit. Out: what to write instead. */
#include "syntax/habits.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "base/unit.h"

static const struct {
  const char *word, *help;
  bool first; /* also as the first word of a line */
} habits[] = {
#define HABIT(word, help) {word, help, false},
#define FIRST(word, help) {word, help, true},
#include "syntax/habit.def"
#undef HABIT
#undef FIRST
};

const char *habit_help(const char *word) {
  for (size_t i = 0; word && i < sizeof habits / sizeof *habits; i++)
    if (strcasecmp(habits[i].word, word) == 0) return habits[i].help;
  return NULL;
}

const char *habit_first_help(const char *word) {
  for (size_t i = 0; word && i < sizeof habits / sizeof *habits; i++)
    if (habits[i].first && strcasecmp(habits[i].word, word) == 0) return habits[i].help;
  return NULL;
}

static const struct {
  const char *word, *sign;
} units[] = {{"day", "d"},       {"days", "d"},      {"week", "w"},       {"weeks", "w"},
             {"month", "mo"},    {"months", "mo"},   {"quarter", "q"},    {"quarters", "q"},
             {"year", "y"},      {"years", "y"},     {"business", "bd"},  {"working", "bd"},
             {"workdays", "bd"}, {"percent", "%"},   {"pct", "%"},        {"points", "pp"},
             {"point", "pp"},    {"thousand", "k"},  {"million", "M"},    {"millions", "M"},
             {"jour", "d"},      {"jours", "d"},     {"semaine", "w"},    {"semaines", "w"},
             {"mois", "mo"},     {"trimestre", "q"}, {"trimestres", "q"}, {"an", "y"},
             {"ans", "y"},       {"année", "y"},     {"années", "y"},     {"pourcent", "%"},
             {"wk", "w"},        {"wks", "w"},       {"mth", "mo"},       {"mths", "mo"},
             {"mos", "mo"},      {"yr", "y"},        {"yrs", "y"},        {"qtr", "q"},
             {"qtrs", "q"},      {"bday", "bd"},     {"bdays", "bd"},     {"workday", "bd"},
             {"weekdays", "bd"}, {"sem", "w"},       {"trim", "q"},       {"jrs", "d"},
             {"bd", "bd"},       {"d", "d"},         {"w", "w"},          {"mo", "mo"},
             {"q", "q"},         {"y", "y"},         {"j", "d"},          {"k", "k"},
             {"pp", "pp"}};

const char *unit_sign(const char *word) {
  for (size_t i = 0; word && i < sizeof units / sizeof *units; i++)
    if (strcasecmp(units[i].word, word) == 0) return units[i].sign;
  return NULL;
}

int number_said(const char *word) {
  static const char *const numbers[][3] = {
      {"one", "un", "une"}, {"two", "deux"}, {"three", "trois"}, {"four", "quatre"},
      {"five", "cinq"},     {"six"},         {"seven", "sept"},  {"eight", "huit"},
      {"nine", "neuf"},     {"ten", "dix"},  {"eleven", "onze"}, {"twelve", "douze"},
  };
  for (size_t i = 0; word && i < sizeof numbers / sizeof *numbers; i++)
    for (size_t k = 0; k < 3 && numbers[i][k]; k++)
      if (strcasecmp(numbers[i][k], word) == 0) return (int)i + 1;
  return 0;
}

const char *aggregate_word(const char *word) {
  static const char *const words[] = {"sum",    "avg",    "min",   "max",
                                      "median", "latest", "count", "share"};
  for (size_t i = 0; word && i < sizeof words / sizeof *words; i++)
    if (strcmp(words[i], word) == 0) return words[i];
  return NULL;
}

const char *currency_said(struct arena *a, const char *word) {
  static const struct {
    const char *word, *code;
  } names[] = {{"euro", "EUR"},  {"euros", "EUR"},  {"dollar", "USD"}, {"dollars", "USD"},
               {"pound", "GBP"}, {"pounds", "GBP"}, {"francs", "CHF"}, {"yen", "JPY"}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcasecmp(word, names[i].word) == 0) return names[i].code;
  const char *code = text_upper(a, word);
  return currency_known(code) ? code : NULL;
}

bool clock_unit(const char *word) {
  static const char *const units_of_the_clock[] = {"h",   "hr",   "hrs",    "hour",    "hours",
                                                   "min", "mins", "minute", "minutes", "s",
                                                   "sec", "secs", "second", "seconds"};
  for (size_t i = 0; word && i < sizeof units_of_the_clock / sizeof *units_of_the_clock; i++)
    if (strcasecmp(units_of_the_clock[i], word) == 0) return true;
  return false;
}

const char *comparison_said(const char *word) {
  static const struct {
    const char *word, *sign;
  } signs[] = {{"<", "<"},          {"lt", "<"},
               {"less_than", "<"},  {"less", "<"},
               {"below", "<"},      {"under", "<"},
               {"lower_than", "<"}, {"is_less_than", "<"},
               {"<=", "<="},        {"lte", "<="},
               {"le", "<="},        {"at_most", "<="},
               {"max", "<="},       {">", ">"},
               {"gt", ">"},         {"greater_than", ">"},
               {"greater", ">"},    {"above", ">"},
               {"over", ">"},       {"more_than", ">"},
               {"exceeds", ">"},    {"is_greater_than", ">"},
               {">=", ">="},        {"gte", ">="},
               {"ge", ">="},        {"at_least", ">="},
               {"min", ">="},       {"=", "="},
               {"eq", "="},         {"equals", "="},
               {"is", "="},         {"==", "="},
               {"!=", "!="},        {"ne", "!="},
               {"neq", "!="},       {"not_equals", "!="}};
  for (size_t i = 0; word && i < sizeof signs / sizeof *signs; i++)
    if (strcasecmp(signs[i].word, word) == 0) return signs[i].sign;
  return NULL;
}
