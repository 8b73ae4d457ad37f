/* Columns. In: a kind and a number of rows. Out: its arrays, zeroed, so that every value is
 * unknown. */
#include "data/column.h"

struct column column_new(struct arena *a, enum column_kind k, size_t rows) {
  size_t words = bit_words(rows), cap = words * 64;
  struct column c = {.valid = NEW_N(a, uint64_t, words)};
  switch (k) {
    case COL_NUM: c.num = NEW_N(a, double, cap); break;
    case COL_TXT: c.txt = NEW_N(a, const struct str *, cap); break;
    case COL_BOOL: c.yes = NEW_N(a, uint64_t, words); break;
    case COL_KEY: c.key = NEW_N(a, struct key, cap); break;
  }
  return c;
}
