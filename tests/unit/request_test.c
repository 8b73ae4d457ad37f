/* Requests: many days and two rule sets in one plan say what each says alone, scan each table
 * once, and say it in windows of any size. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
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
  "  hours number \"hours\"\n"                                      \
  "kpi usage_7d of account = sum of events over usage in last 7d\n" \
  "kpi hours_7d of account = sum of hours over usage in last 7d\n"  \
  "kpi best_7d of account = max of events over usage in last 7d\n"  \
  "team CS\n"                                                       \
  "  assigns \"cs@acme.example\"\n"

#define RULES(limit)                                         \
  "rule quiet for account\n"                                 \
  "  when usage_7d < " limit                                 \
  " or usage_7d drop over 7d > 50%\n"                        \
  "  -> assign CS, due 7d\n"                                 \
  "rule busy for account\n"                                  \
  "  when (best_7d > 3 and hours_7d > 1.2) for 3d\n"         \
  "  -> assign CS, due 7d\n"                                 \
  "kpi used by plan = sum of events over usage in last 7d\n" \
  "rule quiet_plan for each plan\n"                          \
  "  when used < 4 * " limit                                 \
  "\n"                                                       \
  "  -> assign CS, due 7d\n"

static const char today[] = DATA RULES("5");
static const char tomorrow[] = DATA RULES("15");

enum { FEW = 6, MANY = 800, DAYS = 40, ENTRIES = 2 * DAYS };

struct world {
  struct arena *a;
  struct dataset *data;
  struct ruleset *rs[2];
  size_t accounts;
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

/* Account k uses k events on every day; from day 20 on, every second one uses none. Of many, each
 * six are like the first six. */
static void make_data(struct world *w, size_t n) {
  static const char *const columns[] = {"id", "plan"};
  static const char *const usage[] = {"account", "day", "events", "hours"};
  const struct raw_cell **accounts = NEW_N(w->a, const struct raw_cell *, n),
                        **rows = NEW_N(w->a, const struct raw_cell *, n *DAYS);
  for (size_t i = 0; i < n; i++) {
    int k = (int)i % FEW;
    const char *name = arena_printf(w->a, i < FEW ? "%c" : "%c%zu", 'a' + k, i);
    struct raw_cell *row = NEW_N(w->a, struct raw_cell, 2);
    row[0] = raw_text(name), row[1] = raw_text(k < 3 ? "pro" : "free");
    accounts[i] = row;
    for (int d = 0; d < DAYS; d++) {
      char day[16];
      struct raw_cell *use = NEW_N(w->a, struct raw_cell, 4);
      use[0] = raw_text(name);
      use[1] = raw_text(arena_strdup(w->a, day_text(w->first + d, day)));
      use[2] = raw_real(d < 20 || k % 2 ? k : 0);
      use[3] = raw_real(d % 3 ? k / 10.0 : 0.1);
      rows[i * DAYS + (size_t)d] = use;
    }
  }
  const struct memory_table tables[] = {{"accounts", columns, 2, accounts, n},
                                        {"usage", usage, 4, rows, n * DAYS}};
  w->data = memory_dataset("the rows of the test", tables, 2, w->a);
}

static int setup(void **state, size_t accounts) {
  struct arena *a = arena_new();
  struct world *w = NEW(a, struct world);
  w->a = a;
  assert_true(day_parse("2026-01-01", 10, &w->first));
  w->rs[0] = load(a, today, sizeof today - 1);
  w->rs[1] = load(a, tomorrow, sizeof tomorrow - 1);
  w->accounts = accounts;
  make_data(w, accounts);
  *state = w;
  return 0;
}

static int setup_few(void **state) { return setup(state, FEW); }
static int setup_many(void **state) { return setup(state, MANY); }

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

static const char *what_it_says(struct arena *a, const struct verdicts *v,
                                const struct judge_entry *e) {
  char *text;
  size_t size;
  FILE *out = open_memstream(&text, &size);
  assert_non_null(out);
  for (size_t r = 0; r < v->n_rules; r++)
    for (size_t k = 0; k < v->rules[r].n_hits; k++) fprintf(out, " %s", v->rules[r].hits[k].key);
  for (size_t k = 0; k < e->n_kpis; k++)
    for (size_t g = 0; g < v->kpis[k].n; g++)
      fprintf(out, ", %s %g", v->kpis[k].values[g].by[0].text, v->kpis[k].values[g].value.num);
  fclose(out);
  const char *said = arena_strdup(a, text);
  free(text);
  return said;
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
    said[i] = what_it_says(w->a, v, &entries[i]);
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

/* Sums of whole numbers are kept from the first scan on; the greatest, and sums of decimals, are
 * computed for the window. */
static void windows_of_any_size_say_the_same(void **state) {
  struct world *w = *state;
  struct judge_entry entries[ENTRIES];
  const char *once[ENTRIES], *windows[ENTRIES];
  struct plan *plan;
  static const size_t small[] = {1, 1000, 5000}, large[] = {300000, 1000000};
  bool many = w->accounts == MANY;
  const size_t *sizes = many ? large : small;
  ask_for_all(w, entries);
  run(w, entries, ENTRIES, 0, once, &plan);
  for (size_t s = 0; s < (many ? 2 : 3); s++) {
    w->scans = 0;
    run(w, entries, ENTRIES, sizes[s], windows, &plan);
    for (int i = 0; i < ENTRIES; i++) assert_string_equal(once[i], windows[i]);
    assert_true(w->scans > 2);
    if (many || s) assert_true(w->scans < ENTRIES);
  }
}

/* Not what was wanted of one day alone: the first window scans for all. */
static void whole_sums_are_scanned_once(void **state) {
  struct world *w = *state;
  struct judge_entry entries[ENTRIES];
  const char *together[ENTRIES], *windows[ENTRIES];
  struct plan *plan;
  ask_for_all(w, entries);
  for (int i = 0; i < ENTRIES; i++) {
    entries[i].rule = entries[i].rs->rules.v[0];
    entries[i].n_kpis = 0;
  }
  run(w, entries, ENTRIES, 0, together, &plan);
  w->scans = 0;
  run(w, entries, ENTRIES, 1, windows, &plan);
  assert_int_equal(w->scans, 2); /* accounts, usage */
  for (int i = 0; i < ENTRIES; i++) assert_string_equal(together[i], windows[i]);
}

/* Each attribute doubles the one before: forty nodes, and a million million ways through them. */
static void a_formula_is_asked_once_whatever_ways_lead_through_it(void **state) {
  enum { DOUBLED = 40 };
  struct world *w = *state;
  const char *split = strstr(today, "kpi usage_7d");
  const char *text = arena_printf(w->a, "%.*s  x0 count = events\n", (int)(split - today), today);
  for (int i = 1; i <= DOUBLED; i++)
    text = arena_printf(w->a, "%s  x%d count = x%d + x%d\n", text, i, i - 1, i - 1);
  text = arena_printf(w->a,
                      "%steam CS\n  assigns \"cs@acme.example\"\n"
                      "kpi used of account = count of usage in last 7d where x%d > 5\n"
                      "rule quiet for account\n  when used < 3\n  -> assign CS, due 7d\n",
                      text, DOUBLED);
  struct ruleset *rs = load(w->a, text, strlen(text));
  struct judge_entry entries[DAYS];
  const char *together[DAYS], *windows[DAYS];
  struct plan *plan;
  for (int i = 0; i < DAYS; i++)
    entries[i] = (struct judge_entry){.rs = rs, .day = w->first + i, .want = WANT_RULES};
  run(w, entries, DAYS, 0, together, &plan);
  run(w, entries, DAYS, 1, windows, &plan);
  for (int i = 0; i < DAYS; i++) assert_string_equal(together[i], windows[i]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(together_they_say_what_each_says_alone, setup_few, teardown),
      cmocka_unit_test_setup_teardown(windows_of_any_size_say_the_same, setup_few, teardown),
      cmocka_unit_test_setup_teardown(windows_of_any_size_say_the_same, setup_many, teardown),
      cmocka_unit_test_setup_teardown(whole_sums_are_scanned_once, setup_few, teardown),
      cmocka_unit_test_setup_teardown(whole_sums_are_scanned_once, setup_many, teardown),
      cmocka_unit_test_setup_teardown(a_formula_is_asked_once_whatever_ways_lead_through_it,
                                      setup_few, teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
