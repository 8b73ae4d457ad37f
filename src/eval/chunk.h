/* A chunk: some rows of one domain, and the columns of nodes over them, computed when asked for.
 *
 * The rows are a batch that streams by, a slice of a domain that is held, or chosen rows of one.
 * At most BATCH. Columns belong to the chunk and are good until the next chunk_*_rows call. */
#ifndef VIGIE_CHUNK_H
#define VIGIE_CHUNK_H

#include "base/pattern.h"
#include "data/column.h"
#include "plan/plan.h"

struct day_set;
struct evaluation;

/* How many rows with a known value went into a value, of how many. */
struct rows_behind {
  long known, all;
};

/* Of a node, for the rows of a chunk (partial.h). */
struct partial_rows {
  uint64_t *mask, stamp;
  bool any;
};

/* Where a walk over the nodes of one value has been. */
struct visit {
  long walk; /* 0: never */
  int32_t row;
};

struct chunk {
  struct evaluation *ev;
  int domain;
  size_t worker; /* which of several that read the domain at once */
  size_t n;
  size_t room;                  /* rows of its columns, never fewer than n: of the most so far */
  size_t base;                  /* a slice of held rows */
  const int32_t *rows;          /* chosen rows; NULL for a slice */
  const struct batch *batch;    /* rows that stream by; NULL for held ones */
  const int *batch_columns;     /* by node: its column in the batch, -1 */
  struct column *cols;          /* by node */
  int32_t **links;              /* by edge index: parent rows of a batch, made when asked for */
  const int *link_columns;      /* by edge index: the key column in the batch, -1 */
  uint64_t *done;               /* stamp by node */
  bool *lasts;                  /* by node: a constant, whose column is that of any rows */
  uint64_t *links_done;         /* stamp by edge index */
  struct partial_rows *partial; /* by node */
  struct visit *visits;         /* by node: of a walk over what a value is made of */
  long walks;                   /* so far */
  uint64_t stamp;
  struct arena *arena;   /* columns */
  struct arena *scratch; /* texts of the current rows */
  /* What feeding writes belongs to the chunk, so that several can be at work: */
  struct dict *texts;        /* made by kernels */
  struct pattern **patterns; /* by node: N_MATCHES */
  struct tuple_set **groups; /* by domain: those that its rows fall into; NULL: none yet */
  struct day_set *days;      /* from which rows exist; NULL: none yet */
  long undated;              /* rows without a day from which they exist */
  long *orphans;             /* by edge index: keys without partner */
  /* of dates whose fiscal period was asked for, the first that no period holds; DAY_NONE */
  day_t outside;
  const struct calendar *outside_of; /* whose table it is */
  bool failed;
  const struct diag *error; /* of the first kernel that failed; NULL: none did */
};

struct chunk *chunk_new(struct evaluation *ev, int domain);
/* What it has met (its error, keys without partner) becomes the evaluation's. */
/* What it has noted so far becomes the evaluation's: its error, orphans, days outside. */
void chunk_report(struct chunk *f);
void chunk_free(struct chunk *f); /* reports too; NULL is fine */
/* Notes an error that ends the run; the first counts. */
void chunk_fail(struct chunk *f, enum diag_code code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void chunk_batch_rows(struct chunk *f, const struct batch *b, const int *batch_columns,
                      const int *link_columns);
void chunk_slice_rows(struct chunk *f, size_t base, size_t n);
void chunk_chosen_rows(struct chunk *f, const int32_t *rows, size_t n);

/* The column of a node of the chunk's domain. */
const struct column *chunk_column(struct chunk *f, int node);
/* For each row of the chunk its row in the parent of the edge, or -1. */
const int32_t *chunk_links(struct chunk *f, const struct plan_edge *e);
/* Row i of the chunk in its domain (-1 for a batch). */
static inline int32_t chunk_row(const struct chunk *f, size_t i) {
  return f->batch ? -1 : f->rows ? f->rows[i] : (int32_t)(f->base + i);
}

/* ---- kernels.c: computes one node from the columns of its operands -------------------- */
void kernel_compute(struct chunk *f, int node, struct column *out);

#endif
