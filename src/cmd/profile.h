/* What a command spent its time on: --profile. */
#ifndef VIGIE_CMD_PROFILE_H
#define VIGIE_CMD_PROFILE_H

#include "data/dataset.h"
#include "judge/judge.h"

struct profile_stage {
  const char *name; /* "rules read" */
  double seconds;
};

struct profile {
  struct arena *arena;
  double began; /* the stage that runs */
  VEC(struct profile_stage) stages;
  struct scan_profile_list scans;
  const struct profile_stage *rules; /* as many as n_rules */
  size_t n_rules;
};

struct profile profile_begin(struct arena *a);
/* The stage that runs ends and is called so; the next one begins. */
void profile_end_stage(struct profile *p, const char *name);
/* What the rules of the verdicts took. */
void profile_rules(struct profile *p, const struct verdicts *v);
/* Lines for a person, on standard error: standard output may be a document. */
void profile_print(const struct profile *p);

#endif
