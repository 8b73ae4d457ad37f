/* The starter project: the same bytes each time, never half-written, and a README that tells the
 * truth. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <sqlite3.h>
#include <cmocka.h>

#include "base/arena.h"
#include "starter/starter.h"
#include "starter/texts.h"

struct place {
  struct arena *arena;
  char folder[64];
};

static int in_a_new_folder(void **state) {
  struct place *p = xcalloc(1, sizeof *p);
  p->arena = arena_new();
  strcpy(p->folder, "/tmp/starter_test-XXXXXX");
  assert_non_null(mkdtemp(p->folder));
  *state = p;
  return 0;
}

static int and_away_with_it(void **state) {
  struct place *p = *state;
  int rc = system(arena_printf(p->arena, "rm -rf '%s'", p->folder));
  arena_free(p->arena);
  free(p);
  return rc;
}

static const char *inside(const struct place *p, const char *name) {
  return arena_printf(p->arena, "%s/%s", p->folder, name);
}

static void write_it(const struct place *p, const char *name) {
  struct diags problems = {.arena = p->arena};
  if (!starter_write(inside(p, name), p->arena, &problems))
    fail_msg("%s", diags_failure(&problems));
}

static const char *refused(const struct place *p, const char *name) {
  struct diags problems = {.arena = p->arena};
  assert_false(starter_write(inside(p, name), p->arena, &problems));
  assert_int_equal(problems.errors, 1);
  return diags_failure(&problems);
}

static bool is_there(const struct place *p, const char *name) {
  struct stat st;
  return lstat(inside(p, name), &st) == 0;
}

/* How many entries the test's folder has. */
static int entries_in(const struct place *p, const char *name) {
  FILE *list = popen(arena_printf(p->arena, "ls -A '%s' | wc -l", inside(p, name)), "r");
  int n = -1;
  assert_int_equal(fscanf(list, "%d", &n), 1);
  pclose(list);
  return n;
}

static void every_text_is_carried_inside(void **state) {
  (void)state;
  static const char *const names[] = {"README.md",     "data.vigie", "gitignore",  "kpis.vigie",
                                      "revenue.vigie", "schema.sql", "tests.vigie"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    assert_true(strlen(starter_text(names[i])) > 20);
}

static void two_projects_have_the_same_bytes(void **state) {
  struct place *p = *state;
  write_it(p, "one");
  write_it(p, "two/");
  assert_int_equal(
      system(arena_printf(p->arena, "diff -r '%s' '%s'", inside(p, "one"), inside(p, "two"))), 0);
  assert_int_equal(entries_in(p, "."), 2);
  assert_int_equal(entries_in(p, "one"), 4);
}

static void an_empty_folder_is_filled(void **state) {
  struct place *p = *state;
  assert_int_equal(mkdir(inside(p, "empty"), 0777), 0);
  write_it(p, "empty");
  assert_int_equal(entries_in(p, "empty"), 4);
}

static void a_folder_with_something_in_it_is_left_alone(void **state) {
  struct place *p = *state;
  assert_int_equal(mkdir(inside(p, "mine"), 0777), 0);
  assert_int_equal(mkdir(inside(p, "mine/work"), 0777), 0);
  assert_non_null(strstr(refused(p, "mine"), "not an empty folder"));
  assert_int_equal(entries_in(p, "mine"), 1);
}

static void a_file_in_the_way_is_left_alone(void **state) {
  struct place *p = *state;
  FILE *f = fopen(inside(p, "file"), "w");
  fclose(f);
  assert_non_null(strstr(refused(p, "file"), "not an empty folder"));
}

static void a_missing_parent_is_said(void **state) {
  struct place *p = *state;
  assert_non_null(strstr(refused(p, "no/such"), "inside one that exists"));
  assert_false(is_there(p, "no"));
}

static char *read_all(struct arena *a, const char *path) {
  FILE *f = fopen(path, "r");
  assert_non_null(f);
  char *text = arena_alloc(a, 65536);
  text[fread(text, 1, 65535, f)] = 0;
  fclose(f);
  return text;
}

static void the_readme_counts_what_is_wrong(void **state) {
  struct place *p = *state;
  write_it(p, "demo");
  const char *readme = read_all(p->arena, inside(p, "demo/README.md"));
  assert_null(strstr(readme, "{{"));
  assert_null(strstr(readme, "\n- 0 "));
  assert_non_null(strstr(readme, "\n- 400 rows in `accounts`"));
  assert_non_null(strstr(readme, "\n- 5 subscriptions belong to an account that does not exist\n"));
}

static int number(sqlite3 *db, const char *sql) {
  sqlite3_stmt *s = NULL;
  assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_step(s), SQLITE_ROW);
  int n = sqlite3_column_int(s, 0);
  sqlite3_finalize(s);
  return n;
}

static void nothing_is_known_from_the_future(void **state) {
  struct place *p = *state;
  write_it(p, "demo");
  sqlite3 *db = NULL;
  assert_int_equal(sqlite3_open_v2(inside(p, "demo/data.db"), &db, SQLITE_OPEN_READONLY, NULL),
                   SQLITE_OK);
  assert_int_equal(
      number(db, "SELECT count(*) FROM feature_usage WHERE usage_date >= '" STARTER_DAY "'"), 0);
  assert_int_equal(number(db, "SELECT count(*) FROM health_daily WHERE day >= '" STARTER_DAY "'"),
                   0);
  assert_int_equal(
      number(db, "SELECT count(*) FROM deals WHERE last_activity >= '" STARTER_DAY "'"), 0);
  assert_int_equal(number(db, "SELECT count(*) FROM leads WHERE sql_date >= '" STARTER_DAY "'"), 0);
  assert_int_equal(number(db, "SELECT count(*) FROM invoices WHERE paid_on >= '" STARTER_DAY "'"),
                   0);
  assert_int_equal(number(db, "SELECT count(*) FROM subscriptions WHERE end_date <= start_date"),
                   0);
  assert_int_equal(
      number(db, "SELECT count(*) FROM holidays WHERE day IN ('2026-04-06', '2026-05-14')"), 2);
  sqlite3_close(db);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, in_a_new_folder, and_away_with_it)

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_text_is_carried_inside),
      IN_A_FOLDER(two_projects_have_the_same_bytes),
      IN_A_FOLDER(an_empty_folder_is_filled),
      IN_A_FOLDER(a_folder_with_something_in_it_is_left_alone),
      IN_A_FOLDER(a_file_in_the_way_is_left_alone),
      IN_A_FOLDER(a_missing_parent_is_said),
      IN_A_FOLDER(the_readme_counts_what_is_wrong),
      IN_A_FOLDER(nothing_is_known_from_the_future),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
