/* Who has how much to do: the summary that a run begins with. */
#ifndef VIGIE_OWNER_TABLE_H
#define VIGIE_OWNER_TABLE_H

#include "action/item.h"
#include "action/print_text.h"

/* A line an owner: items, how many of them are new and late, the next due day, the money at
 * stake. Most money first; by number of items where currencies differ. Items without an owner are
 * left out. is_new: for each item. Shows `most` lines, or one more when that makes the table
 * whole; returns how many owners are left out. */
size_t print_owner_table(FILE *f, const struct item *const *items, size_t n, const bool *is_new,
                         day_t as_of, size_t most, const struct text_style *style, struct arena *a);

#endif
