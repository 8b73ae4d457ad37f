/* In: a pack. Out: one JSON document. */
#include <jansson.h>

#include "action/value_json.h"
#include "review/pack.h"

static void set(json_t *o, const char *name, json_t *value) { json_object_set_new(o, name, value); }

static json_t *kpis_json(const struct pack *p) {
  json_t *list = json_array();
  for (size_t i = 0; i < p->kpis->n; i++) {
    const struct kpi_series *s = &p->kpis->series[i];
    const struct kpi_day *before = &s->days[0], *now = &s->days[s->n_days - 1];
    for (size_t k = 0; k < now->n; k++) {
      const struct kpi_value *v = &now->values[k], *then = NULL;
      for (size_t n = 0; n < before->n; n++)
        if (kpi_same_group(s, &before->values[n], v)) then = &before->values[n];
      json_t *o = json_object(), *by = json_array();
      for (size_t d = 0; d < s->kpi->dims.n; d++) json_array_append_new(by, value_json(&v->by[d]));
      set(o, "kpi", text_json(s->kpi->name));
      set(o, "by", by);
      set(o, "strategic", json_boolean(s->kpi->strategic));
      set(o, "now", value_json(&v->value));
      set(o, "before", then ? value_json(&then->value) : json_null());
      set(o, "color", text_json(v->band));
      set(o, "decides", text_json(s->kpi->decides));
      json_array_append_new(list, o);
    }
  }
  return list;
}

static json_t *thresholds_json(const struct pack *p) {
  json_t *list = json_array();
  for (size_t i = 0; i < p->thresholds.n; i++) {
    const struct threshold_review *v = &p->thresholds.v[i];
    json_t *o = json_object();
    set(o, "threshold", text_json(v->threshold->name));
    set(o, "value", text_json(v->value));
    set(o, "changed", v->changed == DAY_MIN ? json_null() : day_json(v->changed));
    set(o, "next", day_json(v->next));
    set(o, "reviewed", day_json(v->threshold->reviewed));
    set(o, "overdue", json_boolean(v->overdue));
    set(o, "caught", v->onsets ? json_integer(v->caught) : json_null());
    set(o, "onsets", v->onsets ? json_integer(v->onsets) : json_null());
    set(o, "say", json_string(verdict_name(v->say)));
    json_array_append_new(list, o);
  }
  return list;
}

static json_t *rules_json(const struct pack *p) {
  json_t *list = json_array();
  for (size_t i = 0; i < p->rules.n; i++) {
    const struct rule_review *r = &p->rules.v[i];
    json_t *o = json_object();
    set(o, "rule", text_json(r->rule->name));
    set(o, "verdict", json_string(verdict_name(r->say)));
    set(o, "why", text_json(r->why));
    set(o, "command", text_json(r->command));
    set(o, "owner", text_json(r->owner));
    set(o, "evidence", text_json(r->figure));
    json_array_append_new(list, o);
  }
  return list;
}

static json_t *actions_json(const struct pack *p) {
  const struct actions_review *r = &p->actions;
  json_t *o = json_object(), *teams = json_array();
  if (!r->known) {
    json_decref(teams);
    json_decref(o);
    return json_null();
  }
  set(o, "opened", json_integer(r->opened));
  set(o, "done", json_integer(r->done));
  set(o, "dismissed", json_integer(r->dismissed));
  set(o, "by_data", json_integer(r->by_data));
  set(o, "late", json_integer(r->late));
  set(o, "useful", json_integer(r->useful));
  set(o, "false_alarm", json_integer(r->false_alarm));
  set(o, "known", json_integer(r->knew));
  for (size_t i = 0; i < r->teams.n; i++) {
    json_t *t = json_object();
    set(t, "team", text_json(r->teams.v[i].team));
    set(t, "to_do", json_integer(r->teams.v[i].to_do));
    set(t, "late", json_integer(r->teams.v[i].late));
    set(t, "waiting", json_integer(r->teams.v[i].waiting));
    json_array_append_new(teams, t);
  }
  set(o, "teams", teams);
  return o;
}

static json_t *agenda_json(const struct pack *p) {
  json_t *list = json_array();
  for (size_t i = 0; i < p->rules.n; i++) {
    json_t *o = json_object();
    set(o, "what", text_json(p->rules.v[i].agenda));
    set(o, "who", text_json(p->rules.v[i].owner));
    set(o, "figure", text_json(p->rules.v[i].figure));
    json_array_append_new(list, o);
  }
  return list;
}

void print_pack_json(FILE *f, const struct pack *p) {
  json_t *doc = json_object();
  set(doc, "quarter", text_json(p->name));
  set(doc, "from", day_json(p->first));
  set(doc, "to", day_json(p->as_of));
  set(doc, "so_far", json_boolean(p->as_of < p->last));
  set(doc, "kpis", kpis_json(p));
  set(doc, "thresholds", thresholds_json(p));
  set(doc, "rules", rules_json(p));
  set(doc, "kept", json_integer((json_int_t)p->kept));
  set(doc, "ownerless", names_json(&p->ownerless));
  set(doc, "untested", names_json(&p->untested));
  set(doc, "actions", actions_json(p));
  set(doc, "changes", names_json(&p->changes));
  set(doc, "agenda", agenda_json(p));
  json_print(f, doc);
}
