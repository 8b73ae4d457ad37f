/* In: a pack. Out: one JSON document. */
#include <jansson.h>

#include "action/value_json.h"
#include "review/pack.h"

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
      set_member(o, "kpi", text_json(s->kpi->name));
      set_member(o, "by", by);
      set_member(o, "strategic", json_boolean(s->kpi->strategic));
      set_member(o, "now", value_json(&v->value));
      set_member(o, "before", then ? value_json(&then->value) : json_null());
      set_member(o, "color", text_json(v->band));
      set_member(o, "decides", text_json(s->kpi->decides));
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
    set_member(o, "threshold", text_json(v->threshold->name));
    set_member(o, "value", text_json(v->value));
    set_member(o, "changed", v->changed == DAY_MIN ? json_null() : day_json(v->changed));
    set_member(o, "next", day_json(v->next));
    set_member(o, "reviewed", day_json(v->threshold->reviewed));
    set_member(o, "overdue", json_boolean(v->overdue));
    set_member(o, "caught", v->onsets ? json_integer(v->caught) : json_null());
    set_member(o, "onsets", v->onsets ? json_integer(v->onsets) : json_null());
    set_member(o, "useful", v->told ? json_integer(v->useful) : json_null());
    set_member(o, "told", v->told ? json_integer(v->told) : json_null());
    set_member(o, "say", json_string(verdict_name(v->say)));
    json_array_append_new(list, o);
  }
  return list;
}

static json_t *rules_json(const struct pack *p) {
  json_t *list = json_array();
  for (size_t i = 0; i < p->rules.n; i++) {
    const struct rule_review *r = &p->rules.v[i];
    json_t *o = json_object();
    set_member(o, "rule", text_json(r->rule->name));
    set_member(o, "verdict", json_string(verdict_name(r->say)));
    set_member(o, "why", text_json(r->why));
    set_member(o, "command", text_json(r->command));
    set_member(o, "owner", text_json(r->owner));
    set_member(o, "evidence", text_json(r->figure));
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
  set_member(o, "opened", json_integer(r->opened));
  set_member(o, "done", json_integer(r->done));
  set_member(o, "dismissed", json_integer(r->dismissed));
  set_member(o, "by_data", json_integer(r->by_data));
  set_member(o, "late", json_integer(r->late));
  set_member(o, "useful", json_integer(r->useful));
  set_member(o, "false_alarm", json_integer(r->false_alarm));
  set_member(o, "known", json_integer(r->knew));
  for (size_t i = 0; i < r->teams.n; i++) {
    json_t *t = json_object();
    set_member(t, "team", text_json(r->teams.v[i].team));
    set_member(t, "to_do", json_integer(r->teams.v[i].to_do));
    set_member(t, "late", json_integer(r->teams.v[i].late));
    set_member(t, "waiting", json_integer(r->teams.v[i].waiting));
    json_array_append_new(teams, t);
  }
  set_member(o, "teams", teams);
  return o;
}

static json_t *agenda_json(const struct pack *p) {
  json_t *list = json_array();
  for (size_t i = 0; i < p->agenda.n; i++) {
    json_t *o = json_object();
    set_member(o, "what", text_json(p->agenda.v[i].what));
    set_member(o, "who", text_json(p->agenda.v[i].who));
    set_member(o, "figure", text_json(p->agenda.v[i].figure));
    set_member(o, "command", text_json(p->agenda.v[i].command));
    json_array_append_new(list, o);
  }
  return list;
}

void print_pack_json(FILE *f, const struct pack *p) {
  json_t *doc = json_object();
  set_member(doc, "quarter", text_json(p->name));
  set_member(doc, "from", day_json(p->first));
  set_member(doc, "to", day_json(p->as_of));
  set_member(doc, "so_far", json_boolean(p->as_of < p->last));
  set_member(doc, "every",
             p->year ? json_string(p->year->every.unit == DUR_WEEK ? "week" : "day") : json_null());
  set_member(doc, "kpis", kpis_json(p));
  set_member(doc, "thresholds", thresholds_json(p));
  set_member(doc, "rules", rules_json(p));
  set_member(doc, "kept", json_integer((json_int_t)p->kept));
  set_member(doc, "ownerless", names_json(&p->ownerless));
  set_member(doc, "untested", names_json(&p->untested));
  set_member(doc, "actions", actions_json(p));
  set_member(doc, "changes", names_json(&p->changes));
  set_member(doc, "agenda", agenda_json(p));
  json_print(f, doc);
}
