/* COPY (SELECT …) TO STDOUT (FORMAT BINARY): the fastest way in which PostgreSQL hands rows over,
 * and one that streams. */
#ifndef VIGIE_POSTGRES_COPY_H
#define VIGIE_POSTGRES_COPY_H

#include "data/postgres/postgres.h"

#define POSTGRES_COPY "COPY (%s) TO STDOUT (FORMAT BINARY)"

struct copy {
  const char *select;             /* the statement inside the COPY */
  const struct wire_type **types; /* by column; n of them */
  size_t n;
  const char *what; /* it reads, for messages */
  /* as in struct raw_scan */
  bool (*take)(void *ctx, const struct raw_cell *cells, size_t n_rows);
  void *ctx;
};

/* Some hundred rows are kept at a time. What fails, or is not wanted to its end, does not end the
 * transaction. */
bool postgres_copy(struct postgres *p, const struct copy *copy, struct diags *problems);

#endif
