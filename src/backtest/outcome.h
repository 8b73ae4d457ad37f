/* What a policy is held against: a condition that begins to be true of rows ("mrr = 0").
 *
 * Its *onset* is the first day it is true after it was known to be false; a row may have several,
 * one that begins true has none, and days on which it is unknown are passed over. */
#ifndef VIGIE_BACKTEST_OUTCOME_H
#define VIGIE_BACKTEST_OUTCOME_H

#include "base/map.h"
#include "judge/judge.h"
#include "sema/ruleset.h"

/* The source that an outcome is read from: what messages call it. */
#define OUTCOME_SOURCE "--outcome"

struct onset {
  int32_t row;
  day_t day;
  const char *key, *label;   /* label: the key where there is none */
  const struct value *worth; /* the day before, by measure of the outcome; may be unknown */
  size_t earlier;            /* the onset of the row before it; NO_ONSET: none */
  size_t later;              /* the next one */
};
#define NO_ONSET ((size_t)-1)

/* A worth that rules name: "arr", of rows of the outcome's entity. */
struct outcome_measure {
  struct ruleset *rs;      /* of the rule */
  const struct rule *rule; /* the first that has it */
  const char *name, *currency;
};

struct condition {
  const char *text;
  struct rule *rule; /* taken out of the rule set: it asks for nothing */
  struct duration within;
  /* ---- found in the data: outcome_find ------------------------------------------------- */
  const struct calendar *calendar;
  day_t first, last; /* the days looked at; last: the newest day of the data */
  size_t n_rows;
  uint64_t **yes, **no;     /* by day since `first`: for which rows it is true, known to be false */
  struct map rows;          /* key -> row + 1, of rows that it was ever true of */
  VEC(struct onset) onsets; /* by day, then row */
  struct map first_of;      /* key -> index of its first onset + 1 */
  VEC(struct outcome_measure) measures;
  int domain;
};

/* The paths with the condition beside them, as a file in memory: what ruleset_load takes. The
 * condition is a sentence of a team that nobody is in. */
const char *outcome_source(const char *condition, struct arena *a);
/* Takes the outcome's rule and team out of the rule set that was loaded with it. NULL: the
 * condition is about the company or groups; problems say so. */
struct rule *outcome_take(struct ruleset *rs, struct diags *problems);

/* Adds the measures of the outcome: each worth of a rule on its rows, once, however many policies
 * have it. */
void outcome_measures(struct condition *c, struct ruleset *rs, struct arena *a);

/* Its truth on each day from c->first to c->last, and the onsets. False: problems. */
bool outcome_find(struct condition *c, struct ruleset *rs, struct dataset *dataset, struct arena *a,
                  struct diags *problems);

/* Does the rule's worth say this measure? The rule may be of another policy. */
bool outcome_has_measure(const struct condition *c, const struct rule *r,
                         const struct outcome_measure *of);
/* Is it true of the row on the day? A day or a row that was not looked at: no. */
bool outcome_true(const struct condition *c, const char *key, day_t day);
/* The first onset of the row after the day; NULL: none. */
const struct onset *outcome_after(const struct condition *c, const char *key, day_t day);

/* Of the row-days from `from` to `to` that have their whole window within the data and on which the
 * condition is known to be false: how many, and how many of these an onset follows in time. */
struct base_rate {
  long days, followed;
};
struct base_rate outcome_base_rate(const struct condition *c, day_t from, day_t to);

#endif
