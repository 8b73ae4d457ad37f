/* A move of several items while it is made, and what is said of it. */
#ifndef VIGIE_ITEMS_MOVE_H
#define VIGIE_ITEMS_MOVE_H

#include "action/move.h"
#include "action/state.h"
#include "cmd/item_choice.h"

struct moving_items {
  const struct args *args;
  struct item_move m;
  struct settings settings;
  day_t today; /* in the company's time zone */
  struct arena *a;
  struct diags problems;
  struct item *items; /* as they are, then as they become */
  const char **words; /* how each stood before */
  bool *slept;        /* was it snoozed before? */
  struct moved *answers;
  size_t n;
  change_list changes;
  bool by_filter;
  const char *old;          /* what is said of a day long after the newest run; NULL */
  struct whom mover, taker; /* who does it; assign: whom it goes to */
};

/* Does it check off steps, or the reverse? */
bool move_checks(const struct moving_items *x);
size_t moves_count(const struct moving_items *x, enum move_answer answer);

/* What the filter means, before anything is moved: the items, their people and money. would: it is
 * not asked whether to go on. */
void move_say_preview(const struct moving_items *x, bool would);
/* One problem for each reason of a refusal, with the numbers of the items it holds for. */
void move_say_refused(struct moving_items *x);
/* The answers and the ways back, on standard output. */
void move_say_text(const struct moving_items *x);
void move_say_json(const struct moving_items *x);

#endif
