/* In: a threshold that was varied. Out: one JSON document. */
#include <string.h>

#include "action/value_json.h"
#include "backtest/backtest_json.h"
#include "backtest/tune_text.h"

static void put_json(json_t *o, const char *name, json_t *value) {
  json_object_set_new(o, name, value);
}

static json_t *ratio_json(long part, long whole) {
  return whole ? json_real((double)part / (double)whole) : json_null();
}

/* The scores of the rules that use the threshold. */
static json_t *used_rules_json(const struct tune *t, const struct tuned *v) {
  json_t *list = json_array();
  for (size_t i = 0; i < v->backtest.n_rules; i++)
    for (size_t k = 0; k < t->use.rules.n; k++)
      if (strcmp(v->backtest.rules[i].rule, t->use.rules.v[k]) == 0)
        json_array_append_new(list, score_json(&v->backtest, &v->backtest.rules[i]));
  return list;
}

static json_t *part_json(const struct part_score *p, bool outcome) {
  json_t *o = json_object();
  put_json(o, "opened", json_integer(p->opened_used));
  if (!outcome) return o;
  put_json(o, "onsets", json_integer(p->onsets));
  put_json(o, "caught", json_integer(p->caught));
  return o;
}

static json_t *tuned_json(const struct tune *t, const struct tuned *v) {
  const struct score *all = &v->backtest.together;
  bool outcome = v->backtest.outcome != NULL;
  json_t *o = json_object(), *parts = json_object();
  put_json(o, "value", text_json(v->value->text));
  put_json(o, "rules", used_rules_json(t, v));
  put_json(o, "opened", json_integer(v->used.opened));
  put_json(o, "carried_in", json_integer(v->used.carried_in));
  put_json(o, "opened_by_any", json_integer(all->opened));
  put_json(o, "weeks_over", json_integer(v->weeks_over));
  put_json(o, "late", t->closed ? json_integer(v->late) : json_null());
  put_json(o, "had_time", json_integer(v->had_time));
  put_json(o, "closed", json_integer(v->closed));
  put_json(o, "precision",
           outcome ? ratio_json(v->used.right, v->used.right + v->used.wrong) : json_null());
  put_json(o, "recall", outcome ? ratio_json(all->caught, all->onsets) : json_null());
  put_json(o, "caught", outcome ? json_integer(v->used.caught) : json_null());
  put_json(o, "caught_by_any", outcome ? json_integer(all->caught) : json_null());
  put_json(o, "money", outcome ? score_money_json(all) : json_array());
  put_json(parts, "first_two_thirds", part_json(&v->parts[PART_FIRST], outcome));
  put_json(parts, "last_third", part_json(&v->parts[PART_LAST], outcome));
  put_json(o, "parts", parts);
  return o;
}

static json_t *text_of_value(const struct tune *t, size_t i) {
  return i == NO_VALUE ? json_null() : text_json(t->values[i].value->text);
}

void print_tune_json(FILE *f, const struct tune *t, struct arena *a) {
  const struct backtest *b = &t->values[t->today].backtest;
  const struct threshold_line *scope = &t->what->scope;
  json_t *doc = json_object(), *values = json_array();
  for (size_t i = 0; i < t->n; i++) json_array_append_new(values, tuned_json(t, &t->values[i]));
  put_json(doc, "threshold", text_json(t->what->threshold->name));
  put_json(doc, "segment", scope->segment ? text_json(scope->segment->name) : json_null());
  if (scope->entries.n) put_json(doc, "entries", names_json(&scope->entries));
  put_json(doc, "today", text_json(t->what->written));
  put_json(doc, "from", day_json(b->from));
  put_json(doc, "to", day_json(b->to));
  put_json(doc, "every", json_string(b->every.unit == DUR_WEEK ? "week" : "day"));
  put_json(doc, "last_third_from", day_json(t->last_part));
  put_json(doc, "outcome", outcome_json(b));
  put_json(doc, "rules", names_json(&t->use.rules));
  put_json(doc, "colors", names_json(&t->use.colors));
  put_json(doc, "deadlines", names_json(&t->use.deadlines));
  put_json(doc, "done_items", json_integer(t->closed));
  put_json(doc, "hindsight", b->hindsight ? names_json(b->hindsight) : json_array());
  put_json(doc, "values", values);
  put_json(doc, "candidate", text_of_value(t, t->candidate));
  put_json(doc, "knee", text_of_value(t, t->knee));
  put_json(doc, "why", text_json(tune_why(t, a)));
  json_print(f, doc);
}
