/* Money at stake of many items, each row once, whatever the order in which they are entered.
 *
 * A row is what an item's worth is of: its measure, its currency and the key of whoever has it
 * (stake.h). Where items of one row say different amounts, that of the item counts which is due
 * first, and of those the largest: of all items, and of those of each owner. */
#ifndef VIGIE_LEDGER_H
#define VIGIE_LEDGER_H

#include "action/stake.h"

/* What an item says of its row. */
struct claim {
  const char *owner; /* NULL: nobody */
  double amount;     /* in minor units */
  day_t due;         /* DAY_NONE: none, the last of all */
};

/* Somebody's claim on a row. */
struct ledger_claim {
  struct claim is;
  uint32_t next; /* the place of the next one's, + 1; 0: there is none */
};

struct ledger_row {
  const char *key;
  uint32_t hash, measure; /* the place of its measure */
  struct claim all;       /* of whoever is first; its owner says nothing */
  struct ledger_claim first;
};

/* Zeroed, it is empty. */
struct ledger {
  VEC(struct measure_sum) measures; /* without their sums */
  VEC(struct ledger_row) rows;
  VEC(struct ledger_claim) more; /* of rows with several owners */
  uint32_t *slots;               /* number of a row + 1; 0: free */
  size_t n_slots;
};

/* The place of a measure, for ledger_enter; type: of the amounts. */
uint32_t ledger_measure(struct ledger *l, const char *entity, const char *name, struct type type,
                        struct arena *a);
/* n bytes of key, which are copied; the owner is kept as it is. */
void ledger_enter(struct ledger *l, uint32_t measure, const char *key, size_t n, struct claim c,
                  struct arena *a);
/* The money of an item that has a stake; of any other nothing. Its key is kept as it is. */
void ledger_enter_item(struct ledger *l, const struct item *i, struct arena *a);

/* The sums of all rows. */
void ledger_add_all(const struct ledger *l, struct stake *to, struct arena *a);
/* Hands over each owner of each row, with the row's money for them; shared: another person has a
 * claim on it, too. */
void ledger_each(const struct ledger *l,
                 void (*take)(void *ctx, const char *owner, const struct measure_sum *of,
                              double amount, bool shared),
                 void *ctx);

#endif
