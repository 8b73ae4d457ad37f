/* In: a difference. Out: one JSON document. */
#include <jansson.h>

#include "action/value_json.h"
#include "diff/diff.h"
#include "eval/row_key.h"

static void set(json_t *o, const char *name, json_t *value) { json_object_set_new(o, name, value); }

static json_t *meaning_json(const struct meaning *m) {
  static const char *const kinds[] = {"added", "removed", "changed", "renamed"};
  json_t *o = json_object();
  set(o, "what", text_json(m->what));
  set(o, "kind", json_string(kinds[m->kind]));
  set(o, "name", text_json(m->name));
  set(o, "part", text_json(m->part));
  set(o, "old", text_json(m->old));
  set(o, "new", text_json(m->now));
  set(o, "from", m->from == DAY_MIN ? json_null() : day_json(m->from));
  set(o, "because", text_json(m->because));
  set(o, "rewrites_past", json_boolean(m->rewrites_past));
  set(o, "rules", text_json(m->rules));
  set(o, "note", text_json(m->note));
  return o;
}

static json_t *proof_json(const struct policy_diff *d) {
  json_t *list = json_array();
  for (size_t i = 0; i < d->proofs.n; i++) {
    const struct rule_proof *r = &d->proofs.v[i];
    json_t *o = json_object();
    set(o, "rule", text_json(r->now->name));
    set(o, "answer", json_string(proof_answer_name(r->answer)));
    set(o, "why", text_json(r->why));
    set(o, "test", text_json(r->test));
    json_array_append_new(list, o);
  }
  return list;
}

static json_t *item_json(const struct item *i) {
  json_t *o = json_object();
  set(o, "number", i->kept ? json_integer(i->id) : json_null());
  set(o, "rule", text_json(i->rule));
  set(o, "entity", text_json(i->entity));
  set(o, "key", text_json(i->key));
  set(o, "label", text_json(i->label));
  set(o, "owner", text_json(i->owner));
  set(o, "due", day_json(i->due));
  set(o, "worth", value_json(&i->worth));
  return o;
}

static json_t *moved_json(const struct moved_item *list, size_t n) {
  json_t *out = json_array();
  for (size_t i = 0; i < n; i++) {
    json_t *o = item_json(list[i].item);
    set(o, "reason", text_json(list[i].reason));
    json_array_append_new(out, o);
  }
  return out;
}

static json_t *changed_json(const struct consequence *c) {
  json_t *out = json_array();
  for (size_t i = 0; i < c->changed.n; i++) {
    const struct changed_item *x = &c->changed.v[i];
    json_t *o = item_json(x->now);
    set(o, "field", text_json(x->field));
    set(o, "old", text_json(x->was));
    set(o, "new", text_json(x->is));
    json_array_append_new(out, o);
  }
  return out;
}

static json_t *queues_json(const struct consequence *c) {
  json_t *out = json_array();
  for (size_t i = 0; i < c->queues.n; i++) {
    const struct moved_queue *q = &c->queues.v[i];
    json_t *o = json_object();
    set(o, "owner", text_json(q->owner));
    set(o, "team", text_json(q->team));
    set(o, "before", json_integer(q->before));
    set(o, "after", json_integer(q->after));
    set(o, "capacity", q->capacity ? json_integer(q->capacity) : json_null());
    json_array_append_new(out, o);
  }
  return out;
}

static json_t *money_json(const struct consequence *c) {
  json_t *out = json_array();
  for (size_t i = 0; i < c->money.n; i++) {
    const struct moved_money *m = &c->money.v[i];
    json_t *o = json_object();
    set(o, "measure", text_json(m->measure));
    set(o, "entity", text_json(m->entity));
    set(o, "currency", text_json(m->after.type.currency));
    set(o, "before", value_json(&m->before));
    set(o, "after", value_json(&m->after));
    set(o, "rows_before", json_integer(m->rows_before));
    set(o, "rows", json_integer(m->rows_after));
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
    set(o, "kpi", text_json(k->kpi->name));
    set(o, "by", by);
    set(o, "old", value_json(&k->old));
    set(o, "new", value_json(&k->now));
    set(o, "color_old", text_json(k->old_band));
    set(o, "color_new", text_json(k->now_band));
    json_array_append_new(out, o);
  }
  return out;
}

static void set_consequence(json_t *o, const struct consequence *c) {
  set(o, "items_before", json_integer(c->before));
  set(o, "items_after", json_integer(c->after));
  set(o, "opened", moved_json(c->opened.v, c->opened.n));
  set(o, "closed", moved_json(c->closed.v, c->closed.n));
  set(o, "changed", changed_json(c));
  set(o, "queues", queues_json(c));
  set(o, "money", money_json(c));
  set(o, "kpis", kpis_json(c));
}

void print_diff_json(FILE *f, const struct policy_diff *d) {
  json_t *doc = json_object(), *list = json_array(), *later = json_array(), *gates = json_array();
  for (size_t i = 0; i < d->meanings.n; i++)
    json_array_append_new(list, meaning_json(&d->meanings.v[i]));
  set(doc, "as_of", d->now ? day_json(d->now->day) : json_null());
  set(doc, "state", text_json(d->state));
  set(doc, "meaning", list);
  set(doc, "proof", proof_json(d));
  if (d->now) set_consequence(doc, d->now);
  for (size_t i = 0; i < d->later.n; i++) {
    json_t *o = json_object();
    set(o, "from", day_json(d->later.v[i]->day));
    set_consequence(o, d->later.v[i]);
    json_array_append_new(later, o);
  }
  for (size_t i = 0; i < d->gates.n; i++) {
    const struct diff_gate *g = &d->gates.v[i];
    json_t *o = json_object();
    set(o, "gate", text_json(g->name));
    set(o, "op", text_json(g->op));
    set(o, "limit", json_real(g->limit));
    set(o, "value", json_real(g->is));
    set(o, "ok", json_boolean(!g->failed));
    json_array_append_new(gates, o);
  }
  set(doc, "later", later);
  set(doc, "gates", gates);
  json_print(f, doc);
}
