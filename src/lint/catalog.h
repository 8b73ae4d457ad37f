/* The checks of lint as data: the rows of lint.def, for those who run them and those who report
 * about them. Constants. */
#ifndef VIGIE_LINT_CATALOG_H
#define VIGIE_LINT_CATALOG_H

#include "base/diag.h"

struct lint;

enum lint_group { LINT_MEANING, LINT_ACTION, LINT_WRITING, LINT_DATA, LINT_ALLOW, LINT_OWN };

struct lint_check {
  struct diag_kind kind;
  const char *name; /* "never_true": its folder in tests/lint, its page in docs/lint */
  enum lint_group group;
  const char *why;             /* what it costs the team that nobody noticed */
  void (*run)(struct lint *l); /* NULL: a row of allow.c, which has no run of its own */
};

extern const struct lint_check lint_checks[];
extern const size_t n_lint_checks;
const char *lint_group_title(enum lint_group g);
/* By code ("V1001", "v1001") or name ("never_true"); NULL: none. */
const struct lint_check *lint_check_find(const char *word);

/* The checks of the company (own.h), by whose name their findings go. */
struct own_checks {
  const struct lint_check *v;
  size_t n;
};
/* Likewise, those of the company too. */
const struct lint_check *lint_check_among(const struct own_checks *own, const char *word);
/* The name of one that the word may have been meant to be; NULL: none is near. */
const char *lint_check_near(const struct own_checks *own, const char *word);

#endif
