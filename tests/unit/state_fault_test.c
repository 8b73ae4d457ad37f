/* A power cut at any write: whatever write is the last, the state is as it was before the command or
 * as it is after, and the message says which. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "action/apply.h"
#include "action/state.h"
#include "fault_vfs.h"
#include "verdict_stub.h"

struct world {
  struct arena *a;
  struct stub s;
  char home[64];
};

static int setup(void **state) {
  struct world *w = xcalloc(1, sizeof *w);
  strcpy(w->home, "/tmp/vigie-fault-XXXXXX");
  assert_non_null(mkdtemp(w->home));
  assert_int_equal(chdir(w->home), 0);
  *state = w;
  return 0;
}

static int teardown(void **state) {
  struct world *w = *state;
  char rm[128];
  assert_int_equal(chdir("/"), 0);
  snprintf(rm, sizeof rm, "rm -rf '%s'", w->home);
  assert_int_equal(system(rm), 0);
  free(w);
  return 0;
}

/* Rows of item and audit, without moments: what must be before or after. */
static void whole(char *out, size_t n) {
  sqlite3 *db;
  sqlite3_stmt *st;
  assert_int_equal(sqlite3_open("actions.db", &db), SQLITE_OK);
  *out = 0;
  int rc = sqlite3_prepare_v2(
      db,
      "SELECT group_concat(t, ';') FROM (SELECT id || key || state || ifnull(owner, '') AS t FROM "
      "item UNION ALL SELECT id || change || field || ifnull(new, '') FROM audit"
      " UNION ALL SELECT 'run' || id FROM run)",
      -1, &st, NULL);
  if (rc == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW && sqlite3_column_text(st, 0))
    snprintf(out, n, "%s", (const char *)sqlite3_column_text(st, 0));
  sqlite3_finalize(st);
  assert_int_equal(
      sqlite3_prepare_v2(db, "SELECT integrity_check FROM pragma_integrity_check", -1, &st, NULL),
      SQLITE_OK);
  assert_int_equal(sqlite3_step(st), SQLITE_ROW);
  assert_string_equal((const char *)sqlite3_column_text(st, 0), "ok");
  sqlite3_finalize(st);
  sqlite3_close(db);
}

static bool apply(struct world *w, struct diags *problems) {
  struct outcome out;
  struct apply_request q = {
      .state_path = "actions.db", .mode = APPLY_WRITE, .verdicts = stub_verdicts(&w->s)};
  return action_apply(&q, w->a, &out, problems);
}

/* The first run, then one that opens, closes and updates. */
static bool second_run(struct world *w, struct diags *problems) {
  stub_row(&w->s, "A", TRUTH_FALSE);
  stub_row(&w->s, "B", TRUTH_TRUE)->hit.owner = "bob@acme.example";
  stub_row(&w->s, "C", TRUTH_TRUE);
  return apply(w, problems);
}

/* A person closes an item. */
static bool move(struct world *w, struct diags *problems) {
  struct state *s;
  struct item *items;
  change_list changes = {0};
  int64_t number = 1;
  if (!state_open("actions.db", STATE_WRITE, w->a, &s, problems)) return false;
  struct item_move m = {.kind = MOVE_done,
                        .by = {"ana@acme.example", "--by"},
                        .day = 20513,
                        .until = DAY_NONE,
                        .if_rev = -1};
  bool ok = state_numbered(s, &number, 1, &items, problems);
  if (ok) {
    move_item(&m, items, 0, &changes, w->a);
    ok = state_save_moves(s, &m.by, m.day, items, 1, changes.v, changes.n, problems);
  }
  if (ok) return state_commit(s, problems);
  state_close(s);
  return false;
}

/* Fails at every write in turn, until one run is through without any. yet: what the message says
 * where all is in the file after all; never: what it does not say. */
static void cut_at_every_write(struct world *w, bool (*act)(struct world *, struct diags *),
                               const char *yet, const char *never) {
  static char before[8192], after[8192], found[8192];
  int failed = 0;
  for (long n = 1;; n++) {
    w->a = arena_new();
    stub_init(&w->s, 20513);
    stub_row(&w->s, "A", TRUTH_TRUE);
    stub_row(&w->s, "B", TRUTH_TRUE);
    assert_int_equal(system("rm -f actions.db*"), 0);
    struct diags problems = {.arena = w->a};
    fault_at = 0;
    assert_true(apply(w, &problems));
    whole(before, sizeof before);
    fault_writes = 0;
    fault_at = n;
    bool good = act(w, &problems);
    bool cut = fault_writes >= n;
    fault_at = 0;
    whole(found, sizeof found);
    if (!cut) {
      assert_true(good);
      strcpy(after, found);
      arena_free(w->a);
      assert_true(failed > 0);
      break;
    }
    if (good) {
      if (strcmp(found, before) == 0) fail_msg("write %ld: said to be done, and is not", n);
    } else {
      failed++;
      assert_int_equal(problems.errors, 1);
      bool there = strstr(diags_failure(&problems), yet) != NULL;
      assert_null(strstr(diags_failure(&problems), never));
      if (!there && strcmp(found, before) != 0) fail_msg("write %ld: %s", n, found);
      problems = (struct diags){.arena = w->a};
      assert_true(act(w, &problems)); /* given again, it goes through */
    }
    arena_free(w->a);
  }
  if (strcmp(before, after) == 0) fail_msg("the command changed nothing");
}

static void must_8_a_run_is_whole_or_not_at_all(void **state) {
  cut_at_every_write(*state, second_run, "at the end of the run, yet its items are in",
                     "change by");
}

/* Nor does a message speak of a run. */
static void must_8_a_move_is_whole_or_not_at_all(void **state) {
  cut_at_every_write(*state, move, "at the end of the change by ana@acme.example, yet it is in",
                     "run");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(must_8_a_run_is_whole_or_not_at_all, setup, teardown),
      cmocka_unit_test_setup_teardown(must_8_a_move_is_whole_or_not_at_all, setup, teardown)};
  fault_install();
  return cmocka_run_group_tests(tests, NULL, NULL);
}
