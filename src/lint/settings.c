/* How loud the checks are. In: findings, and the `lint` lines of the project. Out: the findings
 * that are left, at their level, and those about the lines. */
#include "lint/settings.h"

#include <string.h>
#include <strings.h>

#include "base/check.h"
#include "lint/allow.h"

static const char *code_of(const struct lint *l, const struct lint_setting *s) {
  const struct lint_check *c = lint_check_among(&l->own, s->check);
  const struct diag_kind *k = c ? &c->kind : diag_kind_find(s->check);
  return k ? k->code : NULL;
}

/* Errors of files and data are not lint's, and neither is what is said of exceptions. */
static bool can_be_set(const struct lint *l, const char *code) {
  const struct lint_check *c = lint_check_among(&l->own, code);
  const struct diag_kind *k = diag_kind_find(code);
  return c ? c->group != LINT_ALLOW : k && k->level != LEVEL_ERROR;
}

/* billing.vigie, rules/billing.vigie: the end of its path. */
static bool is_called(const struct source *src, const char *file) {
  size_t n = src ? strlen(src->path) : 0, m = strlen(file);
  return n >= m && strcmp(src->path + n - m, file) == 0 && (n == m || src->path[n - m - 1] == '/');
}

static const struct lint_setting *setting_of(const struct lint *l, const struct diag *d) {
  const struct lint_setting *found = NULL;
  for (size_t i = 0; i < l->rs->lint_settings.n; i++) {
    const struct lint_setting *s = &l->rs->lint_settings.v[i];
    const char *code = code_of(l, s);
    if (!code || strcmp(code, d->kind->code) != 0 || !can_be_set(l, code)) continue;
    if (s->loudness == LINT_OFF && !s->because) continue;
    if (s->file && !is_called(d->span.src, s->file)) continue;
    if (!found || s->file) found = s;
  }
  return found;
}

static enum diag_level level_of(enum lint_loudness x) {
  switch (x) {
    case LINT_AS_INFO: return LEVEL_INFO;
    case LINT_AS_WARNING: return LEVEL_WARNING;
    case LINT_AS_ERROR: return LEVEL_ERROR;
    case LINT_OFF: break;
  }
  UNREACHABLE("a check that is off has no level");
}

/* The record itself may be one of check: the copy is lint's. */
static struct diag *at_level(struct lint *l, struct diag *d, enum diag_level level) {
  if (d->kind->level == level) return d;
  struct diag_kind *kind = NEW(l->a, struct diag_kind);
  *kind = *d->kind;
  kind->level = level;
  if (lint_check_find(d->kind->code)) {
    d->kind = kind; /* fixes know the finding by its record */
    return d;
  }
  struct diag *copy = NEW(l->a, struct diag);
  *copy = *d;
  copy->kind = kind;
  return copy;
}

/* ---- the lines themselves ------------------------------------------------------------- */

static struct diag *tell_as(struct lint *l, const char *name, struct span at, const char *what) {
  l->now = lint_check_find(name);
  return lint_tell(l, at, "%s", what);
}

/* Of one file alone, without the others, nothing can be said. */
static bool names_a_file(const struct lint *l, const char *file) {
  size_t own = 0;
  for (size_t i = 0; i < l->rs->sources.n; i++)
    own += !from_library((struct span){.src = l->rs->sources.v[i]});
  if (own == 1) return true;
  for (size_t i = 0; i < l->rs->sources.n; i++)
    if (is_called(l->rs->sources.v[i], file)) return true;
  return false;
}

static void judge(struct lint *l, const struct lint_setting *s) {
  const char *code = code_of(l, s);
  if (!code)
    tell_no_check(l, s->check_span, s->check);
  else if (!can_be_set(l, code))
    lint_help(l,
              tell_as(l, "allow_unknown_code", s->check_span,
                      arena_printf(l->a, "%s cannot be turned off or down", code)),
              "remove the line: such mistakes are corrected where they are");
  else if (s->loudness == LINT_OFF && !s->because)
    lint_help(l,
              tell_as(l, "allow_without_reason", s->span,
                      "this line turns a check off without saying why: it stays on"),
              "write: lint %s off because \"the reason\"", s->check);
  else if (s->file && !names_a_file(l, s->file))
    lint_help(l,
              tell_as(l, "allow_unused", s->span,
                      arena_printf(l->a, "no file of these rules is called \"%s\"", s->file)),
              "correct the name, or remove the line");
}

static void count_off(struct lint_result *r, const struct lint_setting *s) {
  r->turned_off++;
  for (size_t i = 0; i < r->off.n; i++)
    if (r->off.v[i].by == s) r->off.v[i].found++;
}

void settings_apply(struct lint *l, struct lint_result *r) {
  if (!l->rs->lint_settings.n) return;
  for (size_t i = 0; i < l->rs->lint_settings.n; i++) {
    struct turned_off one = {.by = &l->rs->lint_settings.v[i]};
    if (one.by->loudness == LINT_OFF && one.by->because) VEC_PUSH(l->a, &r->off, one);
  }
  struct diags all = l->findings;
  l->findings = (struct diags){.arena = l->a};
  for (size_t i = 0; i < all.list.n; i++) {
    struct diag *d = all.list.v[i];
    const struct lint_setting *s = setting_of(l, d);
    if (s && s->loudness == LINT_OFF) {
      count_off(r, s);
      continue;
    }
    if (s) d = at_level(l, d, level_of(s->loudness));
    l->findings.errors += d->kind->level == LEVEL_ERROR;
    l->findings.warnings += d->kind->level == LEVEL_WARNING;
    VEC_PUSH(l->a, &l->findings.list, d);
  }
  for (size_t i = 0; i < l->rs->lint_settings.n; i++) judge(l, &l->rs->lint_settings.v[i]);
}
