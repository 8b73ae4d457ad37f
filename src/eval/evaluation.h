/* What the files of eval/ share while a plan runs over a dataset. Others run it by evaluate.h, and
 * read it by results.h. */
#ifndef VIGIE_EVALUATION_H
#define VIGIE_EVALUATION_H

#include "data/column.h"
#include "data/dataset.h"
#include "eval/day_set.h"
#include "plan/plan.h"

struct chunk;
struct range_aggregate_group;
struct history_kept;

/* A column held for all rows of a domain. */
struct materialised {
  struct column col;
  size_t rows;         /* capacity */
  size_t filled;       /* aggregates: rows that have their result */
  uint32_t *seen, *of; /* aggregates: from how many rows of how many; NULL otherwise */
  /* aggregates of groups: does a row of the source fall into the group; NULL otherwise */
  uint64_t *touched;
  uint64_t *partial; /* kept nodes: rows with a partial value; NULL: none */
  bool ready;
};

/* The rows of one domain. */
struct rows {
  size_t n;
  struct keymap *keys; /* entities that are held: key -> row */
  /* by edge of the entity: parent rows of held rows; NULL where not needed */
  int32_t **links;
  struct tuple_set *groups; /* groups: row r is tuple r */
  struct type *dim_types;   /* groups: by dimension */
};

/* The days of the records of a history's table. */
struct history_days {
  const struct attr *attr; /* the first one read from there */
  struct day_set *days;
};

/* Something of the data worth saying: rows without partner, cut money, rows without a day. */
struct data_note {
  const char *text;
};

struct evaluation {
  struct plan *plan;
  struct dataset *dataset;
  struct arena *arena;
  struct dict *texts;                /* of everything that is held */
  struct dict *asked;                /* of keys that are looked up, for a while; NULL: none was */
  struct materialised *materialised; /* by node */
  struct rows *rows;                 /* by domain */
  struct records **records;          /* by N_ASOF node: where it looks; NULL: not loaded */
  bool *needed;                      /* by node: for what is asked for now */
  bool *wanted;                      /* by node: for anything that will be asked for */
  bool *plain;                       /* by node: schedule.h */
  /* by N_AGG node, range_aggregate_group.h: */
  bool *ahead;                         /* wanted later, and put together with what is needed now */
  bool *alone;                         /* cannot be kept: each time for what is needed alone */
  struct range_aggregate_group **kept; /* its rows are kept there; NULL: they are not */
  bool *may_be_partial;                /* by node: partial.h */
  bool *edge_needed;                   /* by edge index */
  int n_edges;                         /* of the plan */
  struct day_set **days;               /* by domain with days from which rows exist: of its rows */
  long *undated;                       /* by domain: rows without a day from which they exist */
  long *orphans;                       /* by edge index: keys without partner */
  day_t outside;                       /* as in chunk.h */
  const struct calendar *outside_of;
  VEC(struct history_days) histories;        /* by table and column of days */
  VEC(struct history_kept *) histories_kept; /* history.c: by attribute */
  VEC(struct data_note) notes;
  VEC(struct unreadable_cells) unreadable; /* by column that has any */
  VEC(struct table_read) reads;
  const struct diag *error; /* the first one that ends the run; NULL */
  struct chunk **readers;   /* by domain: reads chosen rows; NULL: none at hand */
  struct chunk **slicers;   /* the same of rows that follow each other */
  void (*progress)(void *ctx, const char *what); /* NULL: none */
  void *progress_ctx;
};

/* Ends the run, unless an error has already; fail_as: with that of a scan or a chunk, copied. */
void evaluation_fail_as(struct evaluation *ev, const struct diag *error);
void evaluation_fail(struct evaluation *ev, enum diag_code code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Why the run ended, for whoever asked for it; false. */
bool evaluation_refuse(const struct evaluation *ev, struct diags *problems);
/* After a scan of the entity's rows, or of the records of its history (NULL: rows): keeps how many
 * there are, once a table, and what could not be read, once a column. */
void evaluation_scanned(struct evaluation *ev, const struct scan *s, const struct entity *entity,
                        const struct attr *history);
void evaluation_note(struct evaluation *ev, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* load.c: the tables of domains that are held. */
bool load_held(struct evaluation *ev);
/* tree.c: no row of a tree that is needed is above itself; false: see ev->error. */
bool check_trees(struct evaluation *ev);
/* One scan of a streamed entity's table, that of the chunk: it is given to take once a batch. */
bool scan_streamed(struct chunk *f, bool (*take)(void *ctx, struct chunk *f), void *ctx);
/* history.c: all histories, one scan a table. */
bool load_histories(struct evaluation *ev);
/* Is the N_HISTORY node's column made of records that are kept for all days? */
bool history_is_kept(const struct evaluation *ev, int node);
void histories_free(struct evaluation *ev);
/* Where the days of an attribute's records are kept. */
struct day_set *history_days(struct evaluation *ev, const struct attr *at);
/* as_of.c: the records that as-of joins look into, once for all days; false: see ev->error. */
bool load_records(struct evaluation *ev);
void records_free(struct evaluation *ev);
/* as_of.c: the column of an N_ASOF node. */
void k_as_of(struct chunk *f, int node, struct column *out);

/* results.c: a chunk that reads chosen rows, one for the questions of a thread that follow each
 * other; who gives it back reports what it met. */
struct chunk *reader_borrow(struct evaluation *ev, int domain);
void reader_return(struct evaluation *ev, struct chunk *f);
void readers_free(struct evaluation *ev);
size_t evaluation_domain_rows(const struct evaluation *ev, int domain); /* the company has one */
void materialised_new(struct evaluation *ev, int node, size_t rows, bool counted);
void materialised_free(struct materialised *h); /* no longer ready */
/* A column that is not the evaluation's yet: room for so many rows, their bits and values 0. */
void materialised_make_room(struct materialised *h, enum column_kind kind, size_t rows);
void materialised_grow(struct evaluation *ev, int node, size_t rows);

#endif
