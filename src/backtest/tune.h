/* One line of a threshold varied: what each value would have opened, caught and missed.
 *
 * Every value is a policy of its own: the same files, in which the line has that value from the
 * beginning; all other lines stay. All policies are one backtest, so that the tables are read
 * once. */
#ifndef VIGIE_TUNE_H
#define VIGIE_TUNE_H

#include "backtest/backtest.h"
#include "sema/threshold_use.h"

/* Which line, and what it says today. */
struct tuning {
  const struct threshold *threshold; /* of the rules as they are */
  struct threshold_line scope;       /* for whom: its segment or entries count; none: everybody */
  const char *scope_text;            /* " for enterprise", " for \"Proposal\""; "": everybody */
  const char *written;               /* today's value as the file has it: "40%" */
  double num;                        /* the same, in the unit of the threshold */
  struct duration dur;               /* of a threshold that is a duration */
};

/* The line of threshold `name` for everybody, or (scope: a segment, or the entries of a table with
 * commas between them) for these. A segment without a line of its own has today the value of the
 * segment around it, or of everybody. False: problems say what to write. */
bool tuning_of(struct ruleset *rs, const char *name, const char *scope, day_t as_of,
               struct arena *a, struct tuning *out, struct diags *problems);

struct tune_value {
  const char *text; /* as it stands in a file: "44%" */
  double num;
  struct duration dur;
  bool today; /* what is in force */
};
typedef VEC(struct tune_value) tune_values;

/* A value as it stands in a file. False: it is none of the threshold's unit; problems say what one
 * looks like. option: what it was given to, "--values". */
bool tune_value_read(const struct tuning *t, const char *option, const char *text, struct arena *a,
                     struct tune_value *out, struct diags *problems);
/* The values of a list with commas (NULL: eleven round ones from a half to one and a half of
 * today's) and today's own, each once, ascending. False: problems. */
bool tune_values_of(const struct tuning *t, const char *list, struct arena *a, tune_values *out,
                    struct diags *problems);
/* Do two values ask for the same? */
bool same_tune_value(const struct tuning *t, const struct tune_value *a,
                     const struct tune_value *b);

/* In the rule set (the files of the tuning, read again) the line has the value on every day. */
void tune_hold(struct ruleset *rs, const struct tuning *t, const struct tune_value *v);

/* ---- the runs -------------------------------------------------------------------------------- */

/* The span is looked at as a whole, and in two parts: what holds in one of them only is chance. */
enum tune_part { PART_WHOLE, PART_FIRST, PART_LAST, TUNE_PARTS };

struct part_score {
  long opened, opened_used; /* by the policy; by the rules that use the threshold */
  long onsets, caught;      /* by the policy */
  double *money;            /* caught by the policy, by measure of the outcome */
};

struct tuned {
  const struct tune_value *value;
  struct backtest backtest;
  struct score used; /* the rules that use the threshold, counted as one */
  long weeks_over;   /* weeks over capacity of all people */
  bool *caught;      /* by onset of the outcome: by the policy */
  long late;         /* of the closed items of the tune: how many would have been late */
  long had_time,
      closed; /* items of these rules that lived before the last third; closed by its end */
  struct part_score parts[TUNE_PARTS];
};

/* What became of the candidate. */
enum tune_answer {
  TUNE_NO_OUTCOME,
  TUNE_NOTHING_CAUGHT, /* today's policy catches nothing that could be lost */
  TUNE_KEEP,           /* today's own */
  TUNE_CHANGE,
  TUNE_FAILS_FIRST, /* the pick loses too much in this part of the span */
  TUNE_FAILS_LAST,
};

#define NO_VALUE ((size_t)-1)

enum { HARDLY = 10 /* times less often */ };
enum { KEPT_PERCENT = 95 /* of what today's policy catches: a candidate loses no more */ };

struct tune {
  const struct tuning *what;
  struct threshold_use use;
  struct tuned *values; /* ascending */
  size_t n, today;
  day_t last_part; /* the first day of the last third */
  enum tune_answer answer;
  size_t pick;      /* the fewest items (carried in included) of those that lose little; NO_VALUE */
  size_t candidate; /* the pick, where it holds in both parts; NO_VALUE */
  size_t knee;      /* where fewer items begin to cost more; NO_VALUE: nowhere */
  /* of the rules that are due so long after the start of an item, or before or after a day: what
   * people have done. A backtest has no people, so that these say who would have been late */
  name_list moves_due;
  long closed;
  long untold; /* done too, but the day before which they were due had passed when they opened */
};

struct tune_request {
  const struct tuning *what;
  const tune_values *values;
  const struct item *const *items; /* of a state: which were late is asked of them */
  size_t n_items;
  struct ruleset *const *policies; /* by value: each read on its own, holding it */
  /* its outcome: of the policy with today's value; policies are set here */
  struct backtest_request backtest;
};

/* False: problems say what is wrong with the data or the span. All of it lives in the arena. */
bool tune_run(const struct tune_request *r, struct arena *a, struct tune *out,
              struct diags *problems);

/* Do items that had time to close do so less than a tenth as often as with today's value? Then
 * there are fewer of them because they stay, and it is no candidate. */
bool tune_hardly_closes(const struct tune *t, size_t i);

/* Why there is this candidate, or none: a paragraph. In the arena. */
const char *tune_why(const struct tune *t, struct arena *a);

#endif
