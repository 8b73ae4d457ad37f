/* Values and conditions of a row, for a dataset that works them out itself (grouped.h).
 *
 * Unknown is NULL: a number, text or condition over something unknown is unknown; and, or, not are
 * Kleene's. Numbers are doubles, days are counted from 1970-01-01, money is in minor units. */
#ifndef VIGIE_FORMULA_H
#define VIGIE_FORMULA_H

#include "data/dataset.h"

enum formula_op {
#define FORMULA(op, doc) F_##op,
#include "data/formula.def"
#undef FORMULA
  FORMULA_OPS
};

struct formula {
  enum formula_op op;
  const struct formula *a, *b, *c; /* operands; NULL: none */
  double k, hi;
  const char *text;          /* clean: NFC, trimmed */
  struct scan_column column; /* read as scans read it */
};

#endif
