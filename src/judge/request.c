/* A request answered. In: entries (rule set, day, what is wanted) and a dataset. Out: the verdicts
 * of one entry after the other, from one plan over the dataset.
 *
 * Tables that are held are read once. The columns that are made of them day by day are computed
 * for a window of entries, and freed when the next window does not need them: a year of days over
 * many rows takes the memory of one window. */
#include "base/check.h"
#include "base/limits.h"
#include "eval/results.h"
#include "judge/judge.h"
#include "judge/rule_plan.h"

struct judgement {
  struct judge_request r;
  struct judge_ctx *entries; /* by entry of the request */
  size_t next;
  size_t window;         /* the entries before it have been computed */
  struct evaluation *ev; /* NULL: no data has been read yet */
  struct arena *passing; /* of an entry without an arena of its own; NULL */
};

struct judgement *judge_begin(const struct judge_request *r) {
  struct judgement *j = NEW(r->arena, struct judgement);
  j->r = *r;
  r->plan->days |= r->n_entries > 1;
  j->entries = NEW_N(r->arena, struct judge_ctx, r->n_entries + 1);
  for (size_t i = 0; i < r->n_entries; i++) {
    j->entries[i] = (struct judge_ctx){.entry = &r->entries[i], .plan = r->plan, .timed = r->timed};
    plan_use(r->plan, r->entries[i].rs);
    judge_plan_entry(&j->entries[i]);
  }
  return j;
}

size_t judge_left(const struct judgement *j) { return j->r.n_entries - j->next; }

/* The evaluation; all roots come back. */
static node_list begin_evaluation(struct judgement *j) {
  node_list roots = {0};
  CHECK(!j->ev);
  for (size_t i = 0; i < j->r.n_entries; i++)
    for (size_t k = 0; k < j->entries[i].roots.n; k++)
      VEC_PUSH(j->r.arena, &roots, j->entries[i].roots.v[k]);
  j->ev = evaluation_new(j->r.plan, j->r.dataset, j->r.progress, j->r.progress_ctx);
  return roots;
}

static bool load(struct judgement *j, struct diags *problems) {
  node_list roots = begin_evaluation(j);
  return evaluation_load(j->ev, roots.v, roots.n, problems);
}

bool judge_newest_days(struct judgement *j, day_t day, table_days *out, struct diags *problems) {
  node_list roots = begin_evaluation(j);
  if (!evaluation_load_days(j->ev, roots.v, roots.n, problems)) return false;
  table_days found;
  evaluation_newest_days(j->ev, day, &found);
  *out = (table_days){0};
  for (size_t i = 0; i < found.n; i++) VEC_PUSH(j->r.arena, out, found.v[i]);
  return true;
}

/* The next entries whose columns fit into a window, one at least. */
static bool compute_window(struct judgement *j, struct diags *problems) {
  struct arena *a = arena_new();
  bool *counted = NEW_N(a, bool, j->r.plan->nodes.n + 1);
  size_t first = j->window, bytes = 0;
  size_t most = j->r.window_bytes ? j->r.window_bytes : WINDOW_BYTES;
  node_list roots = {0};
  for (; j->window < j->r.n_entries; j->window++) {
    const node_list *more = &j->entries[j->window].roots;
    bytes += evaluation_bytes(j->ev, more->v, more->n, counted);
    if (j->window > first && bytes > most) break;
    for (size_t k = 0; k < more->n; k++) VEC_PUSH(a, &roots, more->v[k]);
  }
  CHECK(j->window > first);
  bool good = evaluation_compute(j->ev, roots.v, roots.n, problems);
  arena_free(a);
  return good;
}

static struct arena *arena_of(struct judgement *j, const struct judge_entry *e) {
  arena_free(j->passing);
  j->passing = NULL;
  return e->arena ? e->arena : (j->passing = arena_new());
}

bool judge_next(struct judgement *j, struct verdicts **out, struct diags *problems) {
  CHECK(judge_left(j) > 0);
  if (!j->ev && !load(j, problems)) return false;
  if (j->next == j->window && !compute_window(j, problems)) return false;
  struct judge_ctx *x = &j->entries[j->next++];
  x->ev = j->ev;
  x->arena = arena_of(j, x->entry);
  x->problems = problems;
  *out = NEW(x->arena, struct verdicts);
  return judge_run_entry(x, *out);
}

void judge_end(struct judgement *j) {
  if (!j) return;
  evaluation_free(j->ev);
  arena_free(j->passing);
}

struct evaluation *verdicts_evaluation(const struct verdicts *v) {
  return v->ctx->ev;
}

const char *const *verdicts_notes(const struct verdicts *v) {
  return evaluation_notes(v->ctx->ev, v->as_of);
}
