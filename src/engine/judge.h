/* What judging one rule needs from the plan. Shared by judge_plan.c and judge.c. */
#ifndef VIGIE_JUDGE_H
#define VIGIE_JUDGE_H

#include "plan/plan.h"

struct reason {        /* one part of the condition, with the value to show */
  const char *expr;
  int node;
  int only_if;         /* shown where this condition is true (a branch of an `or`); -1: always */
};

struct lack {          /* a name that can be missing, with all the nodes that stand for it */
  const char *name;
  VEC(int) nodes;
};

struct rule_plan {
  struct rule *rule;
  int domain;
  int exists, when, clear;              /* -1: none */
  int owner, label, once, worth, due;   /* -1: none */
  int *parts;                           /* by part of the action text; -1: a literal */
  VEC(struct reason) reasons;
  VEC(struct lack) lacks;
};

/* Plans everything of a rule for the day. */
struct rule_plan judge_plan_rule(struct plan *p, struct rule *r, day_t day);
/* Appends all nodes of the rule plan to roots. */
typedef VEC(int) node_list;
void judge_roots(struct plan *p, const struct rule_plan *rp, node_list *roots);

#endif
