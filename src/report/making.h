/* What the files of report/ share while the page is made. Each has a plan_ function, which says
 * what it needs of the rows before they are read, or a read_ function, or both. */
#ifndef VIGIE_REPORT_MAKING_H
#define VIGIE_REPORT_MAKING_H

#include "plan/plan.h"
#include "report/make.h"

typedef VEC(int) node_refs;

/* The nodes of one block over the rows of its entity. */
struct row_nodes {
  int domain, exists; /* exists -1: always */
  int nodes[5];       /* by the block; -1: not asked */
};

struct making {
  const struct report_request *q;
  struct report *r;
  struct arena *a;
  struct plan *plan;
  node_refs roots;
  VEC(struct row_nodes) bridges, renewals; /* of the page's blocks, in their order */
  const struct verdicts *v;
  const struct outcome *o;
  kpi_list counts;         /* by pipeline: of its open rows; NULL: not counted */
  name_list notes;         /* what has to be said besides what the data showed */
  struct kpi_report *kpis; /* of all KPIs that the page speaks of */
  struct diags *problems;
};

/* Adds a node to those that are computed, and returns it. */
int making_root(struct making *m, int node);
/* The rows of the domain that exist, *n of them; the caller frees them. */
int32_t *rows_of_page(struct evaluation *ev, const struct row_nodes *x, size_t *n);

/* Does the item belong on the page of the person or the team? */
bool making_theirs(const struct report *r, const struct item *i);

/* ---- the blocks ----------------------------------------------------------------------- */
void plan_bridges(struct making *m);
bool read_bridges(struct making *m);
void plan_renewals(struct making *m);
bool read_renewals(struct making *m);
void find_unjudged(struct making *m);
void find_work(struct making *m);
bool find_since(struct making *m);
/* The KPIs of the page, whose decisions are there, with their values by month. */
bool value_kpis(struct making *m);
void find_decisions(struct making *m);
void find_pipelines(struct making *m);
/* A KPI of how many rows the sum is of, in the arena; NULL: it is no sum. */
struct kpi *count_of(const struct kpi *k, struct arena *a);

/* ---- rollup.c ------------------------------------------------------------------------- */
/* KPIs of entities, and what they make when their rows are put together. */
struct rolling {
  struct making *m;
  kpi_list kpis;
  struct row_nodes *nodes; /* by day, then by KPI */
  struct kpi_series **series;
};
enum rollup rollup_of(const struct kpi *k);
/* Values those in x->kpis on the REPORT_DAYS days. */
bool roll_kpis(struct rolling *x, const day_t *days);
/* NULL: it was not among them. */
const struct kpi_series *rolled_series(const struct rolling *x, const struct kpi *k);

/* ---- looked up ------------------------------------------------------------------------ */
/* The KPI that the condition reads first; NULL: none. */
struct kpi *first_kpi(const struct term *t);
/* The target that made the item; NULL: a rule did. */
struct target *target_of(const struct ruleset *rs, const struct item *i);
/* Is the item of the company or of a group? */
bool is_decision(const struct item *i);
/* The series of the KPI; NULL: it was not valued. */
const struct kpi_series *series_of(const struct kpi_report *r, const struct kpi *k);
/* How the targets of the KPI stand, *n of them. */
const struct target_status *const *targets_of(struct making *m, const struct kpi *k, size_t *n);

#endif
