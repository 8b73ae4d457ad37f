/* The checks as data. In: lint.def. Out: the table, and a check by its code or name. */
#include "lint/catalog.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/check.h"
#include "base/suggest.h"
#include "lint/check.h"

const struct lint_check lint_checks[] = {
#define LINT(code, name, level, group, title, doc, why) \
  {{#code, LEVEL_##level, title, doc}, #name, LINT_##group, why, lint_##name},
#define LINT_PLAIN(code, name, level, group, title, doc, why) \
  {{#code, LEVEL_##level, title, doc}, #name, LINT_##group, why, NULL},
#include "lint/lint.def"
#undef LINT
#undef LINT_PLAIN
};
const size_t n_lint_checks = sizeof lint_checks / sizeof *lint_checks;

const struct lint_check *lint_check_find(const char *word) {
  for (size_t i = 0; i < n_lint_checks; i++)
    if (strcasecmp(lint_checks[i].kind.code, word) == 0 || strcmp(lint_checks[i].name, word) == 0)
      return &lint_checks[i];
  return NULL;
}

const struct lint_check *lint_check_among(const struct own_checks *own, const char *word) {
  const struct lint_check *c = lint_check_find(word);
  for (size_t i = 0; !c && i < own->n; i++)
    if (strcmp(own->v[i].name, word) == 0) c = &own->v[i];
  return c;
}

const char *lint_check_near(const struct own_checks *own, const char *word) {
  size_t n = n_lint_checks + own->n;
  const char **names = xcalloc(n, sizeof *names);
  for (size_t i = 0; i < own->n; i++) names[i] = own->v[i].name;
  for (size_t i = 0; i < n_lint_checks; i++) names[own->n + i] = lint_checks[i].name;
  const char *near = suggest(word, names, n);
  free(names);
  return near;
}

const char *lint_group_title(enum lint_group g) {
  static const char *const titles[] = {"Meaning",          "Framework for action", "Writing",
                                       "Against the data", "Suppressions",         "Your own"};
  CHECK((size_t)g < sizeof titles / sizeof *titles);
  return titles[g];
}
