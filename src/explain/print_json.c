/* In: an explanation. Out: one JSON document with the same content. */
#include "explain/print.h"

#include "action/value_json.h"
#include "sema/threshold_line.h"

static json_t *texts_json(const char *const *list, size_t n) {
  json_t *j = json_array();
  for (size_t i = 0; i < n; i++) json_array_append_new(j, text_json(list[i]));
  return j;
}

/* One text, or a list where the table goes by several attributes. */
json_t *entries_json(const struct threshold_line *l) {
  if (l->entries.n < 2) return l->entries.n ? text_json(l->entries.v[0]) : json_null();
  return texts_json(l->entries.v, l->entries.n);
}

static json_t *choices_json(const struct part *p, struct arena *a) {
  json_t *list = json_array();
  for (size_t i = 0; i < p->choices.n; i++) {
    const struct choice *c = &p->choices.v[i];
    struct value v = c->line->value;
    v.type = p->term->type;
    json_t *j = json_object();
    set_member(j, "value", value_json(&v));
    set_member(j, "segment", c->line->segment ? text_json(c->line->segment->name) : json_null());
    set_member(j, "entry", entries_json(c->line));
    set_member(j, "from", c->line->from == DAY_MIN ? json_null() : day_json(c->line->from));
    set_member(j, "because", text_json(c->line->because));
    set_member(j, "reason", text_json(line_reason(c->line, a)));
    set_member(j, "counts", json_boolean(c == p->chosen));
    json_array_append_new(list, j);
  }
  return list;
}

static json_t *rows_json(const struct agg_rows *r) {
  json_t *j = json_object(), *list = json_array();
  for (size_t i = 0; i < r->n_shown; i++) {
    json_t *o = json_object();
    set_member(o, "key", text_json(r->shown[i].key));
    set_member(o, "label", text_json(r->shown[i].label));
    set_member(o, "day", value_json(&r->shown[i].day));
    if (r->value >= 0) set_member(o, "value", value_json(&r->shown[i].value));
    json_array_append_new(list, o);
  }
  set_member(j, "count", json_integer(r->n));
  set_member(j, "unknown", json_integer(r->n_unknown));
  set_member(j, "shown", list);
  return j;
}

json_t *part_json(const struct part *p, struct arena *a) {
  json_t *j = json_object(), *parts = json_array();
  set_member(j, "expr", text_json(p->text));
  set_member(j, "day", day_json(p->day));
  set_member(j, "value", value_json(&p->value));
  set_member(j, "unit", text_json(type_name(&p->term->type)));
  if (p->value.of_rows) set_member(j, "rows_known", json_integer(p->value.rows));
  if (p->choices.n) set_member(j, "threshold_lines", choices_json(p, a));
  if (p->rows) set_member(j, "rows", rows_json(p->rows));
  for (size_t i = 0; i < p->parts.n; i++) json_array_append_new(parts, part_json(p->parts.v[i], a));
  set_member(j, "parts", parts);
  return j;
}

static json_t *steps_json(const struct explanation *e) {
  const struct hit *h = e->item;
  const struct rule *r = e->rule;
  json_t *list = json_array();
  char after[16];
  for (size_t i = 0; h->steps && i < r->steps.n; i++) {
    const struct rule_step *s = &r->steps.v[i];
    json_t *step = json_object();
    set_member(step, "text", text_json(h->steps[i].text));
    set_member(step, "due",
               s->of->has_due ? text_json(duration_text(length_on(&s->of->due, e->day), after))
                              : json_null());
    set_member(step, "team", s->team ? text_json(s->team->name) : json_null());
    json_array_append_new(list, step);
  }
  return list;
}

static json_t *rules_json(struct rule *const *rules, size_t n) {
  json_t *list = json_array();
  for (size_t i = 0; i < n; i++) json_array_append_new(list, text_json(rules[i]->name));
  return list;
}

/* "30d"; null: the rule does not say. */
static json_t *duration_json(struct duration d) {
  char buf[16];
  return d.n ? text_json(duration_text(d, buf)) : json_null();
}

static json_t *item_json(const struct explanation *e) {
  const struct hit *h = e->item;
  if (!h) return json_null();
  json_t *j = json_object();
  set_member(j, "team", e->rule->team ? text_json(e->rule->team->name) : json_null());
  set_member(j, "owner", text_json(h->owner));
  set_member(j, "due", day_json(h->due));
  set_member(j, "due_late", json_boolean(h->due_late));
  set_member(j, "worth", value_json(&h->worth));
  set_member(j, "action", text_json(h->action));
  set_member(j, "steps", steps_json(e));
  set_member(j, "mutes", rules_json(e->rule->mutes.v, e->rule->mutes.n));
  set_member(j, "muted_by", rules_json(e->rule->muted_by.v, e->rule->muted_by.n));
  set_member(j, "remind_every", duration_json(length_on(&e->rule->reminds, e->day)));
  set_member(j, "reopen_after", duration_json(length_on(&e->rule->reopens, e->day)));
  set_member(j, "if_row_gone", text_json(e->rule->row_gone_resolves ? "resolve" : "keep"));
  return j;
}

static json_t *missing_json(const struct explanation *e) {
  json_t *list = json_array();
  for (size_t i = 0; i < e->missing.n; i++) {
    json_t *o = json_object();
    set_member(o, "name", text_json(e->missing.v[i]->text));
    set_member(o, "day", day_json(e->missing.v[i]->day));
    json_array_append_new(list, o);
  }
  return list;
}

static json_t *standing_json(const struct item *i) {
  json_t *o = json_object();
  set_member(o, "number", json_integer(i->id));
  set_member(o, "state", text_json(item_word(i)));
  set_member(o, "owner", text_json(i->owner));
  set_member(o, "due", day_json(i->due));
  return o;
}

void explain_print_json(FILE *f, const struct explanation *e, const struct ast_item *written,
                        struct arena *a) {
  json_t *j = json_object(), *since = json_object(), *flips = json_object();
  set_member(j, "rule", text_json(e->rule->name));
  set_member(j, "entity", text_json(e->entity));
  set_member(j, "key", text_json(e->key));
  set_member(j, "label", text_json(e->label));
  set_member(j, "as_of", day_json(e->day));
  set_member(j, "source", text_json(item_source(written, a)));
  set_member(j, "sentence", text_json(e->sentence));
  set_member(j, "present", json_boolean(e->present));
  set_member(j, "holds",
             e->truth == TRUTH_UNKNOWN ? json_null() : json_boolean(e->truth == TRUTH_TRUE));
  set_member(j, "when", part_json(e->when, a));
  set_member(j, "clear_when", e->clear ? part_json(e->clear, a) : json_null());
  set_member(j, "settled_when", e->settled ? part_json(e->settled, a) : json_null());
  set_member(since, "first", day_json(e->since.first));
  set_member(since, "days_looked_at", json_integer(e->since.days + 1));
  set_member(since, "maybe_longer", json_boolean(e->since.longer));
  set_member(j, "since", since);
  set_member(j, "missing", missing_json(e));
  set_member(j, "without_history", texts_json(e->hindsight.v, e->hindsight.n));
  set_member(flips, "all_needed", json_boolean(e->flips.all));
  set_member(flips, "changes", texts_json(e->flips.list.v, e->flips.list.n));
  set_member(j, "to_flip", flips);
  set_member(j, "item", item_json(e));
  set_member(j, "is", e->is ? standing_json(e->is) : json_null());
  json_print(f, j);
}
