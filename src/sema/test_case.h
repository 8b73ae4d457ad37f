/* A test block, resolved: on which days it looks, what it gives, what it expects.
 *
 * Made by declare_test.c; lives in the arena of the rule set. Money is in minor units, as in
 * every struct value. */
#ifndef VIGIE_TEST_CASE_H
#define VIGIE_TEST_CASE_H

#include "sema/ruleset.h"
#include "syntax/build.h"

enum fact_kind {
  FACT_ATTR,   /* the value of an attribute */
  FACT_KPI,    /* the value of a KPI: replaces its computation on that row and day */
  FACT_PARENT, /* the row that it belongs to, by name */
  FACT_BORN,   /* its first day */
  FACT_ENDED,  /* the first day without it */
};

struct test_fact {
  enum fact_kind kind;
  const struct attr *attr;
  const struct kpi *kpi;
  const struct edge *edge;
  day_t day; /* on which it is so */
  bool bare; /* an amount without its currency: that of the attribute, unless another is given */
  /* BORN and ENDED: a date; PARENT: a text; known = false: given as unknown */
  struct value value;
};

struct test_row {
  struct entity *entity;
  const char *name; /* in quotes: its key and its label; NULL: no name was given */
  struct span span;
  VEC(struct test_fact) facts;
};

/* The value of a KPI of the company or of a group: replaces its computation on that day. */
struct test_total {
  const struct kpi *kpi;
  name_list group; /* its values, in the order of the KPI; empty: of the company */
  day_t day;
  struct value value; /* known = false: given as unknown */
};

struct test_expect {
  enum expect_kind kind;
  struct span span;
  const struct rule *rule; /* NULL: `exactly n` of all rules, a KPI or a target */
  struct kpi *kpi;
  struct target *target; /* TARGET */
  enum target_standing standing;
  const char *row;               /* for "Acme": key or label; NULL: not said */
  long n;                        /* COUNT */
  const char *team;              /* ESCALATED: to whom; NULL: not said */
  name_list because;             /* UNKNOWN and its kin: what must be missing */
  const struct actions *actions; /* FIRES, TARGET: what is named is compared; NULL */
  struct value worth;            /* of the actions; known = false: not named */
  struct value value;            /* VALUE */
  int decimals;                  /* VALUE: written behind the point; -1: compared as it is */
};

struct test_step {
  day_t day;
  VEC(struct test_row) rows; /* given since the day before: what was given earlier stays */
  VEC(struct test_total) totals;
  VEC(struct test_expect) expects;
};

#endif
