/* Money at stake: the worth of items added up, currency by currency, for currencies never mix. */
#ifndef VIGIE_STAKE_H
#define VIGIE_STAKE_H

#include "action/item.h"
#include "base/arena.h"
#include "base/vec.h"

struct stake {
  VEC(struct value) sums; /* one known amount of money for each currency, in the order met */
  long items;
};

void stake_add(struct stake *s, const struct item *i, struct arena *a);

/* "3 items, 240,000 EUR and 1,000 USD at stake"; "1 item" where no worth is known. */
const char *stake_text(const struct stake *s, struct arena *a);

/* "240,000 EUR and 1,000 USD"; "" where no worth is known. */
const char *stake_money(const struct stake *s, struct arena *a);

#endif
