/* The way through: one backtest of all values, what each part of the span caught, the candidate. */
#include "backtest/tune.h"

#include <math.h>
#include <string.h>

#include "base/check.h"
#include "sema/threshold_line.h"

/* ---- one value ------------------------------------------------------------------------------- */

static void note_caught(struct tuned *v, struct arena *a) {
  const struct condition *c = v->backtest.outcome;
  const struct score *all = &v->backtest.together;
  if (!c) return;
  v->caught = NEW_N(a, bool, c->onsets.n + 1);
  for (size_t i = 0; i < c->onsets.n; i++)
    v->caught[i] = c->onsets.v[i].day >= v->backtest.from && c->onsets.v[i].day <= v->backtest.to;
  for (size_t i = 0; i < all->n_missed; i++) v->caught[all->missed[i] - c->onsets.v] = false;
}

static bool is_used(const struct tune *t, const char *rule) {
  for (size_t i = 0; i < t->use.rules.n; i++)
    if (strcmp(t->use.rules.v[i], rule) == 0) return true;
  return false;
}

static void count_opened(const struct tune *t, const struct tuned *v, day_t first, day_t last,
                         struct part_score *p) {
  const struct replayed *r = v->backtest.replayed;
  for (size_t i = 0; i < r->items.n; i++) {
    if (r->items.v[i].opened < first || r->items.v[i].opened > last) continue;
    p->opened++;
    p->opened_used += is_used(t, r->items.v[i].rule);
  }
}

static void score_part(const struct tune *t, const struct tuned *v, day_t first, day_t last,
                       struct part_score *p, struct arena *a) {
  const struct condition *c = v->backtest.outcome;
  *p = (struct part_score){0};
  count_opened(t, v, first, last, p);
  if (!c) return;
  p->money = NEW_N(a, double, c->measures.n + 1);
  for (size_t i = 0; i < c->onsets.n; i++) {
    const struct onset *o = &c->onsets.v[i];
    if (o->day < first || o->day > last) continue;
    p->onsets++;
    p->caught += v->caught[i];
    for (size_t m = 0; v->caught[i] && o->worth && m < c->measures.n; m++)
      if (o->worth[m].known) p->money[m] += o->worth[m].num;
  }
}

/* Of the items with time to close: those that lived before the last third of the span. */
static void count_closed(const struct tune *t, struct tuned *v) {
  const struct replayed *r = v->backtest.replayed;
  for (size_t i = 0; i < r->items.n; i++) {
    const struct past_item *it = &r->items.v[i];
    bool before = it->closed != DAY_NONE && it->closed < v->backtest.from;
    if (before || it->opened >= t->last_part || !is_used(t, it->rule)) continue;
    v->had_time++;
    v->closed += it->closed != DAY_NONE;
  }
}

static void score_value(const struct tune *t, struct tuned *v, const struct ruleset *rs,
                        struct arena *a) {
  day_t from = v->backtest.from, to = v->backtest.to;
  v->used = backtest_score_rules(&v->backtest, rs, &t->use.rules, a);
  note_caught(v, a);
  count_closed(t, v);
  score_part(t, v, from, to, &v->parts[PART_WHOLE], a);
  score_part(t, v, from, t->last_part - 1, &v->parts[PART_FIRST], a);
  score_part(t, v, t->last_part, to, &v->parts[PART_LAST], a);
  for (size_t i = 0; i < v->backtest.n_loads; i++) v->weeks_over += v->backtest.loads[i].weeks_over;
}

/* ---- the candidate --------------------------------------------------------------------------- */

/* Does it catch nearly all that today's value catches in this part of the span? */
static bool keeps(const struct tune *t, const struct tuned *v, enum tune_part part) {
  const struct tuned *today = &t->values[t->today];
  const struct part_score *is = &v->parts[part], *was = &today->parts[part];
  if (is->caught * 100 < was->caught * KEPT_PERCENT) return false;
  for (size_t m = 0; m < today->backtest.outcome->measures.n; m++)
    if (is->money[m] * 100 < was->money[m] * KEPT_PERCENT) return false;
  return true;
}

static size_t steps_from_today(const struct tune *t, size_t i) {
  return i > t->today ? i - t->today : t->today - i;
}

/* All items that the policy asked somebody to do. Those carried in count: a value that is always
 * met opens nothing within the span. */
static long items_of(const struct tuned *v) {
  return v->backtest.together.opened + v->backtest.together.carried_in;
}

/* Fewer items; of as many, the value nearest today's. */
static bool is_better(const struct tune *t, size_t i, size_t than) {
  long a = items_of(&t->values[i]), b = items_of(&t->values[than]);
  if (a != b) return a < b;
  return steps_from_today(t, i) < steps_from_today(t, than);
}

bool tune_hardly_closes(const struct tune *t, size_t i) {
  const struct tuned *v = &t->values[i], *today = &t->values[t->today];
  if (!v->had_time || !today->closed) return false;
  return v->closed * HARDLY * today->had_time < today->closed * v->had_time;
}

static void set_candidate(struct tune *t) {
  const struct tuned *today = &t->values[t->today];
  t->pick = t->candidate = NO_VALUE;
  t->answer = today->backtest.outcome ? TUNE_NOTHING_CAUGHT : TUNE_NO_OUTCOME;
  if (!today->backtest.outcome || !today->parts[PART_WHOLE].caught) return;
  t->pick = t->today;
  for (size_t i = 0; i < t->n; i++)
    if (keeps(t, &t->values[i], PART_WHOLE) && t->values[i].weeks_over <= today->weeks_over &&
        !tune_hardly_closes(t, i) && is_better(t, i, t->pick))
      t->pick = i;
  const struct tuned *pick = &t->values[t->pick];
  t->answer = t->pick == t->today           ? TUNE_KEEP
              : !keeps(t, pick, PART_FIRST) ? TUNE_FAILS_FIRST
              : !keeps(t, pick, PART_LAST)  ? TUNE_FAILS_LAST
                                            : TUNE_CHANGE;
  if (t->answer == TUNE_KEEP || t->answer == TUNE_CHANGE) t->candidate = t->pick;
}

/* ---- the knee -------------------------------------------------------------------------------- */

static bool runs_one_way(const struct tune *t) {
  bool up = false, down = false;
  for (size_t i = 1; i < t->n; i++) {
    up |= items_of(&t->values[i]) > items_of(&t->values[i - 1]);
    down |= items_of(&t->values[i]) < items_of(&t->values[i - 1]);
  }
  return up != down;
}

/* Where the curve of what is caught over what is opened (without an outcome: of what is opened over
 * the values) lies farthest above the straight line between its ends. Nowhere, where more of the
 * threshold is now more items, now fewer. */
static void set_knee(struct tune *t) {
  t->knee = NO_VALUE;
  if (t->n < 3 || !runs_one_way(t)) return;
  bool outcome = t->values[0].backtest.outcome != NULL;
  const struct tuned *first = &t->values[0], *last = &t->values[t->n - 1];
  long caught = first->parts[PART_WHOLE].caught;
  double items = (double)(items_of(last) - items_of(first)), most = 1e-9,
         gains = (double)(outcome ? last->parts[PART_WHOLE].caught - caught : (long)t->n - 1);
  if (fabs(items) < 1 || fabs(gains) < 1) return;
  for (size_t i = 0; i < t->n; i++) {
    const struct tuned *v = &t->values[i];
    double x = (double)(items_of(v) - items_of(first)) / items;
    double y = (double)(outcome ? v->parts[PART_WHOLE].caught - caught : (long)i) / gains;
    /* Both run from 0 to 1: of fewer and fewer items, the share that is spared and the share of
     * what is caught that it costs; of more and more, the reverse. */
    double above = items < 0 ? x - y : y - x;
    if (above <= most) continue;
    most = above;
    t->knee = i;
  }
}

/* ---- who would have been late ---------------------------------------------------------------- */

static bool is_due_by(const struct rule *r, const char *threshold) {
  bool counts = r->due.kind == DUE_AFTER_OPENING || r->due.kind == DUE_ANCHOR;
  const struct term *of = counts ? r->due.dur.of : NULL;
  return of && strcmp(of->threshold->name, threshold) == 0;
}

/* The day before or after which the item was due: as far back from its due day as it was put there.
 * DAY_NONE: that day had passed when it opened, or it counts in months, which have no way back. */
static day_t anchor_of(const struct item *it, const struct rule *r, const struct calendar *c) {
  struct duration was = length_on(&r->due.dur, it->opened);
  if (it->due == DAY_NONE || it->due_late || duration_months(was) >= 0) return DAY_NONE;
  return day_shift(c, it->due, was, -r->due.side);
}

/* The day on which the item would have been due; DAY_NONE: that cannot be told. */
static day_t due_with(const struct item *it, const struct rule *r, const struct tune_value *v,
                      const struct calendar *c) {
  if (r->due.kind == DUE_AFTER_OPENING) return day_shift(c, it->started, v->dur, 1);
  day_t anchor = anchor_of(it, r, c);
  day_t due = anchor == DAY_NONE ? DAY_NONE : day_shift(c, anchor, v->dur, r->due.side);
  return due != DAY_NONE && due < it->opened ? it->opened : due;
}

/* Items that people have done: their work had a start and an end. */
static void set_lateness(struct tune *t, const struct tune_request *r, const struct ruleset *today,
                         struct arena *a) {
  const char *threshold = r->what->threshold->name;
  for (size_t i = 0; i < today->rules.n; i++)
    if (is_due_by(today->rules.v[i], threshold))
      VEC_PUSH(a, &t->moves_due, today->rules.v[i]->name);
  for (size_t i = 0; i < r->n_items; i++) {
    const struct item *it = r->items[i];
    const struct rule *rule = rule_named(today, it->rule);
    if (it->state != ITEM_DONE || it->started == DAY_NONE || !rule || !is_due_by(rule, threshold))
      continue;
    if (due_with(it, rule, t->values[t->today].value, &today->calendar) == DAY_NONE) {
      t->untold++;
      continue;
    }
    t->closed++;
    for (size_t k = 0; k < t->n; k++)
      t->values[k].late += it->closed > due_with(it, rule, t->values[k].value, &today->calendar);
  }
}

/* ---- all ------------------------------------------------------------------------------------- */

/* Today's policy first: the outcome is a condition of its rule set. */
static void order_policies(const struct tune_request *r, const struct tune *t,
                           struct ruleset **out) {
  size_t n = 0;
  out[n++] = r->policies[t->today];
  for (size_t i = 0; i < t->n; i++)
    if (i != t->today) out[n++] = r->policies[i];
}

static bool nobody_asks(const struct tune *t, struct arena *a, struct diags *problems) {
  const char *colors = "";
  for (size_t i = 0; i < t->use.colors.n; i++)
    colors = arena_printf(a, "%s%s%s", colors, i ? ", " : "", t->use.colors.v[i]);
  if (*colors)
    return diag_fail(problems, V0704,
                     "no rule uses %s: it moves the colors of %s, and these are no items",
                     t->what->threshold->name, colors);
  return diag_fail(problems, V0704, "no rule uses %s: whatever its value, the items are the same",
                   t->what->threshold->name);
}

bool tune_run(const struct tune_request *r, struct arena *a, struct tune *out,
              struct diags *problems) {
  size_t n = r->values->n, at = 1;
  struct ruleset **policies = NEW_N(a, struct ruleset *, n + 1);
  struct backtest *backtests = NEW_N(a, struct backtest, n + 1);
  struct backtest_request q = r->backtest;
  *out = (struct tune){.what = r->what, .n = n, .values = NEW_N(a, struct tuned, n + 1)};
  while (out->today < n && !r->values->v[out->today].today) out->today++;
  CHECK(out->today < n); /* tune_values_of */
  out->use = threshold_use(r->policies[0],
                           map_get(&r->policies[0]->threshold_names, r->what->threshold->name), a);
  if (!out->use.rules.n) return nobody_asks(out, a, problems);
  out->last_part = q.to + 1 - (q.to - q.from + 1) / 3;
  order_policies(r, out, policies);
  q.policies = policies;
  q.n_policies = n;
  if (!backtest_run(&q, a, backtests, problems)) return false;
  for (size_t i = 0; i < n; i++) {
    size_t k = i == out->today ? 0 : at++;
    out->values[i].value = &r->values->v[i];
    out->values[i].backtest = backtests[k];
    score_value(out, &out->values[i], policies[k], a);
  }
  set_lateness(out, r, policies[0], a);
  set_candidate(out);
  set_knee(out);
  return true;
}
