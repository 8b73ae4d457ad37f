/* What became of items: how many opened, were done, were late, were worth asking; by rule, by
 * person or by month of opening. */
#ifndef VIGIE_ITEMS_STATS_H
#define VIGIE_ITEMS_STATS_H

#include <stdio.h>

#include "action/print_text.h"

enum stats_by { STATS_BY_RULE, STATS_BY_OWNER, STATS_BY_MONTH };

void print_stats_text(FILE *f, day_t as_of, const struct item *const *items, size_t n,
                      enum stats_by by, const struct text_style *style, struct arena *a);

/* {"as_of", "by", "groups": [{"group", "opened", …}], "all": {…}} */
void print_stats_json(FILE *f, day_t as_of, const struct item *const *items, size_t n,
                      enum stats_by by);

#endif
