/* Promises that hold between two ways to ask the same: each ends the process (broken) when it
 * does not hold. */
#ifndef VIGIE_FUZZ_ORACLE_H
#define VIGIE_FUZZ_ORACLE_H

#include "policy.h"
#include "sema/ruleset.h"

/* Formatting what is formatted changes nothing. */
void oracle_format(const char *text);
/* A policy without mistakes: formatting keeps every term; pairs of rules that must agree do; a
 * sum is the sum of its groups; a day alone has the values that it has among others; a rule that
 * goes changes no other verdict. */
void oracle_policy(struct gen *g, struct progress *p, const char *rules, const char *db,
                   const char *day);

/* The rule set of a file, in the arena; broken when the file cannot be read. */
struct ruleset *policy_load(struct arena *a, const char *path);

/* ---- drive.c -------------------------------------------------------------------------- */
__attribute__((format(printf, 1, 2))) _Noreturn void broken(const char *fmt, ...);
void step(struct progress *p, const char *what);
/* One that may take longer than a step may. */
void long_step(struct progress *p, const char *what, int seconds);
/* The lines that are left, as a file. */
const char *policy_text(struct gen *g);

#endif
