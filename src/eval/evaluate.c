/* A plan runs over a dataset. In: nodes that are wanted. Out: their columns. */
#include "eval/evaluate.h"

#include <string.h>

#include "eval/evaluation.h"
#include "eval/group.h"
#include "eval/partial.h"
#include "eval/range_aggregate_group.h"
#include "eval/schedule.h"
#include "eval/tuple.h"

struct evaluation *evaluation_new(struct plan *plan, struct dataset *dataset,
                                  void (*progress)(void *ctx, const char *what),
                                  void *progress_ctx) {
  struct arena *a = arena_new();
  struct evaluation *ev = NEW(a, struct evaluation);
  size_t n = plan->nodes.n + 1;
  *ev = (struct evaluation){.arena = a,
                            .plan = plan,
                            .dataset = dataset,
                            .texts = dict_new(),
                            .materialised = NEW_N(a, struct materialised, n),
                            .needed = NEW_N(a, bool, n),
                            .wanted = NEW_N(a, bool, n),
                            .ahead = NEW_N(a, bool, n),
                            .alone = NEW_N(a, bool, n),
                            .readers = NEW_N(a, struct chunk *, plan->domains.n + 1),
                            .slicers = NEW_N(a, struct chunk *, plan->domains.n + 1),
                            .kept = NEW_N(a, struct range_aggregate_group *, n),
                            .may_be_partial = partial_nodes(plan, a),
                            .plain = plain_nodes(plan, a),
                            .rows = NEW_N(a, struct rows, plan->domains.n),
                            .records = NEW_N(a, struct records *, n),
                            .n_edges = (int)plan->edges.n,
                            .edge_needed = NEW_N(a, bool, plan->edges.n + 1),
                            .days = NEW_N(a, struct day_set *, plan->domains.n + 1),
                            .undated = NEW_N(a, long, plan->domains.n + 1),
                            .orphans = NEW_N(a, long, plan->edges.n + 1),
                            .outside = DAY_NONE,
                            .progress = progress,
                            .progress_ctx = progress_ctx};
  for (size_t d = 0; d < plan->domains.n; d++)
    if (plan->domains.v[d].kind == DOM_GROUPS) groups_init(ev, (int)d);
  return ev;
}

bool evaluation_load(struct evaluation *ev, const int *roots, size_t n, struct diags *problems) {
  schedule_mark(ev, ev->needed, roots, n);
  memcpy(ev->wanted, ev->needed, ev->plan->nodes.n * sizeof *ev->wanted);
  if (ev->plan->outside && !ev->plan->excerpt) evaluation_fail(ev, V0517, "%s", ev->plan->outside);
  return (!ev->error && load_held(ev)) || evaluation_refuse(ev, problems);
}

size_t evaluation_bytes(struct evaluation *ev, const int *roots, size_t n, bool *counted) {
  return schedule_mark(ev, counted, roots, n);
}

bool evaluation_compute(struct evaluation *ev, const int *roots, size_t n, struct diags *problems) {
  memset(ev->needed, 0, ev->plan->nodes.n * sizeof *ev->needed);
  schedule_mark(ev, ev->needed, roots, n);
  schedule_forget(ev);
  return schedule_run(ev) || evaluation_refuse(ev, problems);
}

bool evaluation_run(struct plan *plan, struct dataset *dataset, const int *roots, size_t n_roots,
                    void (*progress)(void *ctx, const char *what), void *progress_ctx,
                    struct evaluation **out, struct diags *problems) {
  struct evaluation *ev = evaluation_new(plan, dataset, progress, progress_ctx);
  *out = ev;
  if (evaluation_load(ev, roots, n_roots, problems) &&
      evaluation_compute(ev, roots, n_roots, problems))
    return true;
  evaluation_free(ev);
  *out = NULL;
  return false;
}

void evaluation_free(struct evaluation *ev) {
  if (!ev) return;
  readers_free(ev);
  for (size_t i = 0; i < ev->plan->nodes.n; i++) {
    materialised_free(&ev->materialised[i]);
    range_aggregate_group_free(ev->kept[i]);
  }
  for (size_t d = 0; d < ev->plan->domains.n; d++) {
    if (ev->rows[d].keys) keymap_free(ev->rows[d].keys);
    tuple_set_free(ev->rows[d].groups);
  }
  records_free(ev);
  histories_free(ev);
  dict_free(ev->texts);
  dict_free(ev->asked);
  arena_free(ev->arena);
}
