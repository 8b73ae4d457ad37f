/* In: the page. Out: one JSON document with every number of it. */
#include <jansson.h>
#include <string.h>

#include "action/value_json.h"
#include "report/report.h"

static json_t *stake_json(const struct stake *s) {
  json_t *list = json_array();
  for (size_t i = 0; i < s->sums.n; i++) {
    const struct measure_sum *sum = &s->sums.v[i];
    json_t *j = json_object();
    set_member(j, "measure", text_json(sum->name));
    set_member(j, "entity", text_json(sum->entity));
    set_member(j, "rows", json_integer(sum->rows));
    set_member(j, "amount", value_json(&sum->money));
    set_member(j, "currency", text_json(sum->money.type.currency));
    json_array_append_new(list, j);
  }
  return list;
}

static json_t *item_number(const struct item *i) {
  return i->kept ? json_integer(i->id) : json_null();
}

static json_t *numbers_json(const item_refs *items) {
  json_t *list = json_array();
  for (size_t i = 0; i < items->n; i++) json_array_append_new(list, item_number(items->v[i]));
  return list;
}

/* ---- items ---------------------------------------------------------------------------- */

static json_t *item_json(const struct item *i, day_t as_of) {
  json_t *j = json_object();
  set_member(j, "number", item_number(i));
  set_member(j, "rule", text_json(i->rule));
  set_member(j, "about", text_json(item_subject(i)));
  set_member(j, "action", text_json(i->action));
  set_member(j, "team", text_json(i->team));
  set_member(j, "owner", text_json(i->owner));
  set_member(j, "due", day_json(i->due));
  set_member(j, "late_days", json_integer(item_late(i, as_of) ? as_of - i->due : 0));
  set_member(j, "worth", value_json(&i->worth));
  set_member(j, "currency", text_json(i->worth.known ? i->worth.type.currency : NULL));
  set_member(j, "worth_of", text_json(i->worth_of));
  set_member(j, "opened", day_json(i->opened));
  set_member(j, "closed", day_json(i->closed));
  set_member(j, "closed_by", text_json(i->closed_by));
  set_member(j, "outcome", text_json(i->outcome));
  set_member(j, "state", text_json(item_state_name(i->state)));
  return j;
}

static json_t *decisions_json(const struct report *r) {
  json_t *list = json_array();
  for (size_t i = 0; i < r->decisions.n; i++) {
    const struct decision_line *d = &r->decisions.v[i];
    json_t *j = item_json(d->item, r->as_of);
    set_member(j, "kpi", text_json(d->kpi ? d->kpi->name : NULL));
    set_member(j, "value", d->value ? value_json(&d->value->value) : json_null());
    set_member(j, "band", text_json(d->value ? d->value->band : NULL));
    set_member(j, "decides", text_json(d->kpi ? d->kpi->decides : NULL));
    json_array_append_new(list, j);
  }
  return list;
}

static json_t *owner_json(const struct report *r, const struct owner_line *o) {
  json_t *j = json_object(), *customers = json_array();
  set_member(j, "owner", text_json(o->owner));
  set_member(j, "team", text_json(o->team));
  set_member(j, "capacity", o->capacity ? json_integer(o->capacity) : json_null());
  set_member(j, "to_do", json_integer(o->to_do));
  set_member(j, "late", json_integer(o->late));
  set_member(j, "first_due", day_json(o->first_due));
  set_member(j, "at_stake", stake_json(&o->stake));
  for (size_t c = 0; c < o->customers.n; c++) {
    const struct customer_line *line = &o->customers.v[c];
    json_t *customer = json_object(), *items = json_array();
    for (size_t i = 0; i < line->items.n; i++)
      json_array_append_new(items, item_json(line->items.v[i], r->as_of));
    set_member(customer, "customer", text_json(line->name));
    set_member(customer, "items", items);
    json_array_append_new(customers, customer);
  }
  set_member(j, "customers", customers);
  return j;
}

static json_t *work_json(const struct report *r) {
  json_t *j = json_object(), *owners = json_array();
  set_member(j, "to_do", json_integer(r->counts.to_do));
  set_member(j, "late", json_integer(r->counts.late));
  set_member(j, "at_stake", stake_json(&r->stake));
  set_member(j, "no_worth", json_integer(r->no_worth));
  for (size_t i = 0; i < r->owners.n; i++)
    json_array_append_new(owners, owner_json(r, &r->owners.v[i]));
  set_member(j, "owners", owners);
  return j;
}

/* ---- KPIs ----------------------------------------------------------------------------- */

static json_t *by_json(const struct kpi_series *s, const struct kpi_value *v) {
  json_t *by = json_object();
  for (size_t i = 0; i < s->n_dims; i++) set_member(by, s->dims[i], value_json(&v->by[i]));
  return by;
}

static void add_value(json_t *list, const struct kpi_series *s, day_t day,
                      const struct kpi_value *v, bool total) {
  json_t *j = json_object();
  set_member(j, "day", day_json(day));
  set_member(j, "by", total || !s->n_dims ? json_null() : by_json(s, v));
  set_member(j, "value", value_json(&v->value));
  set_member(j, "band", text_json(v->band));
  set_member(j, "known", json_integer(v->known_rows));
  set_member(j, "of", json_integer(v->all_rows));
  json_array_append_new(list, j);
}

static json_t *values_json(const struct kpi_series *s) {
  json_t *list = json_array();
  for (size_t d = 0; d < s->n_days; d++) {
    for (size_t i = 0; i < s->days[d].n; i++)
      add_value(list, s, s->days[d].day, &s->days[d].values[i], false);
    if (s->totals && s->totals[d].n)
      add_value(list, s, s->days[d].day, &s->totals[d].values[0], true);
  }
  return list;
}

static json_t *target_json(const struct target_status *t) {
  json_t *j = json_object();
  set_member(j, "target", text_json(t->name));
  set_member(j, "due", day_json(t->due));
  set_member(j, "value", value_json(&t->now));
  set_member(j, "goal", value_json(&t->goal));
  set_member(j, "pace", value_json(&t->pace));
  set_member(j, "projected", value_json(&t->projected));
  set_member(j, "on_track", t->judged ? json_boolean(t->on_track) : json_null());
  return j;
}

static json_t *targets_json(const struct target_status *const *list, size_t n) {
  json_t *targets = json_array();
  for (size_t i = 0; i < n; i++) json_array_append_new(targets, target_json(list[i]));
  return targets;
}

static const char *const rollups[] = {
    [ROLLUP_NONE] = NULL, [ROLLUP_SUM] = "sum", [ROLLUP_MEDIAN] = "median"};

static json_t *kpi_json(const struct report_kpi *k) {
  const struct kpi *kpi = k->series->kpi;
  json_t *j = json_object();
  set_member(j, "kpi", text_json(kpi->name));
  set_member(j, "means", text_json(kpi->means));
  set_member(j, "definition", text_json(k->definition));
  set_member(j, "decides", text_json(kpi->decides));
  set_member(j, "owner", text_json(kpi->owner));
  set_member(j, "unit", text_json(type_name(&kpi->term->type)));
  set_member(j, "currency", text_json(kpi->term->type.currency));
  set_member(j, "rows_put_together", text_json(rollups[k->rollup]));
  set_member(j, "hindsight", names_json(&k->hindsight));
  set_member(j, "values", values_json(k->series));
  set_member(j, "targets", targets_json(k->targets, k->n_targets));
  return j;
}

/* ---- what comes ----------------------------------------------------------------------- */

static const struct {
  const char *name;
} steps[] = {
#define STEP(id, name, kind, en, fr) {name},
#include "report/bridge.def"
#undef STEP
};

static json_t *money_json(double amount, const struct type *type) {
  const struct value v = {.type = *type, .known = true, .num = amount};
  return value_json(&v);
}

static json_t *bridge_json(const struct bridge *b, const struct type *type) {
  json_t *j = json_object(), *list = json_array();
  set_member(j, "group", text_json(b->group));
  for (int s = 0; s < BRIDGE_STEPS; s++) {
    json_t *step = json_object();
    set_member(step, "step", text_json(steps[s].name));
    set_member(step, "customers", json_integer(b->rows[s]));
    set_member(step, "amount", money_json(b->amount[s], type));
    json_array_append_new(list, step);
  }
  set_member(j, "steps", list);
  return j;
}

static json_t *bridges_json(const struct report *r) {
  json_t *list = json_array();
  for (size_t i = 0; i < r->bridges.n; i++) {
    const struct bridges *b = &r->bridges.v[i];
    json_t *j = json_object(), *groups = json_array();
    set_member(j, "of", text_json(b->measure->name));
    set_member(j, "since", day_json(b->then));
    set_member(j, "by", text_json(b->by));
    set_member(j, "currency", text_json(b->type.currency));
    set_member(j, "all", bridge_json(&b->of.v[0], &b->type));
    for (size_t k = 1; k < b->of.n; k++)
      json_array_append_new(groups, bridge_json(&b->of.v[k], &b->type));
    set_member(j, "groups", groups);
    json_array_append_new(list, j);
  }
  return list;
}

static const char *const renewal_states[] = {
    [RENEWAL_QUIET] = "quiet", [RENEWAL_ACTION] = "action", [RENEWAL_UNJUDGED] = "not judged"};

static json_t *renewal_lines(const struct renewal_line *lines, size_t n) {
  json_t *list = json_array();
  for (size_t i = 0; i < n; i++) {
    json_t *j = json_object();
    set_member(j, "key", text_json(lines[i].key));
    set_member(j, "label", text_json(lines[i].label));
    set_member(j, "day", day_json(lines[i].day));
    set_member(j, "worth", value_json(&lines[i].worth));
    set_member(j, "state", text_json(renewal_states[lines[i].state]));
    set_member(j, "items", numbers_json(&lines[i].items));
    set_member(j, "not_judged_by", names_json(&lines[i].unjudged_by));
    json_array_append_new(list, j);
  }
  return list;
}

static json_t *renewals_json(const struct report *r) {
  json_t *list = json_array();
  for (size_t i = 0; i < r->renewals.n; i++) {
    const struct renewals *n = &r->renewals.v[i];
    json_t *j = json_object();
    set_member(j, "of", text_json(n->entity->name));
    set_member(j, "until", day_json(n->last));
    set_member(j, "coming", renewal_lines(n->coming.v, n->coming.n));
    set_member(j, "past", renewal_lines(n->past.v, n->past.n));
    set_member(j, "without_a_day", json_integer(n->undated));
    json_array_append_new(list, j);
  }
  return list;
}

static json_t *pipeline_line_json(const struct pipeline_line *l) {
  json_t *j = json_object();
  set_member(j, "by", l->by ? value_json(l->by) : json_null());
  set_member(j, "rows", json_integer(l->rows));
  set_member(j, "known", json_integer(l->known));
  set_member(j, "open", value_json(&l->open));
  set_member(j, "weighted", value_json(&l->weighted));
  return j;
}

static json_t *pipelines_json(const struct report *r) {
  json_t *list = json_array();
  for (size_t i = 0; i < r->pipelines.n; i++) {
    const struct pipeline *p = &r->pipelines.v[i];
    json_t *j = json_object(), *lines = json_array();
    set_member(j, "open", text_json(p->open->name));
    set_member(j, "weighted", text_json(p->weighted ? p->weighted->name : NULL));
    set_member(j, "by", text_json(p->by));
    for (size_t k = 0; k < p->lines.n; k++)
      json_array_append_new(lines, pipeline_line_json(&p->lines.v[k]));
    set_member(j, "lines", lines);
    set_member(j, "total", pipeline_line_json(&p->total));
    set_member(j, "targets", targets_json(p->targets, p->n_targets));
    json_array_append_new(list, j);
  }
  return list;
}

/* ---- what was, and what nobody knows ----------------------------------------------------- */

static json_t *changed_json(const struct since *s) {
  json_t *list = json_array();
  for (size_t i = 0; i < s->changed.n; i++) {
    const struct changed_line *c = &s->changed.v[i];
    json_t *j = json_object();
    set_member(j, "threshold", text_json(c->threshold->name));
    set_member(j, "from", day_json(c->line->from));
    set_member(j, "before", text_json(c->before));
    set_member(j, "now", text_json(c->now));
    set_member(j, "because", text_json(c->line->because));
    json_array_append_new(list, j);
  }
  return list;
}

static const char *const edit_words[] = {[MEANING_ADDED] = "added",
                                         [MEANING_REMOVED] = "removed",
                                         [MEANING_CHANGED] = "changed",
                                         [MEANING_RENAMED] = "renamed"};

static json_t *edits_json(const struct since *s) {
  json_t *list = json_array();
  for (size_t i = 0; i < s->edits.n; i++) {
    const struct meaning *e = &s->edits.v[i];
    json_t *j = json_object();
    set_member(j, "change", text_json(edit_words[e->kind]));
    set_member(j, "what", text_json(e->what));
    set_member(j, "name", text_json(e->name));
    set_member(j, "part", text_json(e->part));
    set_member(j, "before", text_json(e->old));
    set_member(j, "now", text_json(e->now));
    set_member(j, "because", text_json(e->because));
    json_array_append_new(list, j);
  }
  return list;
}

static json_t *since_json(const struct report *r) {
  const struct since *s = &r->since;
  json_t *j = json_object(), *closed = json_array(), *opened = json_array();
  set_member(j, "day", day_json(s->day));
  set_member(j, "opened", json_integer(s->opened));
  set_member(j, "closed_by_the_data", json_integer(s->by_data));
  set_member(j, "done", json_integer(s->done));
  set_member(j, "dismissed", json_integer(s->dismissed));
  set_member(j, "no_longer_asked", json_integer(s->not_asked));
  set_member(j, "escalated", json_integer(s->escalated));
  set_member(j, "still_open", json_integer(s->still));
  for (size_t i = 0; i < s->closed.n; i++)
    json_array_append_new(closed, item_json(s->closed.v[i], r->as_of));
  for (size_t i = 0; i < s->openings.n; i++) {
    json_t *o = json_object();
    set_member(o, "rule", text_json(s->openings.v[i].rule));
    set_member(o, "items", json_integer(s->openings.v[i].n));
    set_member(o, "at_stake", stake_json(&s->openings.v[i].stake));
    json_array_append_new(opened, o);
  }
  set_member(j, "closed", closed);
  set_member(j, "opened_by_rule", opened);
  set_member(j, "thresholds", changed_json(s));
  set_member(j, "rules", edits_json(s));
  return j;
}

static json_t *unjudged_json(const struct report *r) {
  json_t *list = json_array();
  for (size_t i = 0; i < r->unjudged.n; i++) {
    const struct unjudged_rule *u = &r->unjudged.v[i];
    json_t *j = json_object(), *rows = json_array(), *missing = json_array();
    set_member(j, "rule", text_json(u->rule->rule));
    set_member(j, "rows", json_integer(u->rule->unknown));
    set_member(j, "of_rows", json_integer(u->rule->rows));
    set_member(j, "worth", value_json(&u->worth));
    for (size_t k = 0; k < u->rule->n_missing; k++)
      json_array_append_new(missing, text_json(u->rule->missing[k].name));
    for (size_t k = 0; k < u->n; k++) {
      json_t *row = json_object();
      set_member(row, "key", text_json(u->rows[k].key));
      set_member(row, "label", text_json(u->rows[k].label));
      set_member(row, "worth", value_json(&u->rows[k].worth));
      json_array_append_new(rows, row);
    }
    set_member(j, "missing", missing);
    set_member(j, "which", rows);
    json_array_append_new(list, j);
  }
  return list;
}

static json_t *left_out_json(const struct report *r) {
  json_t *list = json_array();
  for (size_t i = 0; i < r->left_out.n; i++) {
    json_t *j = json_object();
    set_member(j, "kpi", text_json(r->left_out.v[i].kpi->name));
    set_member(j, "known", json_integer(r->left_out.v[i].known));
    set_member(j, "of", json_integer(r->left_out.v[i].all));
    json_array_append_new(list, j);
  }
  return list;
}

static json_t *notes_json(const struct report *r) {
  json_t *list = json_array();
  for (const char *const *n = r->notes; n && *n; n++) json_array_append_new(list, text_json(*n));
  return list;
}

static json_t *kpi_list_json(const struct report_kpi *v, size_t n) {
  json_t *list = json_array();
  for (size_t i = 0; i < n; i++) json_array_append_new(list, kpi_json(&v[i]));
  return list;
}

void print_report_json(FILE *f, const struct report *r) {
  json_t *j = json_object();
  set_member(j, "as_of", day_json(r->as_of));
  set_member(j, "ran", day_json(r->ran));
  set_member(j, "person", text_json(r->person));
  set_member(j, "team", text_json(r->team));
  set_member(j, "decisions", decisions_json(r));
  set_member(j, "work", work_json(r));
  set_member(j, "results", kpi_list_json(r->results.v, r->results.n));
  set_member(j, "leading", kpi_list_json(r->leading.v, r->leading.n));
  set_member(j, "bridges", bridges_json(r));
  set_member(j, "renewals", renewals_json(r));
  set_member(j, "pipelines", pipelines_json(r));
  set_member(j, "since", since_json(r));
  set_member(j, "not_judged", unjudged_json(r));
  set_member(j, "left_out", left_out_json(r));
  set_member(j, "notes", notes_json(r));
  json_print(f, j);
}
