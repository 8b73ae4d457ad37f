/* vigie review RULES… --db DATA. In: rule files, a dataset, a state, a quarter. Out: the pack of
 * the quarterly review. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "action/state.h"
#include "base/text.h"
#include "cmd/again.h"
#include "cmd/backtest_line.h"
#include "cmd/dataset.h"
#include "cmd/kpi_days.h"
#include "cmd/problems.h"
#include "cmd/progress.h"
#include "cmd/review_done.h"
#include "review/pack.h"
#include "syntax/git_files.h"
#include "test/suite.h"

enum { YEAR_DAYS = 364, QUARTERS = 4, GIT_LINES = 8 };

struct reviewing {
  const struct args *args;
  struct ruleset *rs;
  struct dataset *dataset;
  struct condition *outcome;
  struct pack pack;
  struct pack_request request;
  struct diags problems;
  struct arena *a;
};

/* ---- the quarter ----------------------------------------------------------------------------- */

/* "2025-Q4" of the calendar's quarter that has the day. */
static const char *quarter_name(day_t day, struct arena *a) {
  int year, month, d;
  day_to_civil(day, &year, &month, &d);
  return arena_printf(a, "%04d-Q%d", year, (month + 2) / 3);
}

/* The one that was named; else the last that has ended. */
static bool find_quarter(struct reviewing *x, day_t today) {
  const struct calendar *c = &x->rs->calendar;
  const struct period before = {.kind = PERIOD_RELATIVE, .unit = PU_QUARTER, .step = -1};
  struct dayrange r = period_range(&before, today, c);
  struct pack *p = &x->pack;
  p->name = quarter_name(r.first, x->a);
  if (x->args->quarter) {
    const char *q = strstr(x->args->quarter, "-Q");
    if (!q || strlen(q) != 3 || q[2] < '1' || q[2] > '4')
      return diag_fail(&x->problems, V0704,
                       "--quarter takes a quarter, such as 2026-Q1 or FY2026-Q1, not \"%s\"",
                       x->args->quarter);
    if (!days_of_bound(c, x->args->quarter, &r, &x->problems)) return false;
    p->name = x->args->quarter;
  }
  p->first = r.first;
  p->last = r.last;
  p->as_of = today < r.last ? today : r.last;
  p->before = r.first - 1;
  char day[16];
  if (r.first <= today) return true;
  return diag_fail(&x->problems, V0704, "%s has not begun: today is %s", p->name,
                   day_text(today, day));
}

/* ---- what stands in the pack ----------------------------------------------------------------- */

static bool value_kpis(struct reviewing *x) {
  struct kpi **kpis = NEW_N(x->a, struct kpi *, x->rs->kpis.n + 1);
  struct kpi_report *r = NEW(x->a, struct kpi_report);
  const day_t days[] = {x->pack.before, x->pack.as_of};
  size_t n = 0;
  for (int strategic = 1; strategic >= 0; strategic--)
    for (size_t i = 0; i < x->rs->kpis.n; i++) {
      struct kpi *k = x->rs->kpis.v[i];
      if (k->entity || k->strategic != strategic || (!strategic && !k->leading)) continue;
      kpis[n++] = k;
    }
  x->pack.kpis = r;
  return kpi_report(&(struct kpi_request){.rs = x->rs,
                                          .dataset = x->dataset,
                                          .kpis = kpis,
                                          .n = n,
                                          .days = days,
                                          .n_days = 2,
                                          .arena = x->a,
                                          .progress = x->args->quiet ? NULL : show_progress},
                    r, &x->problems);
}

/* The year before the day of the pack. A year that cannot be replayed is said in the pack. */
static void replay_year(struct reviewing *x) {
  struct backtest *b = NEW(x->a, struct backtest);
  struct diags why = {.arena = x->a};
  bool weekly = strcmp(x->args->year_step, "week") == 0;
  struct backtest_request q = {.dataset = x->dataset,
                               .policies = &x->rs,
                               .n_policies = 1,
                               .outcome = x->outcome->text ? x->outcome : NULL,
                               .from = x->pack.as_of - YEAR_DAYS,
                               .to = x->pack.as_of,
                               .may_end_sooner = true,
                               .as_of = x->pack.as_of,
                               .every = {1, weekly ? DUR_WEEK : DUR_DAY},
                               .notice = {1, DUR_DAY},
                               .progress = x->args->quiet ? NULL : show_progress};
  if (!backtest_run(&q, x->a, b, &why))
    x->pack.no_year = diags_failure(&why);
  else if (!b->replayed->items.n) /* it speaks against no rule: the tables are empty then */
    x->pack.no_year = "no rule had an item in it, and the data may begin later";
  else
    x->pack.year = b;
}

/* The rules, the data, the state and the outcome of this pack, for the commands that it names. */
static void set_words(struct reviewing *x) {
  const struct args *args = x->args;
  struct pack_request *q = &x->request;
  char day[16];
  q->state = q->outcome = "";
  q->where = again_where(args, x->a);
  if (strcmp(args->state, "actions.db") != 0 && !args->origin[SETTING_state])
    q->state = again_word(x->a, "", "--state", args->state);
  if (args->as_of != DAY_NONE) {
    q->where = again_word(x->a, q->where, "--as-of", day_text(args->as_of, day));
    q->state = again_word(x->a, q->state, "--as-of", day);
  }
  if (args->outcome_of) q->outcome = again_word(x->a, "", "--outcome", args->outcome_of);
}

static void run_tests(struct reviewing *x) {
  struct suite *s = NEW(x->a, struct suite);
  suite_run(x->rs, NULL, true, x->a, s);
  x->pack.coverage = &s->coverage;
}

static bool read_items(struct reviewing *x) {
  struct state *s = NULL;
  struct item_filter all = {.late_on = DAY_NONE, .due_by = DAY_NONE, .hold = HOLD_NONE};
  const struct item **items = NULL;
  if (!state_open(x->args->state, STATE_READ, x->a, &s, &x->problems)) return false;
  bool good = !s || state_list(s, &all, &items, &x->request.n_items, &x->problems);
  x->request.has_state = s != NULL;
  x->request.items = items;
  state_close(s);
  return good;
}

/* What git says was changed in the files, newest first; nothing where there is no repository. */
static void ask_git(struct reviewing *x) {
  char first[16], last[16];
  size_t n, k = 0, lines = 0;
  char **argv = NEW_N(x->a, char *, x->args->n_paths + 8);
  argv[k++] = "git";
  argv[k++] = "log";
  argv[k++] = "--format=%as %s";
  argv[k++] = arena_printf(x->a, "--since=%s 00:00", day_text(x->pack.first, first));
  argv[k++] = arena_printf(x->a, "--until=%s 23:59", day_text(x->pack.as_of, last));
  argv[k++] = "--";
  for (size_t i = 0; i < x->args->n_paths; i++) argv[k++] = (char *)x->args->paths[i];
  char *text = git_output(argv, &n);
  for (char *line = text; line && *line && lines < GIT_LINES; lines++) {
    size_t len = strcspn(line, "\n");
    VEC_PUSH(x->a, &x->pack.changes, arena_strndup(x->a, line, len));
    line += len + (line[len] == '\n');
  }
  free(text);
}

static int print(struct reviewing *x) {
  if (x->args->format == FORMAT_JSON)
    print_pack_json(stdout, &x->pack);
  else
    print_pack_markdown(stdout, &x->pack, x->args->full, x->a);
  return EXIT_CLEAN;
}

static int review(struct reviewing *x) {
  x->pack.rs = x->rs;
  x->request.rs = x->rs;
  if (!find_quarter(x, day_of_run(x->args, x->rs)) || !value_kpis(x) || !read_items(x))
    return print_problems(x->args, "vigie review", &x->problems);
  replay_year(x);
  run_tests(x);
  set_words(x);
  progress_end();
  pack_judge(&x->pack, &x->request, x->a);
  ask_git(x);
  print_problems(x->args, "vigie review", &x->problems);
  return print(x);
}

int cmd_review(const struct args *args) {
  struct arena *a = arena_new();
  struct condition c = {.within = {90, DUR_DAY}};
  int status = EXIT_CLEAN;
  struct ruleset *rs = read_backtest_rules(args, &c, a, &status);
  struct reviewing x = {.args = args, .rs = rs, .outcome = &c, .problems = {.arena = a}, .a = a};
  if (rs && args->done) {
    status = review_done(args, rs, day_of_run(args, rs), a);
  } else if (rs) {
    x.dataset = open_dataset(args, rs, &status);
    if (x.dataset) status = review(&x);
  }
  dataset_close(x.dataset);
  arena_free(a);
  return status;
}
