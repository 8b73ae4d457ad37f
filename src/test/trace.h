/* A condition taken apart: each part with its truth and the values in it, for reports and for
 * coverage.
 *
 * Parts stand in reading order, the whole condition first. The parts of a rule are the same on
 * every day, so that a part is known by its rule and its index. Everything lives in the arena of
 * the plan. */
#ifndef VIGIE_TEST_TRACE_H
#define VIGIE_TEST_TRACE_H

#include "eval/evaluate.h"

struct part_value {
  const char *name; /* "health 30d ago" */
  int node;
};

struct part {
  /* "all of", "any of", "not" for those that have parts; as written for the others */
  const char *text;
  const char *written;
  struct span span;
  int depth;
  bool branch; /* directly under an `and` or `or` */
  int node;    /* its truth */
  VEC(struct part_value) values;
};

struct part_lines { /* a threshold of the condition, with the lines that may apply on its day */
  const struct threshold *threshold;
  line_choices lines;
};

struct trace {
  const struct rule *rule;
  int domain, exists; /* exists: the node that tells whether a row is there; -1: always */
  VEC(struct part) parts;
  VEC(struct part_lines) thresholds;
};

struct trace trace_rule(struct plan *p, const struct rule *r, day_t day);

/* Appends all nodes of the trace. */
typedef VEC(int) trace_nodes;
void trace_roots(struct plan *p, const struct trace *t, trace_nodes *roots);

#endif
