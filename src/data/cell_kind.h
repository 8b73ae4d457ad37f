/* How the cells of a column of a type are read. */
#ifndef VIGIE_CELL_KIND_H
#define VIGIE_CELL_KIND_H

#include "data/dataset.h"

static inline enum cell_kind cell_kind_of(const struct type *t, bool percent_column) {
  switch (t->unit) {
    case U_MONEY: return CELL_MONEY;
    case U_SHARE: return percent_column ? CELL_PERCENT : CELL_NUMBER;
    case U_DATE: return CELL_DATE;
    case U_TEXT:
    case U_PERSON: return CELL_TEXT;
    case U_FLAG: return CELL_FLAG;
    default: return CELL_NUMBER;
  }
}

#endif
