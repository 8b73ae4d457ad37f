/* Parts of a backtest as JSON, for documents that hold several. */
#ifndef VIGIE_BACKTEST_JSON_H
#define VIGIE_BACKTEST_JSON_H

#include <jansson.h>

#include "backtest/backtest.h"

/* New references. The whole document of a backtest. */
json_t *backtest_json(const struct backtest *b);
/* Onsets with key, label, day and worth. */
json_t *onsets_json(const struct backtest *b, const struct onset *const *onsets, size_t n);
/* A score of a rule, or of the whole policy, of a backtest. */
json_t *score_json(const struct backtest *b, const struct score *s);
/* Its money caught and missed, by measure. */
json_t *score_money_json(const struct score *s);
/* What the policy was held against; null: nothing. */
json_t *outcome_json(const struct backtest *b);

#endif
