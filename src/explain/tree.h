/* A condition or value decomposed: each part of it with its value on its day, for one row.
 *
 *   tree_new  ->  tree_add … (plans nodes)  ->  an evaluation of tree->roots
 *   ->  tree_fill (reads values)
 *
 * Parts live in the arena of the plan and borrow the rule set. */
#ifndef VIGIE_EXPLAIN_TREE_H
#define VIGIE_EXPLAIN_TREE_H

#include "eval/evaluate.h"
#include "judge/rule_plan.h"

/* Whose row a part speaks of: the explained one, the one it belongs to, or the company. */
struct place {
  int domain;
  /* the row that leads here through edge; NULL: found by key, or the company */
  const struct place *from;
  const struct edge *edge;
  int group;   /* the node of `from` that names the group which it leads to; -1: through edge */
  int32_t row; /* once evaluated; -1: there is none */
};

struct choice { /* one value that a threshold may have that day */
  const struct threshold_line *line;
  int node; /* is this row in the segment, does it have the entry; -1: the base */
  struct value holds;
};
typedef VEC(struct choice) choice_list;

struct agg_row {   /* one of the rows behind an aggregate */
  const char *key; /* NULL: the entity has no key */
  const char *label;
  struct value day, value; /* known = false where there is none */
  double weight;           /* the greatest come first */
};

enum { AGG_ROWS_SHOWN = 5 };

struct agg_rows {
  int node, source; /* the aggregate, and the domain of its rows */
  const struct place *place;
  int key, label, day, value; /* nodes of source; -1: none */
  struct agg_row shown[AGG_ROWS_SHOWN];
  size_t n_shown;
  long n;         /* rows that count */
  long n_unknown; /* rows left out because a value of theirs is unknown */
};

struct part;
typedef VEC(struct part *) part_list;

struct part {
  const struct term *term;
  const char *text; /* as written; in the words of the language where a `define` was expanded */
  struct place *place;
  int node;
  day_t day; /* the day it is judged on */
  struct value value;
  part_list parts;
  bool above;          /* decomposed further up */
  choice_list choices; /* THRESHOLD */
  const struct choice *chosen;
  struct agg_rows *rows; /* AGG */
};

struct tree {
  struct plan *p;
  node_list roots; /* what the evaluation has to compute */
  VEC(struct place *) places;
  part_list all;
  VEC(struct agg_rows *) aggregates;
};

struct tree *tree_new(struct plan *p);
struct place *tree_place(struct tree *x, int domain, const struct place *from,
                         const struct edge *edge);
struct part *tree_add(struct tree *x, const struct term *t, struct place *at, day_t day);
/* Reads all values; the rows of places without `from` are set by the caller. False: problems say
 * why. */
bool tree_fill(struct tree *x, struct evaluation *ev, struct diags *problems);

/* rows.c: the rows behind all aggregates of the tree, one scan a table. */
bool tree_fill_rows(struct tree *x, struct evaluation *ev, struct diags *problems);

#endif
