/* What judging rules and targets needs from the plan. Shared by the files of judge/. */
#ifndef VIGIE_RULE_PLAN_H
#define VIGIE_RULE_PLAN_H

#include "base/map.h"
#include "base/workers.h"
#include "judge/judge.h"
#include "judge/kpi.h"
#include "plan/plan.h"

typedef VEC(int) node_list;

enum reason_node {
  REASON_VALUE,   /* what is shown */
  REASON_AGAINST, /* what it is compared with; -1: nothing */
  REASON_ONLY_IF, /* shown where this condition is true (a branch of an `or`); -1: always */
  REASON_BEFORE,  /* of a movement: its value then and now; -1: it is none */
  REASON_AFTER,
  REASON_NODES
};

struct reason { /* one part of the condition, with the value to show */
  const char *expr;
  const char *op; /* ">": of the value, against what it is compared with; NULL: expr says it */
  int nodes[REASON_NODES];
  /* Where the reasons of the rule show the node of its value, and of what it is compared with,
   * first: value of reason i is 2 * i, what it is compared with 2 * i + 1. */
  size_t shown[2];
};

struct margin { /* a comparison of numbers: a lies beyond b, upwards (sign 1) or downwards (-1) */
  struct measured of;
  int a, b, sign;
  bool strict; /* on the bound is not beyond it */
};

struct missing_input { /* a name that can be missing, with all the nodes that stand for it */
  const char *name;
  VEC(struct input_of_day {
    int node;
    day_t on; /* the day before the rule's that it is of; DAY_NONE: the rule's own */
  })
  nodes;
};

/* A step of the playbook: nodes. */
struct step_plan {
  int *parts; /* by part of its text; -1: a literal */
  int owner;  /* -1: nobody is said */
};

/* A row above that of the rule: nodes; label -1: it has none. */
struct stop_plan {
  int key, label;
};

struct rule_plan {
  struct rule *rule;
  int domain;
  bool unread; /* WANT_UNREAD: no link, parts, reasons, margins, missing inputs */
  int exists, when, clear, settled;   /* -1: none */
  int owner, label, once, worth, due; /* -1: none */
  /* `settled when` where it reads the day on which an item opened, and what rows have of it; NULL:
   * it does not */
  const struct term *settled_by;
  node_list settled_parts;
  int *next_owners;        /* by term of the rule's next owners */
  int *worth_key;          /* by term of the measure's key */
  int *leads;              /* by lead of the rule */
  struct stop_plan *above; /* by stop of the rule's `account` behind its own row */
  size_t n_above;
  int *link;               /* by part of the link; -1: a literal */
  int *parts;              /* by part of the action text; -1: a literal */
  struct step_plan *steps; /* by step of the rule */
  VEC(struct reason) reasons;
  VEC(struct margin) margins;
  VEC(struct missing_input) missing_inputs;
};

/* A rule with its verdict on every row. */
struct judged {
  struct rule_plan plan;
  uint64_t *yes, *no;          /* by row; neither: unknown */
  uint64_t *present;           /* shared by the rules of an entity */
  uint64_t *settled;           /* where `settled when` holds; NULL without */
  uint64_t *clear;             /* where `clear when` holds; NULL without */
  double seconds[WORKERS_MAX]; /* by worker: as in struct rule_verdict */
  uint64_t *groups;            /* grouped rules: the groups that rows of its KPIs fall into; NULL */
};

/* ---- KPIs (kpi.c) --------------------------------------------------------------------- */
enum { BAND_LIMITS = 6 }; /* green a, b; amber a, b; red a, b */

struct kpi_plan { /* one KPI on one day */
  struct kpi *kpi;
  int domain, node, exists, label; /* exists, label: -1: none */
  int limits[BAND_LIMITS];         /* -1: none */
  struct kpi_choice *choice;       /* of its rows; NULL: all */
};
struct kpi_plan kpi_plan(struct plan *p, struct kpi *k, day_t day);
void kpi_roots(struct plan *p, const struct kpi_plan *kp, node_list *roots);
/* The values on the day, in the arena. */
bool kpi_read(struct evaluation *ev, const struct plan *p, const struct kpi_plan *kp,
              struct arena *a, struct kpi_day *out, struct diags *problems);

/* ---- targets (target.c, judge_target.c) ----------------------------------------------- */
struct target_plan {
  struct target *target;
  day_t start, due, day;
  const struct calendar *calendar; /* of its rule set */
  int domain;                      /* of its groups, or 0: of the company */
  int now, goal, base;             /* nodes in it */
};
struct target_plan target_plan(struct plan *p, struct target *t, day_t day);
void target_roots(struct plan *p, const struct target_plan *tp, node_list *roots);
/* How it stands, one status for each of its groups, or of the company. */
typedef VEC(struct target_status) target_statuses;
bool target_status(struct evaluation *ev, const struct target_plan *tp, struct arena *a,
                   target_statuses *out, struct diags *problems);

struct target_judge {
  struct target_plan plan;
  int owner; /* node; -1: nobody */
};
struct target_judge judge_plan_target(struct plan *p, struct target *t, day_t day);
void judge_target_roots(struct plan *p, const struct target_judge *j, node_list *roots);
/* The verdict of one target, as of a rule that runs over the company. */
bool judge_target(struct evaluation *ev, const struct target_judge *tj, struct arena *a,
                  struct judged *j, struct rule_verdict *v, struct diags *problems);

struct judge_ctx;
/* ---- teams (teams.c) ------------------------------------------------------------------ */
/* What a team asks of its people, as nodes over their rows; address -1: it asks nothing. */
struct team_plan {
  int domain, exists, address, away, left, stand_in;
};
void judge_plan_teams(struct judge_ctx *x);
/* The teams of the entry's rule set, into the verdicts. False: problems say what is wrong. */
bool judge_teams(struct judge_ctx *x, struct verdicts *v);

/* ---- playbooks (playbook.c) ----------------------------------------------------------- */
/* The playbooks of the entry's rule set, into the verdicts; before its rules are judged. */
void judge_playbooks(struct judge_ctx *x, struct verdicts *v);
/* What the rule asks for beside its hits. */
void set_playbook(struct judge_ctx *x, const struct verdicts *all, const struct rule *r,
                  struct rule_verdict *v);

/* ---- hits (hit.c) --------------------------------------------------------------------- */
struct described_rows {
  const int32_t *rows;
  const uint64_t *marks; /* by row; NULL: they have none */
  size_t n;
};
/* Sets the hits of the verdict: these rows, each with the item that it asks for. */
bool describe_hits(struct judge_ctx *x, const struct judged *j, const struct described_rows *rows,
                   struct rule_verdict *v);
/* mark.c: sets the marks of the verdict: of the hits on these rows. */
bool mark_hits(struct judge_ctx *x, const struct judged *j, const int32_t *rows, size_t n,
               struct rule_verdict *v);
/* standing.c: the row of a domain with that key; -1: none. */
int32_t judged_row(struct judge_ctx *x, int domain, const char *key);
/* The reasons of the rule, one for each; values: of the nodes of all of them. In the arena. */
const struct because *all_reasons(const struct rule_plan *rp, const struct value *values,
                                  struct arena *a);
/* The values in the arena; they were lent. */
const struct value *values_copied(struct arena *a, const struct value *values, size_t n);

/* ---- items that are there already (standing.c) ---------------------------------------- */
/* verdicts.standing and verdicts.reasons */
struct standing standing_of(const struct verdicts *v, const struct rule_verdict *rv,
                            const char *key);
const struct because *reasons_of_row(const struct verdicts *v, const struct rule_verdict *rv,
                                     const char *key, size_t *n);

/* ---- one entry of a request ----------------------------------------------------------- */
/* The groups of a domain by their keys. */
struct group_rows {
  bool made;
  struct map by_key; /* key -> row + 1 */
  intptr_t unknown;  /* row + 1 of the group without a key; 0: none */
};

struct judge_ctx {
  const struct judge_entry *entry;
  struct plan *plan;
  bool timed; /* as in struct judge_request */
  struct rule_plan *rules;
  size_t n_rules;
  struct target_judge *targets;
  size_t n_targets;
  struct team_plan *teams;    /* by team of the rule set; NULL: no rules are judged */
  struct kpi_plan *kpis;      /* by KPI of the entry */
  struct target_plan *status; /* targets of these KPIs, where they are wanted */
  size_t n_status;
  node_list roots; /* all nodes of the entry */
  /* ---- while it is judged ------------------------------------------------------------- */
  struct evaluation *ev;
  struct arena *arena;           /* of the verdicts */
  struct judged *judged;         /* the rules, then the targets */
  struct rule_verdict *verdicts; /* the same */
  struct group_rows *group_rows; /* by domain */
  struct diags *problems;
};

/* judge_plan.c: plans the entry. */
void judge_plan_entry(struct judge_ctx *x);
/* judge.c: its verdicts, when its roots have been evaluated. */
bool judge_run_entry(struct judge_ctx *x, struct verdicts *v);

#endif
