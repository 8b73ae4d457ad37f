/* Steps of other people's items, as whoever has to do them reads them. Texts from the data cannot
 * drive the terminal. */
#ifndef VIGIE_STEPS_TEXT_H
#define VIGIE_STEPS_TEXT_H

#include <stdio.h>

#include "action/print_text.h"
#include "action/state.h"

struct steps_view {
  const char *title; /* "Steps in items of others" */
  day_t as_of;
  const struct step_of *steps; /* in the order in which they are due */
  size_t n, most;              /* the rest is counted */
  bool doers;                  /* who does a step is said; else whose item it is of */
  const char *command;         /* shows the rest: "vigie items --mine --all" */
  const char *domain;          /* left out of addresses; NULL: none */
};

/* A section with its title, and how a step is checked off; nothing for no steps. */
void print_steps_text(FILE *f, const struct steps_view *v, const struct text_style *style,
                      struct arena *a);

#endif
