/* In: a condition, a rule set, a dataset. Out: on which day it began to be true of which row. */
#include "backtest/outcome.h"

#include <string.h>

#include "base/check.h"
#include "base/source.h"
#include "base/text.h"
#include "data/column.h"
#include "eval/results.h"
#include "eval/row_key.h"

/* No rule of a company calls its team so: the name is not one that people write. */
#define TEAM "outcome_of_backtest"

const char *outcome_source(const char *condition, struct arena *a) {
  return arena_printf(
      a, "%s\n  -> assign " TEAM "\nteam " TEAM "\n  assigns \"nobody@localhost\"\n", condition);
}

static void drop_team(struct ruleset *rs) {
  for (size_t i = 0; i < rs->teams.n; i++) {
    if (strcmp(rs->teams.v[i]->name, TEAM) != 0) continue;
    memmove(&rs->teams.v[i], &rs->teams.v[i + 1], (rs->teams.n - i - 1) * sizeof *rs->teams.v);
    rs->teams.n--;
    return;
  }
}

struct rule *outcome_take(struct ruleset *rs, struct diags *problems) {
  struct rule *found = NULL;
  for (size_t i = 0; i < rs->rules.n; i++) {
    struct rule *r = rs->rules.v[i];
    if (!r->span.src || strcmp(r->span.src->path, OUTCOME_SOURCE) != 0) continue;
    memmove(&rs->rules.v[i], &rs->rules.v[i + 1], (rs->rules.n - i - 1) * sizeof *rs->rules.v);
    rs->rules.n--;
    found = r;
    break;
  }
  CHECK(found); /* files without errors have all their rules */
  drop_team(rs);
  if (found->entity) return found;
  diag_add(problems, V0704, NO_SPAN,
           "--outcome has to be about rows, such as accounts, and this is about %s: name an "
           "attribute or a KPI of an entity, as in --outcome \"mrr = 0\"",
           found->dims.n ? "groups" : "the company");
  return NULL;
}

/* ---- the truth of each day ---------------------------------------------------------------- */

enum known { NEVER_KNOWN, WAS_FALSE, WAS_TRUE };

static uint64_t *copy_bits(const uint64_t *from, size_t n, struct arena *a) {
  uint64_t *out = NEW_N(a, uint64_t, bit_words(n) + 1);
  if (n) memcpy(out, from, bit_words(n) * sizeof *out);
  return out;
}

static const char *key_of(struct condition *c, struct evaluation *ev, int32_t row,
                          struct arena *a) {
  const char *key = evaluation_row_key(ev, c->domain, row, a);
  if (!map_get(&c->rows, key)) map_put(&c->rows, a, key, (void *)(intptr_t)(row + 1));
  return key;
}

static void add_onset(struct condition *c, const char *key, int32_t row, day_t day,
                      struct arena *a) {
  struct onset o = {.row = row, .day = day, .key = key, .label = key, NULL, NO_ONSET, NO_ONSET};
  size_t at = c->onsets.n;
  intptr_t first = (intptr_t)map_get(&c->first_of, key);
  if (!first) {
    map_put(&c->first_of, a, key, (void *)(intptr_t)(at + 1));
  } else {
    size_t last = (size_t)first - 1;
    while (c->onsets.v[last].later != NO_ONSET) last = c->onsets.v[last].later;
    c->onsets.v[last].later = at;
    o.earlier = last;
  }
  VEC_PUSH(a, &c->onsets, o);
}

static void take_day(struct condition *c, const struct verdicts *v, unsigned char *known,
                     struct arena *a) {
  struct row_truth t = verdicts_truth(v, 0);
  size_t at = (size_t)(v->as_of - c->first);
  c->yes[at] = copy_bits(t.yes, t.n_rows, a);
  c->no[at] = NEW_N(a, uint64_t, bit_words(t.n_rows) + 1);
  for (size_t w = 0; w < bit_words(t.n_rows); w++) c->no[at][w] = t.no[w] & t.present[w];
  for (size_t row = 0; row < t.n_rows; row++) {
    if (bit_get(c->yes[at], row)) {
      if (known[row] == WAS_TRUE) continue;
      const char *key = key_of(c, verdicts_evaluation(v), (int32_t)row, a);
      if (known[row] == WAS_FALSE) add_onset(c, key, (int32_t)row, v->as_of, a);
      known[row] = WAS_TRUE;
    } else if (bit_get(c->no[at], row)) {
      known[row] = WAS_FALSE;
    }
  }
}

bool outcome_find(struct condition *c, struct ruleset *rs, struct dataset *dataset, struct arena *a,
                  struct diags *problems) {
  struct arena *passing = arena_new();
  size_t n = (size_t)(c->last - c->first + 1);
  struct judge_entry *entries = NEW_N(passing, struct judge_entry, n);
  unsigned char *known = NULL;
  struct verdicts *v;
  bool good = true;
  c->calendar = &rs->calendar;
  c->yes = NEW_N(a, uint64_t *, n);
  c->no = NEW_N(a, uint64_t *, n);
  for (size_t i = 0; i < n; i++)
    entries[i] = (struct judge_entry){
        .rs = rs, .day = c->first + (day_t)i, .want = WANT_TRUTH, .rule = c->rule};
  struct judgement *j = judge_begin(&(struct judge_request){.dataset = dataset,
                                                            .entries = entries,
                                                            .n_entries = n,
                                                            .plan = plan_new(rs, passing),
                                                            .arena = passing});
  while (good && judge_left(j)) {
    good = judge_next(j, &v, problems);
    if (!good) break;
    struct row_truth t = verdicts_truth(v, 0);
    if (!known) known = NEW_N(passing, unsigned char, t.n_rows + 1);
    CHECK(!c->n_rows || c->n_rows == t.n_rows); /* a row has one place on all days */
    c->n_rows = t.n_rows;
    c->domain = t.domain;
    take_day(c, v, known, a);
  }
  judge_end(j);
  arena_free(passing);
  return good;
}

/* ---- what is asked of it -------------------------------------------------------------------- */

const struct onset *outcome_after(const struct condition *c, const char *key, day_t day) {
  intptr_t first = key ? (intptr_t)map_get(&c->first_of, key) : 0;
  for (size_t at = first ? (size_t)first - 1 : NO_ONSET; at != NO_ONSET; at = c->onsets.v[at].later)
    if (c->onsets.v[at].day > day) return &c->onsets.v[at];
  return NULL;
}

bool outcome_true(const struct condition *c, const char *key, day_t day) {
  intptr_t row = key ? (intptr_t)map_get(&c->rows, key) : 0;
  if (!row || day < c->first || day > c->last) return false;
  return bit_get(c->yes[day - c->first], (size_t)row - 1);
}

static bool in_time(const struct condition *c, day_t day, day_t onset) {
  return onset > day && day_shift(c->calendar, day, c->within, 1) >= onset;
}

struct base_rate outcome_base_rate(const struct condition *c, day_t from, day_t to) {
  struct base_rate b = {0};
  if (from < c->first) from = c->first;
  while (to >= from && day_shift(c->calendar, to, c->within, 1) > c->last) to--;
  for (day_t d = from; d <= to; d++)
    for (size_t w = 0; w < bit_words(c->n_rows); w++)
      b.days += __builtin_popcountll(c->no[d - c->first][w]);
  for (size_t i = 0; i < c->onsets.n; i++) {
    const struct onset *o = &c->onsets.v[i];
    day_t since = o->earlier == NO_ONSET ? from : c->onsets.v[o->earlier].day;
    for (day_t d = o->day - 1 < to ? o->day - 1 : to; d >= from && d >= since; d--) {
      if (!in_time(c, d, o->day)) break;
      b.followed += bit_get(c->no[d - c->first], (size_t)o->row);
    }
  }
  return b;
}

/* ---- money -------------------------------------------------------------------------------- */

bool outcome_has_measure(const struct condition *c, const struct rule *r,
                         const struct outcome_measure *of) {
  const struct type *t = r->worth ? &r->worth->type : NULL;
  if (!r->entity || strcmp(r->entity->name, c->rule->entity->name) != 0 || !t || !r->measure.name ||
      t->currency == CURRENCY_OWN)
    return false;
  return strcmp(r->measure.name, of->name) == 0 && same_text(t->currency, of->currency);
}

void outcome_measures(struct condition *c, struct ruleset *rs, struct arena *a) {
  for (size_t i = 0; i < rs->rules.n; i++) {
    const struct rule *r = rs->rules.v[i];
    if (!r->worth || !r->measure.name) continue;
    struct outcome_measure of = {rs, r, r->measure.name, r->worth->type.currency};
    bool known = !outcome_has_measure(c, r, &of);
    for (size_t k = 0; k < c->measures.n; k++)
      known |= outcome_has_measure(c, r, &c->measures.v[k]);
    if (!known) VEC_PUSH(a, &c->measures, of);
  }
}
