/* All checks over one rule set. In: a valid rule set, perhaps a dataset. Out: findings, sorted,
 * without those that the author allows. */
#include "lint/lint.h"

#include "lint/allow.h"
#include "lint/check.h"
#include "lint/data.h"
#include "lint/own.h"
#include "lint/settings.h"

/* The warnings that reading the files gave. */
static void take_over(struct lint *l) {
  for (size_t i = 0; i < l->rs->diags.list.n; i++)
    VEC_PUSH(l->a, &l->findings.list, l->rs->diags.list.v[i]);
  l->findings.errors += l->rs->diags.errors;
  l->findings.warnings += l->rs->diags.warnings;
}

void lint_keep(struct lint_result *r, struct diag *d) {
  r->findings.errors += d->kind->level == LEVEL_ERROR;
  r->findings.warnings += d->kind->level == LEVEL_WARNING;
  VEC_PUSH(r->findings.arena, &r->findings.list, d);
}

struct lint_result *lint_run(struct ruleset *rs, struct arena *a, const struct lint_options *o,
                             struct diags *problems) {
  struct lint_result *r = NEW(a, struct lint_result);
  struct lint l = {
      .rs = rs, .a = a, .options = o, .findings = {.arena = a}, .problems = problems, .result = r};
  take_over(&l);
  allows_read(&l, r);
  facts_gather(&l);
  own_gather(&l);
  if (o->db) data_gather(&l);
  for (size_t i = 0; i < n_lint_checks && !problems->errors; i++) {
    l.now = &lint_checks[i];
    if (l.now->run && (l.now->group != LINT_DATA || o->db)) l.now->run(&l);
  }
  if (!problems->errors) own_run(&l);
  data_release(&l);
  if (problems->errors) return NULL;
  settings_apply(&l, r);
  allows_apply(&l, r);
  diags_sort(&l.findings);
  r->findings = l.findings;
  r->own = l.own;
  for (size_t i = 0; i < l.fixes.n; i++) VEC_PUSH(a, &r->fixes, l.fixes.v[i]);
  return r;
}
