/* Amounts as people write them elsewhere: 1,5 M€, 10 k€, 1 234,50 EUR, 1,5 %. */
#ifndef VIGIE_AMOUNTS_H
#define VIGIE_AMOUNTS_H

#include "base/diag.h"
#include "syntax/token.h"

/* Does such an amount begin at raw token i? Then one message says how it is written here, and
 * *number and *currency (its name is NULL for a percent) are the tokens that stand for it. Out: how
 * many raw tokens it took; 0 when there is none, or it may be two values of a list. */
size_t amount_as_written(const struct tokens *raw, size_t i, struct token *number,
                         struct token *currency, struct diags *diags);

#endif
