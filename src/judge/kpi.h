/* KPIs and targets, valued on days. */
#ifndef VIGIE_KPI_H
#define VIGIE_KPI_H

#include "data/dataset.h"
#include "sema/ruleset.h"

/* One value of a KPI: of a row of its entity, of a group, or of the company. */
struct kpi_value {
  const struct value *by; /* the dimension values, as many as the KPI has; or its row's one key */
  const char *label;      /* of an entity's row; NULL */
  struct value value;
  const char *band; /* "green", "amber", "red", or NULL */
  /* of the company or a group: with how many rows' values it was computed, of how many; 0 and 0: it
   * puts no rows together */
  long known_rows, all_rows;
};

/* The values of one KPI on one day: groups in the order of their values, unknown last; rows by
 * key (evaluation_compare_rows). */
struct kpi_day {
  day_t day;
  const name_list *hindsight; /* columns read with hindsight (sema/hindsight.h), or NULL */
  struct kpi_value *values;
  size_t n;
  size_t left_out; /* rows that have a value, too, and were not chosen (kpi_choice) */
};

/* Of a KPI of an entity the rows that are read: on the first day that is read those with the
 * largest values, unknown last, and by key where they are equal (of texts: the first ones); on the
 * days after it the same rows. */
struct kpi_choice {
  size_t most; /* so many */
  bool made;
  int32_t *rows; /* n of them, by number, in the arena of the request */
  size_t n;
  struct arena *arena;
};

struct kpi_series {
  struct kpi *kpi;
  const char **dims; /* names of the dimensions; the entity's name for a KPI of an entity */
  size_t n_dims;
  struct kpi_day *days;
  size_t n_days;
  /* one a day, of one value: of all groups together, without a band; NULL: it has no groups, or
   * cannot be put together */
  struct kpi_day *totals;
  name_list remarks; /* sentences to be printed beside it, without their end */
};

/* How a target stands on a day. Values are in the unit of the target's KPI (a share for a
 * relative movement). */
struct target_status {
  struct target *target;
  const char *name; /* of the target */
  /* of a target `for each`: the values of the group, as many as it has dimensions, and their names;
   * NULL: of the company */
  const struct value *by;
  const char *const *dims;
  /* of the group, in the evaluation; 0 of the company; -1: a table of goals names the group, and it
   * has no rows */
  int32_t row;
  day_t start, due, day; /* day: of which this is said */
  /* today's value, the value to reach, the value when the time began */
  struct value now, goal, base;
  struct value pace;      /* where a straight line from base to goal is today */
  struct value gap;       /* goal - now (now - goal for <=): what is missing; negative: beyond it */
  struct value behind;    /* pace - now, likewise: positive is late */
  struct value projected; /* at the due day, going on as since the start */
  bool judged;            /* false: something is unknown */
  bool on_track;
  /* The value meets the target today. It is reached when its day has come, or when it adds up over
   * the time of the target (deals won this quarter): a level may fall again. */
  bool met, reached;
  bool ends_met;              /* going on as since the start, it meets the target on its day */
  const name_list *hindsight; /* as of a kpi_day */
};

struct kpi_report {
  struct kpi_series *series;
  size_t n;
  struct target_status *targets;
  size_t n_targets;
  const char *const *notes;
  const name_list *hindsight;                /* all columns that are read with hindsight, or NULL */
  const struct unreadable_cells *unreadable; /* n_unreadable columns with such cells */
  size_t n_unreadable;
};

struct kpi_request {
  struct ruleset *rs;
  struct dataset *dataset;
  struct kpi *const *kpis; /* n of them */
  size_t n;
  const day_t *days; /* n_days of them, ascending */
  size_t n_days;
  /* of a KPI of an entity only so many rows, the largest of the last day; 0: all of them. A year of
   * days then costs what their columns cost, not what reading each row does. */
  size_t largest;
  /* Is given the values of the rows of entities, day by day: of the KPI with this index. They are
   * gone then, and the report has none of them, so that no more than a day of them is held. NULL:
   * they stay in the report. today: for the hindsight of the days. */
  void (*take)(void *ctx, size_t kpi, const struct kpi_series *s, const struct kpi_day *d);
  void *take_ctx;
  day_t today;
  struct arena *arena;                           /* of the report */
  void (*progress)(void *ctx, const char *what); /* NULL: none */
};

/* Values the chosen KPIs on the days, and their targets on the last of them: a request with an
 * entry a day. False: problems say why. */
bool kpi_report(const struct kpi_request *q, struct kpi_report *out, struct diags *problems);

/* Are the rows of the KPI larger and smaller? Those of an entity, when it is a number. */
bool kpi_has_sizes(const struct kpi *k);
/* For sorting: the largest first, unknown last. */
int kpi_compare_sizes(const struct value *a, const struct value *b);

/* When the time of a target begins: with the period it names, `by end of FY2026`; before a plain
 * date, with the year that ends with it. */
day_t target_start(const struct ruleset *rs, const struct target *t, day_t day);

/* Says in the report which columns it reads with hindsight: plain ones, on days before `today`. */
void kpi_report_hindsight(struct ruleset *rs, struct kpi_report *r, day_t today, struct arena *a);

/* Says in the report what has to be said beside its KPIs: that a value is to date, that a total
 * moved against every one of its groups. Once a report. */
void kpi_report_remarks(const struct ruleset *rs, struct kpi_report *r, struct arena *a);
/* The order in which the values of groups are listed: unknown last. */
int kpi_compare_values(const struct value *a, const struct value *b);
/* Do two values of a series, of whatever days, belong to one group or row? */
bool kpi_same_group(const struct kpi_series *s, const struct kpi_value *a,
                    const struct kpi_value *b);

/* How a level (now, goal, pace, projected) and a difference (gap, behind) are said: counts whole,
 * large amounts without cents, differences of percents in points. In the arena. */
const char *target_level(const struct value *v, struct arena *a);
const char *target_distance(const struct value *v, struct arena *a);

#endif
