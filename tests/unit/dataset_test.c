/* SQLite datasets: which files open and what is said of the others; the names in them. */
#include "scan_world.h"

#include <sys/stat.h>
#include <sys/wait.h>

/* ---- names ---------------------------------------------------------------------------- */

static void hostile_names_are_just_names(void **state) {
  struct world *w = *state;
  given(w,
        "CREATE TABLE \"x\"\"; drop table y\" (\"a\"\"b, '); --\", \"%s%w\"); CREATE TABLE y (z);"
        "INSERT INTO \"x\"\"; drop table y\" VALUES (5, 6)");
  static const char *const names[] = {"a\"b, '); --", "%s%w"};
  for (int i = 0; i < 2; i++) {
    w->columns[0] = (struct scan_column){.column = names[i], .kind = CELL_NUMBER, .what = "a"};
    w->scan.n_columns = 1;
    w->scan.key_column = -1;
    assert_true(scan(w, "x\"; drop table y"));
    assert_true(w->num[0] == 5 + i);
  }
  long rows;
  assert_true(count_rows(w, "x\"; drop table y", &rows));
  assert_int_equal(rows, 1);
  assert_non_null(dataset_table(w->e, "y"));
}

static void the_catalogue(void **state) {
  struct world *w = *state;
  given(
      w,
      "CREATE TABLE Accounts (id INTEGER PRIMARY KEY AUTOINCREMENT, Plan TEXT, up AS "
      "(upper(Plan)));"
      "CREATE VIEW big AS SELECT id, Plan FROM accounts; CREATE VIEW broken AS SELECT * FROM gone;"
      "INSERT INTO Accounts (plan) VALUES ('pro'); CREATE TABLE \"été\" (x); CREATE INDEX i ON "
      "Accounts "
      "(plan)");
  const struct table_info *const *t = dataset_tables(w->e);
  static const char *const want[] = {"Accounts", "big", "broken", "été"};
  for (int i = 0; i < 4; i++) assert_string_equal(t[i]->name, want[i]);
  assert_null(t[4]);
  assert_ptr_equal(dataset_table(w->e, "ACCOUNTS"), t[0]);
  assert_string_equal(table_column(t[0], "plan"), "Plan");
  assert_string_equal(table_column(t[0], "up"), "up");
  assert_null(table_column(t[0], "plans"));
  assert_null(dataset_table(w->e, "sqlite_sequence"));
  assert_null(dataset_table(w->e, "ÉTÉ"));
  w->columns[0] = (struct scan_column){.column = "PLAN", .kind = CELL_TEXT, .what = "plan"};
  w->scan.n_columns = 1;
  w->scan.key_column = -1;
  assert_true(scan(w, "BIG"));
  assert_string_equal(w->txt[0], "pro");
  assert_false(scan(w, "broken"));
  says(w->message, "broken cannot be read from data.db: no such table: main.gone");
}

static void names_that_are_not_there(void **state) {
  struct world *w = *state;
  given(w, "CREATE TABLE accounts (plan_tier, c)");
  w->columns[0] = (struct scan_column){.column = "plan_teir", .kind = CELL_TEXT, .what = "plan"};
  w->scan.n_columns = 1;
  assert_false(scan(w, "accounts"));
  says(w->message, "accounts has no column \"plan_teir\" (plan). Did you mean \"plan_tier\"?");
  assert_int_equal(w->bad, 0);
  assert_false(scan(w, "acounts"));
  says(w->message, "data.db has no table \"acounts\". Did you mean \"accounts\"?");
  assert_int_equal(w->bad, -1);
  w->columns[0].column = "c\xFF";
  assert_false(scan(w, "accounts"));
  says(w->message, "not UTF-8");
  assert_false(scan(w, "t\xFF"));
  says(w->message, "not UTF-8");
  long rows;
  assert_false(count_rows(w, "sqlite_schema", &rows));
}

/* ---- files ---------------------------------------------------------------------------- */

static void not_opened(struct world *w, const char *path, const char *part) {
  assert_false(open_file(w, path));
  assert_null(w->e);
  says(w->message, part);
}

static void write_file(const char *path, const char *bytes, size_t n) {
  FILE *f = fopen(path, "wb");
  assert_non_null(f);
  assert_int_equal(fwrite(bytes, 1, n, f), n);
  fclose(f);
}

static void files_that_are_no_datasets(void **state) {
  struct world *w = *state;
  not_opened(w, "gone.db", "there is no file \"gone.db\"");
  not_opened(w, "", "there is no file \"\"");
  not_opened(w, ":memory:", "there is no file");
  assert_int_not_equal(access("gone.db", F_OK), 0);
  not_opened(w, ".", "is a folder, not a file");
  write_file("empty.db", "", 0);
  not_opened(w, "empty.db", "is empty: it holds no tables");
  write_file("plan.csv", "account_id;plan\n", 16);
  not_opened(w, "plan.csv",
             "plan.csv is not an SQLite database. Choose another file with --db; CSV files");
  assert_int_equal(mkfifo("pipe", 0600), 0);
  not_opened(w, "pipe", "is a pipe, not a file");
}

/* Bytes from `at` on are overwritten. */
static void damage(const char *path, long at, int n) {
  FILE *f = fopen(path, "r+b");
  assert_non_null(f);
  assert_int_equal(fseek(f, at, SEEK_SET), 0);
  for (int i = 0; i < n; i++) fputc(0xA5, f);
  fclose(f);
}

static void damaged_files(void **state) {
  struct world *w = *state;
  sql("data.db",
      "PRAGMA page_size = 4096; CREATE TABLE t (c); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
      "SELECT i + 1"
      " FROM n) INSERT INTO t SELECT i FROM n LIMIT 20000");
  damage("data.db", 4096 * 20, 4096);
  open_db(w, "data.db");
  assert_false(scan_c(w, CELL_NUMBER));
  says(w->message, "data.db is damaged (while reading t): ");
  assert_true(w->batches > 2);
  assert_int_equal(w->bad, -1);
  dataset_close(w->e);
  damage("data.db", 100, 3000);
  not_opened(w, "data.db", "data.db is damaged");
}

static void a_locked_file(void **state) {
  struct world *w = *state;
  sql("data.db", "CREATE TABLE t (c)");
  sqlite3 *db;
  assert_int_equal(sqlite3_open("data.db", &db), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
  not_opened(w, "data.db", "data.db is locked: another program is writing to it");
  sqlite3_close(db);
  open_db(w, "data.db");
}

static void all_scans_see_one_moment(void **state) {
  struct world *w = *state;
  given(w, "PRAGMA journal_mode = WAL; CREATE TABLE t (c); INSERT INTO t VALUES (1)");
  sql("data.db", "INSERT INTO t VALUES (2)");
  read_c(w, CELL_NUMBER);
  assert_int_equal(w->scan.rows, 1);
}

/* In a child that is not root, whom no folder keeps out. Its status is the answer. */
static int child_opens(struct world *w, const char *path, const char *part) {
  if (geteuid() == 0 && setuid(65534) != 0) return 3;
  if (!open_file(w, path)) {
    if (!part) fprintf(stderr, "%s\n", w->message);
    return part && strstr(w->message, part) ? 0 : 1;
  }
  w->scan.key_column = -1;
  return part ? 2 : !(scan_c(w, CELL_NUMBER) && w->num[0] == 42);
}

static void in_child(struct world *w, const char *path, const char *part) {
  fflush(NULL);
  pid_t pid = fork();
  if (pid == 0) _exit(child_opens(w, path, part));
  int status;
  assert_int_equal(waitpid(pid, &status, 0), pid);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), 0);
}

static void what_permissions_allow(void **state) {
  struct world *w = *state;
  assert_int_equal(chmod(".", 0755), 0);
  assert_int_equal(mkdir("a?b#c%20", 0755), 0);
  sql("a?b#c%20/wal.db",
      "PRAGMA journal_mode = WAL; CREATE TABLE t (c); INSERT INTO t VALUES (42)");
  sql("private.db", "CREATE TABLE t (c)");
  assert_int_equal(chmod("private.db", 0), 0);
  assert_int_equal(chmod("a?b#c%20", 0555), 0);
  in_child(w, "a?b#c%20/wal.db", NULL);
  in_child(w, arena_printf(w->a, "%s/a?b#c%%20/wal.db", w->home), NULL);
  in_child(w, "private.db", "private.db cannot be read");
  assert_int_equal(chmod("a?b#c%20", 0755), 0);
}

static void reading_leaves_nothing_behind(void **state) {
  struct world *w = *state;
  given(w, "PRAGMA journal_mode = WAL; CREATE TABLE t (c); INSERT INTO t VALUES (1)");
  read_c(w, CELL_NUMBER);
  assert_int_not_equal(access("data.db-wal", F_OK), 0);
  assert_int_not_equal(access("data.db-shm", F_OK), 0);
  sql("data.db", "INSERT INTO t VALUES (2)"); /* its owner writes meanwhile */
  read_c(w, CELL_NUMBER);
  assert_int_equal(w->scan.rows, 1);
  dataset_close(w->e);
  open_db(w, "data.db");
  read_c(w, CELL_NUMBER);
  assert_int_equal(w->scan.rows, 2);
}

static void rows_of_one_to(struct world *w, const char *mode, int rows) {
  given(w, arena_printf(w->a,
                        "PRAGMA journal_mode = %s; CREATE TABLE t (c); WITH RECURSIVE n(i) AS "
                        "(SELECT 1 UNION ALL SELECT i + 1 FROM n) INSERT INTO t SELECT i FROM n "
                        "LIMIT %d",
                        mode, rows));
}

static void a_checkpoint_under_the_reader_is_said(void **state) {
  struct world *w = *state;
  rows_of_one_to(w, "WAL", 100);
  sql("data.db", "INSERT INTO t VALUES (2); PRAGMA wal_checkpoint");
  assert_false(scan_c(w, CELL_NUMBER));
  says(w->message, "data.db was changed by another program while it was read: run again");
  assert_int_equal(w->code, V0509);
}

static void a_file_that_is_cut_off_while_it_is_read(void **state) {
  struct world *w = *state;
  rows_of_one_to(w, "DELETE", 100000);
  assert_int_equal(truncate("data.db", 8192), 0);
  assert_false(scan_c(w, CELL_NUMBER));
  says(w->message, "data.db was changed by another program while it was read: run again");
  assert_int_equal(w->code, V0509);
}

static void a_file_that_is_replaced_is_read_to_its_end(void **state) {
  struct world *w = *state;
  rows_of_one_to(w, "DELETE", 5000);
  sql("new.db", "CREATE TABLE t (c)");
  assert_int_equal(rename("new.db", "data.db"), 0);
  read_c(w, CELL_NUMBER);
  assert_int_equal(w->scan.rows, 5000);
}

static void views_that_never_end(void **state) {
  struct world *w = *state;
  setenv("VIGIE_VIEW_SECONDS", "1", 1);
  given(w,
        "CREATE VIEW t AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT "
        "i AS c FROM n WHERE i < 0; CREATE VIEW u AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
        "SELECT i + 1 FROM n) SELECT i AS c FROM n");
  assert_false(scan_c(w, CELL_NUMBER));
  says(w->message, "the view t of data.db has not ended after 1 s");
  assert_int_equal(w->code, V0509);
  assert_false(scan(w, "u"));
  says(w->message, "the view u of data.db has not ended after 1 s");
  long rows;
  assert_false(count_rows(w, "t", &rows));
  says(w->message, "the view t of data.db has not ended after 1 s");
  unsetenv("VIGIE_VIEW_SECONDS");
}

static void views_may_read_json(void **state) {
  struct world *w = *state;
  given(w,
        "CREATE TABLE j (x); INSERT INTO j VALUES ('{\"a\":[7,8]}'); CREATE VIEW t AS SELECT "
        "json_extract(x, '$.a[0]') + (x ->> '$.a[1]') + json_array_length(x, '$.a') AS c FROM j");
  read_c(w, CELL_NUMBER);
  assert_true(w->num[0] == 17);
}

static void views_may_not_act(void **state) {
  struct world *w = *state;
  given(w, "CREATE TABLE t (c); CREATE VIEW v AS SELECT vigie_scan(c) AS c FROM t");
  w->columns[0] = (struct scan_column){.column = "c", .kind = CELL_NUMBER, .what = "c"};
  w->scan.n_columns = 1;
  assert_false(scan(w, "v"));
  assert_non_null(w->message);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(hostile_names_are_just_names),
      TEST(the_catalogue),
      TEST(names_that_are_not_there),
      TEST(files_that_are_no_datasets),
      TEST(damaged_files),
      TEST(a_locked_file),
      TEST(all_scans_see_one_moment),
      TEST(what_permissions_allow),
      TEST(reading_leaves_nothing_behind),
      TEST(a_checkpoint_under_the_reader_is_said),
      TEST(a_file_that_is_cut_off_while_it_is_read),
      TEST(a_file_that_is_replaced_is_read_to_its_end),
      TEST(views_that_never_end),
      TEST(views_may_read_json),
      TEST(views_may_not_act),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
