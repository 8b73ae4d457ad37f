/* Who has how much to do: the summary that a run begins with, and `vigie items --by owner`. */
#ifndef VIGIE_OWNER_TABLE_H
#define VIGIE_OWNER_TABLE_H

#include <stdio.h>

#include "action/item.h"
#include "action/print_text.h"
#include "action/state.h"

struct owner_view {
  day_t as_of;
  const struct team_facts *teams; /* with their capacities */
  size_t n_teams;
  const struct step_of *steps; /* of items of others: counted with whoever does them */
  size_t n_steps;
  const struct items_standing *standing; /* beside the items; NULL: there are none */
  const struct ledger *money;            /* of the items, and of those that stand */
  size_t most;                           /* lines, or one more when that makes the table whole */
  int width;                             /* of the terminal */
};

/* A line an owner of living items: how many are to do, of how many one person can do, how many are
 * late, the first due day, the money at stake, what is held back. Most money first; by number of
 * items where currencies differ. Items without an owner are left out. Returns how many owners are
 * not shown. */
size_t print_owner_table(FILE *f, const struct item *const *items, size_t n,
                         const struct owner_view *view, const struct text_style *style,
                         struct arena *a);

#endif
