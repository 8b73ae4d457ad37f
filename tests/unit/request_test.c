/* Requests: many days and two rule sets in one plan say what each says alone, scan each table
 * once, and say it in windows of any size. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "data/memory/memory.h"
#include "judge/judge.h"
#include "sema/ruleset.h"
#include "syntax/loader.h"

#define DATA                                                        \
  "language 1\n"                                                    \
  "entity account from \"accounts\"\n"                              \
  "  key \"id\"\n"                                                  \
  "  plan text \"plan\"\n"                                          \
  "entity usage from \"usage\"\n"                                   \
  "  belongs to account by \"account\"\n"                           \
  "  at \"day\"\n"                                                  \
  "  events count \"events\"\n"                                     \
  "kpi usage_7d of account = sum of events over usage in last 7d\n" \
  "team CS\n"                                                       \
  "  assigns \"cs@acme.example\"\n"

#define RULES(limit)                                         \
  "rule quiet for account\n"                                 \
  "  when usage_7d < " limit                                 \
  " or usage_7d drop over 7d > 50%\n"                        \
  "  -> assign CS, due 7d\n"                                 \
  "kpi used by plan = sum of events over usage in last 7d\n" \
  "rule quiet_plan for each plan\n"                          \
  "  when used < 4 * " limit                                 \
  "\n"                                                       \
  "  -> assign CS, due 7d\n"

static const char today[] = DATA RULES("5");
static const char tomorrow[] = DATA RULES("15");

enum { ACCOUNTS = 6, DAYS = 40, ENTRIES = 2 * DAYS };

struct world {
  struct arena *a;
  struct dataset *data;
  struct ruleset *rs[2];
  day_t first;
  long scans;
};

static struct ruleset *load(struct arena *a, const char *source, size_t n) {
  static const char *const path = "policy.vigie";
  struct memory_file *file = NEW(a, struct memory_file);
  *file = (struct memory_file){path, source, n};
  struct memory_files *files = NEW(a, struct memory_files);
  *files = (struct memory_files){file, 1, NULL, NULL};
  struct loader *from = NEW(a, struct loader);
  *from = memory_loader(files);
  struct load_request request = {.paths = &path, .n_paths = 1, .from = from};
  struct ruleset *rs;
  struct diags problems = {.arena = a};
  assert_true(ruleset_load(&request, a, &rs, &problems));
  assert_int_equal(rs->diags.errors, 0);
  return rs;
}

/* Account k uses k events on every day; from day 20 on, every second one uses none. */
static void make_data(struct world *w) {
  static const char *const columns[] = {"id", "plan"};
  static const char *const usage[] = {"account", "day", "events"};
  static const char *const names[] = {"a", "b", "c", "d", "e", "f"};
  const struct raw_cell **accounts = NEW_N(w->a, const struct raw_cell *, ACCOUNTS),
                        **rows = NEW_N(w->a, const struct raw_cell *, ACCOUNTS *DAYS);
  for (int k = 0; k < ACCOUNTS; k++) {
    struct raw_cell *row = NEW_N(w->a, struct raw_cell, 2);
    row[0] = raw_text(names[k]), row[1] = raw_text(k < 3 ? "pro" : "free");
    accounts[k] = row;
    for (int d = 0; d < DAYS; d++) {
      char day[16];
      struct raw_cell *use = NEW_N(w->a, struct raw_cell, 3);
      use[0] = raw_text(names[k]);
      use[1] = raw_text(arena_strdup(w->a, day_text(w->first + d, day)));
      use[2] = raw_real(d < 20 || k % 2 ? k : 0);
      rows[k * DAYS + d] = use;
    }
  }
  const struct memory_table tables[] = {{"accounts", columns, 2, accounts, ACCOUNTS},
                                        {"usage", usage, 3, rows, ACCOUNTS * DAYS}};
  w->data = memory_dataset("the rows of the test", tables, 2, w->a);
}

static int setup(void **state) {
  struct arena *a = arena_new();
  struct world *w = NEW(a, struct world);
  w->a = a;
  assert_true(day_parse("2026-01-01", 10, &w->first));
  w->rs[0] = load(a, today, sizeof today - 1);
  w->rs[1] = load(a, tomorrow, sizeof tomorrow - 1);
  make_data(w);
  *state = w;
  return 0;
}

static int teardown(void **state) {
  struct world *w = *state;
  dataset_close(w->data);
  arena_free(w->a);
  return 0;
}

static void count_scan(void *ctx, const char *what) {
  (void)what;
  ((struct world *)ctx)->scans++;
}

/* Both rule sets on every day, in one request: what each entry says, as one text. */
static void run(struct world *w, const struct judge_entry *entries, size_t n, size_t window,
                const char **said, struct plan **plan) {
  *plan = plan_new(entries[0].rs, w->a);
  struct judge_request request = {.dataset = w->data,
                                  .entries = entries,
                                  .n_entries = n,
                                  .plan = *plan,
                                  .arena = w->a,
                                  .progress = count_scan,
                                  .progress_ctx = w,
                                  .window_bytes = window};
  struct judgement *j = judge_begin(&request);
  struct verdicts *v;
  struct diags problems = {.arena = w->a};
  for (size_t i = 0; i < n; i++) {
    assert_int_equal(judge_left(j), n - i);
    assert_true(judge_next(j, &v, &problems));
    assert_int_equal(v->as_of, entries[i].day);
    assert_string_equal(v->digest, entries[i].rs->digest);
    said[i] = "";
    for (size_t r = 0; r < v->n_rules; r++)
      for (size_t k = 0; k < v->rules[r].n_hits; k++)
        said[i] = arena_printf(w->a, "%s %s", said[i], v->rules[r].hits[k].key);
    for (size_t k = 0; k < entries[i].n_kpis; k++)
      for (size_t g = 0; g < v->kpis[k].n; g++)
        said[i] = arena_printf(w->a, "%s, %s %g", said[i], v->kpis[k].values[g].by[0].text,
                               v->kpis[k].values[g].value.num);
  }
  assert_int_equal(judge_left(j), 0);
  judge_end(j);
}

static void ask_for_all(struct world *w, struct judge_entry *entries) {
  for (int i = 0; i < ENTRIES; i++)
    entries[i] = (struct judge_entry){.rs = w->rs[i % 2],
                                      .day = w->first + i / 2,
                                      .want = WANT_RULES,
                                      .kpis = w->rs[i % 2]->kpis.v,
                                      .n_kpis = w->rs[i % 2]->kpis.n};
}

static void together_they_say_what_each_says_alone(void **state) {
  struct world *w = *state;
  struct judge_entry entries[ENTRIES];
  const char *together[ENTRIES], *alone[ENTRIES];
  struct plan *plan;
  ask_for_all(w, entries);
  run(w, entries, ENTRIES, 0, together, &plan);
  /* company, account, usage, groups by plan: one of each, for both */
  assert_int_equal(plan->domains.n, 4);
  assert_int_equal(plan->edges.n, 1);
  assert_int_equal(w->scans, 2);
  bool differ = false;
  for (int i = 0; i < ENTRIES; i++) {
    run(w, &entries[i], 1, 0, &alone[i], &plan);
    assert_string_equal(together[i], alone[i]);
    differ |= i % 2 && strcmp(together[i], together[i - 1]) != 0;
  }
  assert_true(differ);
  /* rows by hand: on day 30 the even accounts have been silent for a week, b has 7 events */
  assert_string_equal(strchr(together[60], ' '), strstr(together[60], " a"));
  assert_true(strstr(together[60], " a c e") == together[60]);
  assert_true(strstr(together[61], " a b c e") == together[61]);
}

static void windows_of_any_size_say_the_same(void **state) {
  struct world *w = *state;
  struct judge_entry entries[ENTRIES];
  const char *once[ENTRIES], *windows[ENTRIES];
  struct plan *plan;
  static const size_t sizes[] = {1, 1000, 5000};
  ask_for_all(w, entries);
  run(w, entries, ENTRIES, 0, once, &plan);
  for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
    w->scans = 0;
    run(w, entries, ENTRIES, sizes[s], windows, &plan);
    for (int i = 0; i < ENTRIES; i++) assert_string_equal(once[i], windows[i]);
    assert_true(w->scans > 2);
    if (s) assert_true(w->scans < ENTRIES);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(together_they_say_what_each_says_alone, setup, teardown),
      cmocka_unit_test_setup_teardown(windows_of_any_size_say_the_same, setup, teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
