/* All checks over one rule set. In: a valid rule set, perhaps a dataset. Out: findings, sorted,
 * without those that the author allows. */
#include "lint/lint.h"

#include <string.h>
#include <strings.h>

#include "lint/allow.h"
#include "lint/check.h"
#include "lint/data.h"

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

const char *lint_group_title(enum lint_group g) {
  static const char *const titles[] = {"Meaning", "Framework for action", "Writing",
                                       "Against the data", "Suppressions"};
  return titles[g];
}

bool from_library(struct span at) { return at.src && strncmp(at.src->path, "stdlib/", 7) == 0; }

struct diag *lint_tell(struct lint *l, struct span at, const char *fmt, ...) {
  if (from_library(at)) return NULL;
  va_list ap;
  va_start(ap, fmt);
  struct diag *d = diag_add_kind(&l->findings, &l->now->kind, at, fmt, ap);
  va_end(ap);
  return d;
}

void lint_help(struct lint *l, struct diag *d, const char *fmt, ...) {
  if (!d) return;
  va_list ap;
  va_start(ap, fmt);
  d->help = arena_vprintf(l->a, fmt, ap);
  va_end(ap);
}

void lint_note(struct lint *l, struct diag *d, struct span at, const char *fmt, ...) {
  if (!d) return;
  va_list ap;
  va_start(ap, fmt);
  struct diag_note n = {at, arena_vprintf(l->a, fmt, ap)};
  va_end(ap);
  VEC_PUSH(l->a, &d->notes, n);
}

void lint_fix(struct lint *l, const struct diag *d, struct span at, const char *text) {
  struct lint_fix f = {d, at, text};
  if (d) VEC_PUSH(l->a, &l->fixes, f);
}

const char *lint_quote(struct lint *l, struct span at) {
  const char *t = span_text(l->a, at);
  size_t n = strlen(t);
  if (n <= 70) return t;
  for (n = 67; n && ((unsigned char)t[n] & 0xC0) == 0x80;) n--;
  return arena_printf(l->a, "%.*s…", (int)n, t);
}

struct span rule_span(const struct rule *r) {
  if (r->named) return r->name_span;
  return r->when_expr ? r->when_expr->span : r->span;
}

const char *rule_title(struct lint *l, const struct rule *r) {
  if (r->named) return arena_printf(l->a, "the rule `%s`", r->name);
  return arena_printf(l->a, "the sentence `%s`", lint_quote(l, rule_span(r)));
}

/* The warnings that reading the files gave. */
static void take_over(struct lint *l) {
  for (size_t i = 0; i < l->rs->diags.list.n; i++)
    VEC_PUSH(l->a, &l->findings.list, l->rs->diags.list.v[i]);
  l->findings.errors += l->rs->diags.errors;
  l->findings.warnings += l->rs->diags.warnings;
}

struct lint_result *lint_run(struct ruleset *rs, struct arena *a, const struct lint_options *o,
                             struct diags *problems) {
  struct lint_result *r = NEW(a, struct lint_result);
  struct lint l = {.rs = rs, .a = a, .options = o, .findings = {.arena = a}};
  take_over(&l);
  facts_gather(&l);
  if (o->db) data_gather(&l);
  for (size_t i = 0; i < n_lint_checks && !l.failed; i++) {
    l.now = &lint_checks[i];
    if (l.now->run && (l.now->group != LINT_DATA || o->db)) l.now->run(&l);
  }
  data_release(&l);
  if (l.failed) {
    diag_fail(problems, V0509, "%s", l.failed);
    return NULL;
  }
  allows_read(&l, r);
  allows_apply(&l, r);
  diags_sort(&l.findings);
  r->findings = l.findings;
  for (size_t i = 0; i < l.fixes.n; i++) VEC_PUSH(a, &r->fixes, l.fixes.v[i]);
  return r;
}
