/* The pipeline. In: open amounts by stage, and what their odds leave of them. Out: a row a stage,
 * open pale, weighted dark inside it. */
#include <stdlib.h>

#include "report/svg.h"
#include "report/section.h"

static const struct html_column columns[] = {{T_COL_ABOUT, false},    {T_PIPE_ROWS, true},
                                             {T_PIPE_BAR, false},     {T_PIPE_OPEN, true},
                                             {T_PIPE_WEIGHTED, true}, {T_PIPE_KNOWN, false}};

bool html_pipeline_there(const struct html *h) {
  return !h->r->person && !h->r->team && h->r->pipelines.n;
}

void html_pipeline_lead(struct html *h) {
  const struct pipeline *p = &h->r->pipelines.v[0];
  const char *by = p->by ? say_inside(&h->w, p->by) : NULL;
  html_paragraph(h, "about",
                 !by           ? say(&h->w, T_PIPE_LEAD_ALL)
                 : p->weighted ? say(&h->w, T_PIPE_LEAD, by)
                               : say(&h->w, T_PIPE_LEAD_PLAIN, by));
}

static double most_of(const struct pipeline *p) {
  double most = 0;
  for (size_t i = 0; i < p->lines.n; i++)
    if (p->lines.v[i].open.known && p->lines.v[i].open.num > most) most = p->lines.v[i].open.num;
  return most;
}

static void put_bar(struct html *h, const struct pipeline *p, const struct pipeline_line *l,
                    double most) {
  bool odds = l->weighted.known || !p->weighted;
  struct svg_span spans[2];
  size_t n = 0;
  html_cell_open(h, "");
  if (l->open.known && most > 0)
    spans[n++] = (struct svg_span){0, l->open.num / most, odds ? "open" : "unweighted"};
  if (l->weighted.known && most > 0)
    spans[n++] = (struct svg_span){0, l->weighted.num / most, "weighted"};
  if (n && l->by) svg_bar(h, spans, n, -1, -1);
  html_cell_close(h);
}

static const char *stage(struct html *h, const struct pipeline_line *l) {
  if (!l->by) return say(&h->w, T_PIPE_TOTAL);
  const char *name = say_amount(&h->w, l->by);
  return *name ? name : say(&h->w, T_WORD_UNKNOWN);
}

/* The most open first. */
static int by_open(const void *pa, const void *pb) {
  const struct pipeline_line *a = pa, *b = pb;
  bool odds_a = a->weighted.known, odds_b = b->weighted.known;
  return odds_a != odds_b ? (odds_a ? -1 : 1) : worth_cmp(&a->open, &b->open);
}

static const struct pipeline_line *stages_of(struct html *h, const struct pipeline *p) {
  struct pipeline_line *out = NEW_N(h->a, struct pipeline_line, p->lines.n + 1);
  for (size_t i = 0; i < p->lines.n; i++) out[i] = p->lines.v[i];
  qsort(out, p->lines.n, sizeof *out, by_open);
  return out;
}

static void put_line(struct html *h, const struct pipeline *p, const struct pipeline_line *l,
                     double most) {
  html_row(h, l->by ? "" : "total");
  html_cell(h, stage(h, l));
  html_cell(h, say_number(&h->w, l->rows));
  put_bar(h, p, l, most);
  html_cell(h, say_amount(&h->w, &l->open));
  html_cell_open(h, "strong");
  html_text(h, p->weighted ? say_amount(&h->w, &l->weighted) : "");
  html_cell_close(h);
  html_cell(h, l->known < l->rows
                   ? say(&h->w, T_KNOWN_OF, say_number(&h->w, l->known), say_number(&h->w, l->rows))
                   : "");
  html_row_end(h);
}

static void put_against(struct html *h, const struct pipeline *p) {
  html_put(h, "<div class=\"notes\"><p><b>%s</b> ", say(&h->w, T_PIPE_AGAINST));
  if (!p->n_targets) html_put(h, "%s", say(&h->w, T_PIPE_NO_TARGET));
  for (size_t i = 0; i < p->n_targets && i < REPORT_GROUPS_MAX; i++) html_target(h, p->targets[i]);
  html_put(h, "</p>");
  for (size_t i = 0; p->weighted && i < p->lines.n; i++)
    if (p->lines.v[i].open.known && !p->lines.v[i].weighted.known) {
      html_put(h, "<p>%s</p>", say(&h->w, T_PIPE_UNKNOWN));
      break;
    }
  html_put(h, "</div>\n");
}

static void put_pipeline(struct html *h, const struct pipeline *p) {
  size_t n = p->lines.n;
  const struct pipeline_line *stages = stages_of(h, p);
  size_t shown = n < REPORT_ROWS_MAX ? n : REPORT_ROWS_MAX;
  const struct kpi *kpi = p->weighted ? p->weighted : p->open;
  double most = most_of(p);
  if (!n) {
    html_paragraph(h, "none", say(&h->w, T_PIPE_NONE));
    return;
  }
  if (p->by) h->first_head = say_title(&h->w, p->by);
  html_table(h, "pipe hide", say_title(&h->w, kpi->name), columns,
             sizeof columns / sizeof *columns);
  for (size_t i = 0; i < shown; i++) put_line(h, p, &stages[i], most);
  put_line(h, p, &p->total, most);
  html_table_end(h);
  html_more_rows(h, n, shown);
  put_against(h, p);
  html_command(h, html_where(h, "kpi", arena_printf(h->a, "--only %s", kpi->name)));
}

void html_pipeline_body(struct html *h) {
  for (size_t i = 0; i < h->r->pipelines.n; i++) put_pipeline(h, &h->r->pipelines.v[i]);
}
