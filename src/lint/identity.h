/* What tells one finding from another, whatever moves around it (struct identity of lint.h): its
 * code, the declaration that it stands in, and the words that it points at. Lines, files and what
 * the message counts are left out. */
#ifndef VIGIE_LINT_IDENTITY_H
#define VIGIE_LINT_IDENTITY_H

#include "lint/lint.h"

/* Lives in the arena. rs: where the finding was made. */
struct identity identity_of(struct arena *a, const struct ruleset *rs, const struct diag *d);
/* One text for equal identities, for a map. */
const char *identity_key(struct arena *a, const struct identity *x);
/* All findings counted by their keys: how many there are of each. */
struct tally {
  struct map counts; /* key -> long * */
  struct arena *a;
};
void tally_add(struct tally *t, const char *key, long n);
/* Takes one away; false: there is none left. */
bool tally_take(struct tally *t, const char *key);

#endif
