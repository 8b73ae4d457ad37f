/* What became of items: how many opened, were done, were late, were worth asking; by rule, by
 * person or by month of opening. Items are added one by one, for there may be a million. */
#ifndef VIGIE_ITEMS_STATS_H
#define VIGIE_ITEMS_STATS_H

#include <stdio.h>

#include "action/item.h"
#include "action/print_text.h"

enum stats_by { STATS_BY_RULE, STATS_BY_OWNER, STATS_BY_MONTH };

struct items_stats;

/* In the arena. as_of: the day on which an item that is to do is late. */
struct items_stats *items_stats_new(day_t as_of, enum stats_by by, struct arena *a);
/* ctx: the statistics. Of the item only the fields of items_stats_fields are looked at; its texts
 * are borrowed. */
void items_stats_add(void *ctx, const struct item *i);
bool items_stats_empty(const struct items_stats *x); /* nothing was added */
extern const char *const items_stats_fields[];
extern const size_t n_items_stats_fields;

/* all: no group is left out of a long list. */
void print_stats_text(FILE *f, struct items_stats *x, bool all, const struct text_style *style);

/* Of statistics by month, for a terminal: how many opened, and how many of these people closed. */
void print_stats_plot(FILE *f, struct items_stats *x, int width);

/* {"as_of", "by", "from", "held": {…}, "groups": [{"group", "opened", …}], "all": {…}} */
void print_stats_json(FILE *f, struct items_stats *x);

#endif
