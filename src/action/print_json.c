/* In: the outcome of a run, or items. Out: one JSON document. */
#include "action/print_json.h"

#include "action/value_json.h"

static void put(json_t *object, const char *name, json_t *value) {
  json_object_set_new(object, name, value);
}

static json_t *because_json(const struct item *i) {
  json_t *list = json_array();
  for (size_t n = 0; n < i->n_because; n++) {
    json_t *b = json_object();
    put(b, "expr", text_json(i->because[n].expr));
    put(b, "value", value_json(&i->because[n].value));
    json_array_append_new(list, b);
  }
  return list;
}

/* The one value of a group; the key of any other row. */
static json_t *key_json(const struct item *i) {
  json_t *group = i->group ? json_loads(i->group, 0, NULL) : NULL;
  json_t *key = json_array_size(group) == 1 ? json_incref(json_array_get(group, 0)) : NULL;
  json_decref(group);
  return key ? key : text_json(i->key);
}

static json_t *item_json(const struct item *i) {
  json_t *j = json_object();
  put(j, "rule", text_json(i->rule));
  put(j, "entity", text_json(i->entity));
  put(j, "key", key_json(i));
  put(j, "label", text_json(i->label));
  put(j, "team", text_json(i->team));
  put(j, "owner", text_json(i->owner));
  put(j, "action", text_json(i->action));
  put(j, "priority", text_json(i->priority));
  put(j, "worth", value_json(&i->worth));
  put(j, "opened", day_json(i->opened));
  put(j, "due", day_json(i->due));
  put(j, "state", text_json(item_state_name(i->state)));
  put(j, "once", text_json(i->once));
  put(j, "row_gone", json_boolean(i->row_gone));
  put(j, "escalated_to", text_json(i->escalated_to));
  put(j, "escalated_on", day_json(i->escalated_on));
  put(j, "because", because_json(i));
  return j;
}

static json_t *items_json(const struct item *const *items, size_t n) {
  json_t *list = json_array();
  for (size_t i = 0; i < n; i++) json_array_append_new(list, item_json(items[i]));
  return list;
}

static json_t *changes_json(const struct counts *c) {
  json_t *j = json_object();
  put(j, "opened", json_integer(c->opened));
  put(j, "resolved", json_integer(c->resolved));
  put(j, "escalated", json_integer(c->escalated));
  put(j, "unchanged", json_integer(c->unchanged));
  put(j, "updated", json_integer(c->updated));
  return j;
}

static json_t *unknown_json(const struct verdicts *v) {
  json_t *list = json_array();
  for (size_t r = 0; r < v->n_rules; r++) {
    const struct rule_verdict *rule = &v->rules[r];
    long count = unknown_reported(rule);
    if (!count) continue;
    json_t *j = json_object(), *because = json_array();
    for (size_t m = 0; m < rule->n_missing; m++) {
      json_t *b = json_object();
      put(b, "name", text_json(rule->missing[m].name));
      put(b, "rows", json_integer(rule->missing[m].rows));
      json_array_append_new(because, b);
    }
    put(j, "rule", text_json(rule->rule));
    put(j, "count", json_integer(count));
    put(j, "because", because);
    json_array_append_new(list, j);
  }
  return list;
}

void print_run_json(FILE *f, const struct outcome *o) {
  json_t *j = json_object();
  put(j, "as_of", day_json(o->verdicts->as_of));
  put(j, "items", items_json(o->open, o->n_open));
  put(j, "changes", changes_json(&o->decision.counts));
  put(j, "unknown", unknown_json(o->verdicts));
  json_print(f, j);
}

void print_items_json(FILE *f, day_t as_of, const struct item *const *items, size_t n) {
  json_t *j = json_object();
  put(j, "as_of", day_json(as_of));
  put(j, "items", items_json(items, n));
  json_print(f, j);
}
