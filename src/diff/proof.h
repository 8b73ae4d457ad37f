/* Which rows a rule acts on under two versions of a policy, on one day: the second part of
 * `vigie diff`.
 *
 * Attributes and KPIs are free: each may have any value that its declaration allows, whatever the
 * others have. So *same* and *only more* hold for every row that there can be. That they differ is
 * said only with a row that shows it: a test that passes on the old rules and fails on the new
 * ones, which has been run. */
#ifndef VIGIE_PROOF_H
#define VIGIE_PROOF_H

#include <stdio.h>

#include "sema/ruleset.h"

enum proof_answer {
  PROOF_SAME,
  PROOF_MORE,    /* the new rule acts wherever the old one does, and on the row of the test */
  PROOF_FEWER,   /* the reverse */
  PROOF_DIFFERS, /* each may act where the other does not; the test shows one such row */
  PROOF_OPEN     /* not decided */
};

struct rule_proof {
  const struct rule *old, *now;
  enum proof_answer answer;
  const char *why;  /* what prevented it, where it is open; NULL else */
  const char *test; /* a test block; NULL where there is none */
};

struct proof_request {
  const struct ruleset *old, *now;
  day_t day;
  const struct load_request *read[2]; /* what each was read by, the old one first: rows are tried
                                       * by reading it again, with a test */
  const char *test_name; /* of a test that shows a difference; NULL: named after the rule */
};

typedef VEC(struct rule_proof) rule_proofs;

/* Of one rule. */
struct rule_proof prove_rule(const struct proof_request *q, const struct rule *old,
                             const struct rule *now, struct arena *a);
/* Of the rules that both versions have, in the order of the new one. In the arena. */
rule_proofs prove_rules(const struct proof_request *q, struct arena *a);

/* A test block below what it is about, indented, with an empty line around. */
void print_test_block(FILE *f, const char *test);

/* ---- witness.c -------------------------------------------------------------------------- */
/* A row on which one version acts and the other does not, as a test that passes on the old version
 * and fails on the new one. more, fewer: is it to be a row on which only the new one acts, only
 * the old one. NULL: none was found; *why then says what stands in the way, or is NULL. */
const char *find_witness(const struct proof_request *q, const struct rule *old,
                         const struct rule *now, struct arena *a, bool *now_acts, const char **why);

/* A row on which the old version acts, with all that a test can say of its item: a test that passes
 * on the old version and fails on the new one. NULL: none was found. */
const char *find_item_test(const struct proof_request *q, const struct rule *old,
                           const struct rule *now, struct arena *a);

#endif
