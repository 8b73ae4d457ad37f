/* The record of a run: its first screen. Text and JSON print this record. */
#ifndef VIGIE_RUN_VIEW_H
#define VIGIE_RUN_VIEW_H

#include <stdio.h>

#include "action/notices.h"
#include "action/print_text.h"

/* What is held back in one way. */
struct held_sum {
  enum item_hold hold;
  struct stake stake;
  const char *who; /* "ana 2, bob 1"; "deal_stalled by support_fire"; "#5 Acme until 2026-03-16" */
};

struct run_view {
  const struct outcome *o;
  day_t as_of;
  long rows; /* judged by all rules */
  struct item_counts counts;
  struct ledger money;   /* of all living items, what is held back too */
  struct stake at_stake; /* all of it */
  struct changes changes;
  notice_list notices;
  VEC(struct held_sum) held; /* in the order of hold.def; none is empty */
  long due_at_once;          /* of what opened: late at opening */
  const char *domain;        /* left out of addresses by what people read; NULL: none is */
  struct arena *a;
};

/* quiet: only the notices that --quiet lets through. In the arena; borrows from the outcome. */
void run_view_of(const struct outcome *o, bool quiet, struct arena *a, struct run_view *out);

/* The first screen: what somebody should look at first, what is held back, who has how much to do,
 * what changed, what could not be judged. At most as wide as the terminal; long lists are cut, and
 * say how to see the rest. */
void print_run_text(FILE *f, const struct run_view *v, const struct text_style *style);

/* One document: a public interface, see the language page. */
void print_run_json(FILE *f, const struct run_view *v);

#endif
