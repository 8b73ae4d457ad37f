/* Lint: judgement over a rule set that is valid.
 *
 * The table is lint.def: one row and one file a check. lint_run runs them all and takes out what
 * the author has allowed with a comment (allow.h). Findings are diagnostics (base/diag.h) with
 * kinds of this table. */
#ifndef VIGIE_LINT_H
#define VIGIE_LINT_H

#include "lint/catalog.h"
#include "sema/ruleset.h"

struct dataset;

struct lint_options {
  day_t today;
  struct dataset *db;  /* NULL: without the checks against the data */
  const char *db_name; /* as the person wrote it */
  long max_open;       /* items that one rule may open; -1: any number */
};

/* One `# lint-allow` comment. */
struct allow {
  struct span span;         /* the comment */
  int line;                 /* the line that it speaks of */
  const char *const *codes; /* NULL-terminated */
  day_t until;              /* DAY_NONE: for good */
  const char *reason;       /* NULL: none given */
  long used;                /* findings it has taken out */
};

/* Text that corrects a finding: at is replaced. */
struct lint_fix {
  const struct diag *of;
  struct span at;
  const char *text;
};

struct lint_result {
  struct diags findings; /* sorted; the warnings of `check` are among them */
  VEC(struct allow *) allows;
  VEC(struct lint_fix) fixes; /* see fix.h */
  long suppressed;
};

/* In: a rule set without errors. Out: what is to be said of it, in the arena. The rule set is not
 * changed, but terms may be shared with it: it must outlive the result. NULL: the data could not be
 * read, and problems say why. */
struct lint_result *lint_run(struct ruleset *rs, struct arena *a, const struct lint_options *o,
                             struct diags *problems);

#endif
