/* One item in full: what it asks, how it stands, why it opened, what has happened to it, what comes
 * next. Texts from the data cannot drive the terminal. */
#ifndef VIGIE_ITEM_TEXT_H
#define VIGIE_ITEM_TEXT_H

#include <stdio.h>

#include "action/print_text.h"
#include "action/state.h"

struct item_page {
  day_t as_of;
  day_t judged; /* the day of the newest run that judged its rule; DAY_NONE: not known */
  const struct rule_facts *rule;
  const struct calendar *calendar;
  const struct item *item;
  const struct event *history; /* in the order in which it happened */
  size_t n_history;
  /* its playbook as the newest run knew it; NULL: that has none of the name */
  const struct playbook_facts *playbook;
};

void print_item_text(FILE *f, const struct item_page *p, const struct text_style *style,
                     struct arena *a);

#endif
