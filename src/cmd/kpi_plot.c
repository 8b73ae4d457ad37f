/* KPI reports as plots, for a terminal. In: series. Out: a plot for each KPI, and each of its
 * groups. */
#include <math.h>
#include <string.h>

#include "base/plot.h"
#include "base/text.h"
#include "cmd/kpi_print.h"
#include "eval/row_key.h"

struct drawing {
  FILE *f;
  const struct kpi_series *s;
  int width;
  struct arena *a;
};

/* Amounts in major units, shares as percents. */
static double as_read(const struct value *v) {
  if (!v->known) return NAN;
  if (v->type.unit == U_MONEY) return v->num / currency_minor(v->type.currency);
  return v->type.unit == U_SHARE && v->type.percent ? v->num * 100 : v->num;
}

static const char *unit_of(const struct type *t, struct arena *a) {
  if (t->unit == U_MONEY && t->currency) return arena_printf(a, " %s", t->currency);
  return t->unit == U_SHARE && t->percent ? "%" : "";
}

static bool counts_from_zero(const struct type *t) {
  return t->unit == U_MONEY || t->unit == U_COUNT;
}

/* One of them: like NULL is the total of all groups. */
static void draw(const struct drawing *x, const struct kpi_value *like, const char *name) {
  size_t n = x->s->n_days;
  day_t *days = NEW_N(x->a, day_t, n + 1);
  double *values = NEW_N(x->a, double, n + 1);
  const struct kpi_value *last = NULL;
  for (size_t d = 0; d < n; d++) {
    const struct kpi_day *day = like ? &x->s->days[d] : &x->s->totals[d];
    days[d] = day->day;
    values[d] = NAN;
    for (size_t i = 0; i < day->n; i++) {
      if (like && !kpi_same_group(x->s, &day->values[i], like)) continue;
      values[d] = as_read(&day->values[i].value);
      last = d + 1 == n ? &day->values[i] : NULL;
    }
  }
  char buf[128];
  const struct type *t = &x->s->kpi->term->type;
  text_print_line(x->f, "%s: %s", name,
                  last ? value_text(&last->value, buf, sizeof buf) : "unknown");
  plot_print(x->f,
             &(struct plot){.days = days,
                            .values = values,
                            .n = n,
                            .unit = unit_of(t, x->a),
                            .from_zero = counts_from_zero(t),
                            .width = x->width},
             x->a);
  fputc('\n', x->f);
}

static void draw_series(const struct drawing *x) {
  const struct kpi_series *s = x->s;
  const struct kpi_day *today = &s->days[s->n_days - 1];
  if (s->kpi->entity || unit_class(s->kpi->term->type.unit) != CLASS_NUM) return;
  for (size_t i = 0; i < today->n; i++)
    draw(x, &today->values[i],
         s->n_dims ? arena_printf(x->a, "%s, %s", s->kpi->name,
                                  group_name(today->values[i].by, s->n_dims, x->a))
                   : s->kpi->name);
  if (s->totals && s->totals[s->n_days - 1].n)
    draw(x, NULL, arena_printf(x->a, "%s, all", s->kpi->name));
}

void kpi_print_plot(FILE *f, const struct kpi_report *r, int width, struct arena *a) {
  for (size_t k = 0; k < r->n; k++) {
    const struct drawing x = {f, &r->series[k], width, a};
    draw_series(&x);
  }
}
