/* What the rules give on this data. In: the verdicts of the day. Out: rules that never act, that
 * always do, that act on most rows, that open more than people can work, that cannot judge for
 * want of values. */
#include <string.h>

#include "action/decide.h"
#include "lint/data.h"
#include "base/text.h"

enum { HITS_LEAST = 3, MOST_PERCENT = 50, ROWS_LEAST = 10, MISSING_PERCENT = 20 };

typedef void (*verdict_check)(struct lint *l, const struct rule *r, const struct rule_verdict *v,
                              size_t i);

static void each_verdict(struct lint *l, verdict_check check) {
  const struct verdicts *v = l->data->verdicts;
  for (size_t i = 0; v && i < v->n_rules; i++) {
    const struct rule *r = rule_named(l->rs, v->rules[i].rule);
    if (r) check(l, r, &v->rules[i], i);
  }
}

static void check_never(struct lint *l, const struct rule *r, const struct rule_verdict *v,
                        size_t i) {
  if (l->data->fired[i] || !v->rows) return;
  struct diag *d =
      lint_tell(l, rule_span(r),
                "%s acts on none of %s %s, neither on the day nor on %d days of the year before",
                rule_title(l, r), grouped_count(v->rows, l->a), rule_rows(r, v->rows, l->a),
                l->data->days_looked_at - 1);
  lint_help(l, d,
            "see whether its numbers and texts are right; `vigie explain` shows the value of every "
            "part for a row");
}

/* Of the company and of groups, which are few, V1309 says nothing. */
static void check_always(struct lint *l, const struct rule *r, const struct rule_verdict *v,
                         size_t i) {
  if (!l->data->always[i] || v->rows >= ROWS_LEAST) return;
  const char *rows = v->rows == 1
                         ? ""
                         : arena_printf(l->a, " on all of %s %s,", grouped_count(v->rows, l->a),
                                        rule_rows(r, v->rows, l->a));
  struct diag *d = lint_tell(l, rule_span(r),
                             "%s acts%s on the day and on all %d days of the year before that were "
                             "looked at",
                             rule_title(l, r), rows, l->data->days_looked_at - 1);
  lint_help(l, d,
            "see whether its number and its sign are right: an alarm that never ends is none");
}

static void check_most(struct lint *l, const struct rule *r, const struct rule_verdict *v,
                       size_t i) {
  (void)i;
  if (v->rows < ROWS_LEAST || (long)v->n_hits * 100 <= v->rows * MOST_PERCENT) return;
  struct diag *d = lint_tell(l, rule_span(r), "%s acts on %s of %s %s", rule_title(l, r),
                             grouped_count((long)v->n_hits, l->a), grouped_count(v->rows, l->a),
                             rule_rows(r, v->rows, l->a));
  lint_help(l, d, "what is true of most is no alarm: narrow the condition, or make it a KPI");
}

static void check_open(struct lint *l, const struct rule *r, const struct rule_verdict *v,
                       size_t i) {
  (void)i;
  if (l->options->max_open < 0 || (long)v->n_hits <= l->options->max_open) return;
  struct diag *d = lint_tell(
      l, rule_span(r), "%s would have %s items open, and --max-open allows %s", rule_title(l, r),
      grouped_count((long)v->n_hits, l->a), grouped_count(l->options->max_open, l->a));
  lint_help(l, d, "narrow the condition, or raise the limit if the team can work that many");
}

/* worth arr - list: what is at stake is less than nothing. */
static void check_worth(struct lint *l, const struct rule *r, const struct rule_verdict *v,
                        size_t i) {
  (void)i;
  long below = 0, known = 0, some = 0, hits = (long)v->n_hits;
  for (size_t k = 0; r->worth && k < v->n_hits; k++) {
    known += v->hits[k].worth.known;
    below += v->hits[k].worth.known && v->hits[k].worth.num < 0;
    some += v->hits[k].worth.known && v->hits[k].worth.num != 0;
  }
  if (r->worth && r->worth->src && hits >= HITS_LEAST && !some) {
    struct diag *d =
        lint_tell(l, r->worth->src->span,
                  "what is at stake is 0 or unknown for each of the %s %s that %s acts on",
                  grouped_count(hits, l->a), rule_rows(r, hits, l->a), rule_title(l, r));
    lint_help(l, d, "name what such a row may lose or bring");
    return;
  }
  if (!known || below * 2 < known || !r->worth->src) return;
  struct diag *d = lint_tell(l, r->worth->src->span,
                             "what is at stake is below zero for %s of the %s %s that %s acts on",
                             grouped_count(below, l->a), grouped_count(known, l->a),
                             rule_rows(r, known, l->a), rule_title(l, r));
  lint_help(l, d, "turn the difference around, or name what may be lost");
}

static void check_today(struct lint *l, const struct rule *r, const struct rule_verdict *v,
                        size_t i) {
  (void)i;
  lint_tell(l, rule_span(r), "%s would have %s %s open, of %s %s", rule_title(l, r),
            grouped_count((long)v->n_hits, l->a), plural(v->n_hits, "item", "items"),
            grouped_count(v->rows, l->a), rule_rows(r, v->rows, l->a));
}

/* "`health` in 8 of them and `mrr` in 3": the two that are missing most often. */
static const char *missing_words(struct lint *l, const struct rule_verdict *v) {
  const char *words = NULL;
  for (size_t k = 0, told = 0; k < v->n_missing && told < 2; k++) {
    const struct missing *m = &v->missing[k];
    if (m->name == MISSING_NO_INPUT) continue;
    const char *one =
        arena_printf(l->a, "`%s` is missing in %s", m->name, grouped_count(m->rows, l->a));
    words = told++ ? arena_printf(l->a, "%s, %s", words, one) : one;
  }
  return words;
}

/* A row without its last day goes on: that it has none is no gap of the data. */
static bool is_open_end(const struct rule *r, const char *name) {
  const struct entity *e = r->entity;
  for (size_t i = 0; e && e->life.until && i < e->attrs.n; i++) {
    const struct attr *at = e->attrs.v[i];
    if (at->kind == ATTR_COLUMN && strcmp(at->name, name) == 0)
      return strcmp(at->column, e->life.until) == 0;
  }
  return false;
}

/* Rows that cannot be judged for another reason than that they have no end. */
static long not_judged(const struct rule *r, const struct rule_verdict *v) {
  long n = v->unknown;
  for (size_t k = 0; k < v->n_missing; k++)
    if (v->missing[k].name != MISSING_NO_INPUT && is_open_end(r, v->missing[k].name))
      n -= v->missing[k].rows;
  return n;
}

static void check_missing(struct lint *l, const struct rule *r, const struct rule_verdict *v,
                          size_t i) {
  (void)i;
  if (v->rows < ROWS_LEAST || not_judged(r, v) * 100 <= v->rows * MISSING_PERCENT ||
      !v->report_unknown)
    return;
  const char *words = missing_words(l, v);
  struct diag *d = lint_tell(
      l, rule_span(r), "%s has not enough data for %s of %s %s: %s", rule_title(l, r),
      grouped_count(v->unknown, l->a), grouped_count(v->rows, l->a), rule_rows(r, v->rows, l->a),
      words ? words
            : "nothing is missing, but a formula has no value there, as in a division by 0");
  lint_help(l, d,
            words
                ? "fill the data, say what stands in for it with `else`, or say: if unknown ignore"
                : "say what stands in for the formula: (… else 0); or: if unknown ignore");
}

/* One day alone tells nothing. */
void lint_never_acts(struct lint *l) {
  if (l->data->days_looked_at > 1) each_verdict(l, check_never);
}
void lint_always_acts(struct lint *l) {
  if (l->data->days_looked_at > 1) each_verdict(l, check_always);
}
void lint_acts_on_most(struct lint *l) { each_verdict(l, check_most); }
void lint_too_many_open(struct lint *l) { each_verdict(l, check_open); }
void lint_items_today(struct lint *l) { each_verdict(l, check_today); }
void lint_values_missing(struct lint *l) { each_verdict(l, check_missing); }

/* ---- capacity ------------------------------------------------------------------------- */

struct owner_load {
  const char *owner;
  long items;
};

struct team_load {
  struct lint *l;
  const struct team *team;
  VEC(struct owner_load) loads;
  struct map by_owner; /* index + 1 */
};

static void add_load(struct team_load *x, const char *owner) {
  size_t at = (size_t)(uintptr_t)map_get(&x->by_owner, owner);
  if (!at) {
    VEC_PUSH(x->l->a, &x->loads, ((struct owner_load){owner, 0}));
    at = x->loads.n;
    map_put(&x->by_owner, x->l->a, owner, (void *)(uintptr_t)at);
  }
  x->loads.v[at - 1].items++;
}

static bool is_team(const struct team_load *x, const char *name) {
  return name && strcmp(name, x->team->name) == 0;
}

static void load_rows(struct team_load *x) {
  const struct verdicts *v = x->l->data->verdicts;
  for (size_t i = 0; i < v->n_rules; i++)
    for (size_t k = 0; is_team(x, v->rules[i].team) && k < v->rules[i].n_hits; k++)
      if (v->rules[i].hits[k].owner) add_load(x, v->rules[i].hits[k].owner);
}

/* Who takes turns is decided when items open: as a first run would share them out. */
static void load_turns(struct team_load *x) {
  struct decision d;
  decide(&(struct deciding){.today = x->l->data->verdicts}, x->l->a, &d);
  for (size_t i = 0; i < d.n_items; i++)
    if (d.items[i].owner && is_team(x, d.items[i].team)) add_load(x, d.items[i].owner);
}

static void check_team(struct lint *l, const struct team *t) {
  const struct verdicts *v = l->data->verdicts;
  const struct team_facts *facts = team_named(v->teams, v->n_teams, t->name);
  struct team_load x = {.l = l, .team = t};
  if (facts && facts->in_turn)
    load_turns(&x);
  else
    load_rows(&x);
  const struct owner_load *most = NULL;
  size_t above = 0;
  for (size_t i = 0; i < x.loads.n; i++) {
    above += x.loads.v[i].items > t->capacity;
    if (!most || x.loads.v[i].items > most->items) most = &x.loads.v[i];
  }
  if (!above) return;
  struct diag *d =
      lint_tell(l, t->span, "one person of team %s can hold %d items, and %s would have %ld",
                t->name, t->capacity, most->owner, most->items);
  if (above > 1) lint_note(l, d, t->span, "%zu people would have too many", above);
  lint_help(l, d,
            "narrow the rules that assign to %s, share the rows out, or raise the capacity if it "
            "is too low",
            t->name);
}

void lint_capacity_exceeded(struct lint *l) {
  for (size_t i = 0; l->data->verdicts && i < l->rs->teams.n; i++)
    if (l->rs->teams.v[i]->capacity) check_team(l, l->rs->teams.v[i]);
}
void lint_worth_below_zero(struct lint *l) { each_verdict(l, check_worth); }
