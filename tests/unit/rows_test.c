/* Statements of the state that write many rows in PostgreSQL (src/action/store/rows.c). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#include "action/sql.h"
#include "action/store/dialect.h"
#include "action/store/rows.h"

static struct arena *a;

static int setup(void **state) {
  (void)state;
  a = arena_new();
  return 0;
}

static int teardown(void **state) {
  (void)state;
  arena_free(a);
  return 0;
}

static const struct rows_form *form_of(const char *ours) {
  struct dialect_sql s = dialect_for_postgres(ours, a);
  return rows_form_of(s.text, s.n, a);
}

static void says(const char *ours, const char *theirs) {
  static const char *const types[] = {"int8", "text", "float8"};
  const struct rows_form *f = form_of(ours);
  assert_non_null(f);
  assert_string_equal(rows_sql(f, types, dialect_for_postgres(ours, a).n, a), theirs);
}

static void rows_are_added_from_arrays(void **state) {
  (void)state;
  says("INSERT INTO step (item_id, pos) VALUES (?1, ifnull(?2, ''))",
       "INSERT INTO step ( item_id , pos ) SELECT r.v1 , coalesce ( r.v2 , '' )  FROM "
       "unnest($1::int8[], $2::text[]) AS r (v1, v2)");
  says("INSERT INTO outbox (key) VALUES (?1) ON CONFLICT DO NOTHING",
       "INSERT INTO outbox ( key ) SELECT r.v1 FROM unnest($1::int8[]) AS r (v1) ON CONFLICT DO "
       "NOTHING");
}

static void rows_are_changed_by_their_key(void **state) {
  (void)state;
  const char *ours = "UPDATE step SET item_id = ?1, owner = ?3 WHERE item_id = ?1 AND pos = ?2";
  says(ours,
       "UPDATE step SET item_id = r.v1 , owner = r.v2 FROM unnest($1::int8[], $2::text[], "
       "$3::float8[]) AS r (v1, v2, v3) WHERE item_id = r.v1 AND pos = r.v3");
  const struct rows_form *f = form_of(ours);
  assert_true(f->changes && f->is_key[0] && !f->is_key[1] && f->is_key[2]);
}

/* What a run writes of each item, and in which order it may. */
static void what_a_run_writes_most_goes_together(void **state) {
  (void)state;
  assert_non_null(form_of(sql_add_item));
  assert_non_null(form_of(sql_set_item));
  assert_non_null(form_of(sql_add_step));
  assert_non_null(form_of(sql_set_step));
  assert_non_null(form_of(SQL_ADD_BECAUSE));
  assert_non_null(form_of(SQL_ADD_AUDIT));
  assert_true(form_of(SQL_ADD_TELLING)->behind > form_of(SQL_ADD_EVENT)->behind);
  assert_true(form_of(SQL_ADD_EVENT)->behind > form_of(sql_add_item)->behind);
}

static void what_reads_or_answers_goes_alone(void **state) {
  (void)state;
  assert_null(form_of("INSERT INTO setting (name, value) VALUES (?1, ?2)"));
  assert_null(form_of("INSERT INTO step (pos) VALUES ((SELECT max(id) FROM audit))"));
  assert_null(form_of("UPDATE step SET pos = ?1 WHERE item_id = ?2 RETURNING 1"));
  assert_null(
      form_of("INSERT INTO step (pos) VALUES (?1) ON CONFLICT (pos) DO UPDATE SET pos = 1"));
  assert_null(form_of("UPDATE step SET pos = 1 WHERE pos = 2"));
  assert_null(form_of("UPDATE step SET pos = ?1"));
  assert_null(form_of(SQL_ADD_RUN));
  assert_null(form_of(SQL_ADD_MESSAGE));
  assert_null(form_of(SQL_RENAME));
}

static void values_become_arrays(void **state) {
  (void)state;
  const char *rows[] = {"7", "a \"b\" \\", "8", NULL, "9", "{,NULL}\n\xc3\xa9"};
  assert_string_equal(rows_array(rows, 3, 2, a), "{\"7\",\"8\",\"9\"}");
  assert_string_equal(rows_array(rows + 1, 3, 2, a),
                      "{\"a \\\"b\\\" \\\\\",NULL,\"{,NULL}\n\xc3\xa9\"}");
  assert_string_equal(rows_array((const char *[]){""}, 1, 1, a), "{\"\"}");
  assert_string_equal(rows_array(rows, 0, 2, a), "{}");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(rows_are_added_from_arrays, setup, teardown),
      cmocka_unit_test_setup_teardown(rows_are_changed_by_their_key, setup, teardown),
      cmocka_unit_test_setup_teardown(what_a_run_writes_most_goes_together, setup, teardown),
      cmocka_unit_test_setup_teardown(what_reads_or_answers_goes_alone, setup, teardown),
      cmocka_unit_test_setup_teardown(values_become_arrays, setup, teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
