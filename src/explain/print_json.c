/* In: an explanation. Out: one JSON document with the same content. */
#include "explain/print.h"

#include "action/value_json.h"

static void put(json_t *o, const char *name, json_t *v) { json_object_set_new(o, name, v); }

static json_t *texts_json(const char *const *list, size_t n) {
  json_t *j = json_array();
  for (size_t i = 0; i < n; i++) json_array_append_new(j, text_json(list[i]));
  return j;
}

static json_t *choices_json(const struct part *p, struct arena *a) {
  json_t *list = json_array();
  for (size_t i = 0; i < p->choices.n; i++) {
    const struct choice *c = &p->choices.v[i];
    struct value v = c->line->value;
    v.type = p->term->type;
    json_t *j = json_object();
    put(j, "value", value_json(&v));
    put(j, "segment", c->line->segment ? text_json(c->line->segment->name) : json_null());
    put(j, "entry", text_json(c->line->entry));
    put(j, "from", c->line->from == DAY_MIN ? json_null() : day_json(c->line->from));
    put(j, "because", text_json(c->line->because));
    put(j, "reason", text_json(line_reason(c->line, a)));
    put(j, "counts", json_boolean(c == p->chosen));
    json_array_append_new(list, j);
  }
  return list;
}

static json_t *rows_json(const struct agg_rows *r) {
  json_t *j = json_object(), *list = json_array();
  for (size_t i = 0; i < r->n_shown; i++) {
    json_t *o = json_object();
    put(o, "key", text_json(r->shown[i].key));
    put(o, "label", text_json(r->shown[i].label));
    put(o, "day", value_json(&r->shown[i].day));
    if (r->value >= 0) put(o, "value", value_json(&r->shown[i].value));
    json_array_append_new(list, o);
  }
  put(j, "count", json_integer(r->n));
  put(j, "unknown", json_integer(r->n_unknown));
  put(j, "shown", list);
  return j;
}

json_t *part_json(const struct part *p, struct arena *a) {
  json_t *j = json_object(), *parts = json_array();
  put(j, "expr", text_json(p->text));
  put(j, "day", day_json(p->day));
  put(j, "value", value_json(&p->value));
  put(j, "unit", text_json(unit_name(p->term->type.unit)));
  if (p->value.of_rows) put(j, "rows_known", json_integer(p->value.rows));
  if (p->choices.n) put(j, "threshold_lines", choices_json(p, a));
  if (p->rows) put(j, "rows", rows_json(p->rows));
  for (size_t i = 0; i < p->parts.n; i++) json_array_append_new(parts, part_json(p->parts.v[i], a));
  put(j, "parts", parts);
  return j;
}

static json_t *item_json(const struct explanation *e) {
  const struct hit *h = e->item;
  if (!h) return json_null();
  json_t *j = json_object();
  put(j, "team", e->rule->team ? text_json(e->rule->team->name) : json_null());
  put(j, "owner", text_json(h->owner));
  put(j, "due", day_json(h->due));
  put(j, "due_late", json_boolean(h->due_late));
  put(j, "worth", value_json(&h->worth));
  put(j, "action", text_json(h->action));
  return j;
}

static json_t *missing_json(const struct explanation *e) {
  json_t *list = json_array();
  for (size_t i = 0; i < e->missing.n; i++) {
    json_t *o = json_object();
    put(o, "name", text_json(e->missing.v[i]->text));
    put(o, "day", day_json(e->missing.v[i]->day));
    json_array_append_new(list, o);
  }
  return list;
}

void explain_print_json(FILE *f, const struct explanation *e, const struct ast_item *written,
                        struct arena *a) {
  json_t *j = json_object(), *since = json_object(), *flips = json_object();
  put(j, "rule", text_json(e->rule->name));
  put(j, "entity", text_json(e->entity));
  put(j, "key", text_json(e->key));
  put(j, "label", text_json(e->label));
  put(j, "as_of", day_json(e->day));
  put(j, "source", text_json(item_source(written, a)));
  put(j, "sentence", text_json(e->sentence));
  put(j, "present", json_boolean(e->present));
  put(j, "holds", e->truth == TRUTH_UNKNOWN ? json_null() : json_boolean(e->truth == TRUTH_TRUE));
  put(j, "when", part_json(e->when, a));
  put(j, "clear_when", e->clear ? part_json(e->clear, a) : json_null());
  put(since, "first", day_json(e->since.first));
  put(since, "days_looked_at", json_integer(e->since.days + 1));
  put(since, "maybe_longer", json_boolean(e->since.longer));
  put(j, "since", since);
  put(j, "missing", missing_json(e));
  put(j, "without_history", texts_json(e->hindsight.v, e->hindsight.n));
  put(flips, "all_needed", json_boolean(e->flips.all));
  put(flips, "changes", texts_json(e->flips.list.v, e->flips.list.n));
  put(j, "to_flip", flips);
  put(j, "item", item_json(e));
  json_print(f, j);
}
