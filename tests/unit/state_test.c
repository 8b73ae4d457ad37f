/* The state database: what it keeps, and what it says about files that it cannot use. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "action/apply.h"
#include "action/evidence.h"
#include "action/print_csv.h"
#include "action/print_json.h"
#include "action/plan_print.h"
#include "action/run_view.h"
#include "action/state.h"
#include "action/value_json.h"
#include "verdict_stub.h"

struct world {
  struct arena *a;
  struct stub s;
  struct outcome out;
  struct diags problems;
  char home[64];
};

static int setup(void **state) {
  struct world *w = xcalloc(1, sizeof *w);
  w->a = arena_new();
  w->problems.arena = w->a;
  stub_init(&w->s, 20513);
  strcpy(w->home, "/tmp/vigie-state-XXXXXX");
  assert_non_null(mkdtemp(w->home));
  assert_int_equal(chdir(w->home), 0);
  setenv("VIGIE_LOCK_TIMEOUT_MS", "50", 1);
  *state = w;
  return 0;
}

static int teardown(void **state) {
  struct world *w = *state;
  char rm[128];
  assert_int_equal(chdir("/"), 0);
  snprintf(rm, sizeof rm, "rm -rf '%s'", w->home);
  assert_int_equal(system(rm), 0);
  arena_free(w->a);
  free(w);
  return 0;
}

static bool apply(struct world *w, const char *path, enum apply_mode mode) {
  struct apply_request q = {.state_path = path, .mode = mode, .verdicts = stub_verdicts(&w->s)};
  return action_apply(&q, w->a, &w->out, &w->problems);
}

static void run(struct world *w) {
  if (!apply(w, "actions.db", true)) fail_msg("%s", diags_failure(&w->problems));
}

static void plan(struct world *w) {
  if (!apply(w, "actions.db", false)) fail_msg("%s", diags_failure(&w->problems));
}

static void assert_refused(struct world *w, const char *path, enum apply_mode mode,
                           const char *says) {
  w->problems = (struct diags){.arena = w->a};
  assert_false(apply(w, path, mode));
  assert_int_equal(w->problems.errors, 1);
  const char *message = diags_failure(&w->problems);
  if (!strstr(message, says)) fail_msg("%s: does not say: %s", message, says);
}

/* One number out of a database, without the code that is tested. */
static long ask(const char *sql) {
  sqlite3 *db;
  sqlite3_stmt *st;
  assert_int_equal(sqlite3_open("actions.db", &db), SQLITE_OK);
  if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK) fail_msg("%s", sqlite3_errmsg(db));
  assert_int_equal(sqlite3_step(st), SQLITE_ROW);
  long n = (long)sqlite3_column_int64(st, 0);
  sqlite3_finalize(st);
  sqlite3_close(db);
  return n;
}

static void tell(const char *path, const char *sql) {
  sqlite3 *db;
  char *error = NULL;
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK) fail_msg("%s", error);
  sqlite3_close(db);
}

static void write_file(const char *path, const char *text) {
  FILE *f = fopen(path, "w");
  assert_non_null(f);
  fputs(text, f);
  fclose(f);
}

/* ---- what it keeps -------------------------------------------------------------------- */

static void keeps_a_run(void **state) {
  struct world *w = *state;
  struct stub_row *row = stub_row(&w->s, "A'; drop table item; --", TRUTH_TRUE);
  struct because why[] = {
      {.expr = "renewal", .value = {.type = {.unit = U_DATE}, .known = true, .num = 20553}},
      {.expr = "arr",
       .value = {.type = {.unit = U_MONEY, .currency = "EUR"},
                 .known = true,
                 .num = 123457,
                 .rows = 4,
                 .of_rows = 5}},
      {.expr = "plan", .value = {.type = {.unit = U_TEXT}, .known = true, .text = "Pro"}},
      {.expr = "health", .value = {.type = {.unit = U_SCORE}}},
      {.expr = "nrr",
       .value = {.type = {.unit = U_SHARE, .percent = true}, .known = true, .num = 1.0 / 3},
       .bound = "< 40%",
       .moved = "50% to 33%"}};
  row->hit.reasons = why;
  row->hit.n_reasons = 5;
  row->hit.because = why;
  row->hit.n_because = 5;
  row->hit.due_late = true;
  row->hit.worth.num = 100.0 / 3;
  stub_row(&w->s, NULL, TRUTH_TRUE)->hit.label = NULL;
  run(w);
  assert_int_equal(w->out.n_open, 2);
  assert_int_equal(ask("SELECT count(*) FROM item"), 2);
  assert_int_equal(ask("SELECT count(*) FROM audit WHERE run_id = 1 AND change = 'opened'"), 2);
  assert_int_equal(
      ask("SELECT opened FROM run WHERE as_of = '2026-03-01' AND rules_digest = 'd16e57'"), 2);

  run(w); /* everything comes back as it was written, so nothing changes */
  assert_int_equal(w->out.decision.n_changes, 0);
  assert_int_equal(ask("SELECT count(*) FROM run"), 2);
  assert_int_equal(ask("SELECT count(*) FROM audit"), 2);
  const struct item *i = w->out.open[1]->key ? w->out.open[1] : w->out.open[0];
  assert_string_equal(i->key, "A'; drop table item; --");
  assert_int_equal(i->n_because, 5);
  assert_true(i->because[0].value.num == 20553 && i->because[0].value.type.unit == U_DATE);
  assert_int_equal(i->because[1].value.of_rows, 5);
  assert_string_equal(i->because[1].value.type.currency, "EUR");
  assert_string_equal(i->because[2].value.text, "Pro");
  assert_false(i->because[3].value.known);
  assert_true(i->because[4].value.num == 1.0 / 3 && i->because[4].value.type.percent);
  assert_string_equal(i->because[4].bound, "< 40%");
  assert_string_equal(i->because[4].moved, "50% to 33%");
  assert_null(i->because[3].bound);
  assert_true(i->worth.num == 100.0 / 3);
  assert_true(i->due_late);
}

/* MUST 16: what its reasons are today stands in the state, as it was judged; while nothing of it
 * changes, nothing is written (MUST 9); a closed item has none. */
static void keeps_what_the_reasons_are_today(void **state) {
  struct world *w = *state;
  struct stub_row *row = stub_row(&w->s, "A", TRUTH_TRUE);
  struct value arr = {.type = {.unit = U_MONEY, .currency = "EUR"}, .known = true, .num = 12345.5};
  struct because then[] = {
      {.expr = "arr", .value = arr, .bound = "> 1 EUR"},
      {.expr = "plan", .value = {.type = {.unit = U_TEXT}, .known = true, .text = "Pro"}},
      {.expr = "gone", .value = arr}};
  struct because now[] = {
      {.expr = "plan", .value = {.type = {.unit = U_TEXT}}},
      {.expr = "arr", .value = arr, .bound = "> 2 EUR", .moved = "1 EUR to 2 EUR"}};
  row->hit.because = row->hit.reasons = then;
  row->hit.n_because = row->hit.n_reasons = 3;
  run(w);
  row->hit.reasons = now;
  row->hit.n_reasons = 2;
  run(w);
  run(w);
  assert_int_equal(w->out.decision.n_changes, 0);
  assert_false(w->out.decision.noted[0]);
  const struct item *i = w->out.open[0];
  const struct evidence *e = evidence_read(i, w->a);
  assert_non_null(e);
  assert_true(e[0].asked && e[0].now.value.num == 12345.5);
  assert_string_equal(e[0].now.value.type.currency, "EUR");
  assert_string_equal(e[0].now.bound, "> 2 EUR");
  assert_string_equal(e[0].now.moved, "1 EUR to 2 EUR");
  assert_true(e[1].asked && !e[1].now.value.known);
  assert_false(e[2].asked);
  assert_int_equal(ask("SELECT count(*) FROM audit"), 1);
  row->standing.when = TRUTH_FALSE;
  run(w);
  assert_int_equal(
      ask("SELECT count(*) FROM item WHERE state = 'resolved' AND reasons_now IS NULL"), 1);
}

static void a_life_through_runs(void **state) {
  struct world *w = *state;
  struct stub_row *row = stub_row(&w->s, "A", TRUTH_TRUE);
  run(w);
  row->hit.owner = "bob@acme.example";
  run(w);
  assert_int_equal(
      ask("SELECT count(*) FROM audit WHERE field = 'owner' AND old = 'ana@acme.example'"
          " AND new = 'bob@acme.example'"),
      1);
  tell("actions.db",
       "UPDATE item SET owner = 'zoe', owner_by_person = 1, due = '2026-05-01', due_by_person = 1,"
       " note = 'mine', state = 'done', closed = '2026-03-02'");
  run(w);
  assert_int_equal(w->out.n_open, 0);
  row->standing.when = TRUTH_FALSE;
  run(w);
  row->standing.when = TRUTH_TRUE;
  run(w);
  assert_int_equal(
      ask("SELECT count(*) FROM item WHERE owner = 'zoe' AND due = '2026-05-01' AND note = 'mine'"
          " AND state = 'done' AND armed = 1"),
      1);
  assert_int_equal(ask("SELECT seq FROM item WHERE state = 'open' AND owner = 'bob@acme.example'"),
                   2);
  row->standing.when = TRUTH_FALSE;
  run(w);
  assert_int_equal(ask("SELECT count(*) FROM item WHERE seq = 2 AND state = 'resolved' AND closed "
                       "= '2026-03-01'"),
                   1);
}

static void once_may_move_back_and_forth(void **state) {
  struct world *w = *state;
  w->s.rule.once_per = true;
  struct stub_row *row = stub_row(&w->s, "A", TRUTH_TRUE);
  row->hit.once = "x";
  run(w);
  tell("actions.db", "UPDATE item SET state = 'done', closed = '2026-03-02'");
  row->hit.once = "y";
  run(w);
  row->hit.once = "x";
  run(w);
  assert_int_equal(ask("SELECT count(*) FROM item WHERE once = 'x' AND seq = 2 AND state = 'open'"),
                   1);
  run(w);
  assert_int_equal(w->out.decision.n_changes, 0);
}

static void a_plan_writes_nothing(void **state) {
  struct world *w = *state;
  stub_row(&w->s, "A", TRUTH_TRUE);
  plan(w);
  assert_int_equal(w->out.decision.counts.opened, 1);
  assert_int_equal(access("actions.db", F_OK), -1);
  run(w);
  stub_row(&w->s, "B", TRUTH_TRUE);
  plan(w);
  assert_int_equal(w->out.n_open, 2);
  assert_int_equal(ask("SELECT count(*) FROM item"), 1);
  assert_int_equal(ask("SELECT count(*) FROM run"), 1);
  assert_int_equal(access("actions.db-wal", F_OK), -1);
}

static void an_earlier_day_is_said(void **state) {
  struct world *w = *state;
  run(w);
  run(w);
  assert_int_equal(w->problems.list.n, 0);
  w->s.v.as_of--;
  assert_refused(w, "actions.db", APPLY_WRITE, "nothing was changed");
  w->problems = (struct diags){.arena = w->a};
  plan(w);
  assert_int_equal(w->problems.warnings, 1);
}

static void a_replay_has_a_state_of_its_own(void **state) {
  struct world *w = *state;
  run(w);
  assert_refused(w, "actions.db", APPLY_REPLAY, "A replay needs a file of its own");
  w->problems = (struct diags){.arena = w->a};
  w->s.v.as_of--;
  assert_true(apply(w, "past.db", APPLY_REPLAY));
  w->s.v.as_of++;
  assert_true(apply(w, "past.db", APPLY_REPLAY));
  assert_true(apply(w, "past.db", APPLY_WRITE)); /* from here on people are told */
  assert_refused(w, "past.db", APPLY_REPLAY, "A replay needs a file of its own");
}

static void lists_what_was_asked_for(void **state) {
  struct world *w = *state;
  stub_row(&w->s, "A", TRUTH_TRUE);
  stub_row(&w->s, "B", TRUTH_TRUE)->hit.owner = NULL;
  stub_row(&w->s, "C", TRUTH_TRUE)->hit.due = 20500;
  run(w);
  tell("actions.db", "UPDATE item SET state = 'done', closed = '2026-03-02' WHERE key = 'C'");
  const struct {
    struct item_filter f;
    const char *keys;
  } asked[] = {
      {{.late_on = DAY_NONE, .due_by = DAY_NONE, .hold = HOLD_NONE}, "CAB"},
      {{.state = "open", .late_on = DAY_NONE, .due_by = DAY_NONE, .hold = HOLD_NONE}, "AB"},
      {{.state = "done", .late_on = DAY_NONE, .due_by = DAY_NONE, .hold = HOLD_NONE}, "C"},
      {{.owner = "none", .late_on = DAY_NONE, .due_by = DAY_NONE, .hold = HOLD_NONE}, "B"},
      {{.owner = "ANA@acme.example", .late_on = DAY_NONE, .due_by = DAY_NONE, .hold = HOLD_NONE},
       "CA"},
      {{.team = "CS",
        .rule = "at_risk",
        .late_on = DAY_NONE,
        .due_by = DAY_NONE,
        .hold = HOLD_NONE},
       "CAB"},
      {{.team = "cs", .late_on = DAY_NONE, .due_by = DAY_NONE, .hold = HOLD_NONE}, ""},
      {{.rule = "other", .late_on = DAY_NONE, .due_by = DAY_NONE, .hold = HOLD_NONE}, ""},
      {{.late_on = 20521, .due_by = DAY_NONE, .hold = HOLD_NONE}, "AB"},
      {{.late_on = 20520, .due_by = DAY_NONE, .hold = HOLD_NONE}, ""}};
  for (size_t n = 0; n < sizeof asked / sizeof *asked; n++) {
    struct state *s;
    const struct item **items;
    size_t found;
    char keys[8] = "";
    assert_true(state_open("actions.db", STATE_READ, w->a, &s, &w->problems));
    assert_true(state_list(s, &asked[n].f, &items, &found, &w->problems));
    for (size_t i = 0; i < found; i++) strcat(keys, items[i]->key);
    assert_string_equal(keys, asked[n].keys);
    state_close(s);
  }
}

static void escalate(struct world *w) {
  static struct calendar calendar;
  calendar_init(&calendar);
  w->s.v.calendar = &calendar;
  static const struct level level = {{3, DUR_BDAY}, "VP_CS"};
  w->s.rule.levels = &level;
  w->s.rule.n_levels = 1;
  w->s.v.as_of = 20523;
  run(w);
}

static void keeps_an_escalation(void **state) {
  struct world *w = *state;
  stub_row(&w->s, "A", TRUTH_TRUE);
  run(w);
  escalate(w);
  assert_int_equal(
      ask("SELECT count(*) FROM item WHERE escalated_to = 'VP_CS' AND escalated_on = '2026-03-11'"),
      1);
  assert_int_equal(
      ask("SELECT count(*) FROM audit WHERE change = 'escalated' AND field = 'escalated_to'"
          " AND old IS NULL AND new = 'VP_CS'"),
      1);
  assert_int_equal(ask("SELECT escalated FROM run ORDER BY id DESC"), 1);
  run(w);
  assert_int_equal(w->out.decision.n_changes, 0);
  assert_string_equal(w->out.open[0]->escalated_to, "VP_CS");
  assert_int_equal(w->out.open[0]->escalated_on, 20523);
}

#define WITHOUT_MEASURES                    \
  "ALTER TABLE item DROP COLUMN worth_of;"  \
  "ALTER TABLE item DROP COLUMN worth_key;" \
  "ALTER TABLE item DROP COLUMN worth_entity;"

static void an_older_state_is_brought_up_to_date(void **state) {
  struct world *w = *state;
  stub_row(&w->s, "A", TRUTH_TRUE);
  run(w);
  tell("actions.db", WITHOUT_MEASURES
       "ALTER TABLE item DROP COLUMN group_values;"
       "ALTER TABLE item DROP COLUMN escalated_on; ALTER TABLE item DROP COLUMN escalated_to;"
       " PRAGMA user_version = 1");
  assert_refused(w, "actions.db", APPLY_LOOK, "the next `vigie run` brings it up to date");
  run(w);
  assert_int_equal(w->out.decision.counts.unchanged, 1);
  escalate(w);
  assert_int_equal(w->out.decision.counts.escalated, 1);
  plan(w);
  assert_string_equal(w->out.open[0]->escalated_to, "VP_CS");
  tell("actions.db", "PRAGMA user_version = 0");
  assert_refused(w, "actions.db", APPLY_WRITE, "not a state of Vigie");
}

/* Whose money an item's worth is comes with the next run that judges its row. */
static void a_state_without_measures_learns_them(void **state) {
  struct world *w = *state;
  stub_row(&w->s, "A", TRUTH_TRUE);
  run(w);
  tell("actions.db", WITHOUT_MEASURES "PRAGMA user_version = 3");
  w->s.rule.worth_name = "arr";
  w->s.rule.worth_entity = "account";
  stub_row(&w->s, "A", TRUTH_TRUE)->hit.worth_key = "A";
  run(w);
  assert_int_equal(w->out.decision.counts.updated, 1);
  assert_int_equal(ask("SELECT count(*) FROM item WHERE worth_of = 'arr' AND worth_key = 'A'"), 1);
  run(w);
  assert_int_equal(w->out.decision.n_changes, 0);
}

/* The values of a group come with the next change of its item; the item stays the same one. */
static void a_state_without_values_of_groups_learns_them(void **state) {
  struct world *w = *state;
  struct value by[] = {{.type = {.unit = U_NUMBER}, .known = true, .num = 1234567.125},
                       {.type = {.unit = U_TEXT}}};
  struct stub_row *row = stub_row(&w->s, "1,234,567.125, unknown", TRUTH_TRUE);
  run(w);
  assert_int_equal(ask("SELECT count(*) FROM item WHERE group_values IS NULL"), 1);
  tell("actions.db",
       WITHOUT_MEASURES "ALTER TABLE item DROP COLUMN group_values; PRAGMA user_version = 2");
  row->hit.by = by;
  row->hit.n_by = 2;
  row->hit.owner = "bob@acme.example";
  run(w);
  assert_int_equal(w->out.decision.counts.updated, 1);
  assert_int_equal(ask("SELECT count(*) FROM item WHERE group_values = '[1234567.125,null]'"), 1);
}

/* ---- files that it cannot use --------------------------------------------------------- */

static void files_that_are_not_ours(void **state) {
  struct world *w = *state;
  struct stat before, after;
  assert_refused(w, "", APPLY_WRITE, "--state");
  assert_refused(w, ".", APPLY_WRITE, "is a folder");
  assert_refused(w, "/dev/null", APPLY_WRITE, "is a device");
  assert_refused(w, "no/such/actions.db", APPLY_WRITE, "there is no folder no/such");
  assert_refused(w, "no/such/actions.db", APPLY_LOOK, "there is no folder no/such");
  write_file(
      "notes.txt",
      "These are the notes of a meeting, and no database at all, whatever one does with them.\n");
  assert_refused(w, "notes.txt", APPLY_WRITE, "is not a state database of Vigie");
  assert_refused(w, "notes.txt", APPLY_LOOK, "is not a state database of Vigie");
  tell("data.db", "CREATE TABLE accounts (id)");
  stat("data.db", &before);
  assert_refused(w, "data.db", APPLY_WRITE, "not a state of Vigie");
  assert_refused(w, "data.db", APPLY_LOOK, "not a state of Vigie");
  stat("data.db", &after);
  assert_true(before.st_size == after.st_size && before.st_mtim.tv_nsec == after.st_mtim.tv_nsec);
  run(w);
  tell("actions.db", "PRAGMA user_version = 99");
  assert_refused(w, "actions.db", APPLY_WRITE, "newer Vigie");
  assert_refused(w, "actions.db", APPLY_LOOK, "newer Vigie");
}

static void odd_names_are_files(void **state) {
  struct world *w = *state;
  assert_true(apply(w, ":memory:", true));
  assert_int_equal(access(":memory:", F_OK), 0);
  write_file("empty.db", "");
  assert_true(apply(w, "empty.db", false));
  assert_true(apply(w, "empty.db", true));
}

static void read_only(void **state) {
  struct world *w = *state;
  stub_row(&w->s, "A", TRUTH_TRUE);
  run(w);
  chmod("actions.db", 0444);
  assert_refused(w, "actions.db", APPLY_WRITE, "is read-only");
  plan(w);
  assert_int_equal(w->out.n_open, 1);
}

static void damaged(void **state) {
  struct world *w = *state;
  stub_row(&w->s, "A", TRUTH_TRUE);
  run(w);
  tell("actions.db", "UPDATE item SET due = 'tomorrow'");
  assert_refused(w, "actions.db", APPLY_WRITE, "item 1 has an unknown date");
  tell("actions.db", "UPDATE item SET due = NULL, worth_unit = 'cowries'");
  assert_refused(w, "actions.db", APPLY_WRITE, "unit of its worth");
  int fd = open("actions.db", O_WRONLY);
  assert_true(pwrite(fd, "garbage garbage garbage garbage", 31, 4096) == 31);
  assert_true(pwrite(fd, "garbage garbage garbage garbage", 31, 8192) == 31);
  close(fd);
  assert_refused(w, "actions.db", APPLY_WRITE, "is damaged");
}

static void another_run_is_named(void **state) {
  struct world *w = *state;
  int ready[2], end[2];
  char c = 0, pid[64];
  run(w);
  assert_int_equal(pipe(ready), 0);
  assert_int_equal(pipe(end), 0);
  pid_t child = fork();
  if (child == 0) {
    struct state *s;
    close(end[1]);
    bool ok = state_open("actions.db", STATE_WRITE, w->a, &s, &w->problems);
    if (write(ready[1], &c, 1) != 1 || read(end[0], &c, 1) < 0) ok = false;
    _exit(ok ? 0 : 1); /* ends without a commit, as a killed run does */
  }
  close(end[0]);
  assert_int_equal(read(ready[0], &c, 1), 1);
  snprintf(pid, sizeof pid, "process %ld, started at 20", (long)child);
  assert_refused(w, "actions.db", APPLY_WRITE, pid);
  plan(w); /* looking is possible all the while */
  close(end[1]);
  int status;
  waitpid(child, &status, 0);
  assert_int_equal(status, 0);
  run(w);
  setenv("VIGIE_LOCK_TIMEOUT_MS", "soon", 1);
  assert_refused(w, "actions.db", APPLY_WRITE, "VIGIE_LOCK_TIMEOUT_MS");
}

/* A disk that is full in the middle of a run: the state stays as it was. */
static void a_full_disk(void **state) {
  struct world *w = *state;
  stub_row(&w->s, "A", TRUTH_TRUE);
  run(w);
  pid_t child = fork();
  if (child == 0) {
    char *big = xcalloc(1, 3000000);
    memset(big, 'x', 2999999);
    stub_row(&w->s, "B", TRUTH_TRUE)->hit.action = big;
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit = {200000, 200000};
    setrlimit(RLIMIT_FSIZE, &limit);
    bool ok = apply(w, "actions.db", true);
    _exit(ok ? 1 : strstr(diags_failure(&w->problems), "as it was before") ? 0 : 2);
  }
  int status;
  waitpid(child, &status, 0);
  assert_int_equal(status, 0);
  assert_int_equal(ask("SELECT count(*) FROM item"), 1);
  assert_int_equal(ask("SELECT count(*) FROM run"), 1);
  run(w);
  assert_int_equal(w->out.decision.n_changes, 0);
}

/* In place of the C library's, for SQLite too. */
static bool disk_fails;
int fsync(int fd) {
  if (!disk_fails) return (int)syscall(SYS_fsync, fd);
  errno = EIO;
  return -1;
}
int fdatasync(int fd) { return fsync(fd); }

/* A disk that stays full from the commit on: what the message says of the items is what the next
 * reader finds. */
static void a_disk_that_fails_at_the_commit(void **state) {
  struct world *w = *state;
  stub_row(&w->s, "A", TRUTH_TRUE);
  run(w);
  pid_t child = fork();
  if (child == 0) {
    stub_row(&w->s, "B", TRUTH_TRUE);
    disk_fails = true;
    bool ok = apply(w, "actions.db", true);
    const char *says = ok ? "" : diags_failure(&w->problems);
    _exit(strstr(says, "its items are in actions.db") ? 2
          : strstr(says, "as it was before")          ? 1
                                                      : 0);
  }
  int status;
  waitpid(child, &status, 0);
  assert_true(WIFEXITED(status) && WEXITSTATUS(status) > 0);
  assert_int_equal(ask("SELECT count(*) FROM item"), WEXITSTATUS(status));
}

/* ---- how it is printed for programs --------------------------------------------------- */

static char *printed(struct world *w, void (*print)(FILE *, struct world *)) {
  char *text = NULL;
  size_t n;
  FILE *f = open_memstream(&text, &n);
  print(f, w);
  fclose(f);
  char *copy = arena_strdup(w->a, text);
  free(text);
  return copy;
}

static struct run_view screen_of(struct world *w, bool quiet) {
  struct run_view v;
  run_view_of(&w->out, quiet, w->a, &v);
  return v;
}
static void as_json(FILE *f, struct world *w) {
  struct run_view v = screen_of(w, false);
  print_run_json(f, &v);
}
static void as_csv(FILE *f, struct world *w) { print_items_csv(f, w->out.open, w->out.n_open); }

static void documents(void **state) {
  struct world *w = *state;
  struct stub_row *row = stub_row(&w->s, "A", TRUTH_TRUE);
  struct because why[] = {
      {.expr = "health drop", .value = {.type = {.unit = U_SCORE}, .known = true, .num = 12}},
      {.expr = "trial", .value = {.type = {.unit = U_FLAG}, .known = true, .num = 1}},
      {.expr = "renewal", .value = {.type = {.unit = U_DATE}, .known = true, .num = 20513}},
      {.expr = "nrr",
       .value = {.type = {.unit = U_SHARE, .percent = true}, .known = true, .num = 0.1}},
      {.expr = "plan", .value = {.type = {.unit = U_TEXT}}}};
  struct missing missing = {"health", 1, DAY_NONE};
  row->hit.because = why;
  row->hit.n_because = 5;
  row->hit.label = "=cmd, \"Acme\" \xff";
  row->hit.worth.num = 12345678;
  stub_row(&w->s, "B", TRUTH_UNKNOWN);
  w->s.rule.missing = &missing;
  w->s.rule.n_missing = 1;
  run(w);
  json_t *j = json_loads(printed(w, as_json), 0, NULL), *item;
  assert_non_null(j);
  assert_string_equal(json_string_value(json_object_get(j, "as_of")), "2026-03-01");
  item = json_array_get(json_object_get(j, "items"), 0);
  json_t *b = json_object_get(item, "because");
  assert_true(json_real_value(json_object_get(item, "worth")) == 123456.78);
  assert_string_equal(json_string_value(json_object_get(item, "label")),
                      "=cmd, \"Acme\" \xef\xbf\xbd");
  assert_true(json_is_null(json_object_get(item, "once")));
  assert_int_equal(json_integer_value(json_object_get(json_array_get(b, 0), "value")), 12);
  assert_true(json_is_true(json_object_get(json_array_get(b, 1), "value")));
  assert_string_equal(json_string_value(json_object_get(json_array_get(b, 2), "value")),
                      "2026-03-01");
  assert_true(json_real_value(json_object_get(json_array_get(b, 3), "value")) == 0.1);
  assert_true(json_is_null(json_object_get(json_array_get(b, 4), "value")));
  json_t *u = json_array_get(json_object_get(j, "unknown"), 0);
  assert_int_equal(json_integer_value(json_object_get(u, "count")), 1);
  assert_int_equal(json_integer_value(json_object_get(json_object_get(j, "changes"), "opened")), 1);
  json_decref(j);
  assert_non_null(strstr(printed(w, as_json), "123456.78,"));
  const char *csv = printed(w, as_csv);
  assert_non_null(strstr(
      csv,
      "1,at_risk,account,A,\"'=cmd, \"\"Acme\"\" \xff\",,,CS,ana@acme.example,no,Call them,high,"
      "123456.78,EUR,,2026-03-01,2026-03-01,2026-03-08,open,,,,,,no,,,,,,,no,,,,,,,0,,,"
      "123456.78,0,0\r\n"));
}

static const struct text_style PLAIN = {.width = 100}, QUIET = {.width = 100, .quiet = true};
static void as_text(FILE *f, struct world *w) {
  struct run_view v = screen_of(w, false);
  print_run_text(f, &v, &PLAIN);
}
static void print_planned(FILE *f, struct world *w, const struct text_style *style) {
  struct plan_view p;
  plan_view_of(&w->out, style->quiet, w->a, &p);
  print_plan_text(f, &p, style, false);
}
static void as_plan(FILE *f, struct world *w) { print_planned(f, w, &PLAIN); }
static void as_quiet_plan(FILE *f, struct world *w) { print_planned(f, w, &QUIET); }

static void assert_says(const char *text, const char *line) {
  if (!strstr(text, line)) fail_msg("this is not said: %s\n%s", line, text);
}

static void what_people_read(void **state) {
  struct world *w = *state;
  struct missing missing = {"health", 1, DAY_NONE};
  stub_row(&w->s, "A", TRUTH_TRUE)->hit.due_late = true;
  stub_row(&w->s, "B", TRUTH_TRUE)->hit.owner = NULL;
  stub_row(&w->s, "C", TRUTH_UNKNOWN);
  w->s.rule.missing = &missing;
  w->s.rule.n_missing = 1;
  run(w);
  const char *text = printed(w, as_text);
  assert_says(text, "Sunday 2026-03-01: 1 rule looked at 3 rows. 2 items to do\n");
  assert_says(text, "At stake: 240,000 EUR of 2 accounts\n");
  assert_says(text, "ana@acme.example      1        2026-03-08  120,000 EUR\n");
  assert_says(text, "  1 item has no owner (at_risk): 120,000 EUR. Give the rule an `assign`");
  assert_says(text, "(vigie items --owner none)\n");
  assert_says(text, "  opened  #1 A, #2 B (at_risk)\n");
  assert_says(text, "Changes: 2 opened, 0 resolved, 0 updated, 0 unchanged\n");
  assert_says(text, "late at opening, so due at once: 1\n");
  assert_says(text, "at_risk: 1 of 3 rows (no health)\n");

  stub_row(&w->s, "A", TRUTH_FALSE);
  stub_row(&w->s, "B", TRUTH_TRUE)->hit.owner = "bob\033[2J";
  stub_row(&w->s, "C", TRUTH_FALSE);
  plan(w);
  text = printed(w, as_plan);
  assert_says(text, "A run on Sunday 2026-03-01 would change 2 items (nothing is written)\n");
  assert_says(text, "Resolves\n  #1  A  120,000 EUR  ana@acme.example\n");
  assert_says(text, "Changes hands\n  #2  B  120,000 EUR  bob?[2J, from nobody, due 2026-03-08\n");
  assert_null(strchr(text, '\033'));
  assert_string_equal(printed(w, as_quiet_plan), "");

  w->s.rule.rule = "another";
  w->s.n = 0;
  plan(w);
  assert_says(printed(w, as_quiet_plan),
              "their rule is no longer in the files: 2 items: at_risk 2\n");
}

int main(void) {
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
  const struct CMUnitTest tests[] = {T(keeps_a_run),
                                     T(keeps_what_the_reasons_are_today),
                                     T(a_life_through_runs),
                                     T(once_may_move_back_and_forth),
                                     T(a_plan_writes_nothing),
                                     T(an_earlier_day_is_said),
                                     T(a_replay_has_a_state_of_its_own),
                                     T(lists_what_was_asked_for),
                                     T(keeps_an_escalation),
                                     T(an_older_state_is_brought_up_to_date),
                                     T(a_state_without_values_of_groups_learns_them),
                                     T(files_that_are_not_ours),
                                     T(odd_names_are_files),
                                     T(read_only),
                                     T(damaged),
                                     T(another_run_is_named),
                                     T(a_full_disk),
                                     T(a_disk_that_fails_at_the_commit),
                                     T(documents),
                                     T(a_state_without_measures_learns_them),
                                     T(what_people_read)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
