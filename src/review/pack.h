/* The pack of a quarterly review: what the KPIs did, which thresholds and rules to look at, what
 * became of the items, what to decide. Every proposal has its figure, its command and its owner. */
#ifndef VIGIE_PACK_H
#define VIGIE_PACK_H

#include <stdio.h>

#include "backtest/backtest.h"
#include "judge/kpi.h"
#include "test/coverage.h"

enum { PACK_LINES_MAX = 100 }; /* of Markdown: what a person reads before a meeting */

/* What becomes of a rule; keep is the default. */
enum verdict_word { RULE_KEEP, RULE_TUNE, RULE_RETIRE, RULE_ACT };

struct rule_review {
  const struct rule *rule;
  enum verdict_word say;
  const char *why;             /* with its figures */
  const char *command;         /* that shows more; NULL */
  const char *owner;           /* who answers: the rule's owner, else its team */
  const char *agenda, *figure; /* the line of the agenda; NULL: none */
};

/* One thing to decide: a KPI that is red or behind its target, or a rule. */
struct agenda_line {
  const char *what, *why, *figure, *who, *command; /* who NULL: nobody answers for it */
};

struct threshold_review {
  const struct threshold *threshold;
  const char *value; /* in force, with the lines of segments */
  day_t changed;     /* DAY_MIN: never; else the newest line that has come */
  day_t next;        /* the next line to come; DAY_NONE: none */
  const char *next_value;
  long caught, onsets; /* by the rules that stand on it, last year; onsets 0: cannot be said */
  long useful, told;   /* of their items, as people said: useful of useful and false alarms */
  enum verdict_word say;
  bool overdue; /* it has a `review` clause, and its time has passed */
};

struct team_review {
  const char *team;
  long people, to_do, late, waiting;
};

struct actions_review {
  bool known; /* there is a state */
  long opened, done, dismissed, by_data, late, useful, false_alarm, knew;
  VEC(struct team_review) teams;
};

struct pack {
  const char *name; /* "2026-Q1" */
  day_t first, last, as_of;
  day_t before; /* the last day of the quarter before */
  const struct ruleset *rs;
  const struct kpi_report *kpis; /* on `before` and as_of */
  const struct backtest *year;   /* NULL: it could not be replayed */
  const char *no_year;           /* why; NULL */
  const struct coverage *coverage;
  VEC(struct threshold_review) thresholds;
  VEC(struct rule_review) rules; /* those to look at, not those kept */
  size_t kept;
  VEC(struct agenda_line) agenda; /* KPIs first, in the order of the report */
  name_list ownerless, untested;  /* rules */
  struct actions_review actions;
  name_list changes; /* what changed in the rules this quarter, a line each */
  long strategic, leading;
};

struct pack_request {
  struct ruleset *rs;
  const struct item *const *items; /* of the state, living and closed */
  size_t n_items;
  bool has_state;
  /* What commands need besides their own words, each with a blank before, so that they can be run
   * as they stand: " rules --db data.db", " --state other.db", " --outcome \"mrr = 0\""; or "". */
  const char *where, *state, *outcome;
};

/* Fills thresholds, rules, agenda, ownerless, untested, actions, strategic and leading from what
 * stands in the pack already. Texts live in the arena. */
void pack_judge(struct pack *p, const struct pack_request *q, struct arena *a);

/* At most PACK_LINES_MAX lines unless full; what does not fit is counted. */
void print_pack_markdown(FILE *f, const struct pack *p, bool full, struct arena *a);
/* {quarter, so_far, kpis, thresholds, rules, actions, changes, agenda} */
void print_pack_json(FILE *f, const struct pack *p);

/* How the target of the company that stands on the KPI stands; NULL: it has none. */
const struct target_status *pack_target(const struct pack *p, const struct kpi *k);
/* "13.4M EUR by 2026-03-31: on track". In the arena. */
const char *pack_target_words(const struct target_status *t, struct arena *a);

const char *verdict_name(enum verdict_word v); /* "keep", "tune" … */

#endif
