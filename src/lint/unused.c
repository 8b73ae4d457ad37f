/* Declarations that nothing uses. In: names and their uses. Out: thresholds, segments, teams,
 * formulas and playbooks without one. */
#include "lint/check.h"

static bool idle(const struct map *m, const char *name) {
  const struct uses *u = uses_of(m, name);
  return !u->rules && !u->kpis && !u->targets && !u->others;
}

static void tell_unused(struct lint *l, struct span at, const char *what, const char *name) {
  struct diag *d = lint_tell(l, at, "nothing uses the %s `%s`", what, name);
  lint_help(l, d, "use it where it was meant to be, or remove it");
}

/* Files that declare and do not act are a library for others. */
static bool acts(const struct ruleset *rs) { return rs->rules.n > 0; }

void lint_unused_threshold(struct lint *l) {
  for (size_t i = 0; acts(l->rs) && i < l->rs->thresholds.n; i++)
    if (idle(&l->facts.thresholds, l->rs->thresholds.v[i]->name))
      tell_unused(l, l->rs->thresholds.v[i]->span, "threshold", l->rs->thresholds.v[i]->name);
}

static bool has_narrower(const struct ruleset *rs, const struct segment *s) {
  for (size_t i = 0; i < rs->segments.n; i++)
    if (rs->segments.v[i]->inside == s) return true;
  return false;
}

void lint_unused_segment(struct lint *l) {
  for (size_t i = 0; acts(l->rs) && i < l->rs->segments.n; i++) {
    const struct segment *s = l->rs->segments.v[i];
    if (idle(&l->facts.segments, s->name) && !has_narrower(l->rs, s))
      tell_unused(l, s->span, "segment", s->name);
  }
}

void lint_unused_team(struct lint *l) {
  for (size_t i = 0; acts(l->rs) && i < l->rs->teams.n; i++)
    if (idle(&l->facts.teams, l->rs->teams.v[i]->name))
      tell_unused(l, l->rs->teams.v[i]->span, "team", l->rs->teams.v[i]->name);
}

void lint_unused_formula(struct lint *l) {
  for (size_t i = 0; acts(l->rs) && i < l->rs->defines.n; i++)
    if (idle(&l->facts.defines, l->rs->defines.v[i]->name))
      tell_unused(l, l->rs->defines.v[i]->span, "formula", l->rs->defines.v[i]->name);
}

static bool is_done(const struct ruleset *rs, const struct playbook *p) {
  for (size_t i = 0; i < rs->rules.n; i++)
    if (rs->rules.v[i]->playbook == p) return true;
  return false;
}

void lint_unused_playbook(struct lint *l) {
  for (size_t i = 0; acts(l->rs) && i < l->rs->playbooks.n; i++) {
    const struct playbook *p = l->rs->playbooks.v[i];
    if (is_done(l->rs, p)) continue;
    struct diag *d = lint_tell(l, p->span, "no rule does the playbook `%s`", p->name);
    lint_help(l, d, "write under a rule: do %s; or remove it", p->name);
  }
}
