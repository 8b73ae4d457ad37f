/* A policy in a folder, and commands on it: what drive.c lends to those who look at a policy in
 * another way. */
#ifndef VIGIE_FUZZ_DRIVE_H
#define VIGIE_FUZZ_DRIVE_H

#include "policy.h"
#include "sema/ruleset.h"

enum output { TEXT, JSON };

struct drive {
  struct gen *g;
  struct progress *p;
  const char *folder, *rules, *db, *state, *copy, *out, *err;
  const char *day, *before, *later;
  const struct ruleset *rs;
};

/* The files and days of a seed; nothing is written yet. */
struct drive drive_begin(struct gen *g, const char *folder, struct progress *p);
/* The rule set of what is left after mistakes are cut out, in a new arena; NULL: nothing could be
 * saved. */
struct ruleset *load_repaired(struct drive *d, struct arena **a);
/* Runs a command; broken when it ends with another status than these ("D": 2 as well, where the
 * data is at fault), or what it prints is no JSON. False: the data is at fault. */
bool run_line(struct drive *d, int argc, char **argv, const char *statuses, enum output output);
/* Files; broken when they cannot be written or read. */
void write_file(const char *path, const char *text);
char *read_file(struct arena *a, const char *path);

/* ---- edits.c -------------------------------------------------------------------------- */
/* Edits the policy of g at random, and holds what `diff` says of the edit against two runs. */
void drive_edits(struct gen *g, const char *folder, struct progress *p);

/* ---- proofs.c ------------------------------------------------------------------------- */
/* What is proved of two versions, held against the rows of the data: "the same" and "only more"
 * have no exception, and every test passes on the old version and fails on the new one. Broken
 * when not. */
void check_proofs(struct drive *d, const char *old, const char *now, const char *day);
/* So many random edits of rules over the columns of one table of so many rows. */
void drive_proofs(long seed, long rows, long edits, const char *folder, struct progress *p);

#endif
