/* What an export is of: every row of shape.def and thing.def can be met. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "import/field.h"

static const struct {
  const char *vendor;
  enum thing_id thing;
  const char *headers[SHAPE_HEADERS_MAX + 1];
} shapes[] = {
#define SHAPE(vendor, thing, ids, ...) {vendor, THING_##thing, {__VA_ARGS__}},
#include "import/shape.def"
#undef SHAPE
};

static const struct {
  enum thing_id thing;
  const char *column;
  const char *headers[FIELD_HEADERS_MAX + 1];
} fields[] = {
#define THING(id, table, entity, is)
#define FIELD(thing, role, kind, column, ...) {THING_##thing, column, {__VA_ARGS__}},
#include "import/thing.def"
#undef THING
#undef FIELD
};

/* An export with the headers of a row alone is of that vendor and thing: no row above takes it. */
static void every_shape_is_met(void **state) {
  struct arena *a = *state;
  for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
    const char *words[SHAPE_HEADERS_MAX];
    size_t n = 0;
    for (; shapes[i].headers[n]; n++) words[n] = text_word(a, shapes[i].headers[n]);
    const struct shape *found = shape_of(words, n, a);
    assert_non_null(found);
    if (strcmp(found->vendor, shapes[i].vendor) != 0 || found->thing != shapes[i].thing)
      fail_msg("%s of %s is taken for %s", shapes[i].headers[0], shapes[i].vendor, found->vendor);
  }
}

/* Each header, alone in a file, is its field, unless a row above of the same thing has it, too. */
static void every_header_is_met(void **state) {
  struct arena *a = *state;
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
    for (size_t h = 0; fields[i].headers[h]; h++) {
      const char *word = text_word(a, fields[i].headers[h]);
      const struct field *found = NULL;
      fields_of(fields[i].thing, &word, 1, &found, a);
      assert_non_null(found);
      assert_int_equal(found->thing, fields[i].thing);
    }
}

/* Two fields of one thing in one column would be one too few. */
static void columns_are_of_one_field(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
    for (size_t k = 0; k < i; k++)
      if (fields[i].thing == fields[k].thing && strcmp(fields[i].column, fields[k].column) == 0)
        fail_msg("%s stands twice", fields[i].column);
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
      cmocka_unit_test_setup_teardown(every_shape_is_met, setup, teardown),
      cmocka_unit_test_setup_teardown(every_header_is_met, setup, teardown),
      cmocka_unit_test(columns_are_of_one_field),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
