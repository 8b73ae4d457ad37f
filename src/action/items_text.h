/* What people read of `vigie items`: the morning's list, one person's, one line a customer, one a
 * person. Texts from the data cannot drive the terminal. */
#ifndef VIGIE_ITEMS_TEXT_H
#define VIGIE_ITEMS_TEXT_H

#include <stdio.h>

#include "action/print_text.h"
#include "action/state.h"

enum items_by { ITEMS_BY_DAY, ITEMS_BY_ACCOUNT, ITEMS_BY_OWNER };

struct items_screen {
  day_t as_of;
  const struct item *const *items; /* in the order of items_sort */
  size_t n;
  const struct step_of *steps; /* that the person or the team does in items of others */
  size_t n_steps;
  bool of_team; /* the steps are those of a team: who does each is said, and not whose item it is */
  enum items_by by;
  const char *person;  /* whose list it is: of --mine; NULL */
  bool narrow;         /* a filter was given: more of each section is shown */
  bool late;           /* what is late was asked for, and the steps are those that are */
  bool held;           /* items that wait, sleep or are muted are what was asked for */
  bool all;            /* nothing is left out */
  const char *command; /* how the list was asked for: "vigie items --team CS" */
  const struct settings *settings;
};

void print_items_text(FILE *f, const struct items_screen *s, const struct text_style *style,
                      struct arena *a);

#endif
