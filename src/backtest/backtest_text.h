/* What people and programs read of a backtest. */
#ifndef VIGIE_BACKTEST_TEXT_H
#define VIGIE_BACKTEST_TEXT_H

#include <stdio.h>

#include "action/print_text.h"
#include "backtest/backtest.h"

void print_backtest_text(FILE *f, const struct backtest *b, const struct text_style *style,
                         struct arena *a);

/* What to doubt of it, a sentence each: what was read with hindsight (columns; NULL: none), what
 * was not seen. In the arena. */
name_list backtest_doubts(const struct backtest *b, const name_list *hindsight, struct arena *a);
void print_backtest_doubts(FILE *f, const struct backtest *b, const struct text_style *style,
                           struct arena *a);

/* The span, whose policy, who closes items, and how often the outcome began. */
const char *backtest_words(const struct backtest *b, struct arena *a);
/* "25%"; of few: "25% (20–31)"; of very few: "3 of 8"; of none: "–". */
const char *share_words(long part, long whole, struct arena *a);

/* One document: {from, to, every, policy, handled, outcome, hindsight, rules, together, owners,
 * series}. */
void print_backtest_json(FILE *f, const struct backtest *b);

#endif
