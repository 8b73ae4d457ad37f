/* In: a policy without mistakes, and the project's data. Out: what the policy would have done:
 * items of its rules, values of its KPIs, other values of its thresholds. */
#include <math.h>
#include <string.h>

#include "base/plot.h"
#include "editor/catalog.h"
#include "editor/counting.h"
#include "eval/row_key.h"
#include "judge/dataset_check.h"
#include "judge/judge.h"
#include "postgres/address.h"

/* ---- what all of them need ------------------------------------------------------------------ */

static bool fill_calendar(struct ruleset *rs, const struct counting *c, struct diags *problems) {
  return load_holidays(rs, c->dataset, problems) && load_fiscal_periods(rs, c->dataset, problems);
}

struct ruleset *counting_read(const struct counting *c, struct arena *a) {
  struct ruleset *rs;
  struct diags unheard = {.arena = a};
  bool good = ruleset_load(&c->x->request, a, &rs, &unheard) && !rs->diags.errors &&
              fill_calendar(rs, c, &unheard);
  return good ? rs : NULL;
}

struct backtest *counting_live(const struct counting *c, struct ruleset **policies, size_t n,
                               struct arena *a, struct diags *problems) {
  struct backtest_request q = {.dataset = c->dataset,
                               .policies = policies,
                               .n_policies = n,
                               .last_days = QUARTER_DAYS,
                               .as_of = c->today,
                               .every = {1, DUR_WEEK},
                               .notice = {1, DUR_DAY}};
  struct backtest *out = NEW_N(a, struct backtest, n + 1);
  return backtest_run(&q, a, out, problems) ? out : NULL;
}

/* Of a rule by its place in b->replayed. */
static struct rule_counts counted(const struct backtest *b, size_t i) {
  const struct replayed *r = b->replayed;
  const struct past_day *last = r->days.n ? &r->days.v[r->days.n - 1] : NULL;
  return (struct rule_counts){last ? last->open[i] : 0,
                              b->rules[i].opened + b->rules[i].carried_in};
}

struct rule_counts items_counted(const struct backtest *b, const name_list *rules) {
  struct rule_counts n = {0};
  for (size_t i = 0; i < b->replayed->n_rules; i++)
    for (size_t k = 0; k < rules->n; k++) {
      if (strcmp(b->replayed->rules[i], rules->v[k]) != 0) continue;
      struct rule_counts one = counted(b, i);
      n.open += one.open;
      n.lived += one.lived;
    }
  return n;
}

const char *counting_day(const struct counting *c, struct arena *a) {
  char day[16];
  return c->day + DATA_FRESH_DAYS >= c->today ? " today"
                                              : arena_printf(a, " on %s", day_text(c->day, day));
}

/* ---- rules ---------------------------------------------------------------------------------- */

/* True: the data can be read. */
static bool count_rules(struct counting *c, struct diags *problems) {
  struct ruleset *rs = c->x->rs;
  struct backtest *b = counting_live(c, &rs, 1, c->a, problems);
  if (!b) return false;
  c->day = b->to;
  json_t *all = json_object();
  const struct replayed *r = b->replayed;
  for (size_t i = 0; r->days.n && i < r->n_rules; i++) {
    struct rule_counts n = counted(b, i);
    json_object_set_new(
        all, r->rules[i],
        json_pack("{s:I, s:I}", "open", (json_int_t)n.open, "lived", (json_int_t)n.lived));
  }
  job_write(c->to, json_pack("{s:o, s:s}", "rules", all, "day", counting_day(c, c->a)));
  return true;
}

/* ---- KPIs ----------------------------------------------------------------------------------- */

enum { MONTHS_SHOWN = 12, GROUPS_SHOWN = 6 };

/* The bars of a group, or of the company. */
static const char *bars(const struct kpi_series *s, const struct kpi_value *like, struct arena *a) {
  double *values = NEW_N(a, double, s->n_days + 1);
  for (size_t d = 0; d < s->n_days; d++) {
    values[d] = NAN;
    for (size_t i = 0; i < s->days[d].n; i++) {
      const struct kpi_value *v = &s->days[d].values[i];
      if (kpi_same_group(s, v, like) && v->value.known) values[d] = v->value.num;
    }
  }
  return plot_sparkline(values, s->n_days, a);
}

static const char *value_line(const struct kpi_series *s, const struct kpi_value *v,
                              struct arena *a) {
  char text[96];
  const char *line = v->value.known ? value_text(&v->value, text, sizeof text) : "unknown";
  if (s->n_dims) line = arena_printf(a, "%s: %s", group_name(v->by, s->n_dims, a), line);
  if (v->band) line = arena_printf(a, "%s, %s", line, v->band);
  bool number = unit_class(s->kpi->term->type.unit) == CLASS_NUM;
  return number ? arena_printf(a, "%s  `%s`", line, bars(s, v, a)) : line;
}

/* As Markdown. */
static const char *kpi_figure(const struct counting *c, const struct kpi_series *s) {
  const struct kpi_day *last = &s->days[s->n_days - 1];
  const char *out = "";
  for (size_t i = 0; i < last->n && i < GROUPS_SHOWN; i++)
    out = arena_printf(c->a, "%s\n- %s", out, value_line(s, &last->values[i], c->a));
  if (last->n > GROUPS_SHOWN)
    out = arena_printf(c->a, "%s\n- and %zu more", out, last->n - GROUPS_SHOWN);
  return arena_printf(c->a, "Value%s, and each month of the year before:\n%s",
                      counting_day(c, c->a), out);
}

static bool is_of_few(const struct kpi *k) { return !k->entity && k->term; }

static void count_kpis(struct counting *c) {
  struct ruleset *rs = c->x->rs;
  struct kpi **kpis = NEW_N(c->a, struct kpi *, rs->kpis.n + 1);
  day_t days[MONTHS_SHOWN + 1];
  size_t n = 0;
  for (size_t i = 0; i < rs->kpis.n; i++)
    if (is_of_few(rs->kpis.v[i])) kpis[n++] = rs->kpis.v[i];
  for (int i = 0; i <= MONTHS_SHOWN; i++)
    days[i] = day_shift(&rs->calendar, c->day, (struct duration){MONTHS_SHOWN - i, DUR_MONTH}, -1);
  struct kpi_request q = {.rs = rs,
                          .dataset = c->dataset,
                          .kpis = kpis,
                          .n = n,
                          .days = days,
                          .n_days = MONTHS_SHOWN + 1,
                          .today = c->today,
                          .arena = c->a};
  struct kpi_report r;
  struct diags unheard = {.arena = c->a};
  if (!n || !kpi_report(&q, &r, &unheard)) return;
  json_t *all = json_object();
  for (size_t i = 0; i < r.n; i++)
    json_object_set_new(all, r.series[i].kpi->name, json_string(kpi_figure(c, &r.series[i])));
  job_write(c->to, json_pack("{s:o}", "kpis", all));
}

/* ---- the job -------------------------------------------------------------------------------- */

/* By file: tables and columns that the data do not have. */
static json_t *misfits_json(const struct counting *c) {
  const struct ruleset *rs = c->x->rs;
  json_t *all = json_object();
  for (size_t i = 0; i < rs->diags.list.n; i++) {
    const struct diag *d = rs->diags.list.v[i];
    if (d->kind->level != LEVEL_ERROR || !d->span.src) continue;
    const char *id = c->x->ids[d->span.src->order];
    struct lines lines = lines_of_source(c->a, d->span.src);
    if (!json_object_get(all, id)) json_object_set_new(all, id, json_array());
    json_array_append_new(json_object_get(all, id), diagnostic_json(c->a, &lines, d));
  }
  return all;
}

static json_t *tables_json(struct dataset *ds) {
  json_t *all = json_object();
  for (const struct table_info *const *t = dataset_tables(ds); *t; t++) {
    json_t *columns = json_array();
    for (const char *const *name = (*t)->columns; name && *name; name++)
      json_array_append_new(columns, json_string(*name));
    json_object_set_new(all, (*t)->name, columns);
  }
  return all;
}

static bool open_data(struct counting *c, const char *path, struct diags *problems) {
  if (!dataset_open(path, c->a, &c->dataset, problems)) return false;
  if (is_postgres_address(path))
    job_write(c->to, json_pack("{s:o}", "tables", tables_json(c->dataset)));
  bool fits = !dataset_check_names(c->x->rs, c->dataset);
  job_write(c->to, json_pack("{s:o}", "misfits", misfits_json(c)));
  if (fits) return fill_calendar(c->x->rs, c, problems);
  return diag_fail(problems, V0704, "the rules name what the data do not have");
}

void figures_run(const struct editor *e, const struct analysis *x, int to) {
  struct counting c = {.e = e, .x = x, .a = arena_new(), .to = to};
  struct diags problems = {.arena = c.a};
  const char *path = catalog_data_path(x->rs, e->setup->db, c.a);
  c.today = c.day = e->setup->today(e->setup->ctx, x->rs);
  if (!path || !open_data(&c, path, &problems) || !count_rules(&c, &problems)) {
    job_write(to, json_pack("{s:s}", "failed", path ? diags_failure(&problems) : ""));
    return;
  }
  count_acting(&c);
  count_kpis(&c);
  count_thresholds(&c);
}

/* What was counted of data that cannot be read any more goes. */
static void forget_counted(json_t *figures) {
  static const char *const counted[] = {"rules", "acting", "thresholds", "kpis", "day"};
  for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
    json_object_del(figures, counted[i]);
}

void figures_take(struct editor *e, struct policy *p, json_t *found) {
  const char *kind;
  json_t *value;
  if ((value = json_object_get(found, "tables")) != NULL) {
    catalog_free(p->served);
    p->served = catalog_from_json(value);
    return;
  }
  if (json_object_get(found, "failed")) forget_counted(p->figures);
  if (json_object_get(found, "rules")) json_object_del(p->figures, "failed");
  if (!json_object_get(found, "misfits")) json_object_del(p->figures, "stale");
  json_object_foreach(found, kind, value) {
    json_t *before = json_object_get(p->figures, kind);
    if (strcmp(kind, "thresholds") == 0 && before)
      json_object_update(before, value);
    else
      json_object_set(p->figures, kind, value);
  }
  if (json_object_get(found, "misfits"))
    diagnostics_publish(e, p);
  else
    editor_refresh(e);
}
