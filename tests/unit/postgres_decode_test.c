/* Fields of COPY … (FORMAT BINARY), and the cells they become: those of the same data in SQLite. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "data/postgres/decode.h"

static char room[WIRE_ROOM];

#define FIELD(bytes) bytes, (uint32_t)(sizeof(bytes) - 1)

static struct raw_cell decode(struct arena *a, const char *type, const char *bytes, uint32_t n) {
  return wire_type_of(type)->read(bytes, n, room, a);
}

static void is_text(struct raw_cell c, const char *want) {
  assert_int_equal(c.stored, STORED_TEXT);
  assert_int_equal(c.n, strlen(want));
  assert_memory_equal(c.s, want, c.n);
}

static void is_whole(struct raw_cell c, int64_t want) {
  assert_int_equal(c.stored, STORED_INT);
  assert_true(c.i == want);
}

static void whole_numbers_and_flags(void **state) {
  struct arena *a = *state;
  is_whole(decode(a, "bool", FIELD("\1")), 1);
  is_whole(decode(a, "int2", FIELD("\xff\xfe")), -2);
  is_whole(decode(a, "int4", FIELD("\x80\0\0\0")), INT32_MIN);
  is_whole(decode(a, "int8", FIELD("\x7f\xff\xff\xff\xff\xff\xff\xff")), INT64_MAX);
  struct raw_cell half = decode(a, "float8", FIELD("\x3f\xe0\0\0\0\0\0\0"));
  assert_true(half.stored == STORED_REAL && half.r == 0.5);
}

/* Digits of 10,000: how many, which power the first counts, the sign, the shown decimals. */
static void decimals_are_exact(void **state) {
  struct arena *a = *state;
  is_whole(decode(a, "numeric", FIELD("\0\0\0\0\0\0\0\2")), 0);
  is_whole(decode(a, "numeric", FIELD("\0\1\0\1\x40\0\0\0\0\5")), -50000);
  struct raw_cell price = decode(a, "numeric", FIELD("\0\2\0\0\0\0\0\2\0\x13\x26\xac"));
  assert_true(price.stored == STORED_REAL && price.r == 19.99);
  struct raw_cell little = decode(a, "numeric", FIELD("\0\1\xff\xff\x40\0\0\4\0\1"));
  assert_true(little.stored == STORED_REAL && little.r == -0.0001);
  /* more digits than a double holds */
  is_text(decode(a, "numeric", FIELD("\0\6\0\4\0\0\0\4\0\1\0\2\0\3\0\4\0\5\x13\x88")),
          "10002000300040005.5");
  is_text(decode(a, "numeric", FIELD("\0\1\0\5\0\0\0\0\0\1")), "100000000000000000000");
  /* 7378.6976294838206464 * 10^16 is 2^66: in 64 bits it would be 0 */
  is_text(decode(a, "numeric", FIELD("\0\5\0\0\0\0\0\x10\x1c\xd2\x1b\x40\xb\x84\xe\xec\x19\x40")),
          "7378.6976294838206464");
  assert_int_equal(decode(a, "numeric", FIELD("\0\0\0\0\xc0\0\0\0")).stored, STORED_NULL);
}

static void days_are_iso_texts(void **state) {
  struct arena *a = *state;
  is_text(decode(a, "date", FIELD("\0\0\0\0")), "2000-01-01");
  is_text(decode(a, "date", FIELD("\xff\xff\xff\xff")), "1999-12-31");
  is_text(decode(a, "date", FIELD("\x7f\xff\xff\xff")), "infinity");
  is_text(decode(a, "date", FIELD("\x80\0\0\0")), "-infinity");
  is_text(decode(a, "date", FIELD("\x70\0\0\0")), "a day after the year 9999");
  is_text(decode(a, "timestamp", FIELD("\0\0\0\0\0\0\0\0")), "2000-01-01T00:00:00");
  is_text(decode(a, "timestamptz", FIELD("\xff\xff\xff\xff\xff\xff\xff\xff")),
          "1999-12-31T23:59:59.999999Z");
}

static void others_are_texts_or_bytes(void **state) {
  struct arena *a = *state;
  is_text(decode(a, "text", FIELD("Pro ")), "Pro ");
  is_text(decode(a, "uuid", FIELD("anything")), "anything");
  assert_string_equal(wire_type_of("uuid")->select, "%s::text");
  assert_int_equal(decode(a, "bytea", FIELD("x")).stored, STORED_BLOB);
}

static int setup(void **state) {
  *state = arena_new();
  return 0;
}

static int teardown(void **state) {
  arena_free(*state);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(whole_numbers_and_flags, setup, teardown),
      cmocka_unit_test_setup_teardown(decimals_are_exact, setup, teardown),
      cmocka_unit_test_setup_teardown(days_are_iso_texts, setup, teardown),
      cmocka_unit_test_setup_teardown(others_are_texts_or_bytes, setup, teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
