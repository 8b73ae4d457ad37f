/* vigie kpi RULES… --db DATA. In: rule files, a dataset, days. Out: the values of the KPIs, and
 * how targets stand. */
#include <stdio.h>
#include <string.h>

#include "base/terminal.h"
#include "cmd/dataset.h"
#include "cmd/kpi_days.h"
#include "cmd/kpi_print.h"
#include "cmd/problems.h"
#include "cmd/published.h"
#include "cmd/progress.h"
#include "cmd/rules.h"

static bool is_chosen(const struct args *args, const struct kpi *k) {
  bool marks = args->strategic || args->leading;
  if (args->only && !strstr(k->name, args->only)) return false;
  return !marks || (args->strategic && k->strategic) || (args->leading && k->leading);
}

static size_t choose(const struct args *args, const struct ruleset *rs, struct kpi **out) {
  size_t n = 0;
  for (size_t i = 0; i < rs->kpis.n; i++)
    if (is_chosen(args, rs->kpis.v[i])) out[n++] = rs->kpis.v[i];
  return n;
}

static const char *nothing_chosen(const struct args *args, const struct ruleset *rs) {
  if (!rs->kpis.n)
    return "these files define no KPI: kpi arr = (sum of amount over subscription) * 12";
  if (args->only) return "no KPI has this in its name: leave --only out to see them all";
  return args->strategic ? "no KPI is marked strategic: write strategic below those that decide "
                           "something, 5 to 10 of them"
                         : "no KPI is marked leading: write leading below those that move before "
                           "the results do";
}

/* A plot of one day is a dot: where nobody says, it is of the last year. */
static const char *first_day(const struct args *args, const struct ruleset *rs, day_t last,
                             struct arena *a) {
  enum { MONTH_CHARS = 7 }; /* 2025-03: its last day, and so those of the months after it */
  char day[16];
  const struct duration year = {1, DUR_YEAR};
  if (args->from || args->to || !args->plot || !term_is_tty(stdout)) return args->from;
  return arena_strndup(a, day_text(day_back(&rs->calendar, last, year), day), MONTH_CHARS);
}

static bool any_needs(struct kpi *const *kpis, size_t n) {
  for (size_t k = 0; k < n; k++)
    if (kpis[k]->needs) return true;
  return false;
}

static void print_report(const struct args *args, const struct kpi_request *q,
                         const struct kpi_report *r, struct kpi_spool *spool) {
  day_t last = q->days[q->n_days - 1];
  if (args->format == FORMAT_JSON)
    kpi_print_json(stdout, r, last, spool);
  else if (args->format == FORMAT_CSV)
    kpi_print_csv(stdout, r, any_needs(q->kpis, q->n), spool);
  else if (args->plot && term_is_tty(stdout))
    kpi_print_plot(stdout, r, term_width(), q->arena);
  else
    kpi_print_text(stdout, r, last, term_width(), args->color_out, q->arena);
}

static void print_notes(const struct args *args, const struct kpi_report *r, const char *warning) {
  if (args->quiet) return;
  if (warning) print_note(warning);
  for (const char *const *note = r->notes; *note; note++) print_note(*note);
}

/* People are shown the largest rows of an entity; programs get all of them, and those of a series
 * are put aside day by day. */
static int value(const struct args *args, struct kpi_request *q, const char *warning) {
  struct kpi_report r;
  struct diags problems = {.arena = q->arena};
  struct kpi_spool *spool = NULL;
  if (args->format == FORMAT_TEXT)
    q->largest = KPI_ROWS_SHOWN;
  else if (q->n_days > 1) {
    spool = kpi_spool_new(q->kpis, q->n, args->format == FORMAT_JSON, any_needs(q->kpis, q->n),
                          q->arena);
    q->take = kpi_spool_take;
    q->take_ctx = spool;
  }
  bool good = kpi_report(q, &r, &problems) && (!spool || kpi_spool_finish(spool, &problems));
  if (good) {
    progress_end();
    kpi_report_hindsight(q->rs, &r, q->today, q->arena);
    kpi_report_remarks(q->rs, &r, q->arena);
    print_notes(args, &r, warning);
    print_report(args, q, &r, spool);
  }
  kpi_spool_free(spool);
  return good ? EXIT_CLEAN : print_problems(args, "vigie", &problems);
}

static int report(const struct args *args, struct ruleset *rs, struct dataset *dataset,
                  struct arena *a) {
  struct kpi **kpis = NEW_N(a, struct kpi *, rs->kpis.n + 1);
  size_t n = choose(args, rs, kpis);
  day_list days = {0};
  struct diags problems = {.arena = a};
  if (!n) return refuse_option(args, "vigie", "%s", nothing_chosen(args, rs));
  const char *from = first_day(args, rs, day_of_run(args, rs), a);
  if (!kpi_days(&rs->calendar, from, args->to, args->every, day_of_run(args, rs), a, &days,
                &problems))
    return print_problems(args, "vigie", &problems);
  struct kpi_request q = {.rs = rs,
                          .dataset = dataset,
                          .kpis = kpis,
                          .n = n,
                          .days = days.v,
                          .n_days = days.n,
                          .today = day_today(rs->tz),
                          .arena = a,
                          .progress = args->quiet ? NULL : show_progress};
  return value(args, &q, kpi_days_warning(from, args->every, &days, a));
}

/* --published: what was said, in place of what is. */
static int published(const struct args *args, struct ruleset *rs, struct dataset *dataset,
                     struct arena *a) {
  struct published_report r;
  struct diags problems = {.arena = a};
  if (!published_report(args, rs, dataset, a, &r, &problems))
    return print_problems(args, "vigie", &problems);
  if (args->format == FORMAT_JSON)
    published_json(stdout, &r);
  else if (args->format == FORMAT_CSV)
    published_csv(stdout, &r, a);
  else
    published_text(stdout, &r, term_width(), args->color_out, a);
  return EXIT_CLEAN;
}

int cmd_kpi(const struct args *args) {
  struct arena *a = arena_new();
  int status = EXIT_USAGE;
  if (args->tolerance && !args->published) {
    arena_free(a);
    return refuse_option(args, "vigie",
                         "--tolerance says something of --published: add it, or leave both out");
  }
  struct ruleset *rs = rules_read(args, a, &status);
  if (rs) {
    struct dataset *dataset = open_dataset(args, rs, &status);
    if (dataset) status = (args->published ? published : report)(args, rs, dataset, a);
    dataset_close(dataset);
  }
  arena_free(a);
  return status;
}
