/* Results, and what moves before them. In: KPIs with twelve months of values. Out: each with its
 * number, its band, what it is held against, its line, what it decides and who owns it; behind it
 * its definition and all its values. */
#include <math.h>

#include "base/decimal.h"
#include "base/text.h"
#include "report/svg.h"
#include "report/section.h"
#include "sema/threshold_line.h"

bool html_results_there(const struct html *h) {
  const struct report *r = h->r;
  return !r->person && !r->team && (r->results.n || r->leading.n);
}

void html_results_lead(struct html *h) {
  const struct report *r = h->r;
  const char *beside = say(&h->w, r->leading.n ? T_RESULTS_BESIDE : T_RESULTS_ALONE);
  html_paragraph(h, "about",
                 r->results.n ? say_count(&h->w, T_RESULTS_LEAD, (long)r->results.n, beside)
                              : say(&h->w, T_LEADING_LEAD));
  html_command(h, html_months(h, r->results.n ? r->results.v : r->leading.v, ""));
}

/* ---- the values of a KPI -------------------------------------------------------------- */

static const struct kpi_day *today_of(const struct kpi_series *s) {
  return &s->days[s->n_days - 1];
}

/* The one number of a day: of the company, or of all groups together; NULL: there is none. */
static const struct kpi_value *whole(const struct kpi_series *s, size_t day) {
  if (!s->kpi->dims.n) return s->days[day].n ? s->days[day].values : NULL;
  return s->totals && s->totals[day].n ? s->totals[day].values : NULL;
}

static const struct value *value_on(const struct kpi_series *s, size_t day,
                                    const struct kpi_value *group) {
  static const struct value unknown;
  if (!group) return whole(s, day) ? &whole(s, day)->value : &unknown;
  for (size_t i = 0; i < s->days[day].n; i++)
    if (kpi_same_group(s, &s->days[day].values[i], group)) return &s->days[day].values[i].value;
  return &unknown;
}

static const char *group_words(struct html *h, const struct kpi_series *s,
                               const struct kpi_value *v) {
  const char *name = say_group(&h->w, v->by, s->kpi->dims.n);
  return *name ? name : say(&h->w, T_WORD_UNKNOWN);
}

static bool is_red(const struct kpi_value *v) { return v->band && strcmp(v->band, "red") == 0; }

/* The groups of today, those of the most rows first: in this order they are drawn. */
static const struct kpi_value **groups_of(struct html *h, const struct kpi_series *s) {
  const struct kpi_day *day = today_of(s);
  const struct kpi_value **out = NEW_N(h->a, const struct kpi_value *, day->n + 1);
  for (size_t i = 0; i < day->n; i++) {
    size_t k = i;
    for (; k > 0 && out[k - 1]->all_rows < day->values[i].all_rows; k--) out[k] = out[k - 1];
    out[k] = &day->values[i];
  }
  return out;
}

/* ---- floor and goal ------------------------------------------------------------------- */

/* What a bound of a band is for everybody on the day. */
static bool bound_of(const struct html *h, const struct term *t, double *out) {
  if (t && t->kind == T_CONST) *out = t->value.num;
  if (!t || t->kind != T_THRESHOLD) return t && t->kind == T_CONST;
  const struct threshold_line *l = threshold_line_on(t->threshold, NULL, h->r->as_of);
  if (!l || !is_base_line(l) || t->threshold->is_duration) return false;
  bool major = t->threshold->bare && t->type.unit == U_MONEY;
  *out = major ? decimal_minor(l->value.num, currency_minor(t->type.currency)) : l->value.num;
  return true;
}

/* Below it the value is red, or above it. */
static void add_floor(struct html *h, const struct kpi *k, struct svg_lines *x) {
  double at;
  if (!k->red.set || k->red.b || !bound_of(h, k->red.a, &at)) return;
  bool below = k->red.op == OP_LT || k->red.op == OP_LE;
  struct value v = {.type = k->term->type, .known = true, .num = at};
  x->refs[x->n_refs++] =
      (struct svg_ref){say(&h->w, below ? T_FLOOR : T_CEILING, say_short(&h->w, &v)), "floor", at};
}

/* Of a target on the KPI itself; how far it has to move is no level. */
static void add_goal(struct html *h, const struct report_kpi *k, struct svg_lines *x) {
  for (size_t i = 0; i < k->n_targets && x->n_refs < SVG_REFS_MAX; i++) {
    const struct target_status *t = k->targets[i];
    if (t->by || !t->goal.known || !t->target->measure || t->target->measure->kind != T_KPI)
      continue;
    x->refs[x->n_refs++] =
        (struct svg_ref){say(&h->w, T_GOAL_MARK, say_short(&h->w, &t->goal)), "goal", t->goal.num};
    return;
  }
}

/* ---- the line ------------------------------------------------------------------------- */

static const struct value *values_of(struct html *h, const struct kpi_series *s,
                                     const struct kpi_value *group) {
  struct value *out = NEW_N(h->a, struct value, s->n_days + 1);
  for (size_t d = 0; d < s->n_days; d++) out[d] = *value_on(s, d, group);
  return out;
}

static void add_lines(struct html *h, const struct kpi_series *s, struct svg_lines *x) {
  const struct kpi_value **groups = groups_of(h, s);
  size_t n = today_of(s)->n;
  for (size_t i = 0; s->kpi->dims.n && i < n && x->n_lines < REPORT_LINES_MAX; i++)
    x->lines[x->n_lines++] = (struct svg_line){group_words(h, s, groups[i]), is_red(groups[i]),
                                               values_of(h, s, groups[i])};
  if (s->kpi->dims.n) return;
  const struct kpi_value *v = whole(s, s->n_days - 1);
  x->lines[x->n_lines++] = (struct svg_line){"", v && is_red(v), values_of(h, s, NULL)};
}

static bool counted_from_zero(const struct type *t) {
  return t->unit == U_COUNT || t->unit == U_MONEY;
}

static void put_chart(struct html *h, const struct report_kpi *k) {
  const struct kpi_series *s = k->series;
  day_t *days = NEW_N(h->a, day_t, s->n_days + 1);
  for (size_t d = 0; d < s->n_days; d++) days[d] = s->days[d].day;
  struct svg_lines x = {.title = say_title(&h->w, s->kpi->name), .days = days, .n_days = s->n_days};
  x.from_zero = counted_from_zero(&s->kpi->term->type);
  add_lines(h, s, &x);
  add_floor(h, s->kpi, &x);
  add_goal(h, k, &x);
  if (!svg_lines(h, &x)) html_paragraph(h, "noline", say(&h->w, T_KPI_NO_VALUES));
}

static bool has_past(const struct report_kpi *k) { return !k->hindsight.n; }

static const char *joined_names(struct html *h, const name_list *names) {
  const char *out = "";
  for (size_t i = 0; i < names->n; i++)
    out = arena_printf(h->a, "%s%s%s", out, i ? ", " : "", names->v[i]);
  return out;
}

static void put_line(struct html *h, const struct report_kpi *k) {
  const struct kpi_series *s = k->series;
  if (!has_past(k))
    html_paragraph(h, "noline", say(&h->w, T_KPI_NO_PAST, joined_names(h, &k->hindsight)));
  else if (s->kpi->dims.n && !today_of(s)->n)
    html_paragraph(h, "noline", say(&h->w, T_KPI_NO_GROUPS));
  else
    put_chart(h, k);
}

/* ---- the number and what it is held against ------------------------------------------- */

/* "of all accounts together", "company"; "" where it goes without saying. */
static const char *scope_of(struct html *h, const struct report_kpi *k) {
  const struct kpi *kpi = k->series->kpi;
  if (k->rollup == ROLLUP_SUM)
    return say(&h->w, T_ROLLUP_OF_ALL, say_kind(&h->w, h->r->rs, kpi->entity->name, 2));
  if (k->rollup == ROLLUP_MEDIAN)
    return say(&h->w, T_ROLLUP_OF_MEDIAN, say_kind(&h->w, h->r->rs, kpi->entity->name, 2));
  return kpi->dims.n ? say(&h->w, T_WORD_ALL) : "";
}

static void put_value(struct html *h, const struct report_kpi *k) {
  const struct kpi_series *s = k->series;
  const struct kpi_value *v = whole(s, s->n_days - 1);
  struct amount x = {say(&h->w, T_WORD_UNKNOWN), ""};
  if (v) x = amount_of(&h->w, &v->value);
  html_put(h, "<p class=\"val\">");
  if (v || !s->kpi->dims.n)
    html_put(h, "<b>%s</b> <span class=\"unit\">%s%s%s</span>", x.number, x.unit,
             *x.unit ? " " : "", scope_of(h, k));
  if (v && v->band && !s->kpi->dims.n) {
    html_put(h, " ");
    html_band(h, v->band, say_band(&h->w, v->band));
  }
  html_put(h, "</p>\n");
}

/* "red Basic": the groups of a band behind its word. */
static void put_group_bands(struct html *h, const struct kpi_series *s) {
  static const char *const bands[] = {"red", "amber", "green"};
  const struct kpi_value **groups = groups_of(h, s);
  size_t n = today_of(s)->n, shown = n < REPORT_GROUPS_MAX ? n : REPORT_GROUPS_MAX;
  for (size_t b = 0; s->kpi->dims.n && b < sizeof bands / sizeof *bands; b++) {
    const char *names = "";
    for (size_t i = 0; i < shown; i++)
      if (groups[i]->band && strcmp(groups[i]->band, bands[b]) == 0)
        names =
            arena_printf(h->a, "%s%s%s", names, *names ? ", " : "", group_words(h, s, groups[i]));
    if (!*names) continue;
    html_put(h, "<span>");
    html_band(h, bands[b], say_band(&h->w, bands[b]));
    html_put(h, " %s</span>", names);
  }
}

static void put_targets(struct html *h, const struct report_kpi *k) {
  html_put(h, "<p class=\"tgt\">");
  put_group_bands(h, k->series);
  for (size_t i = 0; i < k->n_targets && i < REPORT_GROUPS_MAX; i++) html_target(h, k->targets[i]);
  html_put(h, "</p>\n");
}

/* With how many rows it was computed, where some are left out. */
static const char *known_words(struct html *h, const struct kpi_series *s) {
  const struct kpi_value *v = whole(s, s->n_days - 1);
  if (!v || v->known_rows >= v->all_rows) return NULL;
  return say(&h->w, T_KNOWN_OF, say_number(&h->w, v->known_rows), say_number(&h->w, v->all_rows));
}

static void put_meta(struct html *h, const struct kpi_series *s) {
  const struct kpi *k = s->kpi;
  const char *known = known_words(h, s);
  html_put(h, "<p class=\"meta\"><span><em>%s</em> %s</span>", say(&h->w, T_KPI_DECIDES),
           k->decides ? k->decides : say(&h->w, T_KPI_DECIDES_NOT));
  html_put(h, "<span>");
  if (k->owner) html_put(h, "<em>%s</em> %s", say(&h->w, T_KPI_OWNER), k->owner);
  if (known) html_put(h, "%s%s", k->owner ? " · " : "", known);
  html_put(h, "</span></p>\n");
}

/* ---- behind it ------------------------------------------------------------------------ */

static void put_heads(struct html *h, const struct kpi_series *s,
                      const struct kpi_value *const *groups, size_t n) {
  html_put(h, "<th scope=\"col\">%s</th>", say(&h->w, T_COL_DAY));
  if (s->totals || !s->kpi->dims.n)
    html_put(h, "<th scope=\"col\" class=\"n\">%s</th>",
             say(&h->w, s->kpi->dims.n ? T_WORD_ALL : T_COL_VALUE));
  for (size_t i = 0; i < n; i++)
    html_put(h, "<th scope=\"col\" class=\"n\">%s</th>", group_words(h, s, groups[i]));
}

static void put_day(struct html *h, const struct kpi_series *s, size_t d,
                    const struct kpi_value *const *groups, size_t n) {
  bool today = d + 1 == s->n_days;
  html_put(h, "<tr><th scope=\"row\">%s</th>",
           today ? say_short_day(&h->w, s->days[d].day) : say_month(&h->w, s->days[d].day));
  if (s->totals || !s->kpi->dims.n)
    html_put(h, "<td class=\"n\">%s</td>", say_amount(&h->w, value_on(s, d, NULL)));
  for (size_t i = 0; i < n; i++)
    html_put(h, "<td class=\"n\">%s</td>", say_amount(&h->w, value_on(s, d, groups[i])));
  html_put(h, "</tr>\n");
}

/* Today first; of what keeps no past today alone. */
static void put_values(struct html *h, const struct report_kpi *k) {
  const struct kpi_series *s = k->series;
  const struct kpi_value **groups = groups_of(h, s);
  size_t all = s->kpi->dims.n ? today_of(s)->n : 0;
  size_t n = all < REPORT_GROUPS_MAX ? all : REPORT_GROUPS_MAX;
  const char *title = say_title(&h->w, s->kpi->name);
  html_put(h, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">", title);
  html_put(h, "<table class=\"mini\"><caption>%s</caption><thead><tr>", title);
  put_heads(h, s, groups, n);
  html_put(h, "</tr></thead><tbody>\n");
  for (size_t d = s->n_days; d > 0 && (has_past(k) || d == s->n_days); d--)
    put_day(h, s, d - 1, groups, n);
  html_put(h, "</tbody></table></div>\n");
  html_more_rows(h, all, n);
}

static void put_more(struct html *h, const struct report_kpi *k) {
  const struct kpi_series *s = k->series;
  size_t groups = s->kpi->dims.n ? today_of(s)->n : 0;
  html_fold(h, say(&h->w, T_KPI_MORE));
  if (k->definition) html_paragraph(h, "def", arena_printf(h->a, "%s.", k->definition));
  if (groups > REPORT_LINES_MAX && has_past(k))
    html_paragraph(h, "def",
                   say(&h->w, T_KPI_LINES_OF, say_number(&h->w, REPORT_LINES_MAX),
                       say_number(&h->w, (long)groups)));
  put_values(h, k);
  html_command(h, html_months(h, k, arena_printf(h->a, "--only %s", s->kpi->name)));
  html_fold_end(h);
}

static void put_kpi(struct html *h, const struct report_kpi *k) {
  const struct kpi *kpi = k->series->kpi;
  html_put(h, "<article class=\"kpi\" data-kpi=\"%s\"><h4>%s</h4>\n", kpi->name,
           say_title(&h->w, kpi->name));
  put_value(h, k);
  html_paragraph(h, "mean", kpi->means ? kpi->means : "");
  put_targets(h, k);
  put_line(h, k);
  put_meta(h, k->series);
  put_more(h, k);
  html_put(h, "</article>\n");
}

/* ---- the section ---------------------------------------------------------------------- */

static void put_kind(struct html *h, enum page_text name, enum page_text kind) {
  html_put(h, "<h3 class=\"kind\">%s <small>%s</small></h3>\n", say(&h->w, name), say(&h->w, kind));
}

void html_results_body(struct html *h) {
  const struct report *r = h->r;
  bool both = r->results.n && r->leading.n;
  html_put(h, "<div class=\"%s\">\n", both ? "both" : "alone");
  if (r->results.n) {
    html_put(h, "<div>");
    put_kind(h, T_RESULTS_GROUP, T_RESULTS_KIND);
    html_put(h, "<div class=\"kpis\">\n");
    for (size_t i = 0; i < r->results.n; i++) put_kpi(h, &r->results.v[i]);
    html_put(h, "</div></div>\n");
  }
  if (r->leading.n) {
    html_put(h, "<div class=\"lead%s\">", both ? "" : " kpis");
    put_kind(h, T_LEADING_GROUP, T_LEADING_KIND);
    for (size_t i = 0; i < r->leading.n; i++) put_kpi(h, &r->leading.v[i]);
    html_put(h, "</div>\n");
  }
  html_put(h, "</div>\n");
}
