/* The record of a plan: what a run would change, before and after. Text, Markdown and JSON print
 * this record and nothing else. */
#ifndef VIGIE_PLAN_VIEW_H
#define VIGIE_PLAN_VIEW_H

#include "action/notices.h"
#include "action/plan_gate.h"

/* The queue of one person in one team. */
struct plan_queue {
  const char *team, *owner; /* owner NULL: nobody */
  bool several;             /* the person has queues in several teams */
  bool shown;               /* it changes, or is full while something waits */
  struct queue before, after;
};

/* The money at stake of one measure. */
struct plan_measure {
  struct measure_sum before, after; /* with nothing at stake: 0 and no rows */
};

struct plan_view {
  const struct outcome *o;
  day_t as_of;
  const struct counts *counts; /* of the decision */
  struct changes changes;
  changed_sums sums;
  struct item_counts before, after;
  VEC(struct plan_queue) queues; /* the full ones first, then the longest */
  size_t people, kept;           /* kept: whose queues are not shown */
  VEC(struct plan_measure) stake;
  notice_list notices;
  const char *domain; /* left out of addresses by what people read; NULL: none is */
  gate_results gates;
  struct arena *a;
};

/* quiet: only the notices that --quiet lets through. In the arena; borrows from the outcome. */
void plan_view_of(const struct outcome *o, bool quiet, struct arena *a, struct plan_view *out);

/* What people read of one changed item, in the arena. */
struct plan_line {
  const char *number; /* "#21"; "" of what is not there yet */
  const char *about;  /* the row, and whose it is */
  const char *worth;
  const char *who;    /* "ana, due 03-13" */
  const char *detail; /* NULL: nothing stands below it */
};
struct plan_line plan_line_of(const struct plan_view *p, const struct changed_group *g,
                              const struct changed_item *c, size_t rules, int width);

/* "to VP_CS", "2 wait for room, 1 late at opening"; "" for nothing; in the arena. */
const char *plan_sum_remark(const struct plan_view *p, const struct changed_sum *s, int width);
/* "full", "over"; "" where there is room. */
const char *queue_fill(const struct queue *q);
/* "4 of 5", "1 waits, 1 sleeps"; in the arena. */
const char *queue_to_do(const struct queue *q, struct arena *a);
const char *queue_held(const struct queue *q, struct arena *a);
/* "arr of accounts"; in the arena. */
const char *measure_text(const struct measure_sum *m, struct arena *a);
/* "A run on Friday 2026-03-06 would change 11 items (nothing is written)" */
const char *plan_title(const struct plan_view *p);

#endif
