/* In: the items of a replay and the onsets of an outcome. Out: how right each rule was, what it
 * caught, what it missed, who had too much. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "backtest/backtest.h"
#include "base/check.h"

void share_range(long part, long whole, double *low, double *high) {
  const double z = 1.959963984540054;
  double n = (double)whole, p = (double)part / n, z2 = z * z;
  double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
  double half = z * sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n);
  *low = fmax(middle - half, 0); /* of 0 and of all, rounding would go past them */
  *high = fmin(middle + half, 1);
}

static int by_size(const void *pa, const void *pb) {
  long a = *(const long *)pa, b = *(const long *)pb;
  return a < b ? -1 : a > b;
}

/* Of sorted numbers, by nearest rank; 0 of none. */
static long quantile(const long *sorted, size_t n, double q) {
  if (!n) return 0;
  size_t rank = (size_t)ceil(q * (double)n);
  return sorted[rank ? rank - 1 : 0];
}

/* Is the rule one that the score counts? */
static bool is_counted(const struct score *s, const char *rule) {
  if (s->rule) return strcmp(s->rule, rule) == 0;
  for (size_t i = 0; s->of && i < s->of->n; i++)
    if (strcmp(s->of->v[i], rule) == 0) return true;
  return !s->of;
}

/* The row of the outcome's entity that an item is about; NULL: none. */
static const char *row_of(const struct condition *c, const struct past_item *i) {
  const char *entity = c->rule->entity->name;
  if (strcmp(i->entity, entity) == 0) return i->key;
  return i->account_entity && strcmp(i->account_entity, entity) == 0 ? i->account_key : NULL;
}

static day_t window_end(const struct condition *c, day_t from) {
  return day_shift(c->calendar, from, c->within, 1);
}

/* ---- right or wrong --------------------------------------------------------------------- */

static void judge_item(const struct backtest *b, const struct past_item *i, struct score *s) {
  const struct condition *c = b->outcome;
  const char *row = row_of(c, i);
  if (!row) return;
  if (outcome_true(c, row, i->opened)) {
    s->wrong++;
    s->after_the_fact++;
    return;
  }
  const struct onset *o = outcome_after(c, row, i->opened);
  day_t window = window_end(c, i->opened);
  /* of what lives at the end of the span, nobody knows how long it would have */
  bool lives = o && o->day <= (i->closed == DAY_NONE ? b->to : i->closed);
  if (o && (o->day <= window || lives))
    s->right++;
  else if (window > c->last)
    s->too_early++;
  else
    s->wrong++;
}

/* ---- what was caught -------------------------------------------------------------------- */

/* Items of one row, in the order in which they opened. */
struct row_items {
  VEC(const struct past_item *) v;
};

static struct map items_by_row(const struct backtest *b, struct arena *a) {
  struct map rows = {0};
  for (size_t i = 0; i < b->replayed->items.n; i++) {
    const struct past_item *it = &b->replayed->items.v[i];
    const char *row = row_of(b->outcome, it);
    if (!row) continue;
    struct row_items *of = map_get(&rows, row);
    if (!of) map_put(&rows, a, row, of = NEW(a, struct row_items));
    VEC_PUSH(a, &of->v, it);
  }
  return rows;
}

/* Did the item tell of the onset in time? */
static bool tells(const struct backtest *b, const struct past_item *i, const struct onset *o) {
  const struct condition *c = b->outcome;
  if (day_shift(c->calendar, i->opened, b->notice, 1) > o->day) return false;
  return window_end(c, i->opened) >= o->day || i->closed == DAY_NONE || i->closed >= o->day;
}

/* The earliest item that told of it, of the rules that the score counts; NULL: none. */
static const struct past_item *teller(const struct backtest *b, const struct map *rows,
                                      const struct score *s, const struct onset *o) {
  const struct row_items *of = map_get(rows, o->key);
  for (size_t i = 0; of && i < of->v.n; i++)
    if (is_counted(s, of->v.v[i]->rule) && tells(b, of->v.v[i], o)) return of->v.v[i];
  return NULL;
}

static void add_money(struct score *s, const struct condition *c, const struct onset *o,
                      bool caught) {
  for (size_t m = 0; o->worth && m < s->n_money; m++) {
    const struct value *v = &o->worth[s->money[m].of - c->measures.v];
    struct value *sum = caught ? &s->money[m].caught : &s->money[m].missed;
    if (v->known) sum->num += v->num;
  }
}

static double most_money(const struct onset *o, size_t n) {
  double most = -1;
  for (size_t m = 0; o->worth && m < n; m++)
    if (o->worth[m].known && o->worth[m].num > most) most = o->worth[m].num;
  return most;
}

struct case_of { /* a missed one, with the money that it is sorted by */
  const struct onset *onset;
  double money;
};

static int by_money(const void *pa, const void *pb) {
  const struct case_of *a = pa, *b = pb;
  if (a->money != b->money) return a->money > b->money ? -1 : 1;
  return strcmp(a->onset->key, b->onset->key);
}

static void sort_missed(struct score *s, size_t n_measures, struct arena *a) {
  struct case_of *cases = NEW_N(a, struct case_of, s->n_missed + 1);
  for (size_t i = 0; i < s->n_missed; i++)
    cases[i] = (struct case_of){s->missed[i], most_money(s->missed[i], n_measures)};
  if (s->n_missed) qsort(cases, s->n_missed, sizeof *cases, by_money);
  for (size_t i = 0; i < s->n_missed; i++) s->missed[i] = cases[i].onset;
}

static void count_caught(const struct backtest *b, const struct map *rows, struct score *s,
                         struct arena *a) {
  const struct condition *c = b->outcome;
  long *leads = NEW_N(a, long, c->onsets.n + 1);
  s->missed = NEW_N(a, const struct onset *, c->onsets.n + 1);
  for (size_t i = 0; i < c->onsets.n; i++) {
    const struct onset *o = &c->onsets.v[i];
    if (o->day < b->from || o->day > b->to) continue;
    const struct past_item *first = teller(b, rows, s, o);
    s->onsets++;
    if (first)
      leads[s->caught++] = o->day - first->opened;
    else
      s->missed[s->n_missed++] = o;
    add_money(s, c, o, first != NULL);
  }
  if (s->caught) qsort(leads, (size_t)s->caught, sizeof *leads, by_size);
  for (int q = 0; q < 3; q++) s->lead[q] = quantile(leads, (size_t)s->caught, 0.25 * (q + 1));
  sort_missed(s, c->measures.n, a);
}

/* ---- how often, how long ---------------------------------------------------------------- */

#define NO_ITEM ((size_t)-1)

static bool within_days(const struct backtest *b, day_t from, day_t to) {
  day_t most = SHORT_LIVED_DAYS, step = duration_days(b->every);
  return to - from <= (step > most ? step : most);
}

static bool closed_by_data(const struct past_item *i) {
  return i->closed != DAY_NONE && !item_state_by_person(i->state) && !i->not_asked;
}

/* Does the row open again so soon after the item closed that the value flaps? */
static bool comes_back(const struct backtest *b, const struct past_item *i, size_t next) {
  return next != NO_ITEM && within_days(b, i->closed, b->replayed->items.v[next].opened);
}

/* For each item the next one of its rule and row. */
static size_t *next_items(const struct replayed *r, struct arena *a) {
  struct map last = {0};
  size_t *next = NEW_N(a, size_t, r->items.n + 1);
  for (size_t i = 0; i < r->items.n; i++) {
    const struct past_item *it = &r->items.v[i];
    const char *name =
        arena_printf(a, "%s\n%s\n%s", it->rule, it->entity, it->key ? it->key : "\n");
    size_t before = (size_t)(uintptr_t)map_put(&last, a, name, (void *)(uintptr_t)(i + 1));
    next[i] = NO_ITEM;
    if (before) next[before - 1] = i;
  }
  return next;
}

static void count_open(const struct backtest *b, struct score *s, struct arena *a) {
  const struct replayed *r = b->replayed;
  long *open = NEW_N(a, long, r->days.n + 1);
  size_t n = 0;
  for (size_t d = 0; d < r->days.n; d++) {
    if (r->days.v[d].day < b->from) continue;
    long now = 0;
    for (size_t k = 0; k < r->n_rules; k++)
      if (is_counted(s, r->rules[k])) now += r->days.v[d].open[k];
    open[n++] = now;
    if (now <= s->open_max) continue;
    s->open_max = now;
    s->open_max_day = r->days.v[d].day;
  }
  if (n) qsort(open, n, sizeof *open, by_size);
  s->open_median = quantile(open, n, 0.5);
}

/* ---- a rule, and all -------------------------------------------------------------------- */

struct scoring {
  struct backtest *b;
  const struct ruleset *rs;
  struct map rows;    /* of the outcome: key -> its items */
  const size_t *next; /* by item */
  struct arena *a;
};

static bool lives_at(const struct past_item *i, day_t day) {
  return i->opened < day && (i->closed == DAY_NONE || i->closed >= day);
}

static void take_item(const struct scoring *x, size_t at, struct score *s) {
  const struct backtest *b = x->b;
  const struct past_item *i = &b->replayed->items.v[at];
  if (b->outcome && row_of(b->outcome, i)) s->counts = true;
  if (i->opened < b->from) {
    s->carried_in += lives_at(i, b->from);
    return;
  }
  s->opened++;
  s->not_asked += i->not_asked;
  if (closed_by_data(i)) {
    s->short_lived += within_days(b, i->opened, i->closed);
    s->back_again += comes_back(b, i, x->next[at]);
  }
  if (b->outcome) judge_item(b, i, s);
}

static bool has_measure(const struct scoring *x, const struct score *s,
                        const struct outcome_measure *of) {
  for (size_t i = 0; i < x->rs->rules.n; i++) {
    const struct rule *r = x->rs->rules.v[i];
    if (is_counted(s, r->name) && outcome_has_measure(x->b->outcome, r, of)) return true;
  }
  return false; /* of a rule of another policy */
}

/* The measures that a rule names (all, for the policy), with sums of nothing yet. */
static void set_money(const struct scoring *x, struct score *s) {
  const struct condition *c = x->b->outcome;
  s->money = NEW_N(x->a, struct backtest_money, c->measures.n + 1);
  for (size_t m = 0; m < c->measures.n; m++) {
    const struct outcome_measure *of = &c->measures.v[m];
    struct value none = {.known = true, .type = of->rule->worth->type};
    if (has_measure(x, s, of)) s->money[s->n_money++] = (struct backtest_money){of, none, none};
  }
}

static void score_outcome(const struct scoring *x, struct score *s) {
  if (!x->b->outcome) return;
  set_money(x, s);
  count_caught(x->b, &x->rows, s, x->a);
}

/* ---- who had how much ------------------------------------------------------------------- */

static day_t week_of(day_t d, const struct calendar *c) {
  return d - (day_weekday(d) - c->week_start + 7) % 7;
}

struct person_load {
  struct load l;
  VEC(long) demand; /* by day of the span on which there was any */
  day_t week;       /* the newest that was over */
};

static void take_queue(const struct scoring *x, struct person_load *p, const struct past_queue *q,
                       day_t day) {
  VEC_PUSH(x->a, &p->demand, q->demand);
  p->l.capacity = q->capacity;
  if (q->demand > p->l.max) {
    p->l.max = q->demand;
    p->l.worst = day;
  }
  day_t week = week_of(day, &x->rs->calendar);
  if (q->demand <= q->capacity || p->week == week) return;
  p->week = week;
  p->l.weeks_over++;
}

static int by_weeks_over(const void *pa, const void *pb) {
  const struct load *a = pa, *b = pb;
  if (a->weeks_over != b->weeks_over) return a->weeks_over > b->weeks_over ? -1 : 1;
  if (a->max != b->max) return a->max > b->max ? -1 : 1;
  int c = strcmp(a->team, b->team);
  return c ? c : strcmp(a->owner, b->owner);
}

/* The days without an item of theirs are 0 each. */
static long median_demand(struct person_load *p, size_t n_days, struct arena *a) {
  long *all = NEW_N(a, long, n_days + 1);
  memcpy(all, p->demand.v, p->demand.n * sizeof *all);
  qsort(all, n_days, sizeof *all, by_size);
  return quantile(all, n_days, 0.5);
}

static void score_loads(const struct scoring *x) {
  const struct replayed *r = x->b->replayed;
  struct map of = {0};
  VEC(struct person_load *) people = {0};
  size_t n_days = 0;
  for (size_t d = 0; d < r->days.n; d++) {
    const struct past_day *day = &r->days.v[d];
    if (day->day < x->b->from) continue;
    n_days++;
    for (size_t i = 0; i < day->n_queues; i++) {
      const struct past_queue *q = &day->queues[i];
      if (!q->capacity || !q->owner) continue;
      const char *name = arena_printf(x->a, "%s\n%s", q->team, q->owner);
      struct person_load *p = map_get(&of, name);
      if (!p) {
        map_put(&of, x->a, name, p = NEW(x->a, struct person_load));
        *p = (struct person_load){.l = {.team = q->team, .owner = q->owner}, .week = DAY_NONE};
        VEC_PUSH(x->a, &people, p);
      }
      take_queue(x, p, q, day->day);
    }
  }
  x->b->loads = NEW_N(x->a, struct load, people.n + 1);
  for (size_t i = 0; i < people.n; i++) {
    people.v[i]->l.median = median_demand(people.v[i], n_days, x->a);
    x->b->loads[x->b->n_loads++] = people.v[i]->l;
  }
  if (people.n) qsort(x->b->loads, people.n, sizeof *x->b->loads, by_weeks_over);
}

void backtest_score(struct backtest *b, const struct ruleset *rs, struct arena *a) {
  const struct replayed *r = b->replayed;
  struct scoring x = {.b = b, .rs = rs, .next = next_items(r, a), .a = a};
  struct map at = {0};
  if (b->outcome) x.rows = items_by_row(b, a);
  if (b->outcome) b->base = outcome_base_rate(b->outcome, b->from, b->to);
  b->rules = NEW_N(a, struct score, r->n_rules + 1);
  b->n_rules = r->n_rules;
  for (size_t k = 0; k < r->n_rules; k++) {
    b->rules[k].rule = r->rules[k];
    map_put(&at, a, r->rules[k], &b->rules[k]);
  }
  for (size_t i = 0; i < r->items.n; i++) {
    struct score *s = map_get(&at, r->items.v[i].rule);
    if (s) take_item(&x, i, s);
    take_item(&x, i, &b->together);
  }
  for (size_t k = 0; k < r->n_rules; k++) {
    score_outcome(&x, &b->rules[k]);
    count_open(b, &b->rules[k], a);
  }
  score_outcome(&x, &b->together);
  count_open(b, &b->together, a);
  b->onsets = b->together.onsets;
  score_loads(&x);
}

struct score backtest_score_rules(struct backtest *b, const struct ruleset *rs,
                                  const name_list *rules, struct arena *a) {
  struct scoring x = {.b = b, .rs = rs, .next = next_items(b->replayed, a), .a = a};
  struct score s = {.of = rules};
  if (b->outcome) x.rows = items_by_row(b, a);
  for (size_t i = 0; i < b->replayed->items.n; i++)
    if (is_counted(&s, b->replayed->items.v[i].rule)) take_item(&x, i, &s);
  score_outcome(&x, &s);
  count_open(b, &s, a);
  return s;
}
