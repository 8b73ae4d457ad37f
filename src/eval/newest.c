/* The newest record of each row. In: records, in any order. Out: the one that began last. */
#include "eval/newest.h"

#include <stdlib.h>

#include "base/arena.h"

void newest_begin(struct newest *x, size_t rows) {
  x->began = xmalloc((rows + 1) * sizeof *x->began);
  x->tie = xcalloc(bit_words(rows) + 1, sizeof *x->tie);
  for (size_t r = 0; r < rows; r++) x->began[r] = NO_RECORD;
}

void newest_end(struct newest *x) {
  free(x->began);
  free(x->tie);
  *x = (struct newest){0};
}

static bool same_value(const struct column *held, size_t r, const struct column *v, size_t i) {
  if (!bit_get(held->valid, r)) return !bit_get(v->valid, i);
  if (!bit_get(v->valid, i)) return false;
  if (v->num) return held->num[r] == v->num[i];
  if (v->txt) return str_eq(held->txt[r], v->txt[i]);
  return bit_get(held->yes, r) == bit_get(v->yes, i);
}

void newest_take(struct newest *x, struct dict *texts, const struct column *v, size_t i, size_t r,
                 double began) {
  struct column *held = &x->col;
  bool known = bit_get(v->valid, i);
  if (began < x->began[r]) return;
  if (began == x->began[r]) {
    if (!same_value(held, r, v, i)) bit_set(x->tie, r);
    return;
  }
  x->began[r] = began;
  bit_clear(x->tie, r);
  bit_put(held->valid, r, known);
  if (v->num)
    held->num[r] = v->num[i];
  else if (v->txt)
    held->txt[r] = known ? dict_add_str(texts, v->txt[i]) : NULL;
  else
    bit_put(held->yes, r, bit_get(v->yes, i));
}
