/* What people and programs read of a backtest. */
#ifndef VIGIE_BACKTEST_TEXT_H
#define VIGIE_BACKTEST_TEXT_H

#include <stdio.h>

#include "action/print_text.h"
#include "backtest/backtest.h"

void print_backtest_text(FILE *f, const struct backtest *b, const struct text_style *style,
                         struct arena *a);

/* What to doubt of it: what was read with hindsight, what was not seen. */
void print_backtest_doubts(FILE *f, const struct backtest *b, const struct text_style *style,
                           struct arena *a);

/* One document: {from, to, every, policy, handled, outcome, hindsight, rules, together, owners,
 * series}. */
void print_backtest_json(FILE *f, const struct backtest *b);

#endif
