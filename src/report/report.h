/* The page for the revenue meeting, before a word of it is printed: what we are, what is coming,
 * who does what, what was done, what nobody could judge.
 *
 *   cmd/report.c judges once  ->  report_make (make.h)  ->  print_report_html, _json, _text
 *
 * All of it lives in the arena of the report and borrows from the rule set. Every number stands
 * here first: the three printers compute nothing but lengths of lines. Money of different measures
 * (ARR, deal amounts, invoices) is never added up. */
#ifndef VIGIE_REPORT_H
#define VIGIE_REPORT_H

#include <stdio.h>

#include "action/apply.h"
#include "action/stake.h"
#include "diff/meaning.h"
#include "explain/phrase.h"
#include "judge/judge.h"

enum {
  REPORT_MONTHS = 12,              /* ends of months before the day of the page */
  REPORT_DAYS = REPORT_MONTHS + 1, /* and that day */
  REPORT_RENEWAL_DAYS = 90         /* how far renewals are looked for */
};

typedef VEC(const struct item *) item_refs;

/* ---- to decide ------------------------------------------------------------------------ */

/* An item of the company or of a group: a number that crossed a line. */
struct decision_line {
  const struct item *item;
  const struct kpi *kpi;              /* the first that its condition reads; NULL: none */
  const struct kpi_value *value;      /* today, of the item's group; NULL: not known */
  const struct target_status *target; /* of a target's item; NULL: a rule */
};

/* ---- who does what -------------------------------------------------------------------- */

/* A customer of a person's list: the most pressing item first. */
struct customer_line {
  const char *name;
  item_refs items;
};

struct owner_line {
  const char *owner; /* an address; NULL: nobody has it */
  const char *team;  /* of most of the items; NULL */
  int capacity;      /* of one person of the team; 0: not said */
  long to_do, late;
  day_t first_due; /* DAY_NONE: none has a due day */
  struct stake stake;
  VEC(struct customer_line) customers;
};

/* ---- results, and what moves before them ---------------------------------------------- */

/* How the values of the rows of an entity make one number. */
enum rollup {
  ROLLUP_NONE,   /* the KPI is one number, or one a group */
  ROLLUP_SUM,    /* counts and money: of all rows together */
  ROLLUP_MEDIAN, /* the others: half of the rows have more */
};

struct report_kpi {
  /* Of the ends of months, then of the day of the page. Of a KPI of an entity its one number. */
  const struct kpi_series *series;
  enum rollup rollup;
  const struct target_status *const *targets; /* of the KPI */
  size_t n_targets;
  const char *definition; /* its formula in words, in the tongue */
  name_list hindsight;    /* columns that keep no past; some: no line is drawn */
};

/* ---- the bridge ----------------------------------------------------------------------- */

/* What the customers of then paid, and what became of it: rows of bridge.def. */
enum bridge_step {
#define STEP(id, name, kind, en, fr) BRIDGE_##id,
#include "report/bridge.def"
#undef STEP
  BRIDGE_STEPS
};
/* LEVEL: what is left there; PART: moves the level; BESIDE: in no share of the start. */
enum bridge_kind { BRIDGE_LEVEL, BRIDGE_PART, BRIDGE_BESIDE };

struct bridge {
  const char *group; /* "Basic"; NULL: all together */
  bool known_group;  /* false: the group of the rows whose value is unknown */
  /* money in minor units, customers: of a part how many moved, of a level how many are left */
  double amount[BRIDGE_STEPS];
  long rows[BRIDGE_STEPS];
};

struct bridges {
  const struct kpi *measure; /* what one customer pays: arr of account */
  const char *by;            /* "plan"; NULL: not split */
  struct type type;          /* of the amounts */
  day_t then;
  bool knows_new;        /* new customers are told from those who came back */
  VEC(struct bridge) of; /* all together first, then the groups with the most at the start */
};

/* ---- renewals ------------------------------------------------------------------------- */

enum renewal_state { RENEWAL_QUIET, RENEWAL_ACTION, RENEWAL_UNJUDGED, RENEWAL_STATES };

struct renewal_line {
  const char *key, *label; /* label NULL: it has none */
  day_t day;
  struct value worth;
  enum renewal_state state;
  item_refs items;       /* open on the row or its customer */
  name_list unjudged_by; /* rules that could not judge the row */
};

/* How many renewals, and what they are worth together; not known: of none it is. */
struct renewal_sum {
  long n;
  struct value worth;
};

struct renewals {
  const struct entity *entity;
  const char *day_name;            /* "renewal" */
  const char *worth_name;          /* "arr"; NULL: none was said */
  day_t last;                      /* the last day that was looked at */
  VEC(struct renewal_line) coming; /* by day */
  VEC(struct renewal_line) past;   /* their day has passed, and they pay: the most first */
  long undated;                    /* rows whose day is unknown */
};

/* Of the lines that are in the state; RENEWAL_STATES: of all. */
struct renewal_sum renewals_sum(const struct renewal_line *lines, size_t n, int state);

/* ---- pipeline ------------------------------------------------------------------------- */

struct pipeline_line {
  const struct value *by; /* of the stage; NULL: all together */
  struct value open, weighted;
  long rows, known; /* of the weighted amount; 0 and 0: of no rows */
};

struct pipeline {
  const struct kpi *open, *weighted;
  const char *by; /* "stage" */
  VEC(struct pipeline_line) lines;
  struct pipeline_line total;                 /* its values unknown: they have none */
  const struct target_status *const *targets; /* of the weighted KPI, or of the open one */
  size_t n_targets;
};

/* ---- since the last meeting ----------------------------------------------------------- */

struct opened_sum {
  const char *rule;
  long n;
  struct stake stake;
};

/* A line of a threshold that counts since the last meeting, or soon. */
struct changed_line {
  const struct threshold *threshold;
  const struct threshold_line *line;
  const char *before, *now; /* values as text; before NULL: it had none */
  bool coming;
};

struct since {
  day_t day; /* after this day */
  long opened, by_data, done, dismissed, not_asked, escalated, still;
  item_refs closed; /* by people first, then the most money */
  VEC(struct opened_sum) openings;
  VEC(struct changed_line) changed; /* in the order of their days */
  /* how the rules of the last run before that day were edited: their meaning; lines of thresholds
   * that are in `changed` are not here */
  meanings edits;
};

/* ---- what could not be judged --------------------------------------------------------- */

struct unjudged_rule {
  const struct rule_verdict *rule;
  const struct unjudged_row *rows; /* the most at stake first; n of rule->unknown */
  size_t n;
  struct value worth; /* of those rows together, each once; not known: the rule has no worth */
};

struct left_out {
  const struct kpi *kpi;
  long known, all;
};

/* ---- the page ------------------------------------------------------------------------- */

struct report {
  const struct ruleset *rs;
  enum tongue tongue;
  const char *title;         /* of the page block; NULL: a word of the printers */
  const char *person, *team; /* whose page; NULL: everybody's */
  day_t as_of;
  const char *day;     /* the same in words: "1 March 2026" */
  day_t ran;           /* the newest run; DAY_NONE: none, so that nobody was told of what is here */
  const char *domain;  /* of addresses, left out of names; NULL */
  const char *command; /* that makes this page: "vigie report rules --db data.db" */
  const char *where;   /* the rules and the data in the other commands: " rules --db data.db" */

  struct item_counts counts;
  struct stake stake;                  /* of all that is to do, by measure */
  long no_worth;                       /* items that state none */
  item_refs items;                     /* all that is to do */
  VEC(struct decision_line) decisions; /* late first, then by due day */
  VEC(struct owner_line) owners;       /* late first, then by money */
  name_list teams;                     /* of the owners */
  VEC(struct report_kpi) results, leading;
  VEC(struct bridges) bridges;
  VEC(struct renewals) renewals;
  VEC(struct pipeline) pipelines;
  struct since since;
  VEC(struct unjudged_rule) unjudged;
  long unjudged_rows; /* of all rules: a row that two could not judge counts twice */
  VEC(struct left_out) left_out;
  const char *const *notes; /* of the data; NULL-terminated */
};

/* One self-contained file: no request, no script. UTF-8; all texts are escaped. */
void print_report_html(FILE *f, const struct report *r, struct arena *a);
/* One document with every number of the page: a public interface, see docs/report.md. */
void print_report_json(FILE *f, const struct report *r);
/* The same for a terminal, each section cut to its first lines. */
void print_report_text(FILE *f, const struct report *r, int width, bool color, struct arena *a);

#endif
