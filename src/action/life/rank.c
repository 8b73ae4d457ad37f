/* The order in which items are let through and given out. In: items. Out: the same, the first to
 * work on first: by priority, worth, due day, opening, number. */
#include <stdlib.h>
#include <string.h>

#include "action/compare.h"
#include "action/life/life.h"

struct ranked {
  size_t at;
  int priority;
  int money; /* 0: of the calendar's currency, 1: of another, 2: none */
  const struct item *item;
  day_t due; /* what it would be, if it started today */
};

static day_t due_today(const struct life *l, const struct item *i) {
  struct duration after;
  if (i->due != DAY_NONE || !i->due_after ||
      !duration_parse(i->due_after, strlen(i->due_after), &after))
    return i->due;
  return day_shift(l->v->calendar, l->v->as_of, after, 1);
}

/* There is no rate between currencies: money of another stands behind that of the calendar's. */
static int money_class(const struct life *l, const struct value *worth) {
  if (!worth->known || worth->type.unit != U_MONEY) return 2;
  return text_same(worth->type.currency, l->v->currency) ? 0 : 1;
}

static int by_worth(const struct ranked *a, const struct ranked *b) {
  if (a->money != b->money || a->money == 2) return a->money - b->money;
  const struct value *x = &a->item->worth, *y = &b->item->worth;
  int c = text_cmp(x->type.currency, y->type.currency);
  return c ? c : (x->num < y->num) - (x->num > y->num);
}

static int by_day(day_t a, day_t b) {
  if (a == b) return 0;
  if (a == DAY_NONE || b == DAY_NONE) return a == DAY_NONE ? 1 : -1;
  return a < b ? -1 : 1;
}

/* What has no number yet comes behind, in the order in which it gets one. */
static int by_number(const struct ranked *a, const struct ranked *b) {
  int64_t x = a->item->id, y = b->item->id;
  if (!x != !y) return x ? -1 : 1;
  if (x != y) return x < y ? -1 : 1;
  return (a->at > b->at) - (a->at < b->at);
}

static int by_rank(const void *pa, const void *pb) {
  const struct ranked *a = pa, *b = pb;
  int c = a->priority - b->priority;
  if (!c) c = by_worth(a, b);
  if (!c) c = by_day(a->due, b->due);
  if (!c) c = by_day(a->item->opened, b->item->opened);
  return c ? c : by_number(a, b);
}

void life_rank(const struct life *l, size_t *at, size_t n) {
  struct ranked *list = NEW_N(l->a, struct ranked, n + 1);
  for (size_t k = 0; k < n; k++) {
    const struct item *i = &l->items.v[at[k]];
    list[k] = (struct ranked){at[k], priority_rank(i->priority), money_class(l, &i->worth), i,
                              due_today(l, i)};
  }
  if (n) qsort(list, n, sizeof *list, by_rank);
  for (size_t k = 0; k < n; k++) at[k] = list[k].at;
}
