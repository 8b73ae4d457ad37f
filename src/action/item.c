/* Items: in, their states and facts; out, the words for states and the order in which people read
 * them. */
#include "action/item.h"

#include <stdlib.h>
#include <string.h>

#include "action/compare.h"

static const char *const STATE_NAMES[ITEM_STATES] = {"open", "resolved", "done", "dismissed"};

const char *item_state_name(enum item_state s) { return STATE_NAMES[s]; }

bool item_state_from_name(const char *name, enum item_state *out) {
  for (int i = 0; i < ITEM_STATES; i++) {
    if (strcmp(STATE_NAMES[i], name) != 0) continue;
    *out = (enum item_state)i;
    return true;
  }
  return false;
}

/* The most first. Amounts of one currency, nearly all there are, compare as they stand. */
static int by_worth(const struct value *a, const struct value *b) {
  if (a->known != b->known) return a->known ? -1 : 1;
  if (!a->known) return 0;
  double x = a->num, y = b->num;
  if (!text_same(a->type.currency, b->type.currency)) {
    x /= currency_minor(a->type.currency);
    y /= currency_minor(b->type.currency);
  }
  return (x < y) - (x > y);
}

static int by_urgency(const void *pa, const void *pb) {
  const struct item *a = *(const struct item *const *)pa, *b = *(const struct item *const *)pb;
  if (a->due != b->due) {
    if (a->due == DAY_NONE) return 1;
    if (b->due == DAY_NONE) return -1;
    return a->due < b->due ? -1 : 1;
  }
  int c = by_worth(&a->worth, &b->worth);
  if (!c) c = text_cmp(a->rule, b->rule);
  if (!c) c = text_cmp(a->key, b->key);
  if (!c) c = text_cmp(a->once, b->once);
  return c ? c : (a->seq > b->seq) - (a->seq < b->seq);
}

void items_sort(const struct item **items, size_t n) {
  if (n) qsort(items, n, sizeof *items, by_urgency);
}
