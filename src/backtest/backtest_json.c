/* In: a backtest. Out: one JSON document. */
#include <jansson.h>
#include <math.h>

#include "action/value_json.h"
#include "backtest/backtest_json.h"
#include "backtest/backtest_text.h"

static json_t *duration_json(struct duration d) {
  char buf[16];
  return d.n ? json_string(duration_text(d, buf)) : json_null();
}

static json_t *share_json(long part, long whole) {
  return whole ? json_real((double)part / (double)whole) : json_null();
}

json_t *outcome_json(const struct backtest *b) {
  if (!b->outcome) return json_null();
  json_t *o = json_object();
  set_member(o, "condition", text_json(b->outcome->text));
  set_member(o, "entity", text_json(b->outcome->rule->entity->name));
  set_member(o, "within", duration_json(b->outcome->within));
  set_member(o, "notice", duration_json(b->notice));
  set_member(o, "onsets", json_integer(b->onsets));
  set_member(o, "row_days", json_integer(b->base.days));
  set_member(o, "base_rate", share_json(b->base.followed, b->base.days));
  set_member(o, "data_until", day_json(b->outcome->last));
  return o;
}

json_t *score_money_json(const struct score *s) {
  json_t *list = json_array();
  for (size_t m = 0; m < s->n_money; m++) {
    json_t *o = json_object();
    set_member(o, "measure", text_json(s->money[m].of->name));
    set_member(o, "currency", text_json(s->money[m].of->currency));
    set_member(o, "caught", value_json(&s->money[m].caught));
    set_member(o, "missed", value_json(&s->money[m].missed));
    json_array_append_new(list, o);
  }
  return list;
}

json_t *onsets_json(const struct backtest *b, const struct onset *const *onsets, size_t n) {
  json_t *list = json_array();
  for (size_t i = 0; i < n; i++) {
    const struct onset *on = onsets[i];
    json_t *o = json_object();
    set_member(o, "key", text_json(on->key));
    set_member(o, "label", text_json(on->label));
    set_member(o, "day", day_json(on->day));
    set_member(o, "worth",
               on->worth && b->outcome->measures.n ? value_json(&on->worth[0]) : json_null());
    json_array_append_new(list, o);
  }
  return list;
}

static void set_outcome(json_t *o, const struct backtest *b, const struct score *s) {
  json_t *lead = json_array();
  for (int q = 0; q < 3; q++) json_array_append_new(lead, json_integer(s->lead[q]));
  if (!s->caught) json_array_clear(lead);
  if (s->rule) {
    set_member(o, "right", json_integer(s->right));
    set_member(o, "wrong", json_integer(s->wrong));
    set_member(o, "after_the_fact", json_integer(s->after_the_fact));
    set_member(o, "too_early", json_integer(s->too_early));
    set_member(o, "precision", share_json(s->right, s->right + s->wrong));
  }
  set_member(o, "caught", json_integer(s->caught));
  set_member(o, "onsets", json_integer(s->onsets));
  set_member(o, "recall", share_json(s->caught, s->onsets));
  set_member(o, "lead_days", lead);
  set_member(o, "money", score_money_json(s));
  set_member(o, "missed", onsets_json(b, s->missed, s->n_missed));
}

json_t *score_json(const struct backtest *b, const struct score *s) {
  json_t *o = json_object();
  if (s->rule) set_member(o, "rule", text_json(s->rule));
  set_member(o, "opened", json_integer(s->opened));
  set_member(o, "carried_in", json_integer(s->carried_in));
  set_member(o, "open_median", json_integer(s->open_median));
  set_member(o, "open_max", json_integer(s->open_max));
  set_member(o, "open_max_day", s->open_max ? day_json(s->open_max_day) : json_null());
  set_member(o, "short_lived", json_integer(s->short_lived));
  set_member(o, "back_again", json_integer(s->back_again));
  set_member(o, "not_asked", json_integer(s->not_asked));
  if (b->outcome && (s->counts || !s->rule)) set_outcome(o, b, s);
  return o;
}

static json_t *loads_json(const struct backtest *b) {
  json_t *list = json_array();
  for (size_t i = 0; i < b->n_loads; i++) {
    const struct load *l = &b->loads[i];
    json_t *o = json_object();
    set_member(o, "owner", text_json(l->owner));
    set_member(o, "team", text_json(l->team));
    set_member(o, "capacity", json_integer(l->capacity));
    set_member(o, "median", json_integer(l->median));
    set_member(o, "max", json_integer(l->max));
    set_member(o, "max_day", l->max ? day_json(l->worst) : json_null());
    set_member(o, "weeks_over", json_integer(l->weeks_over));
    json_array_append_new(list, o);
  }
  return list;
}

static json_t *series_json(const struct backtest *b) {
  json_t *list = json_array();
  const struct replayed *r = b->replayed;
  for (size_t d = 0; d < r->days.n; d++)
    for (size_t k = 0; r->days.v[d].day >= b->from && k < r->n_rules; k++) {
      if (!r->days.v[d].open[k]) continue;
      json_t *o = json_object();
      set_member(o, "day", day_json(r->days.v[d].day));
      set_member(o, "rule", text_json(r->rules[k]));
      set_member(o, "open", json_integer(r->days.v[d].open[k]));
      json_array_append_new(list, o);
    }
  return list;
}

static json_t *late_json(const struct backtest *b) {
  json_t *list = json_array();
  for (size_t i = 0; i < b->late.n; i++) {
    const struct late_history *l = &b->late.v[i];
    json_t *o = json_object(), *keys = json_array();
    for (long k = 0; k < l->rows && k < LATE_KEYS_SHOWN; k++)
      json_array_append_new(keys, text_json(l->keys[k]));
    set_member(o, "entity", text_json(l->attr->entity->name));
    set_member(o, "history", text_json(l->attr->name));
    set_member(o, "rows", json_integer(l->rows));
    set_member(o, "begins", day_json(l->begins));
    set_member(o, "keys", keys);
    json_array_append_new(list, o);
  }
  return list;
}

json_t *backtest_json(const struct backtest *b) {
  json_t *doc = json_object(), *rules = json_array();
  for (size_t i = 0; i < b->n_rules; i++) json_array_append_new(rules, score_json(b, &b->rules[i]));
  set_member(doc, "from", day_json(b->from));
  set_member(doc, "to", day_json(b->to));
  set_member(doc, "every", json_string(b->every.unit == DUR_WEEK ? "week" : "day"));
  set_member(doc, "policy",
             b->policy_of == DAY_NONE ? json_string("of its day") : day_json(b->policy_of));
  set_member(doc, "handled", duration_json(b->handled));
  set_member(doc, "outcome", outcome_json(b));
  set_member(doc, "hindsight", b->hindsight ? names_json(b->hindsight) : json_array());
  set_member(doc, "late_histories", late_json(b));
  set_member(doc, "rules", rules);
  set_member(doc, "together", score_json(b, &b->together));
  set_member(doc, "owners", loads_json(b));
  set_member(doc, "series", series_json(b));
  return doc;
}

void print_backtest_json(FILE *f, const struct backtest *b) { json_print(f, backtest_json(b)); }
