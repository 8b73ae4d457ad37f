/* In: a policy without mistakes, and its newest version in git. Out: what is proved of each rule
 * that has changed, with a row that shows the difference: what `vigie diff --git HEAD` says. */
#include <string.h>

#include "diff/diff.h"
#include "editor/counting.h"

/* Does a line of its own say something else? */
static bool is_edited(const meanings *list, const struct rule *r) {
  for (size_t i = 0; i < list->n; i++)
    if (strcmp(list->v[i].what, "rule") == 0 && strcmp(list->v[i].name, r->name) == 0) return true;
  return false;
}

static const char *short_words(const struct rule_proof *p, struct arena *a) {
  switch (p->answer) {
    case PROOF_SAME: return "since git: acts on the same rows, whatever the data";
    case PROOF_MORE: return "since git: acts on more rows, and on none fewer";
    case PROOF_FEWER: return "since git: acts on fewer rows, and on none more";
    case PROOF_DIFFERS: return "since git: acts on other rows";
    case PROOF_OPEN: break;
  }
  return arena_printf(a, "since git: not decided: %s",
                      p->why ? p->why : "too many ways to be true");
}

static json_t *proof_json(const struct rule_proof *p, struct arena *a) {
  json_t *out =
      json_pack("{s:s, s:s}", "short", short_words(p, a), "words", proof_words(p, NULL, a));
  if (p->test) json_object_set_new(out, "test", json_string(p->test));
  return out;
}

void changes_run(const struct editor *e, const struct analysis *x, int to) {
  struct arena *a = arena_new();
  struct committed old;
  json_t *all = json_object();
  if (committed_read(x, a, &old) && old.of_git) {
    day_t day = e->setup->today(e->setup->ctx, x->rs);
    meanings said = meaning_of(old.rs, x->rs, day, a);
    struct proof_request q = {
        .old = old.rs, .now = x->rs, .day = day, .read = {&old.request, &x->request}};
    rule_proofs proofs = {0};
    if (said.n) proofs = prove_rules(&q, a);
    for (size_t i = 0; i < proofs.n; i++) {
      const struct rule_proof *p = &proofs.v[i];
      if (p->answer == PROOF_SAME && !is_edited(&said, p->now)) continue;
      json_object_set_new(all, p->now->name, proof_json(p, a));
    }
  }
  job_write(to, json_pack("{s:o}", "changes", all));
}

void changes_take(struct editor *e, struct policy *p, json_t *found) {
  const json_t *before = json_object_get(p->figures, "changes"),
               *now = json_object_get(found, "changes");
  bool same = before ? json_equal(before, now) : !json_object_size(now);
  json_object_update(p->figures, found);
  if (!same) editor_refresh(e);
}
