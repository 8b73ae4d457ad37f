/* The way through: how far the data reach, the outcome, the replay, the scores. */
#include "backtest/backtest.h"

#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "eval/results.h"
#include "sema/hindsight.h"

/* What a policy reads of the past. */
struct past {
  struct hindsight *read;
  late_history_list late;
};

struct backtesting {
  const struct backtest_request *q;
  struct arena *a;
  struct diags *problems;
  VEC(day_t) days;
  struct plan *plan;
  struct past *past; /* by policy */
  VEC(struct replay_look) looks;
  size_t *first_of_look; /* index of the first onset that look i is for */
  int label;             /* is there a node for it, before those of the measures? */
};

/* ---- how far the data reach ---------------------------------------------------------------- */

/* The newest day of the tables of events and records that the rules and the outcome read, at most
 * as_of: what comes after is not known yet, not absent. */
static bool newest_day(const struct backtesting *t, day_t *out) {
  const struct backtest_request *q = t->q;
  struct arena *passing = arena_new();
  struct judge_entry *entries = NEW_N(passing, struct judge_entry, q->n_policies + 1);
  for (size_t k = 0; k <= q->n_policies; k++)
    entries[k] = (struct judge_entry){
        .rs = q->policies[k % q->n_policies], .day = q->as_of, .want = WANT_TRUTH};
  if (q->outcome) entries[q->n_policies].rule = q->outcome->rule;
  struct judge_request r = {.dataset = q->dataset,
                            .entries = entries,
                            .n_entries = q->n_policies + (q->outcome ? 1 : 0),
                            .plan = plan_new(q->policies[0], passing),
                            .arena = passing,
                            .progress = q->progress};
  struct judgement *j = judge_begin(&r);
  table_days days = {0};
  bool good = judge_newest_days(j, q->as_of, &days, t->problems);
  day_t newest = DAY_NONE;
  for (size_t i = 0; i < days.n; i++)
    if (newest == DAY_NONE || days.v[i].newest > newest) newest = days.v[i].newest;
  judge_end(j);
  arena_free(passing);
  *out = newest == DAY_NONE || newest > q->as_of ? q->as_of : newest;
  return good;
}

/* ---- the days -------------------------------------------------------------------------------- */

static void set_days(struct backtesting *t) {
  const struct backtest_request *q = t->q;
  const struct calendar *c = &q->policies[0]->calendar;
  struct duration warm_up = {WARM_UP_DAYS, DUR_DAY};
  day_t first = day_shift(c, q->from, warm_up, -1);
  int step = duration_days(q->every);
  CHECK(step > 0); /* a day or a week */
  for (day_t d = q->from - (q->from - first) / step * step; d <= q->to; d += step)
    VEC_PUSH(t->a, &t->days, d);
}

/* ---- money and names of what began to be true ------------------------------------------------ */

static void add_look(struct backtesting *t, day_t day) {
  struct condition *c = t->q->outcome;
  struct ruleset *rs = t->q->policies[0];
  plan_use(t->plan, rs);
  int domain = plan_entity_domain(t->plan, c->rule->entity, true);
  int *nodes = NEW_N(t->a, int, c->measures.n + 2);
  struct replay_look look = {.day = day, .nodes = nodes};
  int label = plan_label(t->plan, domain);
  t->label = label >= 0;
  if (t->label) nodes[look.n_nodes++] = label;
  for (size_t m = 0; m < c->measures.n; m++) {
    plan_use(t->plan, c->measures.v[m].rs);
    nodes[look.n_nodes++] = plan_term(t->plan, c->measures.v[m].rule->worth, domain, day);
  }
  VEC_PUSH(t->a, &t->looks, look);
}

/* The measures of the policies that read the rows of the outcome as the first one does. */
static void set_measures(struct backtesting *t) {
  struct condition *c = t->q->outcome;
  size_t n = 0;
  for (size_t k = 0; k < t->q->n_policies; k++) outcome_measures(c, t->q->policies[k], t->a);
  plan_use(t->plan, t->q->policies[0]);
  int domain = plan_entity_domain(t->plan, c->rule->entity, true);
  for (size_t m = 0; m < c->measures.n; m++) {
    plan_use(t->plan, c->measures.v[m].rs);
    if (plan_entity_domain(t->plan, c->measures.v[m].rule->entity, true) == domain)
      c->measures.v[n++] = c->measures.v[m];
  }
  c->measures.n = n;
}

static void set_looks(struct backtesting *t) {
  struct condition *c = t->q->outcome;
  if (!c) return;
  set_measures(t);
  t->first_of_look = NEW_N(t->a, size_t, c->onsets.n + 1);
  for (size_t i = 0; i < c->onsets.n; i++) {
    if (i && c->onsets.v[i].day == c->onsets.v[i - 1].day) continue;
    t->first_of_look[t->looks.n] = i;
    add_look(t, c->onsets.v[i].day - 1);
  }
}

struct taking {
  struct backtesting *t;
  size_t first;
};

static void take_onset(void *ctx, size_t i, const struct value *values) {
  struct taking *x = ctx;
  struct condition *c = x->t->q->outcome;
  struct onset *o = &c->onsets.v[x->first + i];
  if (x->t->label && values[0].known && values[0].type.unit == U_TEXT)
    o->label = arena_strdup(x->t->a, values[0].text);
  struct value *worth = NEW_N(x->t->a, struct value, c->measures.n + 1);
  for (size_t m = 0; m < c->measures.n; m++) worth[m] = values[(x->t->label ? 1 : 0) + m];
  o->worth = worth;
}

static bool look(void *ctx, size_t i, const struct verdicts *v, struct diags *problems) {
  struct backtesting *t = ctx;
  struct condition *c = t->q->outcome;
  struct taking x = {t, t->first_of_look[i]};
  size_t n = (i + 1 < t->looks.n ? t->first_of_look[i + 1] : c->onsets.n) - x.first;
  struct arena *passing = arena_new();
  struct evaluation *ev = verdicts_evaluation(v);
  plan_use(t->plan, t->q->policies[0]);
  int domain = plan_entity_domain(t->plan, c->rule->entity, true);
  int32_t *rows = NEW_N(passing, int32_t, n + 1);
  for (size_t k = 0; k < n; k++)
    rows[k] = evaluation_find(ev, domain, c->onsets.v[x.first + k].key);
  bool good = evaluation_values(ev, domain, rows, n, t->looks.v[i].nodes, t->looks.v[i].n_nodes,
                                take_onset, &x, problems);
  arena_free(passing);
  return good;
}

/* ---- what was read with hindsight ------------------------------------------------------------ */

static struct hindsight *look_back(const struct backtesting *t, struct ruleset *rs) {
  struct hindsight *h = NEW(t->a, struct hindsight);
  *h = (struct hindsight){.rs = rs, .arena = t->a, .today = t->q->as_of};
  for (size_t i = 0; i < rs->rules.n; i++) hindsight_rule(h, rs->rules.v[i], t->q->from);
  return h;
}

static bool reads_the_same(const struct attr *a, const struct attr *b) {
  const struct entity *x = a->entity, *y = b->entity;
  return same_history(a, b) && same_text(x->name, y->name) && same_text(x->table, y->table) &&
         same_text(x->key, y->key) && same_text(x->life.from, y->life.from) &&
         same_text(a->name, b->name);
}

static bool same_histories(const attr_list *a, const attr_list *b) {
  if (a->n != b->n) return false;
  for (size_t i = 0; i < a->n; i++)
    if (!reads_the_same(a->v[i], b->v[i])) return false;
  return true;
}

/* Of each policy what it reads: columns of today, and histories that begin too late. Policies that
 * differ in a threshold read the same ones. */
static bool look_back_all(struct backtesting *t) {
  const struct backtest_request *q = t->q;
  CHECK(t->days.n > 0); /* the first day of the span is one */
  t->past = NEW_N(t->a, struct past, q->n_policies);
  for (size_t k = 0; k < q->n_policies; k++) {
    struct past *p = &t->past[k];
    p->read = look_back(t, q->policies[k]);
    if (k && same_histories(&p->read->histories, &t->past[0].read->histories))
      p->late = t->past[0].late;
    else if (!late_histories(q->policies[k], q->dataset, &p->read->histories, t->days.v[0], q->from,
                             q->as_of, t->a, &p->late, t->problems))
      return false;
  }
  return true;
}

/* ---- all ------------------------------------------------------------------------------------- */

static bool find_outcome(struct backtesting *t, day_t newest) {
  struct condition *c = t->q->outcome;
  if (!c) return true;
  CHECK(t->days.n > 0); /* the first day of the span is one */
  c->first = t->days.v[0];
  c->last = newest;
  return outcome_find(c, t->q->policies[0], t->q->dataset, t->a, t->problems);
}

static void score(const struct backtesting *t, size_t policy, const struct replayed *r,
                  struct backtest *b) {
  const struct backtest_request *q = t->q;
  const struct past *p = &t->past[policy];
  *b = (struct backtest){.from = q->from,
                         .to = q->to,
                         .every = q->every,
                         .notice = q->notice,
                         .handled = q->handled,
                         .outcome = q->outcome,
                         .replayed = r,
                         .hindsight = p->read->columns.n ? &p->read->columns : NULL,
                         .late = p->late,
                         .policy_of = DAY_NONE};
  backtest_score(b, q->policies[policy], t->a);
}

static bool is_within_data(const struct backtesting *t, day_t newest) {
  char to[16], day[16];
  if (t->q->to <= newest) return true;
  diag_add(t->problems, V0704, NO_SPAN,
           "the span ends on %s, and the data end on %s: end it there, with --to %s",
           day_text(t->q->to, to), day_text(newest, day), day);
  return false;
}

/* Items count for the row of the outcome's entity to which theirs leads, whatever lies above. */
static void lead_to_outcome(const struct backtest_request *q) {
  for (size_t k = 0; q->outcome && k < q->n_policies; k++)
    for (size_t i = 0; i < q->policies[k]->rules.n; i++)
      lead_account_to(q->policies[k], q->policies[k]->rules.v[i], q->outcome->rule->entity->name);
}

bool backtest_run(const struct backtest_request *asked, struct arena *a, struct backtest *out,
                  struct diags *problems) {
  struct backtest_request own = *asked;
  const struct backtest_request *q = &own;
  struct backtesting t = {.q = q, .a = a, .problems = problems};
  day_t newest;
  if (!newest_day(&t, &newest)) return false;
  if (q->last_days) {
    own.to = newest;
    own.from = newest - q->last_days;
  }
  if (q->may_end_sooner && newest >= q->from && newest < q->to) own.to = newest;
  if (!is_within_data(&t, newest)) return false;
  set_days(&t);
  if (!look_back_all(&t) || !find_outcome(&t, newest)) return false;
  lead_to_outcome(q);
  t.plan = plan_new(q->policies[0], a);
  set_looks(&t);
  struct replayed *replayed = NEW_N(a, struct replayed, q->n_policies);
  struct replay_request r = {.dataset = q->dataset,
                             .plan = t.plan,
                             .policies = q->policies,
                             .n_policies = q->n_policies,
                             .days = t.days.v,
                             .n_days = t.days.n,
                             .handled = q->handled,
                             .looks = t.looks.v,
                             .n_looks = t.looks.n,
                             .look = look,
                             .look_ctx = &t,
                             .arena = a,
                             .progress = q->progress};
  if (!replay(&r, replayed, problems)) return false;
  for (size_t k = 0; k < q->n_policies; k++) score(&t, k, &replayed[k], &out[k]);
  return true;
}
