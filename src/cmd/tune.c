/* vigie tune THRESHOLD RULES… --db DATA --from DAY --to DAY. In: a threshold, rule files, a
 * dataset, a span. Out: what other values would have opened and caught; with --write one of them in
 * the file. */
#include <stdio.h>
#include <string.h>

#include "action/state.h"
#include "backtest/tune_text.h"
#include "base/terminal.h"
#include "base/text.h"
#include "cmd/backtest_line.h"
#include "cmd/dataset.h"
#include "cmd/problems.h"
#include "cmd/progress.h"
#include "cmd/rules.h"
#include "cmd/tune_write.h"
#include "judge/dataset_check.h"
#include "judge/judge.h"

struct tune_line {
  const struct args *args; /* its paths are the rule files */
  struct ruleset *rs;      /* as they are */
  struct tuning what;
  tune_values values;
  struct condition outcome;
  struct ruleset **policies; /* by value */
  struct arena *a;
  struct diags problems;
};

/* What writes a value, for who reads the answer: the value comes next. */
static const char *command_of(const struct tune_line *x) {
  const char *out = arena_printf(x->a, "vigie tune %s", x->what.threshold->name);
  for (size_t i = 0; i < x->args->n_paths; i++)
    out = arena_printf(x->a, "%s %s", out, text_shell_word(x->a, x->args->paths[i]));
  if (x->args->for_scope)
    out = arena_printf(x->a, "%s --for %s", out, text_shell_word(x->a, x->args->for_scope));
  return arena_printf(x->a, "%s --write", out);
}

/* The files again for each value; the outcome is that of today's policy. False: printed. */
static bool read_policies(struct tune_line *x, struct dataset *dataset, int *status) {
  x->policies = NEW_N(x->a, struct ruleset *, x->values.n + 1);
  for (size_t i = 0; i < x->values.n; i++) {
    struct condition c = {.within = {90, DUR_DAY}};
    struct ruleset *rs = read_backtest_rules(x->args, &c, x->a, status);
    if (!rs) return false;
    *status = EXIT_USAGE;
    if (dataset_check_names(rs, dataset)) {
      rules_print_diags(x->args, rs);
      return false;
    }
    if (!load_holidays(rs, dataset, &x->problems) ||
        !load_fiscal_periods(rs, dataset, &x->problems)) {
      print_problems(x->args, "vigie tune", &x->problems);
      return false;
    }
    tune_hold(rs, &x->what, &x->values.v[i]);
    if (x->values.v[i].today) x->outcome = c;
    x->policies[i] = rs;
  }
  *status = EXIT_CLEAN;
  return true;
}

static void print_tune(const struct tune_line *x, const struct tune *t) {
  struct text_style style = {
      .width = term_width(), .color = x->args->color_out, .quiet = x->args->quiet};
  if (x->args->format == FORMAT_JSON)
    print_tune_json(stdout, t, x->a);
  else
    print_tune_text(stdout, t, command_of(x), &style, x->a);
}

/* What people have closed says who would have been late; without a state nobody can. */
static bool read_items(struct tune_line *x, struct state **s, const struct item ***items,
                       size_t *n) {
  struct item_filter all = {.late_on = DAY_NONE, .due_by = DAY_NONE, .hold = HOLD_NONE};
  *n = 0;
  return state_open(x->args->state, STATE_READ, x->a, s, &x->problems) &&
         (!*s || state_list(*s, &all, items, n, &x->problems));
}

static int run_values(struct tune_line *x, struct dataset *dataset, struct tune *t) {
  int status;
  if (!read_policies(x, dataset, &status)) return status;
  struct state *s = NULL;
  const struct item **items = NULL;
  size_t n_items;
  bool readable = read_items(x, &s, &items, &n_items);
  struct tune_request r = {.what = &x->what,
                           .values = &x->values,
                           .items = items,
                           .n_items = n_items,
                           .policies = x->policies,
                           .backtest = {.dataset = dataset,
                                        .outcome = x->outcome.text ? &x->outcome : NULL,
                                        .as_of = day_of_run(x->args, x->rs),
                                        .progress = x->args->quiet ? NULL : show_progress}};
  bool good = readable &&
              read_backtest_span(x->args, x->rs, &x->outcome, &r.backtest, &x->problems) &&
              tune_run(&r, x->a, t, &x->problems);
  state_close(s);
  progress_end();
  status = print_problems(x->args, "vigie tune", &x->problems);
  if (!good) return status;
  const struct backtest *b = &t->values[t->today].backtest;
  if (x->args->strict_past && (b->hindsight || b->late.n))
    return refuse_hindsight(x->args, b, x->a);
  print_tune(x, t);
  return EXIT_CLEAN;
}

/* ---- writing --------------------------------------------------------------------------------- */

/* The options that say something of a line that is not written. */
static const char *without_write(const struct args *args) {
  if (args->write_value) return NULL;
  return args->because                 ? "--because"
         : args->effective != DAY_NONE ? "--effective"
         : args->yes                   ? "--yes"
                                       : NULL;
}

static int write_found(struct tune_line *x, const struct tune *t) {
  const char *value = x->args->write_value;
  if (!*value && t->candidate == NO_VALUE)
    return refuse_option(x->args, "vigie tune",
                         "there is no candidate to write: say which value, --write %s",
                         x->what.written);
  return tune_write(x->args, x->rs, &x->what, *value ? value : t->values[t->candidate].value->text,
                    x->a);
}

/* A value that is written is tried too. */
static bool read_values(struct tune_line *x) {
  const char *list = x->args->values, *value = x->args->write_value;
  if (list && value && *value) list = arena_printf(x->a, "%s,%s", list, value);
  return tune_values_of(&x->what, list, x->a, &x->values, &x->problems);
}

static int tune(struct tune_line *x) {
  const struct args *args = x->args;
  const char *alone = without_write(args);
  bool span = args->span_from || args->span_to || (args->db && !args->origin[SETTING_db]);
  struct tune t;
  if (alone)
    return refuse_option(args, "vigie tune", "%s goes with a line that is written: add --write",
                         alone);
  if (args->write_value && *args->write_value && !span)
    return tune_write(args, x->rs, &x->what, args->write_value, x->a);
  if (!read_values(x)) return print_problems(args, "vigie tune", &x->problems);
  int status;
  struct dataset *dataset = open_dataset(args, x->rs, &status);
  if (!dataset) return status;
  status = run_values(x, dataset, &t);
  dataset_close(dataset);
  if (status != EXIT_CLEAN || !args->write_value) return status;
  if (args->format != FORMAT_JSON) putchar('\n');
  return write_found(x, &t);
}

int cmd_tune(const struct args *args) {
  struct arena *a = arena_new();
  struct args files = *args;
  files.paths++;
  files.n_paths--;
  int status;
  struct tune_line x = {.args = &files, .a = a, .problems = {.arena = a}};
  x.rs = rules_read(&files, a, &status);
  if (x.rs) {
    bool good = tuning_of(x.rs, args->paths[0], args->for_scope, day_of_run(args, x.rs), a, &x.what,
                          &x.problems);
    status = good ? tune(&x) : print_problems(args, "vigie tune", &x.problems);
  }
  arena_free(a);
  return status;
}
