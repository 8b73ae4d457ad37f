/* In: a difference. Out: one JSON document. */
#include <jansson.h>

#include "action/value_json.h"
#include "backtest/backtest_json.h"
#include "diff/diff.h"
#include "eval/row_key.h"

static json_t *meaning_json(const struct meaning *m) {
  static const char *const kinds[] = {"added", "removed", "changed", "renamed"};
  json_t *o = json_object();
  set_member(o, "what", text_json(m->what));
  set_member(o, "kind", json_string(kinds[m->kind]));
  set_member(o, "name", text_json(m->name));
  set_member(o, "part", text_json(m->part));
  set_member(o, "old", text_json(m->old));
  set_member(o, "new", text_json(m->now));
  set_member(o, "from", m->from == DAY_MIN ? json_null() : day_json(m->from));
  set_member(o, "because", text_json(m->because));
  set_member(o, "rewrites_past", json_boolean(m->rewrites_past));
  set_member(o, "rules", text_json(m->rules));
  set_member(o, "note", text_json(m->note));
  return o;
}

static json_t *proof_json(const struct policy_diff *d) {
  json_t *list = json_array();
  for (size_t i = 0; i < d->proofs.n; i++) {
    const struct rule_proof *r = &d->proofs.v[i];
    json_t *o = json_object();
    set_member(o, "rule", text_json(r->now->name));
    set_member(o, "answer", json_string(proof_answer_name(r->answer)));
    set_member(o, "why", text_json(r->why));
    set_member(o, "test", text_json(r->test));
    json_array_append_new(list, o);
  }
  return list;
}

static json_t *item_json(const struct item *i) {
  json_t *o = json_object();
  set_member(o, "number", i->kept ? json_integer(i->id) : json_null());
  set_member(o, "rule", text_json(i->rule));
  set_member(o, "entity", text_json(i->entity));
  set_member(o, "key", text_json(i->key));
  set_member(o, "label", text_json(i->label));
  set_member(o, "owner", text_json(i->owner));
  set_member(o, "due", day_json(i->due));
  set_member(o, "worth", value_json(&i->worth));
  return o;
}

static json_t *moved_json(const struct moved_item *list, size_t n) {
  json_t *out = json_array();
  for (size_t i = 0; i < n; i++) {
    json_t *o = item_json(list[i].item);
    set_member(o, "reason", text_json(list[i].reason));
    json_array_append_new(out, o);
  }
  return out;
}

static json_t *changed_json(const struct consequence *c) {
  json_t *out = json_array();
  for (size_t i = 0; i < c->changed.n; i++) {
    const struct changed_item *x = &c->changed.v[i];
    json_t *o = item_json(x->now);
    set_member(o, "field", text_json(x->field));
    set_member(o, "old", text_json(x->was));
    set_member(o, "new", text_json(x->is));
    json_array_append_new(out, o);
  }
  return out;
}

static json_t *queues_json(const struct consequence *c) {
  json_t *out = json_array();
  for (size_t i = 0; i < c->queues.n; i++) {
    const struct moved_queue *q = &c->queues.v[i];
    json_t *o = json_object();
    set_member(o, "owner", text_json(q->owner));
    set_member(o, "team", text_json(q->team));
    set_member(o, "before", json_integer(q->before));
    set_member(o, "after", json_integer(q->after));
    set_member(o, "capacity", q->capacity ? json_integer(q->capacity) : json_null());
    json_array_append_new(out, o);
  }
  return out;
}

static json_t *money_json(const struct consequence *c) {
  json_t *out = json_array();
  for (size_t i = 0; i < c->money.n; i++) {
    const struct moved_money *m = &c->money.v[i];
    json_t *o = json_object();
    set_member(o, "measure", text_json(m->measure));
    set_member(o, "entity", text_json(m->entity));
    set_member(o, "currency", text_json(m->after.type.currency));
    set_member(o, "before", value_json(&m->before));
    set_member(o, "after", value_json(&m->after));
    set_member(o, "rows_before", json_integer(m->rows_before));
    set_member(o, "rows", json_integer(m->rows_after));
    json_array_append_new(out, o);
  }
  return out;
}

static json_t *kpis_json(const struct consequence *c) {
  json_t *out = json_array();
  for (size_t i = 0; i < c->kpis.n; i++) {
    const struct moved_kpi *k = &c->kpis.v[i];
    json_t *o = json_object(), *by = json_array();
    for (size_t n = 0; k->by && n < k->kpi->dims.n; n++)
      json_array_append_new(by, value_json(&k->by[n]));
    set_member(o, "kpi", text_json(k->kpi->name));
    set_member(o, "by", by);
    set_member(o, "old", value_json(&k->old));
    set_member(o, "new", value_json(&k->now));
    set_member(o, "color_old", text_json(k->old_band));
    set_member(o, "color_new", text_json(k->now_band));
    json_array_append_new(out, o);
  }
  return out;
}

static void set_consequence(json_t *o, const struct consequence *c) {
  set_member(o, "items_before", json_integer(c->before));
  set_member(o, "items_after", json_integer(c->after));
  set_member(o, "opened", moved_json(c->opened.v, c->opened.n));
  set_member(o, "closed", moved_json(c->closed.v, c->closed.n));
  set_member(o, "changed", changed_json(c));
  set_member(o, "queues", queues_json(c));
  set_member(o, "money", money_json(c));
  set_member(o, "kpis", kpis_json(c));
}

/* Each as `vigie backtest` has it, and what only one of them caught. */
static json_t *backtests_json(const struct two_backtests *t) {
  if (!t) return json_null();
  json_t *o = json_object();
  set_member(o, "old", backtest_json(t->old));
  set_member(o, "new", backtest_json(t->now));
  set_member(o, "caught_by_old_alone", onsets_json(t->old, t->old_alone.v, t->old_alone.n));
  set_member(o, "caught_by_new_alone", onsets_json(t->now, t->now_alone.v, t->now_alone.n));
  return o;
}

void print_diff_json(FILE *f, const struct policy_diff *d) {
  json_t *doc = json_object(), *list = json_array(), *later = json_array(), *gates = json_array();
  for (size_t i = 0; i < d->meanings.n; i++)
    json_array_append_new(list, meaning_json(&d->meanings.v[i]));
  set_member(doc, "as_of", d->now ? day_json(d->now->day) : json_null());
  set_member(doc, "state", text_json(d->state));
  set_member(doc, "meaning", list);
  set_member(doc, "proof", proof_json(d));
  if (d->now) set_consequence(doc, d->now);
  for (size_t i = 0; i < d->later.n; i++) {
    json_t *o = json_object();
    set_member(o, "from", day_json(d->later.v[i]->day));
    set_consequence(o, d->later.v[i]);
    json_array_append_new(later, o);
  }
  for (size_t i = 0; i < d->gates.n; i++) {
    const struct diff_gate *g = &d->gates.v[i];
    json_t *o = json_object();
    set_member(o, "gate", text_json(g->name));
    set_member(o, "op", text_json(g->op));
    set_member(o, "limit", json_real(g->limit));
    set_member(o, "value", json_real(g->is));
    set_member(o, "from", day_json(g->from));
    set_member(o, "ok", json_boolean(!g->failed));
    json_array_append_new(gates, o);
  }
  set_member(doc, "later", later);
  set_member(doc, "backtest", backtests_json(d->backtests));
  set_member(doc, "gates", gates);
  json_print(f, doc);
}
