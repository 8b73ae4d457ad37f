/* In: a policy, the project's data. Out: of each threshold what its value of today does, and what
 * other values would: items, money, and whom they are about.
 *
 * The values tried: those that its dated lines bring from later days on, the one that git keeps
 * where it differs, else a round one on each side. It is what `vigie tune --values` tries. */
#include <stdlib.h>
#include <string.h>

#include "action/compare.h"
#include "action/stake.h"
#include "backtest/tune.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/text.h"
#include "diff/diff.h"
#include "editor/counting.h"
#include "judge/judge.h"
#include "sema/threshold_line.h"

struct trial {
  struct counting *c;
  struct arena *a; /* of one threshold */
  struct tuning what;
  tune_values values; /* today's first */
  struct ruleset **policies;
  struct backtest *lived;
  name_list rules; /* that use it */
};

/* ---- the values ----------------------------------------------------------------------------- */

static void add_value(struct trial *t, const struct tune_value *v) {
  for (size_t i = 0; i < t->values.n; i++)
    if (same_tune_value(&t->what, &t->values.v[i], v)) return;
  VEC_PUSH(t->a, &t->values, *v);
}

/* What the threshold says to everybody on the day. */
static void add_value_on(struct trial *t, struct ruleset *rs, day_t day) {
  struct tuning then;
  struct diags unheard = {.arena = t->a};
  if (!tuning_of(rs, t->what.threshold->name, NULL, day, t->a, &then, &unheard)) return;
  if (then.threshold->is_duration != t->what.threshold->is_duration) return;
  add_value(t, &(struct tune_value){then.written, then.num, then.dur, !t->values.n});
}

enum { FIFTH = 2 /* of the round values, a tenth of today's each: a smaller step says little */ };

static void add_neighbours(struct trial *t) {
  tune_values round = {0};
  struct diags unheard = {.arena = t->a};
  if (!tune_values_of(&t->what, NULL, t->a, &round, &unheard)) return;
  for (size_t i = 0; i < round.n; i++) {
    if (!round.v[i].today) continue;
    if (i >= FIFTH) add_value(t, &round.v[i - FIFTH]);
    if (i + FIFTH < round.n) add_value(t, &round.v[i + FIFTH]);
  }
}

static void choose_values(struct trial *t, const struct committed *before) {
  add_value_on(t, t->c->x->rs, t->c->today);
  for (size_t i = 0; i < t->what.threshold->lines.n; i++) {
    const struct threshold_line *l = &t->what.threshold->lines.v[i];
    if (is_base_line(l) && l->from > t->c->today) add_value_on(t, t->c->x->rs, l->from);
  }
  if (before->rs) add_value_on(t, before->rs, t->c->today);
  if (t->values.n == 1) add_neighbours(t);
}

/* ---- what they do --------------------------------------------------------------------------- */

static bool live(struct trial *t) {
  struct diags unheard = {.arena = t->a};
  t->policies = NEW_N(t->a, struct ruleset *, t->values.n + 1);
  for (size_t i = 0; i < t->values.n; i++) {
    t->policies[i] = counting_read(t->c, t->a);
    if (!t->policies[i]) return false;
    tune_hold(t->policies[i], &t->what, &t->values.v[i]);
  }
  t->lived = counting_live(t->c, t->policies, t->values.n, t->a, &unheard);
  return t->lived != NULL;
}

static bool same_counts(const struct rule_counts *a, const struct rule_counts *b) {
  return a->open == b->open && a->lived == b->lived;
}

/* "10: 7 items today, 41 last quarter; 8 would be 12 and 60; 12 would be as many" */
static const char *counts_line(const struct trial *t) {
  struct rule_counts today = items_counted(&t->lived[0], &t->rules), n;
  const char *out =
      arena_printf(t->a, "%s: %ld %s%s, %ld last quarter", t->values.v[0].text, today.open,
                   plural(today.open, "item", "items"), counting_day(t->c, t->a), today.lived);
  for (size_t i = 1; i < t->values.n; i++) {
    n = items_counted(&t->lived[i], &t->rules);
    const char *counts =
        same_counts(&n, &today) ? "as many" : arena_printf(t->a, "%ld and %ld", n.open, n.lived);
    out = arena_printf(t->a, "%s; %s would be %s", out, t->values.v[i].text, counts);
  }
  return out;
}

/* ---- whom they are about --------------------------------------------------------------------- */

typedef VEC(const struct item *) found_items;

static int by_worth(const void *a, const void *b) {
  const struct item *const *x = a, *const *y = b;
  double d = ((*y)->worth.known ? (*y)->worth.num : 0) - ((*x)->worth.known ? (*x)->worth.num : 0);
  return d > 0 ? 1 : d < 0 ? -1 : text_cmp(item_words(*x), item_words(*y));
}

enum { NAMED = 2 /* of those that come or go */ };

/* "8 adds 5 today, 240,000 EUR: Acme, Basalt, 3 more"; NULL: none. */
static const char *moved_line(const struct trial *t, size_t value, const char *verb,
                              const found_items *items) {
  struct stake s = {0};
  size_t n = items->n;
  if (!n) return NULL;
  for (size_t i = 0; i < n; i++) stake_add(&s, items->v[i], t->a);
  qsort(items->v, n, sizeof *items->v, by_worth);
  const char *money = stake_money(&s, false, t->a), *names = "";
  for (size_t i = 0; i < n && i < NAMED; i++)
    names = arena_printf(t->a, "%s%s%s", names, i ? ", " : "", item_words(items->v[i]));
  if (n > NAMED) names = arena_printf(t->a, "%s, %zu more", names, n - NAMED);
  return arena_printf(t->a, "%s %s %zu%s%s%s: %s", t->values.v[value].text, verb, n,
                      counting_day(t->c, t->a), *money ? ", " : "", money, names);
}

static const struct item *as_item(const struct rule_verdict *r, const struct hit *h,
                                  struct arena *a) {
  struct item *i = NEW(a, struct item);
  *i = (struct item){.state = ITEM_OPEN,
                     .rule_gone = DAY_NONE,
                     .rule = r->rule,
                     .entity = r->entity,
                     .key = h->key,
                     .label = h->label,
                     .worth = h->worth,
                     .worth_of = r->worth_name,
                     .worth_entity = r->worth_entity,
                     .worth_key = h->worth_key};
  return i;
}

/* What the rules that use the threshold act on. */
static struct map acted_on(const struct trial *t, const struct verdicts *v) {
  struct map out = {0};
  for (size_t r = 0; r < v->n_rules; r++)
    for (size_t k = 0; k < t->rules.n; k++) {
      if (strcmp(t->rules.v[k], v->rules[r].rule) != 0) continue;
      for (size_t h = 0; h < v->rules[r].n_hits; h++) {
        const struct hit *hit = &v->rules[r].hits[h];
        map_put(&out, t->a, arena_join(t->a, v->rules[r].rule, "\n", hit->key ? hit->key : ""),
                (void *)(uintptr_t)as_item(&v->rules[r], hit, t->a));
      }
    }
  return out;
}

/* Those of one that the other lacks. */
static found_items only_in(const struct trial *t, const struct map *in, const struct map *not_in) {
  found_items out = {0};
  for (size_t i = 0; i < in->cap; i++)
    if (in->slots[i].key && !map_get(not_in, in->slots[i].key))
      VEC_PUSH(t->a, &out, in->slots[i].value);
  return out;
}

static void add_moved(const struct trial *t, size_t value, const struct map *was,
                      const struct map *is, json_t *titles) {
  found_items more = only_in(t, is, was), fewer = only_in(t, was, is);
  const char *adds = moved_line(t, value, "adds", &more);
  const char *drops = moved_line(t, value, "drops", &fewer);
  if (adds) json_array_append_new(titles, json_string(adds));
  if (drops) json_array_append_new(titles, json_string(drops));
}

/* All values on the last day, in one pass. */
static void judge_values(const struct trial *t, json_t *titles) {
  struct judge_entry *entries = NEW_N(t->a, struct judge_entry, t->values.n + 1);
  struct map *acted = NEW_N(t->a, struct map, t->values.n + 1);
  struct diags unheard = {.arena = t->a};
  for (size_t i = 0; i < t->values.n; i++)
    entries[i] = (struct judge_entry){
        .rs = t->policies[i], .day = t->c->day, .want = WANT_RULES | WANT_TARGETS, .arena = t->a};
  struct judgement *j = judge_begin(&(struct judge_request){.dataset = t->c->dataset,
                                                            .entries = entries,
                                                            .n_entries = t->values.n,
                                                            .plan = plan_new(entries[0].rs, t->a),
                                                            .arena = t->a});
  for (size_t i = 0; i < t->values.n; i++) {
    struct verdicts *v;
    if (!judge_next(j, &v, &unheard)) break;
    acted[i] = acted_on(t, v);
    if (i) add_moved(t, i, &acted[0], &acted[i], titles);
  }
  judge_end(j);
}

/* ---- one threshold -------------------------------------------------------------------------- */

static void try_values(struct trial *t, const struct committed *before) {
  const struct threshold *th = t->what.threshold;
  t->rules = threshold_use(t->c->x->rs, th, t->a).rules;
  if (!t->rules.n) return;
  choose_values(t, before);
  if (!t->values.n || !live(t)) return;
  json_t *titles = json_array(), *others = json_array();
  json_array_append_new(titles, json_string(counts_line(t)));
  for (size_t i = 1; i < t->values.n; i++)
    json_array_append_new(others, json_string(t->values.v[i].text));
  judge_values(t, titles);
  job_write(t->c->to, json_pack("{s:{s:{s:o, s:o}}}", "thresholds", th->name, "titles", titles,
                                "others", others));
}

/* ---- which ---------------------------------------------------------------------------------- */

struct near_threshold {
  const struct threshold *threshold;
  size_t away; /* bytes from the last edit */
};

static int by_distance(const void *a, const void *b) {
  const struct near_threshold *x = a, *y = b;
  return x->away < y->away ? -1 : x->away > y->away;
}

/* Where in the file somebody typed; SIZE_MAX: it is not open. */
static const struct document *document_of(const struct counting *c, const struct source *src) {
  return editor_document_by_id(c->e, c->x->ids[src->order]);
}

/* Those of files that are open, the last one that was typed into first, from where that was. */
static size_t nearest(const struct counting *c, struct near_threshold *out) {
  const struct ruleset *rs = c->x->rs;
  size_t n = 0;
  for (size_t i = 0; i < rs->thresholds.n; i++) {
    const struct threshold *th = rs->thresholds.v[i];
    const struct document *d = document_of(c, th->span.src);
    if (!d) continue;
    size_t away = d->touched > th->span.at ? d->touched - th->span.at : th->span.at - d->touched;
    if (d->stamp != c->e->stamp) away += SOURCE_MAX;
    out[n++] = (struct near_threshold){th, away};
  }
  qsort(out, n, sizeof *out, by_distance);
  return n < EDITOR_THRESHOLDS_TRIED ? n : EDITOR_THRESHOLDS_TRIED;
}

void count_thresholds(struct counting *c) {
  struct near_threshold *list = NEW_N(c->a, struct near_threshold, c->x->rs->thresholds.n + 1);
  size_t n = nearest(c, list);
  struct committed before = {0};
  if (n && !committed_read(c->x, c->a, &before)) before.rs = NULL;
  for (size_t i = 0; i < n; i++) {
    struct trial t = {.c = c, .a = arena_new()};
    struct diags unheard = {.arena = t.a};
    if (tuning_of(c->x->rs, list[i].threshold->name, NULL, c->today, t.a, &t.what, &unheard))
      try_values(&t, &before);
    arena_free(t.a);
  }
}
