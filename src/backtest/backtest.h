/* What a policy would have done: its items of a span, and how they stand to an outcome. */
#ifndef VIGIE_BACKTEST_H
#define VIGIE_BACKTEST_H

#include "backtest/late_history.h"
#include "backtest/outcome.h"
#include "backtest/replay.h"

struct backtest_request {
  struct dataset *dataset;
  struct ruleset *const *policies; /* with what their calendars take from the dataset */
  size_t n_policies;
  struct condition *outcome; /* text, rule (of policies[0]) and within; NULL: none */
  day_t from, to;
  int last_days;       /* in place of from and to: the last day of the data, so many days back; 0 */
  bool may_end_sooner; /* where the data end before `to`, the span ends with them; else an error */
  day_t as_of;         /* the day of the dataset: nothing is known after it */
  struct duration every, notice, handled;
  void (*progress)(void *ctx, const char *what);
};

enum {
  WARM_UP_DAYS = 90,    /* before the span, so that it does not begin with all that is true then */
  FEW_DECIDED = 10,     /* under so many: counts, no percent */
  RANGE_DECIDED = 100,  /* under so many: a range beside each share */
  SHORT_LIVED_DAYS = 7, /* closed by the data within these: hardly worth asking */
};

/* Money of rows that began to meet the outcome. */
struct backtest_money {
  const struct outcome_measure *of;
  struct value caught, missed; /* known: sums */
};

/* One rule, or the whole policy. */
struct score {
  const char *rule;           /* NULL: the policy, or the rules of `of` */
  const name_list *of;        /* several rules counted as one; NULL: none */
  bool counts;                /* an item of it is about a row of the outcome's entity */
  long opened, carried_in;    /* in the span; living when it began */
  long open_median, open_max; /* at a time */
  day_t open_max_day;
  long short_lived, back_again;
  long not_asked;               /* of opened: closed because a threshold has another value */
  long right, wrong, too_early; /* of opened */
  long after_the_fact;          /* of wrong: it was true already */
  long onsets, caught;
  size_t n_lead;
  long lead[3];                 /* days of warning: lower quartile, median, upper */
  struct backtest_money *money; /* by measure of the outcome that it has */
  size_t n_money;
  const struct onset **missed; /* most money first */
  size_t n_missed;
};

/* One person of a team. */
struct load {
  const char *team, *owner;
  int capacity;
  long median, max;
  long weeks_over; /* calendar weeks in which the demand passed the capacity */
  day_t worst;     /* the day of max */
};

struct backtest {
  day_t from, to;
  struct duration every, notice, handled; /* handled.n 0: people are absent */
  const struct condition *outcome;        /* NULL: none was asked for */
  long onsets;                            /* from `from` to `to` */
  struct base_rate base;
  const struct replayed *replayed;
  struct score *rules; /* by rule of the replayed */
  size_t n_rules;
  struct score together;
  struct load *loads; /* of people with a capacity, most weeks over first */
  size_t n_loads;
  const name_list *hindsight; /* NULL: none */
  late_history_list late;     /* rows that could not be judged before their history began */
  day_t policy_of;            /* DAY_NONE: each day its own */
};

/* Fills b->onsets, base, and what follows replayed, from b's span, outcome and replayed. rs: the
 * policy that was replayed. */
void backtest_score(struct backtest *b, const struct ruleset *rs, struct arena *a);

/* The rules of these names counted as one, of a backtest that was scored: an outcome is caught when
 * one of them caught it. rs: the policy that was replayed; rules are borrowed. */
struct score backtest_score_rules(struct backtest *b, const struct ruleset *rs,
                                  const name_list *rules, struct arena *a);

/* Replays the policies over the span and scores them: out has room for one for each. False:
 * problems say what is wrong with the data or the span. All of it lives in the arena. */
bool backtest_run(const struct backtest_request *q, struct arena *a, struct backtest *out,
                  struct diags *problems);

/* The range in which the true share lies, 19 times in 20 (Wilson). */
void share_range(long part, long whole, double *low, double *high);

#endif
