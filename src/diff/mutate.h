/* Which changes of the rules would no test notice? One change at a time is made to the files; what
 * survives is shown as the test that is missing. */
#ifndef VIGIE_MUTATE_H
#define VIGIE_MUTATE_H

#include <stdio.h>

#include "syntax/loader.h"
#include "sema/ruleset.h"

enum mutation_end {
  MUTATION_NOTICED,
  MUTATION_SAME,      /* it changes no answer: in no score */
  MUTATION_SURVIVED,  /* with the test that is missing, or NULL */
  MUTATION_UNTESTABLE /* no test can express the clause: in no score */
};

struct mutation {
  const struct rule *rule; /* NULL: of a threshold, a KPI, a segment */
  struct span span;        /* what was changed */
  const char *what;        /* "renewal within 60d: 60d → 61d" */
  enum mutation_end end;
  const char *test;
};

struct mutations {
  /* of rules with a worth first, then by priority, then as they stand in the files */
  VEC(struct mutation) list;
  long noticed, same, survived, untestable;
};

struct mutate_request {
  struct ruleset *rs; /* valid, its tests pass */
  const char *const *paths;
  size_t n_paths;
  day_t day; /* of the missing tests */
  void (*progress)(void *ctx, const char *what);
};

/* All of it lives in the arena. */
void mutate_rules(const struct mutate_request *q, struct arena *a, struct mutations *out);

void print_mutations_text(FILE *f, const struct mutations *m, int width, struct arena *a);
/* {changes, noticed, same, survived: [{rule, change, file, line, test}], not_testable: […]} */
void print_mutations_json(FILE *f, const struct mutations *m, struct arena *a);

#endif
