/* Items: in, item.def and state.def; out, the same as data, the words for states, and the order in
 * which people read items. */
#include "action/item.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "action/compare.h"
#include "base/check.h"

static const char *const state_names[ITEM_STATES] = {
#define STATE(id, name) name,
#include "action/state.def"
#undef STATE
};

const struct item_field item_fields[] = {
#define FIELD(name, kind, when, where, sql) \
  {#name, KIND_##kind, WHEN_##when, WHERE_##where, offsetof(struct item, name)},
#include "action/item.def"
#undef FIELD
};
const size_t n_item_fields = sizeof item_fields / sizeof *item_fields;

int item_columns(const struct item_field *f) { return f->kind == KIND_VALUE ? 6 : 1; }

const char *item_state_name(enum item_state s) {
  CHECK(s < ITEM_STATES);
  return state_names[s];
}

bool item_state_from_name(const char *name, enum item_state *out) {
  for (int i = 0; name && i < ITEM_STATES; i++) {
    if (strcmp(state_names[i], name) != 0) continue;
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
