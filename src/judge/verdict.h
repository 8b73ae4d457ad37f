/* What a rule set says of a dataset on a day: the answer of the dataset, the question to the
 * action items.
 *
 * Everything here lives in the arena that judge.h names. Nothing knows of the state database. */
#ifndef VIGIE_VERDICT_H
#define VIGIE_VERDICT_H

#include <stdint.h>
#include <string.h>

#include "base/date.h"
#include "base/unit.h"

enum truth { TRUTH_FALSE, TRUTH_TRUE, TRUTH_UNKNOWN };

/* One part of a condition with its value on that row: "health drop", 12. */
struct because {
  const char *expr;
  struct value value;
  const char *bound; /* what it is compared with: "> 10"; NULL: nothing, or unknown */
  const char *moved; /* of a movement, between which values: "74 to 53"; NULL */
};

/* A step of a playbook, as its row fills it. */
struct hit_step {
  const char *text;
  const char *owner; /* of the team of the step; NULL: it has none, or its team gave nobody */
};

/* A row on which a rule acts. */
struct hit {
  /* canonical text of the row's key, the group's value, or "company"; NULL: unknown group */
  const char *key;
  /* the values of a group, as many as it has dimensions; NULL: the row is no group */
  const struct value *by;
  size_t n_by;
  const char *label; /* NULL when the entity has none or it is unknown */
  /* the customer that it is about: the row at the end of `belongs to`, its own where it belongs to
   * nothing; the label, or else the key. NULL: a group, or the company */
  const char *account, *account_key, *account_entity;
  const char *link; /* the page of the row on the web; NULL: no `link`, or a part of it unknown */
  /* the value of `once per` as text; NULL without the clause or when unknown */
  const char *once;
  const char *owner; /* NULL: the team's `assigns` gave nobody */
  /* who has it where the owner is not there, in this order; only of a team with a roster */
  const char *const *next_owners;
  size_t n_next_owners;
  const char *action; /* the `do` text, filled in; the rule's sentence when there is no `do` */
  day_t due;          /* DAY_NONE without `due` or when it could not be computed */
  bool due_late;      /* the computed day was before the opening day, and was moved to it */
  struct value worth; /* known = false without `worth` or when unknown */
  /* the key of the row whose money it is (rule_verdict.worth_entity); NULL without worth */
  const char *worth_key;
  bool settled; /* `settled when` is true, of an item that opens today: the work was done */
  /* what the row has of rule_verdict.settled_by (judge/opened.h); NULL without */
  const struct value *settled_values;
  const struct because *because; /* the parts that make the condition true */
  size_t n_because;
  const struct because *reasons; /* all its parts: of an `or` the other branch, too */
  size_t n_reasons;
  /* the keys of the rows it leads to, by lead of the rule; NULL: none, or not known */
  const char *const *leads;
  const struct hit_step *steps; /* by step of the rule; NULL: its playbook has none */
  /* of each comparison of rule_verdict.measured how far it is beyond its bound; NAN: it is not */
  const double *margins;
  uint64_t mark; /* as in struct hit_marks; 0: not asked for */
};

/* The rows on which a rule acts, before anything is said of them. Two hits of one rule and row,
 * under one policy, have the same mark where an item that is there already would take the same of
 * both: owner, label, customer, link, occasion, worth, reasons, margins. */
struct hit_marks {
  const int32_t *rows;    /* ascending */
  const uint64_t *marks;  /* by hit; none is 0 */
  bool *left_out;         /* by hit: it is not to be described */
  size_t n, n_rows;       /* n_rows: of the domain */
  const uint64_t *acts;   /* the same rows as bits */
  const uint32_t *before; /* by word of these: how many hits come before it */
};

/* How many rows a rule could not judge for want of a name. */
/* The name of what is missing where every input is there, and a formula still has no value: a
 * division by 0. Compared as a pointer. */
extern const char MISSING_NO_INPUT[];

struct missing {
  const char *name;
  long rows;
  day_t on; /* the one day before this one on which all of them lack it; DAY_NONE */
};

/* One level of an escalation. */
struct level {
  struct duration after; /* an item's due day */
  const char *to;        /* the team; NULL: nobody is above, nothing happens */
};

/* What a playbook is, so that whoever knows its items can tell whether it has been changed. */
struct playbook_facts {
  const char *name, *digest; /* of the words of its steps, hexadecimal */
};

/* A step of the playbook that a rule does. */
struct step_facts {
  const char *team;      /* NULL: the owner of the item does it */
  const char *due_after; /* "2d": counts from the start of the item; NULL: no day is said */
};

/* A value of a dimension of groups that has another name now. */
struct group_rename {
  size_t dim;
  const char *from, *to;
};

/* A comparison of numbers in a condition: how far a row lies beyond its bound is its margin. Days,
 * and days since a day, are no margins: time alone makes them grow. */
struct measured {
  const char *expr;  /* "health drop" */
  struct type type;  /* of the margin */
  double least_step; /* the smallest difference that is printed */
};

struct judged;
struct judge_ctx;
struct term;
struct kpi_day;
struct target_status;

struct rule_verdict {
  const char *rule;     /* its name; a sentence without a name has one derived from its words */
  const char *entity;   /* "account"; the dimension for a grouped rule; "company" */
  const char *team;     /* NULL without `assign` */
  const char *priority; /* "high" | "normal" | "low" */
  const char *worth_currency;
  /* whose money: "arr" of rows of "account"; NULL without `worth` */
  const char *worth_name, *worth_entity;
  /* who is told of late items, in the order in which they are; none: the rule does not escalate */
  const struct level *levels;
  size_t n_levels;
  const struct playbook_facts *playbook; /* NULL: the rule does none */
  const struct step_facts *steps;        /* of the playbook, in their order */
  size_t n_steps;
  const struct measured *measured; /* the comparisons of numbers in its condition */
  size_t n_measured;
  struct duration reopens; /* how long what a person has closed stays closed; n 0: its episode */
  bool row_gone_resolves;
  struct duration reminds; /* how often its owner is told again; n 0: never */
  bool due_by_once;        /* its due day is written against the value of `once per` */
  /* "7d": the due day counts from the start of an item; NULL: it stands against a date */
  const char *due_after;
  const char *const *was; /* the names that the rule had before */
  size_t n_was;
  const struct group_rename *renamed; /* of a rule for groups, all old names to the newest */
  size_t n_renamed;
  size_t n_dims; /* of its groups; 0: its rows are no groups */
  /* while these rules have an item on its row, or on one that leads there, this one waits; and the
   * reverse */
  const char *const *muted_by;
  size_t n_muted_by;
  bool mutes;               /* it has weaker rules */
  const char *const *leads; /* the entities that its rows lead to, as far as muting asks */
  size_t n_leads;
  int at_most;    /* items to do at a time; 0: not said */
  bool no_do;     /* it says nothing of what to do */
  bool has_clear; /* the rule has `clear when` */
  /* these conditions as they are written; NULL without the clause */
  const char *clear_text, *settled_text;
  /* `settled when` where it reads the day on which an item opened; NULL: it does not */
  const struct term *settled_by;
  bool once_per;       /* the rule has `once per` */
  bool report_unknown; /* policy `if unknown report` (the default) */
  long rows;           /* rows judged */
  long unknown;        /* of these, rows that could not be judged */
  const struct missing *missing;
  size_t n_missing;
  const struct hit *hits; /* in the order of the rows */
  size_t n_hits;
  struct hit_marks *marks;     /* of WANT_MARKS; NULL */
  const struct judged *judged; /* what `standing` looks at */
  /* of a timed request: that its conditions took; what several rules share is the first one's */
  double seconds;
};

/* How one row stands on the day, for the items that are already there. */
struct standing {
  bool present; /* the row is in the data and exists on the day */
  bool settled; /* as in struct hit, and so are the values */
  const struct value *settled_values;
  bool ended; /* the row is in the data, and its life (`exists … until`) is over */
  enum truth when;
  enum truth clear;   /* TRUTH_FALSE when the rule has no `clear when` */
  struct value worth; /* today, of a row that is present; as in struct hit */
};

/* A person on the list of a team. */
struct tell; /* sema/tell.h */

struct person {
  const char *address;
};

/* A person as the data has them on the day. */
struct colleague {
  const char *address;
  enum truth away, left; /* left: for good */
  const char *stand_in;  /* who has their items meanwhile; NULL: nobody is named */
};

/* The people of an entity, by address regardless of case; each address once. */
struct roster {
  const char *entity;
  const struct colleague *people;
  size_t n;
};

/* Who works a team's items, and how many of them one person can hold. */
struct team_facts {
  const char *name;
  int capacity;      /* of one person; 0: not said */
  const char *above; /* the team that it escalates to; NULL: none */
  const char *lead;  /* an address that is written in its `assigns`: takes what nobody else does */
  /* a new item goes to the one of its people who has its customer already, or the fewest items */
  bool in_turn;
  const struct person *people; /* those on its list, in the order of the list */
  size_t n_people;
  const struct roster *roster; /* who is there; NULL: the team does not ask */
  const struct tell *tells;    /* how its people are told; tell.h */
  size_t n_tells;
};

/* NULL: there is none of the name, or the name is NULL. */
static inline const struct team_facts *team_named(const struct team_facts *teams, size_t n,
                                                  const char *name) {
  for (size_t t = 0; name && t < n; t++)
    if (strcmp(teams[t].name, name) == 0) return &teams[t];
  return NULL;
}

/* The same of playbooks. */
static inline const struct playbook_facts *playbook_named(const struct playbook_facts *list,
                                                          size_t n, const char *name) {
  for (size_t p = 0; name && p < n; p++)
    if (strcmp(list[p].name, name) == 0) return &list[p];
  return NULL;
}

struct unreadable_cells; /* data/dataset.h */
struct table_read;       /* eval/results.h */

struct verdicts {
  day_t as_of;
  const char *digest;              /* of the rule files, hexadecimal */
  const struct calendar *calendar; /* in which days after a due day are counted */
  const char *tz, *currency;       /* of the calendar; NULL: not said */
  const struct team_facts *teams;
  size_t n_teams;
  const struct playbook_facts *playbooks;
  size_t n_playbooks;
  const struct rule_verdict *rules;
  size_t n_rules;
  const struct kpi_day *kpis; /* by KPI of the entry */
  /* where wanted: how the targets of these KPIs stand */
  struct target_status *targets;
  size_t n_targets;
  /* columns with cells that could not be read: the evaluation's, until judge_end */
  const struct unreadable_cells *unreadable;
  size_t n_unreadable;
  /* the tables that were read (eval/results.h), likewise */
  const struct table_read *reads;
  size_t n_reads;
  /* key: as in struct hit. Never fails: a row that is not there has present = false. */
  struct standing (*standing)(const struct verdicts *v, const struct rule_verdict *r,
                              const char *key);
  /* All parts of the condition on a row on which the rule need not act, in the arena of the
   * verdicts; *n 0: it has none, or the row is not there. */
  const struct because *(*reasons)(const struct verdicts *v, const struct rule_verdict *r,
                                   const char *key, size_t *n);
  struct judge_ctx *ctx; /* what they look at */
};

/* opened.c: is the work of an item of the rule done, that opened on the day? settled, values: as
 * its row has them (struct hit, struct standing). */
bool verdict_settled(const struct verdicts *v, const struct rule_verdict *r, bool settled,
                     const struct value *values, day_t opened);

#endif
