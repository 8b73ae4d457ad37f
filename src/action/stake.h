/* Money at stake: the worth of open items added up, each row once.
 *
 * A measure is a worth of one kind of rows in one currency: `arr` of accounts in EUR. Measures are
 * never added up: they may overlap. Two items about one row do not double its worth; a row that is
 * no longer in the data has none. */
#ifndef VIGIE_STAKE_H
#define VIGIE_STAKE_H

#include "action/item.h"
#include "base/arena.h"
#include "base/vec.h"

/* Whose money an item is about, and which: the row, the measure and the currency. Texts are those
 * of the item that was met first. */
struct money_row {
  uint64_t hash;
  const char *entity, *name, *currency, *key;
};

/* Rows, numbered from 0 in the order in which they are met. A zeroed one is empty. */
struct money_rows {
  VEC(struct money_row) list;
  uint32_t *slots; /* number + 1; 0: free */
  size_t n_slots;
  /* the measure of the item before: mostly that of the next one, too */
  const char *name, *entity;
  uint64_t measure; /* of both */
};

/* The number of the row of the item, the same for two items exactly when it is the same money of
 * one row; list.n was that number before when it is new. */
size_t money_row_number(struct money_rows *rows, const struct item *i, struct arena *a);

struct measure_sum {
  const char *entity, *name; /* name NULL: an older Vigie did not say */
  struct value money;        /* known */
  long rows;
  /* its number in two parts, so that the order in which rows come makes no difference */
  double sum, lost;
};

struct stake {
  VEC(struct measure_sum) sums; /* in the order met */
  struct money_rows rows;       /* those that were counted */
  long items;
};

bool same_measure(const struct measure_sum *a, const struct measure_sum *b);
/* Does the item speak of money at stake? */
bool has_stake(const struct item *i);
/* Whose money it is: the entity, and the key of its row, NULL for a group that is unknown. */
const char *stake_entity(const struct item *i);
const char *stake_key(const struct item *i);
/* Adds the money of a row that was not counted before; of: its measure. */
void stake_add_row(struct stake *s, const struct measure_sum *of, double amount, struct arena *a);
/* True: its worth was added; false: it has none, or its row was counted before. */
bool stake_add(struct stake *s, const struct item *i, struct arena *a);
/* Largest first, within a currency. */
void stake_sort(struct stake *s);

/* "3 items, 1 overdue; at stake: 240,000 EUR arr of 2 accounts"; "1 item" where none is overdue and
 * no worth is known. */
const char *stake_text(struct stake *s, long overdue, struct arena *a);

/* "240,000 EUR arr of 2 accounts, 1,000 USD arr of 1 account"; "" where no worth is known. */
const char *stake_sums(struct stake *s, struct arena *a);

/* "240,000 EUR, 1,000 USD", with the names of the measures when named; "" where no worth is
 * known. */
const char *stake_money(struct stake *s, bool named, struct arena *a);

#endif
