/* A first policy from exports that were imported: what the tables mean, KPIs and rules that fit
 * them, tests. Texts in the one style of `vigie fmt`. */
#ifndef VIGIE_IMPORT_DRAFT_H
#define VIGIE_IMPORT_DRAFT_H

#include "import/import.h"

struct drafted {
  const char *names;  /* the header of owners who have no addresses; NULL */
  const char *waits;  /* a rule that needs a past, and from when it has one; NULL */
  const char *data;   /* data.vigie */
  const char *policy; /* policy.vigie */
  const char *tests;  /* tests.vigie; "": there is no rule to test */
  const char *readme; /* README.md */
  size_t n_rules, n_kpis;
  const char *const *notes; /* sentences: what the numbers rest on, and what is missing */
  size_t n_notes;
};

/* `lead` is an address: whoever gets what nobody is named for; `back` leads from the project to the
 * folder in which the files are named. Everything lives in the arena. */
void draft_make(const struct imported *x, day_t day, const char *lead, const char *back,
                struct arena *a, struct drafted *out);

#endif
