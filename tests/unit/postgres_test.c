/* Addresses of PostgreSQL, and what is said when none can be opened. No server is needed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "postgres/connection.h"

static const struct postgres_role ROLE = {"--db", V0508, V0509};

/* What is said of an address that cannot be opened. */
static const char *said(struct arena *a, const char *address) {
  struct diags *d = NEW(a, struct diags);
  struct postgres *p = NULL;
  d->arena = a;
  assert_false(postgres_open(address, &ROLE, a, &p, d));
  assert_null(p);
  assert_int_equal(d->errors, 1);
  return diags_failure(d);
}

static void files_are_no_addresses(void **state) {
  (void)state;
  assert_true(is_postgres_address("postgresql://ana@db.acme.example/crm"));
  assert_true(is_postgres_address("postgres://db.acme.example"));
  assert_true(is_postgres_address("service=crm"));
  assert_false(is_postgres_address("data.db"));
  assert_false(is_postgres_address("postgresql/data.db"));
}

static void a_password_in_an_address_is_refused_and_not_shown(void **state) {
  (void)state;
  static const char *const addresses[] = {
      "postgresql://ana:SESAME@127.0.0.1/crm", "postgres://ana@127.0.0.1/crm?password=SESAME",
      "postgres://ana@127.0.0.1/crm?p%61ssword=SESAME", "service=crm password=SESAME",
      "postgres://ana@127.0.0.1/crm?sslpassword=SESAME"};
  struct arena *a = arena_new();
  for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
    const char *text = said(a, addresses[i]);
    assert_non_null(strstr(text, "the address after --db holds a password"));
    assert_non_null(strstr(text, "~/.pgpass"));
    assert_null(strstr(text, "SESAME"));
  }
  arena_free(a);
}

/* libpq quotes what it cannot read, secrets and all. */
static void a_broken_address_is_not_shown(void **state) {
  (void)state;
  static const char *const addresses[] = {
      "postgresql://ana:SESAME@[::1/crm", "postgresql://ana@h/crm?passwort=SESAME",
      "postgresql://ana:SES%AME@h/crm", "service=crm passwort=SESAME", "service='SESAME"};
  struct arena *a = arena_new();
  for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
    const char *text = said(a, addresses[i]);
    assert_non_null(strstr(text, "write postgresql://USER@HOST/DATABASE"));
    assert_null(strstr(text, "SES"));
  }
  arena_free(a);
}

static void a_server_that_is_not_there_is_said_in_one_sentence(void **state) {
  (void)state;
  struct arena *a = arena_new();
  const char *text = said(a, "postgresql://ana@127.0.0.1:1/crm");
  assert_non_null(strstr(text, "postgresql://ana@127.0.0.1:1/crm cannot be opened: "));
  assert_non_null(strstr(text, "Look whether the server runs"));
  assert_null(strchr(text, '\n'));
  arena_free(a);
}

static void names_are_quoted(void **state) {
  (void)state;
  struct arena *a = arena_new();
  assert_string_equal(postgres_quoted("plain", a), "\"plain\"");
  assert_string_equal(postgres_quoted("a\"b\"", a), "\"a\"\"b\"\"\"");
  arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(files_are_no_addresses),
      cmocka_unit_test(a_password_in_an_address_is_refused_and_not_shown),
      cmocka_unit_test(a_broken_address_is_not_shown),
      cmocka_unit_test(a_server_that_is_not_there_is_said_in_one_sentence),
      cmocka_unit_test(names_are_quoted),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
