/* What was said and what the same days give today, for programs. In: a report. Out: JSON; CSV. */
#include <string.h>

#include "action/value_json.h"
#include "cmd/kpi_print.h"
#include "cmd/published.h"

static const char *unit_of(const struct value *v) {
  return v->type.unit == U_SHARE && v->type.percent ? "percent" : type_name(&v->type);
}

/* A part in the type of the values. */
static json_t *part_json(const struct compared *c, double num, bool told) {
  struct value v = c->now;
  v.known = told;
  v.num = num;
  return value_json(&v);
}

static void set_text(json_t *o, const char *name, const char *text) {
  if (text) json_object_set_new(o, name, text_json(text));
}

static json_t *count_json(long n, long rows) { return rows ? json_integer(n) : json_null(); }

static void set_said(json_t *o, const struct published *p) {
  static const struct published nothing;
  if (!p) p = &nothing;
  json_object_set_new(o, "said", value_json(&p->value));
  json_object_set_new(o, "known", count_json(p->known, p->rows));
  json_object_set_new(o, "of", count_json(p->rows, p->rows));
}

static void set_now(json_t *o, const struct compared *c) {
  struct parts parts = {0};
  bool told = compared_parts(c, &parts);
  bool both = told && c->in_parts;
  json_object_set_new(o, "now", value_json(&c->now));
  json_object_set_new(o, "now_known", count_json(c->known, c->rows));
  json_object_set_new(o, "now_of", count_json(c->rows, c->rows));
  json_object_set_new(o, "data_part", part_json(c, parts.data, both));
  json_object_set_new(o, "definition_part", part_json(c, parts.definition, both));
}

static void set_past(json_t *o, const struct published *p) {
  if (!p) return;
  json_object_set_new(o, "said_on", day_json(p->said_on));
  set_text(o, "said_at", p->said_at);
  set_text(o, "definition", p->digest);
  set_text(o, "version", p->version);
}

static json_t *compared_json(const struct compared *c) {
  json_t *o = json_object();
  const struct value *v = c->said && c->said->value.known ? &c->said->value : &c->now;
  json_object_set_new(o, "kpi", text_json(c->kpi));
  set_text(o, "was", c->was);
  json_object_set_new(o, "by", *c->group ? json_loads(c->group, 0, NULL) : json_null());
  json_object_set_new(o, "day", day_json(c->day));
  set_said(o, c->said);
  set_now(o, c);
  json_object_set_new(o, "status", json_string(said_status_word(c->status)));
  json_object_set_new(o, "unit", v->known ? json_string(unit_of(v)) : json_null());
  set_text(o, "currency", v->type.currency);
  if (c->now.known && !comparable(v, &c->now)) {
    json_object_set_new(o, "now_unit", json_string(unit_of(&c->now)));
    set_text(o, "now_currency", c->now.type.currency);
  }
  if (c->hindsight) json_object_set_new(o, "hindsight", names_json(c->hindsight));
  set_text(o, "changed", c->changed);
  set_text(o, "why", c->why);
  set_past(o, c->said);
  return o;
}

void published_json(FILE *f, const struct published_report *r) {
  json_t *doc = json_object(), *list = json_array();
  for (size_t i = 0; i < r->n; i++) json_array_append_new(list, compared_json(&r->list[i]));
  json_object_set_new(doc, "as_of", day_json(r->as_of));
  json_object_set_new(doc, "published", list);
  json_object_set_new(doc, "within_tolerance", json_integer((json_int_t)r->smaller));
  json_print(f, doc);
}

/* ---- CSV ------------------------------------------------------------------------------ */

static void csv_json(FILE *f, json_t *value) {
  if (json_is_string(value))
    csv_cell(f, json_string_value(value));
  else if (!json_is_null(value))
    json_dumpf(value, f, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
  json_decref(value);
}

void published_csv(FILE *f, const struct published_report *r, struct arena *a) {
  static const char *const columns[] = {
      "kpi",    "by",   "day",     "said", "known", "of", "now", "data_part", "definition_part",
      "status", "unit", "currency"};
  const size_t n = sizeof columns / sizeof *columns;
  for (size_t k = 0; k < n; k++) fprintf(f, "%s%s", k ? "," : "", columns[k]);
  fputs("\r\n", f);
  for (size_t i = 0; i < r->n; i++) {
    json_t *o = compared_json(&r->list[i]);
    json_object_set_new(o, "by", text_json(compared_group(&r->list[i], a)));
    for (size_t k = 0; k < n; k++) {
      if (k) fputc(',', f);
      json_t *cell = json_object_get(o, columns[k]);
      csv_json(f, cell ? json_incref(cell) : json_null());
    }
    fputs("\r\n", f);
    json_decref(o);
  }
}
