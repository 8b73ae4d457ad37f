/* Days off. In: nothing. Out: the table holidays, the public holidays of France from 2024 to
 * 2027. */
#include "starter/tables.h"

/* Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher). */
static day_t easter(int year) {
  int a = year % 19, b = year / 100, c = year % 100;
  int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  int m = (a + 11 * h + 22 * l) / 451, at = h + l - 7 * m + 114;
  return day_from_civil(year, at / 31, at % 31 + 1);
}

void write_holidays(struct sink *s) {
  static const struct {
    int month, day;
    const char *name;
  } fixed[] = {
      {1, 1, "Jour de l'an"},     {5, 1, "Fête du Travail"}, {5, 8, "Victoire 1945"},
      {7, 14, "Fête nationale"},  {8, 15, "Assomption"},     {11, 1, "Toussaint"},
      {11, 11, "Armistice 1918"}, {12, 25, "Noël"},
  };
  static const struct {
    int after;
    const char *name;
  } movable[] = {{1, "Lundi de Pâques"}, {39, "Ascension"}, {50, "Lundi de Pentecôte"}};

  struct insert t;
  insert_begin(&t, s, "holidays", "dt");
  for (int year = 2024; year <= 2027; year++) {
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
      insert_row(&t, day_from_civil(year, fixed[i].month, fixed[i].day), fixed[i].name);
    }
    for (size_t i = 0; i < sizeof movable / sizeof *movable; i++) {
      insert_row(&t, easter(year) + movable[i].after, movable[i].name);
    }
  }
  insert_end(&t);
}
