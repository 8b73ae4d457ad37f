/* Tables of items, for run, plan and items. */
#ifndef VIGIE_ITEM_TABLE_H
#define VIGIE_ITEM_TABLE_H

#include "action/item.h"
#include "action/print_text.h"

/* What the rows of a table share. */
struct item_view {
  day_t as_of;
  bool owners;        /* a column for them */
  bool brief;         /* one line an item: what to do is shortened, not wrapped */
  const bool *is_new; /* for each item shown: opened just now; NULL: none */
};

void print_item_table(FILE *f, const struct item *const *items, size_t n,
                      const struct item_view *view, const struct text_style *style,
                      struct arena *a);

/* Few items, so that each can say in full what is to be done: due day, money, owner, what to do
 * about whom. */
void print_first_table(FILE *f, const struct item *const *items, size_t n,
                       const struct text_style *style, struct arena *a);

/* The row that an item is about, for people: its label, or else its key. */
const char *item_subject(const struct item *i);

#endif
