/* Checks of the company. In: their conditions, and the declarations of the rule files as rows. Out:
 * a finding for each declaration that one of them rejects, with its words. */
#include "lint/own.h"

#include "data/column.h"
#include "base/check.h"
#include "data/dataset.h"
#include "judge/judge.h"

void own_gather(struct lint *l) {
  size_t n = l->rs->own_checks.n;
  struct lint_check *own = NEW_N(l->a, struct lint_check, n + 1);
  for (size_t i = 0; i < n; i++) {
    const struct own_check *c = l->rs->own_checks.v[i];
    const struct own_reject *first = &c->rejects.v[0];
    own[i] = (struct lint_check){
        .kind = {c->name, LEVEL_WARNING, first->because, span_text(l->a, first->span)},
        .name = c->name,
        .group = LINT_OWN,
        .why = first->because};
  }
  l->own = (struct own_checks){own, n};
}

/* One whose name a check of lint has: exceptions would speak of both. */
void lint_own_name_taken(struct lint *l) {
  for (size_t i = 0; i < l->rs->own_checks.n; i++) {
    const struct own_check *c = l->rs->own_checks.v[i];
    const struct lint_check *built_in = lint_check_find(c->name);
    if (!built_in && !diag_kind_find(c->name)) continue;
    struct diag *d =
        lint_tell(l, c->span, "`%s` is the name of a check that lint has itself", c->name);
    lint_help(l, d, "give yours another name, such as our_%s", built_in ? built_in->name : "check");
  }
}

static void tell_rejected(struct lint *l, const struct own_reject *r, const struct row_truth *t) {
  CHECK(t->n_rows == own_count(l, r->subject)); /* rows stand as the declarations do */
  for (size_t row = 0; row < t->n_rows; row++) {
    if (!bit_get(t->yes, row)) continue;
    struct diag *d = lint_tell(l, own_place(l, r->subject, row), "%s: %s",
                               own_name(l, r->subject, row), r->because);
    if (d) lint_note(l, d, r->span, "this check rejects it");
  }
}

static void tell_all(struct lint *l, const struct verdicts *v) {
  for (size_t i = 0; i < l->own.n; i++) {
    const struct own_check *c = l->rs->own_checks.v[i];
    l->now = &l->own.v[i];
    if (lint_check_find(c->name) || diag_kind_find(c->name)) continue;
    for (size_t k = 0; k < c->rejects.n; k++) {
      struct row_truth t = verdicts_truth(v, c->rejects.v[k].rule);
      tell_rejected(l, &c->rejects.v[k], &t);
    }
  }
}

void own_run(struct lint *l) {
  struct ruleset *world = l->rs->own_world;
  if (!world) return;
  world->calendar = l->rs->calendar; /* by now with the holidays and periods of the data */
  struct dataset *rows = own_dataset(l);
  struct judge_entry entry = {.rs = world, .day = l->options->today, .want = WANT_TRUTH};
  struct judge_request request = {.dataset = rows,
                                  .entries = &entry,
                                  .n_entries = 1,
                                  .plan = plan_new(world, l->a),
                                  .arena = l->a};
  struct judgement *j = judge_begin(&request);
  struct verdicts *v;
  if (judge_next(j, &v, l->problems)) tell_all(l, v);
  judge_end(j);
  dataset_close(rows);
}
