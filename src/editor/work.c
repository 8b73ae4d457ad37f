/* In: policies that were edited. Out: their analyses, one at a time, then the jobs. */
#include <string.h>

#include "base/clock.h"
#include "base/limits.h"
#include "editor/catalog.h"
#include "editor/server.h"

void policy_edited(struct policy *p) {
  p->edits++;
  p->saved = false;
  json_object_del(p->figures, "tests");
  json_object_set_new(p->figures, "stale", json_true());
  memset(p->done, 0, sizeof p->done);
  p->jobs_at = clock_seconds() + EDITOR_LINT_PAUSE_MS / 1e3;
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
  json_object_clear(p->figures);
  diagnostics_publish(e, p);
}

/* The first job that has not been begun, when it can be: those before it have come to their end.
 * When the editor has gone, only of what it has saved. N_JOBS: none. */
static enum job_kind next_job(const struct editor *e, const struct policy *p) {
  if (!policy_is_current(p) || !p->now->rs || p->now->rs->diags.errors) return N_JOBS;
  if (!p->saved && e->gone) return N_JOBS;
  for (int i = 0; i < N_JOBS; i++) {
    if (e->jobs[i].pid && e->jobs[i].policy == p) return N_JOBS;
    if (!p->done[i]) return e->jobs[i].pid ? N_JOBS : (enum job_kind)i;
  }
  return N_JOBS;
}

bool editor_has_work(const struct editor *e) {
  if (e->running || e->waiting.n) return true;
  for (int i = 0; i < N_JOBS; i++)
    if (e->jobs[i].pid) return true;
  for (size_t i = 0; i < e->policies.n; i++)
    if (next_job(e, e->policies.v[i]) != N_JOBS) return true;
  return false;
}

void editor_start_work(struct editor *e) {
  for (size_t i = 0; i < e->policies.n && !e->running; i++) {
    struct policy *p = e->policies.v[i];
    if (policy_is_current(p)) continue;
    if (has_open_file(e, p)) {
      jobs_stop(e, p);
      e->running = analysis_start(p, e->docs.v, e->docs.n, e->setup->db, e->wake[1]);
    } else if (p->now) {
      forget(e, p);
    }
  }
  double now = clock_seconds();
  for (size_t i = 0; i < e->policies.n && !e->running; i++) {
    enum job_kind kind = next_job(e, e->policies.v[i]);
    if (kind != N_JOBS && e->policies.v[i]->jobs_at <= now) job_start(e, kind, e->policies.v[i]);
  }
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
  for (size_t i = 0; i < e->policies.n && !e->running; i++) {
    const struct policy *p = e->policies.v[i];
    if (next_job(e, p) != N_JOBS && (!first || p->jobs_at < first)) first = p->jobs_at;
  }
  return first;
}
