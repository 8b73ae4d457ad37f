/* The pipeline. In: the KPI of the open amounts, the one weighted by odds. Out: a line for each of
 * their groups that has something open, and all together. */
#include "report/making.h"

static const struct kpi_day *today_of(const struct kpi_series *s) {
  return s ? &s->days[s->n_days - 1] : NULL;
}

static const struct kpi_value *total_of(const struct kpi_series *s) {
  if (!s || !s->totals || !s->totals[s->n_days - 1].n) return NULL;
  return s->totals[s->n_days - 1].values;
}

static const struct kpi_value *same_line(const struct kpi_series *s, const struct kpi_value *v) {
  const struct kpi_day *day = today_of(s);
  for (size_t i = 0; day && i < day->n; i++)
    if (kpi_same_group(s, &day->values[i], v)) return &day->values[i];
  return NULL;
}

/* How many rows the amount is of: of those in the stage that have not ended, which `where` counts.
 * What is not known of the stage's rows is not known of these. */
static void count_rows(struct pipeline_line *l, const struct kpi_value *of,
                       const struct kpi_value *count) {
  long unknown = of->all_rows - of->known_rows;
  l->rows = count && count->value.known ? (long)count->value.num : of->all_rows;
  l->known = l->rows > unknown ? l->rows - unknown : 0;
}

static struct pipeline_line line_of(const struct kpi_value *open, const struct kpi_value *weighted,
                                    const struct kpi_value *count) {
  struct pipeline_line l = {.by = open->by, .open = open->value};
  if (weighted) l.weighted = weighted->value;
  count_rows(&l, weighted ? weighted : open, count);
  return l;
}

/* The same rows, counted: NULL where the KPI is no sum. */
struct kpi *count_of(const struct kpi *k, struct arena *a) {
  if (k->term->kind != T_AGG || k->term->agg->fn != AGG_SUM) return NULL;
  struct kpi *count = NEW(a, struct kpi);
  struct term *t = NEW(a, struct term);
  struct agg *agg = NEW(a, struct agg);
  *agg = *k->term->agg;
  agg->fn = AGG_COUNT;
  agg->values = (term_list){0};
  *t = *k->term;
  t->type = (struct type){.unit = U_COUNT};
  t->agg = agg;
  t->lasting = false;
  *count = *k;
  count->term = t;
  count->green = count->amber = count->red = (struct band){0};
  return count;
}

/* Stages in which nothing is open are none of the pipeline: what is won, what is lost. */
static bool is_empty(const struct kpi_value *v) { return v->value.known && v->value.num == 0; }

void find_pipelines(struct making *m) {
  const struct ruleset *rs = m->q->rs;
  for (size_t i = 0; i < rs->page.pipelines.n; i++) {
    const struct page_pipeline *b = &rs->page.pipelines.v[i];
    const struct kpi_series *open = series_of(m->kpis, b->open);
    const struct kpi_series *weighted = b->weighted ? series_of(m->kpis, b->weighted) : NULL;
    const struct kpi_series *counts = m->counts.v[i] ? series_of(m->kpis, m->counts.v[i]) : NULL;
    struct pipeline p = {.open = b->open, .weighted = b->weighted, .by = open->dims[0]};
    const struct kpi_day *day = today_of(open);
    if (total_of(open)) p.total = line_of(total_of(open), total_of(weighted), NULL);
    p.total.by = NULL; /* its rows are counted below: those of the lines, not of all stages */
    p.total.rows = p.total.known = 0;
    p.total.open.of_rows = p.total.weighted.of_rows = 0;
    for (size_t k = 0; k < day->n; k++) {
      if (is_empty(&day->values[k])) continue;
      const struct kpi_value *v = &day->values[k];
      struct pipeline_line l = line_of(v, same_line(weighted, v), same_line(counts, v));
      p.total.rows += l.rows;
      p.total.known += l.known;
      VEC_PUSH(m->a, &p.lines, l);
    }
    p.targets = targets_of(m, b->weighted ? b->weighted : b->open, &p.n_targets);
    VEC_PUSH(m->a, &m->r->pipelines, p);
  }
}
