/* KPI reports for programs. In: series and targets. Out: JSON; CSV. */
#include "cmd/kpi_print.h"

#include <stdlib.h>
#include <string.h>

#include "action/value_json.h"
#include "base/check.h"
#include "base/decimal.h"

static const char *unit_of(const struct value *v) {
  return v->type.unit == U_SHARE && v->type.percent ? "percent" : type_name(&v->type);
}

static bool has_bands(const struct kpi *k) { return k->green.set || k->amber.set || k->red.set; }

/* ---- JSON and CSV --------------------------------------------------------------------- */

static void set_hindsight(json_t *o, const name_list *columns) {
  if (columns) json_object_set_new(o, "hindsight", names_json(columns));
}

static json_t *by_json(const struct kpi_series *s, const struct kpi_value *v) {
  json_t *by = json_object();
  for (size_t i = 0; i < s->n_dims; i++) json_object_set_new(by, s->dims[i], value_json(&v->by[i]));
  return by;
}

json_t *kpi_json(const struct kpi_series *s, const struct kpi_day *d, const struct kpi_value *v) {
  json_t *o = json_object();
  json_object_set_new(o, "kpi", json_string(s->kpi->name));
  json_object_set_new(o, "day", day_json(d->day));
  if (s->n_dims) json_object_set_new(o, "by", by_json(s, v));
  json_object_set_new(o, "value", value_json(&v->value));
  json_object_set_new(o, "unit", json_string(unit_of(&v->value)));
  if (v->value.type.currency)
    json_object_set_new(o, "currency", json_string(v->value.type.currency));
  if (v->value.of_rows) {
    json_object_set_new(o, "rows", json_integer(v->value.rows));
    json_object_set_new(o, "of_rows", json_integer(v->value.of_rows));
    if (v->value.of_what) json_object_set_new(o, "rows_are", json_string(v->value.of_what));
  }
  if (v->value.needs) {
    json_object_set_new(o, "has_rows", json_integer(v->value.has));
    json_object_set_new(o, "needs_rows", json_integer(v->value.needs));
  }
  if (v->label) json_object_set_new(o, "label", text_json(v->label));
  if (has_bands(s->kpi))
    json_object_set_new(o, "band", v->band ? json_string(v->band) : json_null());
  set_hindsight(o, d->hindsight);
  return o;
}

static json_t *target_json(const struct target_status *t) {
  json_t *o = json_object();
  json_object_set_new(o, "target", json_string(t->name));
  json_object_set_new(o, "kpi", json_string(t->target->kpi->name));
  if (t->by) {
    json_t *by = json_object();
    for (size_t i = 0; i < t->target->dims.n; i++)
      json_object_set_new(by, t->dims[i], value_json(&t->by[i]));
    json_object_set_new(o, "by", by);
  }
  json_object_set_new(o, "start", day_json(t->start));
  json_object_set_new(o, "due", day_json(t->due));
  json_object_set_new(o, "value", value_json(&t->now));
  json_object_set_new(o, "goal", value_json(&t->goal));
  json_object_set_new(o, "gap", value_json(&t->gap));
  json_object_set_new(o, "pace", value_json(&t->pace));
  json_object_set_new(o, "projected", value_json(&t->projected));
  json_object_set_new(o, "unit", json_string(unit_of(&t->now)));
  if (t->by && t->now.type.currency)
    json_object_set_new(o, "currency", json_string(t->now.type.currency));
  json_object_set_new(o, "on_track", t->judged ? json_boolean(t->on_track) : json_null());
  json_object_set_new(o, "met_today", t->judged ? json_boolean(t->met) : json_null());
  json_object_set_new(o, "reached", t->judged ? json_boolean(t->reached) : json_null());
  set_hindsight(o, t->hindsight);
  return o;
}

static void set_remarks(json_t *doc, const struct kpi_report *r) {
  json_t *list = json_array();
  for (size_t k = 0; k < r->n; k++)
    for (size_t i = 0; i < r->series[k].remarks.n; i++) {
      json_t *o = json_object();
      json_object_set_new(o, "kpi", json_string(r->series[k].kpi->name));
      json_object_set_new(o, "says", text_json(r->series[k].remarks.v[i]));
      json_array_append_new(list, o);
    }
  json_object_set_new(doc, "remarks", list);
}

/* Of all groups of a KPI together: apart from them, so that nobody adds them up with it. */
static json_t *total_json(const struct kpi_series *s, const struct kpi_day *d) {
  struct kpi_series of_all = *s;
  of_all.n_dims = 0;
  json_t *o = kpi_json(&of_all, d, &d->values[0]);
  json_object_del(o, "band"); /* bands speak of the groups */
  return o;
}

static json_t *totals_json(const struct kpi_report *r) {
  json_t *list = json_array();
  for (size_t k = 0; k < r->n; k++)
    for (size_t d = 0; r->series[k].totals && d < r->series[k].n_days; d++)
      if (r->series[k].totals[d].n)
        json_array_append_new(list, total_json(&r->series[k], &r->series[k].totals[d]));
  return list;
}

static json_t *series_json(const struct kpi_series *s) {
  json_t *list = json_array();
  for (size_t d = 0; d < s->n_days; d++)
    for (size_t i = 0; i < s->days[d].n; i++)
      json_array_append_new(list, kpi_json(s, &s->days[d], &s->days[d].values[i]));
  return list;
}

/* The document, its list of values empty. */
static json_t *report_json(const struct kpi_report *r, day_t as_of) {
  json_t *doc = json_object(), *targets = json_array();
  for (size_t i = 0; i < r->n_targets; i++)
    json_array_append_new(targets, target_json(&r->targets[i]));
  json_object_set_new(doc, "as_of", day_json(as_of));
  json_object_set_new(doc, "kpis", json_array());
  json_object_set_new(doc, "totals", totals_json(r));
  json_object_set_new(doc, "targets", targets);
  set_remarks(doc, r);
  if (r->n_unreadable)
    json_object_set_new(doc, "unreadable", unreadable_json(r->unreadable, r->n_unreadable));
  return doc;
}

/* As jansson indents it inside of a list of the document. */
void kpi_print_json_element(FILE *f, json_t *element, int digits, bool *first) {
  char *text = json_dumps(element, JSON_INDENT(1) | JSON_REAL_PRECISION(digits));
  CHECK(text);
  fputs(*first ? "\n  " : ",\n  ", f);
  for (const char *at = text, *end; *at; at = end) {
    end = strchrnul(at, '\n');
    fwrite(at, 1, (size_t)(end - at), f);
    if (!*end) break;
    fputs("\n  ", f);
    end++;
  }
  *first = false;
  free(text);
  json_decref(element);
}

static int most_digits(json_t *doc, json_t **lists, size_t n, const struct kpi_spool *spool) {
  int most = json_digits(doc), digits = kpi_spool_digits(spool);
  if (digits > most) most = digits;
  for (size_t k = 0; k < n; k++)
    if ((digits = json_digits(lists[k])) > most) most = digits;
  return most;
}

void kpi_print_json(FILE *f, const struct kpi_report *r, day_t as_of, struct kpi_spool *spool) {
  static const char empty[] = "\"kpis\": [";
  json_t *doc = report_json(r, as_of), **lists = xcalloc(r->n + 1, sizeof(json_t *));
  for (size_t k = 0; k < r->n; k++) lists[k] = series_json(&r->series[k]);
  int digits = most_digits(doc, lists, r->n, spool);
  char *text = json_dumps(doc, JSON_INDENT(1) | JSON_REAL_PRECISION(digits));
  const char *rest = text ? strstr(text, empty) : NULL; /* the first one: a day stands before it */
  CHECK(rest);
  rest += sizeof empty - 1;
  fwrite(text, 1, (size_t)(rest - text), f);
  bool first = true;
  for (size_t k = 0; k < r->n; k++) {
    if (kpi_spool_has(spool, k)) kpi_spool_print_json(spool, k, digits, &first, f);
    for (size_t i = 0; i < json_array_size(lists[k]); i++)
      kpi_print_json_element(f, json_incref(json_array_get(lists[k], i)), digits, &first);
    json_decref(lists[k]);
  }
  fprintf(f, "%s%s\n", first ? "" : "\n ", rest);
  free(lists);
  free(text);
  json_decref(doc);
}

void csv_cell(FILE *f, const char *s) {
  bool formula = *s && strchr("=+-@\t\r\n", *s); /* a spreadsheet would run it */
  fputc('"', f);
  if (formula) fputc('\'', f);
  for (; *s; s++) {
    if (*s == '"') fputc('"', f);
    fputc(*s, f);
  }
  fputc('"', f);
}

static void csv_number(FILE *f, const struct value *v) {
  if (!v->known) return;
  if (unit_class(v->type.unit) != CLASS_NUM) {
    char buf[128];
    csv_cell(f, v->text ? v->text : value_text(v, buf, sizeof buf));
    return;
  }
  fprintf(f, "%.15g", v->type.unit == U_MONEY ? v->num / currency_minor(v->type.currency) : v->num);
}

/* A value of a group: a number with all its digits, so that no two groups look alike. */
static const char *group_text(const struct value *v, char *buf, size_t size) {
  double x =
      v->type.unit == U_MONEY ? decimal_major(v->num, currency_minor(v->type.currency)) : v->num;
  if (!v->known) return "";
  if (unit_class(v->type.unit) != CLASS_NUM)
    return v->text ? v->text : value_exact_text(v, buf, size);
  snprintf(buf, size, "%.*g", number_digits(x), x);
  return buf;
}

/* A part of a tuple: in quotes where it could be taken for two, so that no two groups look
 * alike. */
static void print_part(FILE *f, const char *s) {
  if (!strpbrk(s, ";\"")) {
    fputs(s, f);
    return;
  }
  fputc('"', f);
  for (; *s; s++) {
    if (*s == '"') fputc('"', f);
    fputc(*s, f);
  }
  fputc('"', f);
}

/* The values of a group in one cell: a lone number is no formula, whatever its sign. */
static void csv_group(FILE *f, const struct value *by, size_t n) {
  char buf[96], *text = NULL;
  size_t size;
  if (n == 1 && by->known && unit_class(by->type.unit) == CLASS_NUM) {
    fprintf(f, "\"%s\"", group_text(by, buf, sizeof buf));
    return;
  }
  FILE *m = open_memstream(&text, &size);
  if (!m) return;
  for (size_t i = 0; i < n; i++) {
    if (i) fputs("; ", m);
    const char *part = group_text(&by[i], buf, sizeof buf);
    if (n > 1)
      print_part(m, part);
    else
      fputs(part, m);
  }
  fclose(m);
  csv_cell(f, text);
  free(text);
}

static void csv_hindsight(FILE *f, const name_list *columns) {
  if (!columns) return;
  fputc('"', f);
  for (size_t i = 0; i < columns->n; i++) fprintf(f, "%s%s", i ? "; " : "", columns->v[i]);
  fputc('"', f);
}

static void csv_too_few(FILE *f, const struct value *v) {
  fputc(',', f);
  if (v->needs) fprintf(f, "\"%ld of %ld\"", v->has, v->needs);
}

void kpi_print_csv_day(FILE *f, const struct kpi_series *s, const struct kpi_day *d, bool needs) {
  char buf[16];
  for (size_t i = 0; i < d->n; i++) {
    const struct kpi_value *v = &d->values[i];
    csv_cell(f, s->kpi->name);
    fprintf(f, ",%s,", day_text(d->day, buf));
    if (s->n_dims) csv_group(f, v->by, s->n_dims);
    fputc(',', f);
    csv_number(f, &v->value);
    fprintf(f, ",%s,%s,%s,", unit_of(&v->value),
            v->value.type.currency ? v->value.type.currency : "", v->band ? v->band : "");
    csv_hindsight(f, d->hindsight);
    if (needs) csv_too_few(f, &v->value);
    fputs("\r\n", f);
  }
}

/* The column of rows is there when a KPI of the report asks for them. */
void kpi_print_csv(FILE *f, const struct kpi_report *r, bool needs, struct kpi_spool *spool) {
  fprintf(f, "kpi,day,by,value,unit,currency,band,hindsight%s\r\n", needs ? ",too few rows" : "");
  for (size_t k = 0; k < r->n; k++) {
    const struct kpi_series *s = &r->series[k];
    if (kpi_spool_has(spool, k)) kpi_spool_print_csv(spool, k, f);
    for (size_t d = 0; d < s->n_days; d++) kpi_print_csv_day(f, s, &s->days[d], needs);
  }
}
