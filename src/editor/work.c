/* In: policies that were edited. Out: their analyses, one at a time, then what lint says. */
#include "base/clock.h"
#include "base/limits.h"
#include "editor/catalog.h"
#include "editor/server.h"

void policy_edited(struct policy *p) {
  p->edits++;
  p->linted = p->saved = false;
  p->lint_at = clock_seconds() + EDITOR_LINT_PAUSE_MS / 1e3;
}

static bool has_open_file(const struct editor *e, const struct policy *p) {
  for (size_t i = 0; i < e->docs.n; i++)
    if (e->docs.v[i]->policy == p) return true;
  return false;
}

/* The newest, and the newest without mistakes, which may be the same. */
static void keep_analysis(struct policy *p, struct analysis *x) {
  struct analysis *now = p->now, *good = p->good;
  p->now = x;
  if (!x || (x->rs && !x->rs->diags.errors)) p->good = x;
  if (now != p->good) analysis_free(now);
  if (good != now && good != p->good) analysis_free(good);
}

/* Nobody looks at it any more: what the editor was told of it is taken back. */
static void forget(struct editor *e, struct policy *p) {
  keep_analysis(p, NULL);
  json_object_clear(p->findings);
  diagnostics_publish(e, p);
}

/* When the editor has gone, only what it has saved. */
static bool can_be_linted(const struct editor *e, const struct policy *p) {
  return policy_is_current(p) && p->now->rs && !p->now->rs->diags.errors && !p->linted &&
         (p->saved || !e->gone);
}

bool editor_has_work(const struct editor *e) {
  if (e->running || e->lint.pid || e->waiting.n) return true;
  for (size_t i = 0; i < e->policies.n; i++)
    if (can_be_linted(e, e->policies.v[i])) return true;
  return false;
}

void editor_start_work(struct editor *e) {
  for (size_t i = 0; i < e->policies.n && !e->running; i++) {
    struct policy *p = e->policies.v[i];
    if (policy_is_current(p)) continue;
    if (has_open_file(e, p)) {
      if (e->lint.policy == p) findings_stop(e);
      e->running = analysis_start(p, e->docs.v, e->docs.n, e->wake[1]);
    } else if (p->now) {
      forget(e, p);
    }
  }
  double now = clock_seconds();
  for (size_t i = 0; i < e->policies.n && !e->lint.pid && !e->running; i++)
    if (can_be_linted(e, e->policies.v[i]) && e->policies.v[i]->lint_at <= now)
      findings_start(e, e->policies.v[i]);
}

void editor_take_analysis(struct editor *e) {
  struct analysis *x = e->running;
  struct policy *p = x->policy;
  analysis_join(x);
  e->running = NULL;
  if (x->catalog != p->catalog) catalog_free(p->catalog);
  p->catalog = x->catalog;
  keep_analysis(p, x);
  diagnostics_publish(e, p);
}

double editor_next_work(const struct editor *e) {
  double first = 0;
  for (size_t i = 0; i < e->policies.n && !e->lint.pid && !e->running; i++) {
    const struct policy *p = e->policies.v[i];
    if (can_be_linted(e, p) && (!first || p->lint_at < first)) first = p->lint_at;
  }
  return first;
}
