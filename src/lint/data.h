/* What the data holds, read once for all checks against it: each table in one scan. */
#ifndef VIGIE_LINT_DATA_H
#define VIGIE_LINT_DATA_H

#include "data/dataset.h"
#include "judge/judge.h"
#include "lint/check.h"

enum { DISTINCT_MAX = 2000 }; /* more different texts than this are no list of values */

struct column_facts {
  const char *what; /* the attribute's name */
  struct span span;
  const struct attr *attr; /* NULL: the day of an event */
  const char *table, *column;
  long rows, known;
  double lo, hi;           /* of the numbers and days; lo > hi without any */
  double least;            /* the smallest number above zero; more than hi without any */
  long days;               /* different days */
  VEC(const char *) texts; /* different texts, byte by byte */
  struct map seen;
  bool too_many; /* texts is not all of them */
};

struct key_facts {
  const struct entity *entity;
  long rows, doubled, empty; /* rows; rows whose key stood before; rows without a key */
  const char *example;       /* a key that stands twice */
  struct keymap *keys;
};

struct edge_facts {
  const struct edge *edge;
  long rows, orphans; /* rows that name a parent; those whose parent is not there */
  const char *example;
  long lists;               /* of the orphans, those that are a list of keys of the parent */
  const char *list_example; /* 501;502 */
};

/* What a KPI that a condition looks at was on the days that were judged. */
struct kpi_facts {
  struct kpi *kpi;
  long known; /* values */
  double lo, hi;
  double least;    /* the smallest above zero; more than hi without any */
  long beyond;     /* values above 1.05: of a share more than the whole, whatever was rounded */
  bool said_today; /* of the company, and known on the day */
  double today;
};

struct data_facts {
  VEC(struct column_facts *) columns;
  VEC(struct key_facts *) keys;
  VEC(struct edge_facts *) edges;
  VEC(struct kpi_facts) kpis; /* those that are compared, also by a target or band */
  struct verdicts *verdicts;  /* of the day; NULL: the rules could not be judged */
  /* by rule of verdicts: also on a day of the past year that was looked at */
  bool *fired;
  bool *always; /* likewise: on all rows of all days that were looked at */
  int days_looked_at;
};

/* Reads the dataset of l->options->db. What cannot be read becomes a finding, and its table is
 * left out. */
void data_gather(struct lint *l);
void data_release(struct lint *l);
/* The facts of an attribute's column; NULL: it has none, or its table could not be read. */
const struct column_facts *column_of(const struct lint *l, const struct attr *at);
/* Is the text in the attribute's `one of`? */
bool attr_lists(const struct attr *at, const char *text);
/* The facts of a KPI; NULL: nothing compares it, or nothing could be judged. */
const struct kpi_facts *values_of(const struct lint *l, const struct kpi *k);
/* The different texts of any column; false: it could not be read. */
bool column_texts(struct lint *l, const char *table, const char *column, struct column_facts *out);

#endif
