/* What the files of the PostgreSQL backend share; nobody else includes this. */
#ifndef VIGIE_DATA_POSTGRES_H
#define VIGIE_DATA_POSTGRES_H

#include "data/backend.h"
#include "data/postgres/decode.h"
#include "postgres/connection.h"

struct postgres_table {
  struct table_info info;         /* first: a pointer to it is a pointer to the whole */
  const char *from;               /* "public"."accounts" */
  const struct wire_type **types; /* by column */
  bool heap;                      /* lies on this server: its rows have an order of their own */
  const char *row_key; /* the one column of whole numbers that is its primary key; NULL: none */
};

/* A scan inside a batch of another one needs a connection of its own. */
enum { LINKS_MAX = 4 };

struct postgres_dataset {
  struct dataset base; /* first: a pointer to it is a pointer to the whole */
  struct postgres *links[LINKS_MAX];
  size_t busy;          /* of the links, from the first on */
  const char *snapshot; /* of the first link's transaction, which the others share */
};

/* Lists the tables and views; says in base.remark when several servers hold them. (catalog.c) */
bool postgres_load_catalog(struct postgres_dataset *ds, struct diags *problems);

/* Takes the next link, which has begun a transaction with the one view. NULL after an error.
 * (open.c) */
struct postgres *postgres_take_link(struct postgres_dataset *ds, struct diags *problems);
void postgres_give_link(struct postgres_dataset *ds);

bool postgres_scan(struct dataset *ds, const struct raw_scan *scan, struct diags *problems);
bool postgres_count(struct dataset *ds, const struct table_info *t, long *rows,
                    struct diags *problems);
enum grouped_answer postgres_grouped(struct dataset *ds, const struct table_info *table,
                                     const struct grouped_scan *scan, grouped_taker *take,
                                     void *ctx, struct diags *problems);

/* The type of a column of the table, which must have it. (scan.c) */
const struct wire_type *postgres_column_type(const struct postgres_table *t, const char *column);
/* "%s::text" of the column. (scan.c) */
const char *postgres_column_sql(const char *format, const char *column, struct arena *a);

#endif
