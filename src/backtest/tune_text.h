/* What people and programs read of a threshold that was varied. */
#ifndef VIGIE_TUNE_TEXT_H
#define VIGIE_TUNE_TEXT_H

#include "action/print_text.h"
#include "backtest/tune.h"

/* command: what writes a value, up to the value: "vigie tune usage_alarm rules --write". */
void print_tune_text(FILE *f, const struct tune *t, const char *command,
                     const struct text_style *style, struct arena *a);

/* One document: {threshold, segment, today, from, to, every, outcome, rules, colors, values,
 * candidate, knee, why, hindsight}. */
void print_tune_json(FILE *f, const struct tune *t, struct arena *a);

#endif
