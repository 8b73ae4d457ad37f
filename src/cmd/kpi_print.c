/* KPI reports. In: series and targets. Out: tables with change, sparkline and colour; JSON; CSV. */
#include "cmd/kpi_print.h"

#include <math.h>
#include <string.h>

#include "action/value_json.h"
#include "base/table.h"

static const char *unit_of(const struct value *v) {
  return v->type.unit == U_SHARE && v->type.percent ? "percent" : unit_name(v->type.unit);
}

static bool has_bands(const struct kpi *k) { return k->green.set || k->amber.set || k->red.set; }

/* ---- JSON and CSV ------------------------------------------------------------------------------------------ */

static json_t *by_json(const struct kpi_series *s, const struct kpi_value *v) {
  json_t *by = json_object();
  for (size_t i = 0; i < s->n_dims; i++) json_object_set_new(by, s->dims[i], text_json(v->by[i]));
  return by;
}

static json_t *kpi_json(const struct kpi_series *s, const struct kpi_day *d, const struct kpi_value *v) {
  json_t *o = json_object();
  json_object_set_new(o, "kpi", json_string(s->kpi->name));
  json_object_set_new(o, "day", day_json(d->day));
  if (s->n_dims) json_object_set_new(o, "by", by_json(s, v));
  json_object_set_new(o, "value", value_json(&v->value));
  json_object_set_new(o, "unit", json_string(unit_of(&v->value)));
  if (v->value.type.currency) json_object_set_new(o, "currency", json_string(v->value.type.currency));
  if (v->value.of_rows) {
    json_object_set_new(o, "rows", json_integer(v->value.rows));
    json_object_set_new(o, "of_rows", json_integer(v->value.of_rows));
  }
  if (v->label) json_object_set_new(o, "label", text_json(v->label));
  if (has_bands(s->kpi)) json_object_set_new(o, "band", v->band ? json_string(v->band) : json_null());
  return o;
}

static json_t *target_json(const struct target_status *t) {
  json_t *o = json_object();
  json_object_set_new(o, "target", json_string(t->name));
  json_object_set_new(o, "kpi", json_string(t->target->kpi->name));
  json_object_set_new(o, "start", day_json(t->start));
  json_object_set_new(o, "due", day_json(t->due));
  json_object_set_new(o, "value", value_json(&t->now));
  json_object_set_new(o, "goal", value_json(&t->goal));
  json_object_set_new(o, "gap", value_json(&t->gap));
  json_object_set_new(o, "pace", value_json(&t->pace));
  json_object_set_new(o, "projected", value_json(&t->projected));
  json_object_set_new(o, "unit", json_string(unit_of(&t->now)));
  json_object_set_new(o, "on_track", t->judged ? json_boolean(t->on_track) : json_null());
  json_object_set_new(o, "reached", t->judged ? json_boolean(t->reached) : json_null());
  return o;
}

void kpi_print_json(FILE *f, const struct kpi_report *r, day_t as_of) {
  json_t *doc = json_object(), *list = json_array(), *targets = json_array();
  for (size_t k = 0; k < r->n; k++)
    for (size_t d = 0; d < r->series[k].n_days; d++)
      for (size_t i = 0; i < r->series[k].days[d].n; i++)
        json_array_append_new(list, kpi_json(&r->series[k], &r->series[k].days[d], &r->series[k].days[d].values[i]));
  for (size_t i = 0; i < r->n_targets; i++) json_array_append_new(targets, target_json(&r->targets[i]));
  json_object_set_new(doc, "as_of", day_json(as_of));
  json_object_set_new(doc, "kpis", list);
  json_object_set_new(doc, "targets", targets);
  json_print(f, doc);
}

static void csv_cell(FILE *f, const char *s) {
  bool formula = *s == '=' || *s == '+' || *s == '@'; /* a spreadsheet would run it */
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
    csv_cell(f, value_text(v, buf, sizeof buf));
    return;
  }
  fprintf(f, "%.15g", v->type.unit == U_MONEY ? v->num / currency_minor(v->type.currency) : v->num);
}

void kpi_print_csv(FILE *f, const struct kpi_report *r) {
  fputs("kpi,day,by,value,unit,currency,band\r\n", f);
  char buf[16];
  for (size_t k = 0; k < r->n; k++)
    for (size_t d = 0; d < r->series[k].n_days; d++)
      for (size_t i = 0; i < r->series[k].days[d].n; i++) {
        const struct kpi_value *v = &r->series[k].days[d].values[i];
        csv_cell(f, r->series[k].kpi->name);
        fprintf(f, ",%s,", day_text(r->series[k].days[d].day, buf));
        for (size_t j = 0; j < r->series[k].n_dims; j++) {
          if (j) fputs("; ", f);
          csv_cell(f, v->by[j] ? v->by[j] : "");
        }
        fputc(',', f);
        csv_number(f, &v->value);
        fprintf(f, ",%s,%s,%s\r\n", unit_of(&v->value), v->value.type.currency ? v->value.type.currency : "", v->band ? v->band : "");
      }
}

/* ---- text ------------------------------------------------------------------------------------------------------ */

static const char *text(const struct value *v, struct arena *a) {
  char buf[128];
  return arena_strdup(a, value_text(v, buf, sizeof buf));
}

/* Against the step before: relative for amounts, in points for percents. */
static const char *change(const struct value *before, const struct value *now, struct arena *a) {
  if (!before || !before->known || !now->known || unit_class(now->type.unit) != CLASS_NUM) return "";
  double d = now->num - before->num;
  if (now->type.percent) return arena_printf(a, "%+.1fpp", d * 100);
  if (before->num == 0) return d == 0 ? "=" : "";
  double share = d / fabs(before->num) * 100;
  return fabs(share) < 0.05 ? "=" : arena_printf(a, "%+.1f%%", share);
}

static const char *sparkline(const struct kpi_value *const *values, size_t n, struct arena *a) {
  static const char *const bars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  double lo = INFINITY, hi = -INFINITY;
  for (size_t i = 0; i < n; i++)
    if (values[i] && values[i]->value.known) lo = fmin(lo, values[i]->value.num), hi = fmax(hi, values[i]->value.num);
  char *out = arena_alloc(a, n * 3 + 1);
  for (size_t i = 0; i < n; i++) {
    bool known = values[i] && values[i]->value.known;
    int level = known && hi > lo ? (int)((values[i]->value.num - lo) / (hi - lo) * 7.999) : 0;
    strcat(out, known ? bars[level] : "·");
  }
  return out;
}

static bool same_group(const struct kpi_series *s, const struct kpi_value *a, const struct kpi_value *b) {
  for (size_t i = 0; i < s->n_dims; i++)
    if ((a->by[i] != NULL) != (b->by[i] != NULL) || (a->by[i] && strcmp(a->by[i], b->by[i]) != 0)) return false;
  return true;
}

static const struct kpi_value *find(const struct kpi_series *s, size_t day, const struct kpi_value *like) {
  for (size_t i = 0; i < s->days[day].n; i++)
    if (same_group(s, &s->days[day].values[i], like)) return &s->days[day].values[i];
  return NULL;
}

static const char *group_name(const struct kpi_series *s, const struct kpi_value *v, struct arena *a) {
  const char *name = "";
  for (size_t i = 0; i < s->n_dims; i++) name = arena_printf(a, "%s%s%s", name, i ? ", " : "", v->by[i] ? v->by[i] : "unknown");
  return v->label ? arena_printf(a, "%s (%s)", v->label, name) : name;
}

static void heading(FILE *f, const struct kpi_series *s, const char *spark, bool color) {
  const struct kpi *k = s->kpi;
  fprintf(f, "%s%s%s", color ? "\033[1m" : "", k->name, color ? "\033[0m" : "");
  if (k->entity) fprintf(f, " of %s", k->entity->name);
  for (size_t i = 0; !k->entity && i < s->n_dims; i++) fprintf(f, "%s%s", i ? ", " : " by ", s->dims[i]);
  if (k->means) fprintf(f, ": %s", k->means);
  if (spark && *spark) fprintf(f, "  %s", spark);
  fputc('\n', f);
}

/* One value a day: the days are the rows. */
static void print_days(FILE *f, const struct kpi_series *s, int width, bool color, struct arena *a) {
  const struct kpi_value **values = NEW_N(a, const struct kpi_value *, s->n_days);
  for (size_t d = 0; d < s->n_days; d++) values[d] = s->days[d].n ? &s->days[d].values[0] : NULL;
  heading(f, s, s->n_days > 2 ? sparkline(values, s->n_days, a) : NULL, color);
  static const struct table_col cols[] = {{"day", ALIGN_LEFT, FIT_WHOLE, 0}, {"value", ALIGN_RIGHT, FIT_WHOLE, 0}, {"change", ALIGN_RIGHT, FIT_WHOLE, 0}, {"", ALIGN_LEFT, FIT_WHOLE, 0}};
  struct table *t = table_new(a, cols, 4);
  for (size_t d = 0; d < s->n_days; d++) {
    if (!values[d]) continue;
    char day[16];
    const char *cells[] = {arena_strdup(a, day_text(s->days[d].day, day)), text(&values[d]->value, a),
                           change(d && values[d - 1] ? &values[d - 1]->value : NULL, &values[d]->value, a), values[d]->band};
    table_row(t, cells);
  }
  table_print(t, f, width, color);
}

enum { ROWS_SHOWN = 12 };

/* Groups or rows: one line each, with the course over the days. */
static void print_groups(FILE *f, const struct kpi_series *s, int width, bool color, struct arena *a) {
  const struct kpi_day *last = &s->days[s->n_days - 1];
  bool series = s->n_days > 1;
  heading(f, s, NULL, color);
  const struct table_col cols[] = {{s->kpi->entity ? s->kpi->entity->name : "group", ALIGN_LEFT, FIT_SHORTEN, 12}, {"value", ALIGN_RIGHT, FIT_WHOLE, 0},
                                   {series ? "change" : "", ALIGN_RIGHT, FIT_WHOLE, 0}, {"", ALIGN_LEFT, FIT_WHOLE, 0}, {"", ALIGN_LEFT, FIT_SHORTEN, 6}};
  struct table *t = table_new(a, cols, 5);
  size_t shown = s->kpi->entity && last->n > ROWS_SHOWN ? ROWS_SHOWN : last->n;
  for (size_t i = 0; i < shown; i++) {
    const struct kpi_value *v = &last->values[i];
    const struct kpi_value **course = NEW_N(a, const struct kpi_value *, s->n_days);
    for (size_t d = 0; series && d < s->n_days; d++) course[d] = find(s, d, v);
    const struct kpi_value *before = series ? course[s->n_days - 2] : NULL;
    const char *cells[] = {group_name(s, v, a), text(&v->value, a), change(before ? &before->value : NULL, &v->value, a), v->band,
                           series ? sparkline(course, s->n_days, a) : ""};
    table_row(t, cells);
  }
  table_print(t, f, width, color);
  if (shown < last->n) fprintf(f, "and %zu more: --format csv lists them all\n", last->n - shown);
}

static void print_target(FILE *f, const struct target_status *t, struct arena *a) {
  char due[16];
  fprintf(f, "%s by %s: ", span_text(a, t->target->expr->span), day_text(t->due, due));
  if (!t->judged) {
    fprintf(f, "cannot be judged: %s is unknown\n", !t->now.known ? "today's value" : !t->goal.known ? "the goal" : "the value at its start");
    return;
  }
  fprintf(f, "%s; now %s", t->reached ? "reached" : t->on_track ? "on track" : "behind", text(&t->now, a));
  if (!t->reached) fprintf(f, ", %s to go", text(&t->gap, a));
  if (t->pace.known) fprintf(f, ", pace %s", text(&t->pace, a));
  if (t->projected.known) fprintf(f, ", at this speed %s", text(&t->projected, a));
  fputc('\n', f);
}

void kpi_print_text(FILE *f, const struct kpi_report *r, day_t as_of, int width, bool color, struct arena *a) {
  char day[16];
  fprintf(f, "%s: %zu KPI%s\n", day_text(as_of, day), r->n, r->n == 1 ? "" : "s");
  for (size_t k = 0; k < r->n; k++) {
    fputc('\n', f);
    if (r->series[k].n_dims) print_groups(f, &r->series[k], width, color, a);
    else print_days(f, &r->series[k], width, color, a);
  }
  if (r->n_targets) fputs("\nTargets\n", f);
  for (size_t i = 0; i < r->n_targets; i++) print_target(f, &r->targets[i], a);
}
