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

static struct pipeline_line line_of(const struct kpi_value *open,
                                    const struct kpi_value *weighted) {
  struct pipeline_line l = {.by = open->by, .open = open->value, .rows = open->all_rows};
  l.known = weighted ? weighted->known_rows : open->known_rows;
  if (weighted) l.weighted = weighted->value;
  return l;
}

/* Stages in which nothing is open are none of the pipeline: what is won, what is lost. */
static bool is_empty(const struct kpi_value *v) { return v->value.known && v->value.num == 0; }

void find_pipelines(struct making *m) {
  const struct ruleset *rs = m->q->rs;
  for (size_t i = 0; i < rs->page.pipelines.n; i++) {
    const struct page_pipeline *b = &rs->page.pipelines.v[i];
    const struct kpi_series *open = series_of(m->kpis, b->open);
    const struct kpi_series *weighted = b->weighted ? series_of(m->kpis, b->weighted) : NULL;
    struct pipeline p = {.open = b->open, .weighted = b->weighted, .by = open->dims[0]};
    const struct kpi_day *day = today_of(open);
    if (total_of(open)) p.total = line_of(total_of(open), total_of(weighted));
    p.total.by = NULL; /* its rows are counted below: those of the lines, not of all stages */
    p.total.rows = p.total.known = 0;
    p.total.open.of_rows = p.total.weighted.of_rows = 0;
    for (size_t k = 0; k < day->n; k++) {
      if (is_empty(&day->values[k])) continue;
      struct pipeline_line l =
          line_of(&day->values[k], weighted ? same_line(weighted, &day->values[k]) : NULL);
      p.total.rows += l.rows;
      p.total.known += l.known;
      VEC_PUSH(m->a, &p.lines, l);
    }
    p.targets = targets_of(m, b->weighted ? b->weighted : b->open, &p.n_targets);
    VEC_PUSH(m->a, &m->r->pipelines, p);
  }
}
