/* What two versions of a policy would do on one day, from one state: the third part of
 * `vigie diff`. Both are judged in one request, so that every table is read once. */
#ifndef VIGIE_CONSEQUENCE_H
#define VIGIE_CONSEQUENCE_H

#include "action/apply.h"
#include "judge/kpi.h"

/* An item that lives after one version and not after the other. */
struct moved_item {
  const struct item *item;
  const char *reason; /* what it asks, or why it is no longer asked */
};

/* An item that lives after both, and differs. */
struct changed_item {
  const struct item *old, *now;
  const char *field, *was, *is; /* texts; NULL: nothing there */
};

struct moved_queue {
  const char *team, *owner;
  long before, after; /* to do */
  int capacity;       /* of the new version; 0: not said */
};

struct moved_money {
  const char *measure, *entity;
  struct value before, after;
  long rows_before, rows_after;
};

struct moved_kpi {
  const struct kpi *kpi;  /* of the new version */
  const struct value *by; /* of a group, as many as it has dimensions; NULL */
  struct value old, now;
  const char *old_band, *now_band; /* NULL: none */
};

/* A rule on the rows of the data: where the versions act on others. */
struct moved_rule {
  const char *rule;
  long rows, only_old, only_new;
};

/* On one day of the policies. */
struct consequence {
  day_t day;          /* of the policies' values; the data have theirs */
  long before, after; /* living items */
  VEC(struct moved_item) opened, closed;
  VEC(struct changed_item) changed;
  VEC(struct moved_rule) rules;   /* that both versions have */
  VEC(struct moved_queue) queues; /* those that differ */
  VEC(struct moved_money) money;  /* all measures */
  VEC(struct moved_kpi) kpis;     /* those that differ */
  long fullest;                   /* after: the most that one person has to do */
  long over_capacity;             /* after: people who have more to do than they can */
};

struct consequence_request {
  struct dataset *dataset;
  struct ruleset *old, *now; /* with what their calendars take from the dataset */
  day_t as_of;               /* of the data */
  day_t day; /* whose thresholds the policies hold (policy_freeze); DAY_NONE: as_of */
  const char *state_path;
  void (*progress)(void *ctx, const char *what);
};

/* False: problems say what is wrong with the data or the state. All of it lives in the arena. */
bool consequence_of(const struct consequence_request *q, struct arena *a, struct consequence *out,
                    struct diags *problems);

#endif
