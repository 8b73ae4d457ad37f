/* How far tables are filled. In: what will be asked for. Out: the days of the tables of events and
 * records that it reads, from one scan of their days alone. */
#include "eval/evaluate.h"

#include "data/cell_kind.h"
#include "eval/evaluation.h"
#include "eval/schedule.h"

static bool take_days(void *ctx, const struct batch *b) {
  day_set_add(ctx, &b->columns[0], b->n);
  return true;
}

static bool take_moments(void *ctx, const struct batch *b) {
  day_set_add_moments(ctx, &b->columns[0], b->n);
  return true;
}

static bool scan_days(struct evaluation *ev, const char *table, const struct scan_column *day,
                      const char *tz, struct day_set *out) {
  struct scan scan = {.table = table,
                      .columns = day,
                      .n_columns = 1,
                      .key_column = -1,
                      .tz = tz,
                      .take = day->kind == CELL_MOMENT ? take_moments : take_days,
                      .ctx = out};
  struct diags problems = {.arena = ev->arena};
  if (ev->progress) ev->progress(ev->progress_ctx, table);
  bool good = dataset_scan(ev->dataset, &scan, &problems);
  if (problems.errors) evaluation_fail_as(ev, diags_error(&problems));
  return good;
}

static bool scan_events(struct evaluation *ev, int domain) {
  const struct domain *d = &ev->plan->domains.v[domain];
  const struct entity *e = d->entity;
  if (!e || !e->event || ev->days[domain]) return true;
  struct scan_column day = {.column = e->life.from,
                            .kind = CELL_DATE,
                            .what = e->life.from,
                            .form = e->life.from_form,
                            .at = e->life_span};
  ev->days[domain] = NEW(ev->arena, struct day_set);
  return scan_days(ev, e->table, &day, d->tz, ev->days[domain]);
}

static bool scan_records_of(struct evaluation *ev, const struct node *n) {
  const struct attr *at = n->attr;
  size_t known = ev->histories.n;
  struct day_set *days = history_days(ev, at);
  struct scan_column day = {.column = at->history.at,
                            .kind = CELL_MOMENT,
                            .what = at->name,
                            .form = at->history.day_form};
  return ev->histories.n == known ||
         scan_days(ev, at->history.table, &day, ev->plan->domains.v[n->domain].tz, days);
}

bool evaluation_load_days(struct evaluation *ev, const int *roots, size_t n,
                          struct diags *problems) {
  bool good = true;
  schedule_mark(ev, ev->needed, roots, n);
  for (size_t i = 0; good && i < ev->plan->nodes.n; i++) {
    const struct node *x = &ev->plan->nodes.v[i];
    if (!ev->needed[i]) continue;
    good = scan_events(ev, x->domain);
    if (good && x->op == N_HISTORY) good = scan_records_of(ev, x);
  }
  return good || evaluation_refuse(ev, problems);
}
