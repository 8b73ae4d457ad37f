/* Findings. In: a place and words, from a check. Out: a finding of the check that runs, with its
 * help, notes and corrections; and the words that checks share for rules and places. */
#include <string.h>

#include "lint/check.h"

bool from_library(struct span at) { return at.src && strncmp(at.src->path, "stdlib/", 7) == 0; }

/* What check has warned of at the same place is not found a second time. */
static bool warned_of(const struct lint *l, struct span at) {
  const struct diags *d = &l->rs->diags;
  for (size_t i = 0; i < d->list.n; i++) {
    const struct span *x = &d->list.v[i]->span;
    if (x->src == at.src && x->at <= at.at && at.end <= x->end) return true;
  }
  return false;
}

bool lint_told(const struct lint *l, const char *code, struct span at) {
  for (size_t i = 0; i < l->findings.list.n; i++) {
    const struct diag *d = l->findings.list.v[i];
    if (strcmp(d->kind->code, code) == 0 && d->span.src == at.src && d->span.at == at.at)
      return true;
  }
  return false;
}

struct diag *lint_tell(struct lint *l, struct span at, const char *fmt, ...) {
  if (from_library(at) || (at.src && warned_of(l, at))) return NULL;
  va_list ap;
  va_start(ap, fmt);
  struct diag *d = diag_add_kind(&l->findings, &l->now->kind, at, fmt, ap);
  va_end(ap);
  return d;
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

const struct team *team_called(const struct lint *l, const char *name) {
  return name ? map_get(&l->rs->team_names, name) : NULL;
}

const struct team *level_team_of_its_own(const struct lint *l, const struct rule *r, size_t level) {
  const struct team *to = team_called(l, r->levels.v[level].to);
  return to && r->team && to != team_called(l, r->team->escalates_to) ? to : NULL;
}

const char *rule_title(struct lint *l, const struct rule *r) {
  if (r->named) return arena_printf(l->a, "the rule `%s`", r->name);
  return arena_printf(l->a, "the sentence `%s`", lint_quote(l, rule_span(r)));
}
