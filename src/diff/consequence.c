/* In: two rule sets, a dataset, a state. Out: how the items, queues, money and KPIs after the one
 * differ from those after the other. */
#include "diff/consequence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "action/compare.h"
#include "base/check.h"
#include "judge/judge.h"
#include "sema/policy_diff.h"

struct weighing {
  const struct consequence_request *q;
  struct arena *a;
  struct consequence *out;
  struct outcome old, now;
};

/* ---- items -------------------------------------------------------------------------------- */

/* The name that a rule of the old version has in the new one. */
static const char *name_now(const struct weighing *w, const char *rule) {
  const struct ruleset *now = w->q->now;
  if (rule_named(now, rule)) return rule;
  for (size_t i = 0; i < now->rules.n; i++)
    for (size_t k = 0; k < now->rules.v[i]->was.n; k++)
      if (strcmp(now->rules.v[i]->was.v[k], rule) == 0) return now->rules.v[i]->name;
  return rule;
}

static const char *identity(const struct weighing *w, const struct item *i) {
  return arena_printf(w->a, "%s\n%s\n%s", name_now(w, i->rule), i->entity, i->key ? i->key : "\n");
}

static struct map by_identity(const struct weighing *w, const struct outcome *o) {
  struct map m = {0};
  for (size_t i = 0; i < o->n_open; i++)
    map_put(&m, w->a, identity(w, o->open[i]), (void *)(uintptr_t)o->open[i]);
  return m;
}

/* Why an item is asked for by the old version alone. */
static const char *why_closed(const struct weighing *w, const struct item *i) {
  const struct rule *now = rule_named(w->q->now, name_now(w, i->rule));
  if (!now) return "its rule is gone";
  const char *why = policy_difference(w->q->old, now, w->out->day, w->out->day, w->a);
  return why ? why : "what it stands on has changed";
}

static void say_changed(const struct weighing *w, const struct item *old, const struct item *now,
                        const char *field, const char *was, const char *is) {
  struct changed_item c = {old, now, field, was, is};
  if (text_cmp(was, is) != 0) VEC_PUSH(w->a, &w->out->changed, c);
}

static const char *day_or_null(const struct weighing *w, day_t d) {
  char buf[16];
  return d == DAY_NONE ? NULL : arena_strdup(w->a, day_text(d, buf));
}

static const char *worth_or_null(const struct weighing *w, const struct item *i) {
  char buf[96];
  return i->worth.known ? arena_strdup(w->a, value_text(&i->worth, buf, sizeof buf)) : NULL;
}

static void compare_item(const struct weighing *w, const struct item *old, const struct item *now) {
  say_changed(w, old, now, "owner", old->owner, now->owner);
  say_changed(w, old, now, "due", day_or_null(w, old->due), day_or_null(w, now->due));
  say_changed(w, old, now, "priority", old->priority, now->priority);
  say_changed(w, old, now, "worth", worth_or_null(w, old), worth_or_null(w, now));
  say_changed(w, old, now, "state", item_word(old), item_word(now));
  say_changed(w, old, now, "rule", item_counts(old) ? NULL : "gone",
              item_counts(now) ? NULL : "gone");
}

static void compare_items(const struct weighing *w) {
  struct map old = by_identity(w, &w->old), now = by_identity(w, &w->now);
  for (size_t i = 0; i < w->now.n_open; i++) {
    const struct item *it = w->now.open[i], *before = map_get(&old, identity(w, it));
    struct moved_item m = {it, it->action};
    if (before)
      compare_item(w, before, it);
    else
      VEC_PUSH(w->a, &w->out->opened, m);
  }
  for (size_t i = 0; i < w->old.n_open; i++) {
    const struct item *it = w->old.open[i];
    if (map_get(&now, identity(w, it))) continue;
    struct moved_item m = {it, why_closed(w, it)};
    VEC_PUSH(w->a, &w->out->closed, m);
  }
}

/* ---- rows ---------------------------------------------------------------------------------- */

static struct map keys_of(const struct weighing *w, const struct rule_verdict *v) {
  struct map keys = {0};
  for (size_t i = 0; i < v->n_hits; i++)
    map_put(&keys, w->a, v->hits[i].key ? v->hits[i].key : "\n", (void *)(uintptr_t)v);
  return keys;
}

static long not_in(const struct rule_verdict *v, const struct map *keys) {
  long n = 0;
  for (size_t i = 0; i < v->n_hits; i++)
    n += !map_get(keys, v->hits[i].key ? v->hits[i].key : "\n");
  return n;
}

static void compare_rows(const struct weighing *w, const struct verdicts *old,
                         const struct verdicts *now) {
  for (size_t i = 0; i < now->n_rules; i++)
    for (size_t k = 0; k < old->n_rules; k++) {
      const struct rule_verdict *x = &old->rules[k], *y = &now->rules[i];
      if (strcmp(name_now(w, x->rule), y->rule) != 0) continue;
      struct map before = keys_of(w, x), after = keys_of(w, y);
      struct moved_rule m = {y->rule, y->rows, not_in(x, &after), not_in(y, &before)};
      VEC_PUSH(w->a, &w->out->rules, m);
    }
}

/* ---- queues and money --------------------------------------------------------------------- */

static struct queue *queue_like(const struct outcome *o, const struct queue *q) {
  for (size_t i = 0; i < o->n_queues; i++)
    if (text_cmp(o->queues[i].team, q->team) == 0 && text_cmp(o->queues[i].owner, q->owner) == 0)
      return &o->queues[i];
  return NULL;
}

static void compare_queues(const struct weighing *w) {
  for (size_t i = 0; i < w->now.n_queues; i++) {
    const struct queue *q = &w->now.queues[i], *before = queue_like(&w->old, q);
    struct moved_queue m = {q->team, q->owner, before ? before->to_do : 0, q->to_do, q->capacity};
    if (q->to_do > w->out->fullest) w->out->fullest = q->to_do;
    w->out->over_capacity += q->capacity && q->to_do > q->capacity;
    if (m.before != m.after) VEC_PUSH(w->a, &w->out->queues, m);
  }
  for (size_t i = 0; i < w->old.n_queues; i++) {
    const struct queue *q = &w->old.queues[i];
    struct moved_queue m = {q->team, q->owner, q->to_do, 0, q->capacity};
    if (q->to_do && !queue_like(&w->now, q)) VEC_PUSH(w->a, &w->out->queues, m);
  }
}

static struct stake stake_of(const struct weighing *w, const struct outcome *o) {
  struct stake s = {0};
  for (size_t i = 0; i < o->n_open; i++)
    if (item_counts(o->open[i])) stake_add(&s, o->open[i], w->a);
  stake_sort(&s);
  return s;
}

static const struct measure_sum *sum_like(const struct stake *s, const struct measure_sum *m) {
  for (size_t i = 0; i < s->sums.n; i++)
    if (same_measure(&s->sums.v[i], m)) return &s->sums.v[i];
  return NULL;
}

static void compare_money(const struct weighing *w) {
  struct stake old = stake_of(w, &w->old), now = stake_of(w, &w->now);
  for (size_t i = 0; i < now.sums.n; i++) {
    const struct measure_sum *m = &now.sums.v[i], *before = sum_like(&old, m);
    struct value none = m->money;
    none.num = 0;
    struct moved_money out = {
        m->name, m->entity, before ? before->money : none, m->money, before ? before->rows : 0,
        m->rows};
    VEC_PUSH(w->a, &w->out->money, out);
  }
  for (size_t i = 0; i < old.sums.n; i++) {
    const struct measure_sum *m = &old.sums.v[i];
    struct value none = m->money;
    none.num = 0;
    struct moved_money out = {m->name, m->entity, m->money, none, m->rows, 0};
    if (!sum_like(&now, m)) VEC_PUSH(w->a, &w->out->money, out);
  }
}

/* ---- KPIs ----------------------------------------------------------------------------------- */

static bool same_by(const struct kpi_value *x, const struct kpi_value *y, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (kpi_compare_values(&x->by[i], &y->by[i]) != 0) return false;
  return true;
}

static bool same_value(const struct value *x, const struct value *y) {
  if (x->known != y->known) return false;
  return !x->known || fabs(x->num - y->num) <= 1e-9 * fmax(fabs(x->num), fabs(y->num));
}

static void compare_kpi(const struct weighing *w, const struct kpi *k, const struct kpi_day *old,
                        const struct kpi_day *now) {
  size_t dims = k->dims.n;
  for (size_t i = 0; i < now->n; i++) {
    const struct kpi_value *v = &now->values[i], *before = NULL;
    for (size_t m = 0; !before && m < old->n; m++)
      if (same_by(&old->values[m], v, dims)) before = &old->values[m];
    struct moved_kpi out = {
        .kpi = k, .by = dims ? v->by : NULL, .now = v->value, .now_band = v->band};
    out.old.type = v->value.type;
    if (before) {
      out.old = before->value;
      out.old_band = before->band;
    }
    if (!same_value(&out.old, &out.now) || text_cmp(out.old_band, out.now_band) != 0)
      VEC_PUSH(w->a, &w->out->kpis, out);
  }
}

/* KPIs of the company and of groups that both versions have: those of rows are what rules read. */
/* By its name, or by one that it had before. */
static struct kpi *kpi_before(const struct ruleset *old, const struct kpi *now) {
  struct kpi *before = map_get(&old->kpi_names, now->name);
  for (size_t i = 0; !before && i < now->was.n; i++)
    before = map_get(&old->kpi_names, now->was.v[i]);
  return before;
}

static size_t shared_kpis(const struct weighing *w, struct kpi **old, struct kpi **now) {
  size_t n = 0;
  for (size_t i = 0; i < w->q->now->kpis.n; i++) {
    struct kpi *k = w->q->now->kpis.v[i];
    struct kpi *before = kpi_before(w->q->old, k);
    if (k->entity || !before || before->entity || before->dims.n != k->dims.n) continue;
    old[n] = before;
    now[n++] = k;
  }
  return n;
}

/* ---- both versions --------------------------------------------------------------------------- */

static bool take(const struct weighing *w, struct verdicts *v, struct outcome *out,
                 struct diags *problems) {
  struct apply_request apply = {.state_path = w->q->state_path, .mode = APPLY_LOOK, .verdicts = v};
  return action_apply(&apply, w->a, out, problems);
}

bool consequence_of(const struct consequence_request *q, struct arena *a, struct consequence *out,
                    struct diags *problems) {
  struct weighing w = {.q = q, .a = a, .out = out};
  struct kpi **old = NEW_N(a, struct kpi *, q->now->kpis.n + 1);
  struct kpi **now = NEW_N(a, struct kpi *, q->now->kpis.n + 1);
  *out = (struct consequence){.day = q->day == DAY_NONE ? q->as_of : q->day};
  size_t n = shared_kpis(&w, old, now);
  struct judge_entry entries[] = {{.rs = q->old,
                                   .day = q->as_of,
                                   .want = WANT_RULES | WANT_TARGETS,
                                   .kpis = old,
                                   .n_kpis = n,
                                   .arena = a},
                                  {.rs = q->now,
                                   .day = q->as_of,
                                   .want = WANT_RULES | WANT_TARGETS,
                                   .kpis = now,
                                   .n_kpis = n,
                                   .arena = a}};
  struct judgement *j = judge_begin(&(struct judge_request){.dataset = q->dataset,
                                                            .entries = entries,
                                                            .n_entries = 2,
                                                            .plan = plan_new(q->old, a),
                                                            .arena = a,
                                                            .progress = q->progress});
  struct verdicts *before, *after;
  bool good = judge_next(j, &before, problems) && take(&w, before, &w.old, problems) &&
              judge_next(j, &after, problems) && take(&w, after, &w.now, problems);
  if (good) {
    compare_items(&w);
    compare_rows(&w, before, after);
    compare_queues(&w);
    compare_money(&w);
    for (size_t i = 0; i < n; i++) compare_kpi(&w, now[i], &before->kpis[i], &after->kpis[i]);
    out->before = (long)w.old.n_open;
    out->after = (long)w.now.n_open;
  }
  judge_end(j);
  return good;
}
