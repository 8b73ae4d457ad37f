/* The page, made in one pass over the rules and one over the KPIs. In: a rule set, a dataset, a
 * state. Out: the page. Nothing is written: the items are those that a run today would leave. */
#include "report/make.h"

#include <stdlib.h>
#include <string.h>

#include "action/old_policy.h"
#include "action/state.h"
#include "base/text.h"
#include "eval/results.h"
#include "report/making.h"

enum { REPORT_SINCE_DAYS = 7 }; /* between two meetings, where nobody says */

int making_root(struct making *m, int node) {
  if (node >= 0) VEC_PUSH(m->a, &m->roots, node);
  return node;
}

int32_t *rows_of_page(struct evaluation *ev, const struct row_nodes *x, size_t *n) {
  size_t all = evaluation_rows(ev, x->domain);
  int32_t *rows = xmalloc((all + 1) * sizeof *rows);
  uint64_t *there = xcalloc(bit_words(all) + 1, sizeof *there);
  *n = 0;
  if (x->exists >= 0) evaluation_flags(ev, x->exists, there);
  for (size_t i = 0; i < all; i++)
    if (x->exists < 0 || bit_get(there, i)) rows[(*n)++] = (int32_t)i;
  free(there);
  return rows;
}

/* ---- the day and the person ------------------------------------------------------------ */

static bool find_day(struct making *m) {
  struct report *r = m->r;
  struct state *s = NULL;
  r->ran = DAY_NONE;
  if (!state_open(m->q->state_path, STATE_READ, m->a, &s, m->problems)) return false;
  bool good = !s || state_newest_day(s, &r->ran, m->problems);
  const char *person = NULL;
  if (good && s && m->q->whose) good = state_person(s, m->q->whose, &person, m->problems);
  state_close(s);
  if (!good) return false;
  r->as_of = m->q->as_of != DAY_NONE ? m->q->as_of
             : r->ran != DAY_NONE    ? r->ran
                                     : day_today(m->q->rs->tz);
  if (m->q->since != DAY_NONE && m->q->since > r->as_of) {
    char since[16], day[16];
    return diag_fail(m->problems, V0704,
                     "--since %s comes after the day of the page, %s: name the day of the meeting "
                     "before",
                     day_text(m->q->since, since), day_text(r->as_of, day));
  }
  r->since.day = m->q->since != DAY_NONE ? m->q->since : r->as_of - REPORT_SINCE_DAYS;
  r->person = person;
  return true;
}

/* A team of the rules, or somebody whom the state knows. */
static bool find_whose(struct making *m) {
  const struct ruleset *rs = m->q->rs;
  if (!m->q->whose) return true;
  for (size_t i = 0; i < rs->teams.n; i++)
    if (strcmp(text_folded(m->a, rs->teams.v[i]->name), text_folded(m->a, m->q->whose)) == 0)
      m->r->team = rs->teams.v[i]->name;
  if (m->r->team) m->r->person = NULL;
  if (m->r->team || m->r->person) return true;
  return diag_fail(m->problems, V0703,
                   "nobody is called %s: --for takes a team of the rules, or the address of "
                   "somebody who has or had an item",
                   m->q->whose);
}

/* ---- the day is judged ----------------------------------------------------------------- */

/* What is taken from the rows while the evaluation is there. */
static bool read_rows(struct making *m) {
  find_unjudged(m);
  find_work(m);
  return read_bridges(m) && read_renewals(m) && find_since(m);
}

/* Those of the page first. */
static const char *const *all_notes(const struct making *m) {
  const char *const *notes = verdicts_notes(m->v);
  size_t n = 0, k = 0;
  while (notes[n]) n++;
  const char **list = NEW_N(m->a, const char *, m->notes.n + n + 1);
  for (size_t i = 0; i < m->notes.n; i++) list[k++] = m->notes.v[i];
  for (size_t i = 0; i < n; i++) list[k++] = arena_strdup(m->a, notes[i]);
  return list;
}

static bool judge_day(struct making *m) {
  struct ruleset *rs = m->q->rs;
  struct judge_entry today = {
      .rs = rs, .day = m->r->as_of, .want = WANT_RULES | WANT_TARGETS, .arena = m->a};
  struct verdicts *v;
  struct outcome *o = NEW(m->a, struct outcome);
  m->plan = plan_new(rs, m->a);
  plan_bridges(m);
  plan_renewals(m);
  today.nodes = m->roots.v;
  today.n_nodes = m->roots.n;
  struct judgement *j = judge_begin(&(struct judge_request){.dataset = m->q->dataset,
                                                            .entries = &today,
                                                            .n_entries = 1,
                                                            .plan = m->plan,
                                                            .arena = m->a,
                                                            .progress = m->q->progress});
  bool good = judge_next(j, &v, m->problems);
  struct old_policy old = {0};
  if (good) {
    struct apply_request look = {.state_path = m->q->state_path, .mode = APPLY_LOOK, .verdicts = v};
    m->v = v;
    m->o = o;
    old_policy_judge(m->q->state_path, rs, m->q->dataset, &look, m->a, &old);
    if (old.note) VEC_PUSH(m->a, &m->notes, old.note);
    good = action_apply(&look, m->a, o, m->problems) && read_rows(m);
  }
  old_policy_end(&old);
  if (good) m->r->notes = all_notes(m);
  judge_end(j);
  return good;
}

bool report_make(const struct report_request *q, struct arena *a, struct report *out,
                 struct diags *problems) {
  struct making m = {.q = q, .r = out, .a = a, .problems = problems};
  *out = (struct report){.rs = q->rs,
                         .tongue = q->tongue,
                         .title = q->rs->page.title,
                         .command = q->command,
                         .where = q->where};
  if (!find_day(&m) || !find_whose(&m) || !judge_day(&m) || !value_kpis(&m)) return false;
  find_decisions(&m);
  find_pipelines(&m);
  return true;
}
