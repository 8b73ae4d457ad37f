/* What the files that count on the project's data share: all of it in the process of a job. */
#ifndef VIGIE_EDITOR_COUNTING_H
#define VIGIE_EDITOR_COUNTING_H

#include "backtest/backtest.h"
#include "editor/server.h"

enum {
  QUARTER_DAYS = 7 * 13,
  DATA_FRESH_DAYS = 3, /* data that end before a weekend are those of today */
};

struct counting {
  const struct editor *e;
  const struct analysis *x;
  struct arena *a;
  struct dataset *dataset;
  day_t today; /* of the editor */
  day_t day;   /* the last of the data, at most today */
  int to;      /* job_write */
};

/* Lives the policies through the quarter that ends with the data, from nothing. NULL: problems say
 * what is wrong with the data. One for each, in the arena. */
struct backtest *counting_live(const struct counting *c, struct ruleset **policies, size_t n,
                               struct arena *a, struct diags *problems);
/* The policy read again, to be changed; NULL: its data cannot be read. In the arena. */
struct ruleset *counting_read(const struct counting *c, struct arena *a);

/* Items that the rules of these names have: open on the last day, and all that were open in the
 * quarter. */
struct rule_counts {
  long open, lived;
};
struct rule_counts items_counted(const struct backtest *b, const name_list *rules);
/* " today", or the day that they are of. */
const char *counting_day(const struct counting *c, struct arena *a);

/* acting.c: of each rule the rows on which it acts, and why. */
void count_acting(struct counting *c);

/* thresholds.c: of each threshold that a file which is open declares. */
void count_thresholds(struct counting *c);

/* committed.c: the policy as git keeps it, else as it was saved. NULL: neither can be read. from: a
 * loader of its files, paths of those that were read. */
struct committed {
  struct ruleset *rs;
  struct load_request request;
  struct memory_files files;
  struct loader from;
  bool of_git;
};
bool committed_read(const struct analysis *x, struct arena *a, struct committed *out);

#endif
