/* vigie diff OLD NEW. In: two versions of a policy, a dataset. Out: what the edit means, what it
 * would do. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "action/state.h"
#include "base/path.h"
#include "base/terminal.h"
#include "cmd/backtest_line.h"
#include "cmd/dataset.h"
#include "cmd/problems.h"
#include "cmd/progress.h"
#include "cmd/rules.h"
#include "diff/diff.h"
#include "judge/dataset_check.h"
#include "judge/judge.h"
#include "sema/policy_diff.h"
#include "syntax/git_files.h"

/* Where they come from. */
struct versions {
  struct load_request old, now;
};

struct diffing {
  const struct args *args;
  struct versions *versions;
  struct ruleset *old, *now;
  struct dataset *dataset;
  struct policy_diff d;
  int status; /* of what has been printed */
  struct arena *a;
};

/* ---- the two versions ------------------------------------------------------------------------ */

static bool from_git(const char *ref, struct arena *a, struct load_request *v,
                     struct diags *problems) {
  struct memory_files *files = NEW(a, struct memory_files);
  struct loader *loader = NEW(a, struct loader);
  if (!git_files(ref, "--git", a, files, problems)) return false;
  *loader = memory_loader(files);
  v->from = loader;
  return true;
}

/* "main..HEAD"; "main": against the files as they are. */
static bool read_range(const struct args *args, struct arena *a, struct versions *v,
                       struct diags *problems) {
  const char *dots = strstr(args->git_range, "..");
  size_t n = dots ? (size_t)(dots - args->git_range) : strlen(args->git_range);
  v->old = (struct load_request){args->paths, args->n_paths, NULL};
  v->now = (struct load_request){args->paths, args->n_paths, NULL};
  if (!n || (dots && dots[2] == '.'))
    return diag_fail(problems, V0704,
                     "--git takes two versions with two dots between them: --git main..HEAD");
  if (!from_git(arena_strndup(a, args->git_range, n), a, &v->old, problems)) return false;
  return !dots || !dots[2] || from_git(dots + 2, a, &v->now, problems);
}

/* A file against a folder: the rest of the policy would be missing on one side. */
static bool same_kind(const char *old, const char *now, struct diags *problems) {
  bool folder = path_is_folder(old);
  if (folder == path_is_folder(now) || access(old, R_OK) != 0 || access(now, R_OK) != 0)
    return true;
  const char *file = folder ? now : old;
  return diag_fail(problems, V0704,
                   "%s is one file and %s a folder: what the other files declare would be missing. "
                   "Give the folder: %s",
                   file, folder ? old : now, path_folder(file, problems->arena));
}

static bool find_versions(const struct args *args, struct arena *a, struct versions *v,
                          struct diags *problems) {
  if (args->git_range) return read_range(args, a, v, problems);
  if (args->n_paths != 2)
    return diag_fail(problems, V0704,
                     "diff takes two versions, the old one first: vigie diff old/rules rules; or "
                     "one that git keeps: vigie diff --git main..HEAD rules");
  if (!same_kind(args->paths[0], args->paths[1], problems)) return false;
  v->old = (struct load_request){.paths = args->paths, .n_paths = 1};
  v->now = (struct load_request){.paths = args->paths + 1, .n_paths = 1};
  return true;
}

/* ---- the consequence ------------------------------------------------------------------------- */

/* A version whose thresholds stay as they are on the day, with what its calendar takes from the
 * dataset. */
static struct ruleset *held_on(struct diffing *x, const struct load_request *v, day_t day,
                               struct diags *problems) {
  int status;
  struct ruleset *rs = rules_read_from(x->args, v, x->a, &status);
  if (!rs || !load_holidays(rs, x->dataset, problems) ||
      !load_fiscal_periods(rs, x->dataset, problems))
    return NULL;
  policy_freeze(rs, day);
  return rs;
}

static bool add_later(struct diffing *x, struct consequence_request q, day_t day,
                      struct diags *problems) {
  struct consequence *c = NEW(x->a, struct consequence);
  q.day = day;
  q.old = held_on(x, &x->versions->old, day, problems);
  q.now = q.old ? held_on(x, &x->versions->now, day, problems) : NULL;
  if (!q.now || !consequence_of(&q, x->a, c, problems)) return false;
  VEC_PUSH(x->a, &x->d.later, c);
  return true;
}

/* The days to come on which a changed line comes into force, each once, ascending. */
static size_t later_days(const struct diffing *x, day_t as_of, day_t *out) {
  size_t n = 0;
  for (size_t i = 0; i < x->d.meanings.n; i++) {
    day_t from = x->d.meanings.v[i].from;
    size_t at = 0;
    if (from == DAY_NONE || from <= as_of) continue;
    while (at < n && out[at] < from) at++;
    if (at < n && out[at] == from) continue;
    memmove(out + at + 1, out + at, (n++ - at) * sizeof *out);
    out[at] = from;
  }
  return n;
}

static bool find_consequences(struct diffing *x, day_t as_of, struct diags *problems) {
  struct consequence *c = NEW(x->a, struct consequence);
  struct consequence_request q = {.dataset = x->dataset,
                                  .old = x->old,
                                  .now = x->now,
                                  .as_of = as_of,
                                  .day = DAY_NONE,
                                  .state_path = x->args->state,
                                  .progress = x->args->quiet ? NULL : show_progress};
  day_t *days = NEW_N(x->a, day_t, x->d.meanings.n + 1);
  size_t n = later_days(x, as_of, days);
  if (!consequence_of(&q, x->a, c, problems)) return false;
  x->d.now = c;
  x->d.state = state_is_there(x->args->state, x->a) ? x->args->state : NULL;
  for (size_t i = 0; i < n; i++)
    if (!add_later(x, q, days[i], problems)) return false;
  return diff_gates_weigh(&x->d, problems);
}

/* ---- the backtests --------------------------------------------------------------------------- */

/* A version for the backtest, as on the day; the outcome is taken out into *c. NULL: it has been
 * said, or problems say it. */
static struct ruleset *backtest_version(struct diffing *x, const struct load_request *v, day_t day,
                                        struct condition *c, struct diags *problems) {
  struct load_request files = {.paths = v->paths, .n_paths = v->n_paths, .from = v->from};
  struct ruleset *rs = read_backtest_files(x->args, &files, c, x->a, &x->status);
  if (!rs || !load_holidays(rs, x->dataset, problems) ||
      !load_fiscal_periods(rs, x->dataset, problems))
    return NULL;
  policy_freeze(rs, day);
  return rs;
}

/* Both versions through the span, in one pass. The outcome is read as the old version reads it. */
static bool backtest_both(struct diffing *x, day_t as_of, struct diags *problems) {
  struct condition c = {.within = {90, DUR_DAY}}, unused = c;
  struct condition *outcome = NEW(x->a, struct condition);
  struct backtest *b = NEW_N(x->a, struct backtest, 2);
  struct two_backtests *two = NEW(x->a, struct two_backtests);
  struct ruleset *rs[2] = {backtest_version(x, &x->versions->old, as_of, &c, problems)};
  if (rs[0]) rs[1] = backtest_version(x, &x->versions->now, as_of, &unused, problems);
  if (!rs[0] || !rs[1]) return false;
  *outcome = c;
  struct backtest_request q = {.dataset = x->dataset,
                               .policies = rs,
                               .n_policies = 2,
                               .outcome = c.text ? outcome : NULL,
                               .as_of = as_of,
                               .progress = x->args->quiet ? NULL : show_progress};
  if (!read_backtest_span(x->args, x->old, outcome, &q, problems) ||
      !backtest_run(&q, x->a, b, problems))
    return false;
  b[0].policy_of = b[1].policy_of = as_of;
  *two = two_backtests_of(&b[0], &b[1], rs[0], rs[1], x->a);
  x->d.backtests = two;
  return true;
}

/* The first option that says something of a backtest; NULL: none is asked for. */
static const char *backtest_option(const struct args *args) {
  return args->span_from     ? "--from"
         : args->span_to     ? "--to"
         : args->outcome_of  ? "--outcome"
         : args->within      ? "--within"
         : args->notice      ? "--notice"
         : args->handled     ? "--handled"
         : args->strict_past ? "--strict-past"
                             : NULL;
}

static bool can_backtest(const struct args *args, struct diags *problems) {
  const char *option = backtest_option(args);
  if (!option) return true;
  if (!args->db)
    return diag_fail(problems, V0704, "%s is about a backtest on data: " HOW_TO_NAME_DATA, option);
  if (args->span_from && args->span_to) return true;
  return diag_fail(problems, V0704,
                   "%s is about a backtest, which needs a span: add --from 2025-03-01 --to "
                   "2026-02-28",
                   option);
}

/* ---- all of it ------------------------------------------------------------------------------- */

/* The dataset, held against both versions; NULL after messages. */
static struct dataset *open_for_both(const struct diffing *x, int *status, struct diags *problems) {
  struct dataset *d = open_dataset(x->args, x->now, status);
  if (!d) return NULL;
  if (dataset_check_names(x->old, d)) {
    diag_add(problems, V0704, NO_SPAN,
             "the old rules do not fit the data: `vigie check` with --db says where. Without --db, "
             "diff says what the edit means");
  } else if (load_holidays(x->old, d, problems) && load_fiscal_periods(x->old, d, problems)) {
    return d;
  }
  dataset_close(d);
  *status = EXIT_USAGE;
  return NULL;
}

static int print(const struct diffing *x) {
  struct text_style style = {.width = term_width(), .color = x->args->color_out};
  if (x->args->format == FORMAT_JSON)
    print_diff_json(stdout, &x->d);
  else if (x->args->format == FORMAT_MARKDOWN)
    print_diff_markdown(stdout, &x->d, x->a);
  else
    print_diff_text(stdout, &x->d, &style, x->a);
  return diff_gates_failed(&x->d.gates) ? EXIT_FINDINGS : EXIT_CLEAN;
}

static bool read_gates(struct diffing *x, struct diags *problems) {
  if (!x->args->diff_gates) return true;
  if (!diff_gates_read(x->args->diff_gates, x->now, x->a, &x->d.gates, problems)) return false;
  return x->args->db || diag_fail(problems, V0704, "--fail-if counts items: " HOW_TO_NAME_DATA);
}

static bool look_at_data(struct diffing *x, day_t as_of, struct diags *problems) {
  if (!x->args->db) return true;
  x->dataset = open_for_both(x, &x->status, problems);
  bool good = x->dataset && find_consequences(x, as_of, problems) &&
              (!x->args->span_from || backtest_both(x, as_of, problems));
  progress_end();
  return good;
}

static int refuse_past(const struct diffing *x) {
  struct backtest b = *x->d.backtests->now;
  b.hindsight = x->d.backtests->hindsight;
  if (!b.late.n) b.late = x->d.backtests->old->late;
  return refuse_hindsight(x->args, &b, x->a);
}

static int compare(struct diffing *x) {
  struct diags problems = {.arena = x->a};
  day_t as_of = day_of_run(x->args, x->now);
  x->d.as_of = as_of;
  x->d.meanings = meaning_of(x->old, x->now, as_of, x->a);
  x->d.proofs = prove_rules(&(struct proof_request){.old = x->old,
                                                    .now = x->now,
                                                    .day = as_of,
                                                    .read = {&x->versions->old, &x->versions->now}},
                            x->a);
  bool good = can_backtest(x->args, &problems) && read_gates(x, &problems) &&
              look_at_data(x, as_of, &problems);
  if (!good && !problems.errors) return x->status; /* it has been said */
  int status = print_problems(x->args, "vigie diff", &problems);
  if (!good) return status;
  if (x->args->strict_past &&
      (x->d.backtests->hindsight || x->d.backtests->now->late.n || x->d.backtests->old->late.n))
    return refuse_past(x);
  return print(x);
}

int cmd_diff(const struct args *args) {
  struct arena *a = arena_new();
  struct versions versions = {0};
  struct diags problems = {.arena = a};
  struct diffing x = {.args = args, .versions = &versions, .a = a};
  int status = EXIT_CLEAN;
  if (!find_versions(args, a, &versions, &problems)) {
    status = print_problems(args, "vigie diff", &problems);
  } else if ((x.old = rules_read_from(args, &versions.old, a, &status)) &&
             (x.now = rules_read_from(args, &versions.now, a, &status))) {
    status = compare(&x);
  }
  dataset_close(x.dataset);
  arena_free(a);
  return status;
}
