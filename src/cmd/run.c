/* vigie run and vigie plan. In: rule files, a dataset and a day. Out: action items, kept (run) or
 * only shown (plan). */
#include <stdio.h>
#include <string.h>

#include "action/apply.h"
#include "action/filled.h"
#include "action/old_policy.h"
#include "action/plan_print.h"
#include "action/run_view.h"
#include "base/suggest.h"
#include "base/check.h"
#include "base/terminal.h"
#include "base/text.h"
#include "cmd/dataset.h"
#include "cmd/kept_kpis.h"
#include "cmd/problems.h"
#include "cmd/profile.h"
#include "cmd/progress.h"
#include "cmd/rules.h"
#include "judge/judge.h"
#include "sema/hindsight.h"

static void print_notes(const struct args *args, const struct verdicts *v) {
  if (args->quiet) return;
  for (const char *const *n = verdicts_notes(v); *n; n++) print_note(*n);
}

/* The columns that the rules and targets read with hindsight; NULL: none. */
static const name_list *hindsight_of(struct ruleset *rs, const struct verdicts *v,
                                     struct arena *a) {
  struct hindsight *h = NEW(a, struct hindsight);
  *h = (struct hindsight){.rs = rs, .arena = a, .today = day_today(rs->tz)};
  for (size_t i = 0; i < rs->rules.n; i++) hindsight_rule(h, rs->rules.v[i], v->as_of);
  for (size_t i = 0; i < rs->targets.n; i++) {
    const struct target *t = rs->targets.v[i];
    if (t->check) hindsight_target(h, t, target_start(rs, t, v->as_of), v->as_of);
  }
  return h->columns.n ? &h->columns : NULL;
}

/* What is to be done, beside what the line says. */
struct job {
  const struct args *args;
  enum apply_mode mode;
  plan_gate_list gates; /* of --fail-if */
  struct profile profile;
};

static void print_run(const struct args *args, const struct outcome *o,
                      const struct text_style *style, struct arena *a) {
  struct run_view v;
  run_view_of(o, args->quiet, a, &v);
  if (args->format == FORMAT_JSON)
    print_run_json(stdout, &v);
  else
    print_run_text(stdout, &v, style);
}

/* Beside a document, the gates are on standard error too. */
static int print_plan(const struct job *job, const struct outcome *o,
                      const struct text_style *style, struct arena *a) {
  const struct args *args = job->args;
  struct plan_view p;
  struct diags problems = {.arena = a};
  int status = EXIT_CLEAN;
  plan_view_of(o, args->quiet, a, &p);
  if (!plan_gates_check(&job->gates, &p, &problems))
    return print_problems(args, "vigie plan", &problems);
  if (args->format == FORMAT_JSON)
    print_plan_json(stdout, &p);
  else if (args->format == FORMAT_MARKDOWN)
    print_plan_markdown(stdout, &p);
  else
    print_plan_text(stdout, &p, style, args->all);
  for (size_t i = 0; i < p.gates.n; i++) {
    if (p.gates.v[i].failed) status = EXIT_FINDINGS;
    if (args->format != FORMAT_TEXT) text_print_line(stderr, "%s", gate_line(&p.gates.v[i], a));
  }
  return status;
}

static int print(const struct job *job, const struct outcome *o, struct arena *a) {
  const struct args *args = job->args;
  struct text_style style = {.width = term_width(), .color = args->color_out, .quiet = args->quiet};
  if (job->mode == APPLY_LOOK) return print_plan(job, o, &style, a);
  print_run(args, o, &style, a);
  return EXIT_CLEAN;
}

/* --dump plan, sql: what the dataset made of the rules; nothing is kept. */
static bool dump(const struct args *args, const struct plan *plan) {
  if (list_has(args->dump, "plan")) plan_dump(plan, stdout);
  return args->dump != NULL;
}

/* The rule that is to be judged alone; false after a message. */
static bool find_only(const struct args *args, struct ruleset *rs, struct rule **out) {
  const char **names = NEW_N(rs->arena, const char *, rs->rules.n + 1);
  *out = NULL;
  if (!args->only_rule || (*out = rule_named(rs, args->only_rule))) return true;
  for (size_t i = 0; i < rs->rules.n; i++) names[i] = rs->rules.v[i]->name;
  const char *near = suggest(args->only_rule, names, rs->rules.n);
  struct diags problems = {.arena = rs->arena};
  diag_add(&problems, V0703, NO_SPAN,
           near ? "there is no rule %s: did you mean %s?"
                : "there is no rule %s: `vigie check` knows the rules",
           args->only_rule, near);
  print_problems(args, "vigie", &problems);
  return false;
}

/* What is kept of KPIs: of a run alone, and of one of the whole policy. */
static bool keeps_kpis(const struct args *args, enum apply_mode mode) {
  return mode == APPLY_WRITE && !args->baseline && !args->only_rule && !args->dump;
}

/* Judges the day, the KPIs beside the rules. Where their data is at fault, or a table is empty, the
 * rules are judged without them, as they would have been: *kpis_apart says so. */
static bool judge_day(struct judge_request *r, struct judge_entry *today, struct judgement **out,
                      struct verdicts **v, bool *kpis_apart, struct diags *problems) {
  struct diags unsaid = {.arena = r->arena};
  *kpis_apart = false;
  *out = judge_begin(r);
  if (!today->n_kpis) return judge_next(*out, v, problems);
  if (judge_next(*out, v, &unsaid) && filled_rows(*v, &unsaid)) {
    *problems = unsaid;
    return true;
  }
  judge_end(*out);
  *kpis_apart = true;
  today->n_kpis = 0;
  r->plan = plan_new(today->rs, r->arena);
  *out = judge_begin(r);
  return judge_next(*out, v, problems) && filled_rows(*v, problems);
}

static int judge(struct job *job, struct ruleset *rs, struct dataset *dataset, struct arena *a) {
  const struct args *args = job->args;
  struct kept_kpis kept = {0};
  struct judge_entry today = {.rs = rs,
                              .day = day_of_run(args, rs),
                              .want = WANT_RULES | WANT_TARGETS | WANT_MARKS,
                              .arena = a};
  if (!find_only(args, rs, &today.rule)) return EXIT_USAGE;
  if (today.rule) today.want = WANT_RULES | WANT_MARKS;
  if (keeps_kpis(args, job->mode)) kept = kept_kpis(rs, a);
  today.kpis = kept.kpis;
  today.n_kpis = kept.n;
  struct judge_request request = {.dataset = dataset,
                                  .entries = &today,
                                  .n_entries = 1,
                                  .plan = plan_new(rs, a),
                                  .arena = a,
                                  .timed = args->profile,
                                  .progress = args->quiet ? NULL : show_progress};
  struct judgement *judgement;
  struct verdicts *v;
  struct outcome o;
  struct diags problems = {.arena = a};
  int status = EXIT_CLEAN;
  bool apart;
  if (list_has(args->dump, "sql")) dataset_trace(dataset, stdout);
  if (args->profile) dataset_profile(dataset, &job->profile.scans);
  bool good = judge_day(&request, &today, &judgement, &v, &apart, &problems);
  profile_end_stage(&job->profile, "data read and judged");
  if (good) profile_rules(&job->profile, v);
  struct apply_request apply = {.state_path = args->state,
                                .mode = job->mode,
                                .verdicts = v,
                                .only = args->only_rule,
                                .baseline = args->baseline,
                                .brief = args->format == FORMAT_TEXT};
  progress_end();
  struct old_policy old = {0};
  if (good && !args->dump) {
    apply.files = policy_files(rs, a);
    old_policy_judge(args->state, rs, dataset, &apply, a, &old);
    if (old.note && !args->quiet) print_note(old.note);
    if (apart)
      kept_value_apart(args, rs, dataset, today.day, &kept, a);
    else
      kept_take(rs, v, &kept, a);
    apply.published = kept.said;
    apply.n_published = kept.n_said;
  }
  if (dump(args, request.plan)) {
    if (!good) status = print_problems(args, "vigie", &problems);
  } else if (!good || !action_apply(&apply, a, &o, &problems)) {
    status = print_problems(args, "vigie", &problems);
  } else {
    print_problems(args, "vigie", &problems);
    print_notes(args, v);
    o.hindsight = hindsight_of(rs, v, a);
    status = print(job, &o, a);
    profile_end_stage(&job->profile, "items decided, kept and printed");
    if (args->profile) profile_print(&job->profile);
  }
  old_policy_end(&old);
  judge_end(judgement);
  return status;
}

/* The stages before the dataset need no dataset to be dumped. */
static bool wants_dataset(const struct args *args) {
  return !args->dump || list_has(args->dump, "plan") || list_has(args->dump, "sql");
}

/* One slip to 2062 would make every later run one of an earlier day. */
static bool has_come(const struct args *args, const struct ruleset *rs) {
  char day[16], now[16];
  day_t today = day_today(rs->tz);
  struct diags problems = {.arena = rs->arena};
  if (args->ahead || day_of_run(args, rs) <= today) return true;
  diag_add(&problems, V0610, NO_SPAN,
           "%s has not come, today is %s: nothing was changed. A run of a later day stands in the "
           "way of every run before it. `vigie plan` looks ahead and keeps nothing; add --ahead to "
           "keep it all the same",
           day_text(day_of_run(args, rs), day), day_text(today, now));
  print_problems(args, "vigie", &problems);
  return false;
}

/* A slip in a gate is said before anything is judged. */
static bool read_gates(struct job *job, const struct ruleset *rs, struct arena *a) {
  struct diags problems = {.arena = a};
  if (job->args->fail_if && job->args->dump) {
    diag_add(&problems, V0704, NO_SPAN,
             "--dump stops before anything is counted, so that --fail-if has nothing to look at: "
             "leave out one of them");
    print_problems(job->args, "vigie plan", &problems);
    return false;
  }
  if (!job->args->fail_if || plan_gates_read(job->args->fail_if, rs, a, &job->gates, &problems))
    return true;
  print_problems(job->args, "vigie plan", &problems);
  return false;
}

static int run(const struct args *args, enum apply_mode mode) {
  struct arena *a = arena_new();
  struct job job = {.args = args, .mode = mode, .profile = profile_begin(a)};
  int status = EXIT_CLEAN;
  struct ruleset *rs = rules_read(args, a, &status);
  if (rs && rs->diags.warnings) diags_print(&rs->diags, stderr, args->color_err);
  if (rs &&
      ((mode != APPLY_LOOK && !args->dump && !has_come(args, rs)) || !read_gates(&job, rs, a))) {
    status = EXIT_USAGE;
  } else if (rs && wants_dataset(args)) {
    profile_end_stage(&job.profile, "rules read");
    struct dataset *dataset = open_dataset(args, rs, &status);
    profile_end_stage(&job.profile, "dataset opened");
    if (dataset) status = judge(&job, rs, dataset, a);
    dataset_close(dataset);
  }
  arena_free(a);
  return status;
}

int cmd_run(const struct args *args) {
  return run(args, args->replay ? APPLY_REPLAY : APPLY_WRITE);
}
int cmd_plan(const struct args *args) { return run(args, APPLY_LOOK); }
