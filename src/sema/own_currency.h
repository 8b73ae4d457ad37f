/* Currencies side by side: in a KPI that is split by the currency of its rows, money is in the
 * currency of its group, and what an attribute, a segment or another KPI means there is said by a
 * copy of it whose money has the type CURRENCY_OWN. So nothing of one currency meets another. */
#ifndef VIGIE_OWN_CURRENCY_H
#define VIGIE_OWN_CURRENCY_H

#include "sema/sema.h"

/* Where the rows of an entity have the currency of their group: in this column, of the row to which
 * the path leads. */
struct own_currency {
  const char *column;
  edge_path path;
};

/* The first of the dimensions that names a currency; NULL: none. */
const struct dim *currency_dim(const dim_list *dims);
/* Says of each dimension whether it may name a currency. Once all entities are declared. */
void mark_currency_dims(const struct ruleset *rs, dim_list *dims);

/* `by currency`, where nothing has that name: the code beside the money of a row of ent, or of what
 * it belongs to. NULL: there is none, or two, which is reported when at.src is set. */
struct term *code_of_row(const struct scope *sc, struct entity *ent, const struct dim *d,
                         struct span at);

/* The currency in which money of the rows of ent is, where they are split by the dimensions. NULL:
 * in that of its declaration. */
const struct own_currency *own_currency_of(struct ruleset *rs, struct entity *ent,
                                           const dim_list *dims);
/* The same seen from the parent to which the way leads; NULL: its money is not in it. */
const struct own_currency *own_above(const struct scope *sc, const edge_path *way);
/* And from a child that belongs to the row through the path. */
const struct own_currency *own_below(const struct scope *sc, const edge_path *path);

/* What the thing means in the scope: a copy, or itself where it reads no such money. NULL: what is
 * wrong was reported. */
struct attr *attr_here(const struct scope *sc, struct attr *at);
struct segment *segment_here(const struct scope *sc, struct segment *s);
struct kpi *kpi_here(const struct scope *sc, struct kpi *k);

/* A KPI whose currencies stand side by side has no value over all of them: is one group meant where
 * it is named? False: none is, which is reported. */
bool one_currency_meant(const struct scope *sc, struct kpi *k, const struct expr *src);

#endif
