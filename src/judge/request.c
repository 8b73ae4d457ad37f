/* A request answered. In: entries (rule set, day, what is wanted) and a dataset. Out: the verdicts
 * of one entry after the other, from one plan over the dataset. */
#include "base/check.h"
#include "judge/judge.h"
#include "judge/rule_plan.h"

struct judgement {
  struct judge_request r;
  struct judge_ctx *entries; /* by entry of the request */
  size_t next;
  struct evaluation *ev; /* NULL: no data has been read yet */
  struct arena *passing; /* of an entry without an arena of its own; NULL */
};

struct judgement *judge_begin(const struct judge_request *r) {
  struct judgement *j = NEW(r->arena, struct judgement);
  j->r = *r;
  j->entries = NEW_N(r->arena, struct judge_ctx, r->n_entries + 1);
  for (size_t i = 0; i < r->n_entries; i++) {
    j->entries[i] = (struct judge_ctx){.entry = &r->entries[i], .plan = r->plan};
    plan_use(r->plan, r->entries[i].rs);
    judge_plan_entry(&j->entries[i]);
  }
  return j;
}

size_t judge_left(const struct judgement *j) { return j->r.n_entries - j->next; }

static bool evaluate(struct judgement *j, const char **message) {
  node_list roots = {0};
  for (size_t i = 0; i < j->r.n_entries; i++)
    for (size_t k = 0; k < j->entries[i].roots.n; k++)
      VEC_PUSH(j->r.arena, &roots, j->entries[i].roots.v[k]);
  return evaluation_run(j->r.plan, j->r.dataset, roots.v, roots.n, j->r.progress, j->r.progress_ctx,
                        &j->ev, message);
}

static struct arena *arena_of(struct judgement *j, const struct judge_entry *e) {
  arena_free(j->passing);
  j->passing = NULL;
  return e->arena ? e->arena : (j->passing = arena_new());
}

bool judge_next(struct judgement *j, struct verdicts **out, const char **message) {
  CHECK(judge_left(j) > 0);
  if (!j->ev && !evaluate(j, message)) return false;
  struct judge_ctx *x = &j->entries[j->next++];
  x->ev = j->ev;
  x->arena = arena_of(j, x->entry);
  x->message = message;
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

const char *const *verdicts_notes(const struct verdicts *v) { return evaluation_notes(v->ctx->ev); }
