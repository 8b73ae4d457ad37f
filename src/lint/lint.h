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

/* What tells one finding from another, whatever moves around it: identity.h. */
struct identity {
  const char *code;
  const char *in; /* "kpi mrr", "rule renewal_at_risk"; "" for a sentence or none */
  const char *at; /* the words, blanks made one; of a finding without a place its message */
};

/* Text that corrects a finding: at is replaced. */
struct lint_fix {
  const struct diag *of;
  struct span at;
  const char *text;
};

/* A finding that is not shown. */
struct quieted {
  const struct diag *of;
  const struct allow *by; /* the comment; NULL: accepted.h */
};

/* A line of the project that turns a check off, and what it has taken out. */
struct turned_off {
  const struct lint_setting *by;
  long found;
};

/* One that the team lives with: accepted.h. */
struct accepted {
  struct identity of;
  long count;
  const char *message; /* as it was when it was accepted */
};

struct lint_result {
  struct diags findings; /* sorted; the warnings of `check` are among them */
  VEC(struct allow *) allows;
  VEC(struct lint_fix) fixes; /* see fix.h */
  struct own_checks own;      /* those of the company */
  long suppressed;            /* by comments */
  long turned_off;            /* by the project */
  VEC(struct turned_off) off; /* each line of the project that turns a check off */
  VEC(struct quieted) quieted;
  struct map shown_paths;  /* report_path: path -> how it is shown */
  const char *accepted_in; /* the file of accepted findings; NULL: none */
  long accepted;
  VEC(struct accepted) gone; /* of that file, and found no more */
};

/* Puts a finding among those that are shown, and counts it. */
void lint_keep(struct lint_result *r, struct diag *d);

/* In: a rule set without errors. Out: what is to be said of it, in the arena. The rule set is not
 * changed, but terms may be shared with it: it must outlive the result. NULL: the data could not be
 * read, and problems say why. */
struct lint_result *lint_run(struct ruleset *rs, struct arena *a, const struct lint_options *o,
                             struct diags *problems);

#endif
