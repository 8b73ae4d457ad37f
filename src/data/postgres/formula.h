/* Formulas as SQL of PostgreSQL. */
#ifndef VIGIE_POSTGRES_FORMULA_H
#define VIGIE_POSTGRES_FORMULA_H

#include "data/formula.h"
#include "data/postgres/postgres.h"

struct formula_sql {
  const struct postgres_table *table;
  struct arena *a;
  /* Out: conditions that are true of rows with a cell that the SQL takes for another value than a
   * scan does, or that a scan refuses. */
  VEC(const char *) guards;
  /* Out: a column of a type that does not say what it holds, or does not hold it as it should;
   * NULL: all do. */
  const char *refused;
};

/* In the arena. A column of a wrong type makes it refused. */
const char *formula_sql(struct formula_sql *x, const struct formula *f);

#endif
