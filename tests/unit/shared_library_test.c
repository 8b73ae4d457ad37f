/* A library that is loaded when it is needed: what is said when it is not there, or too old. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/shared_library.h"

static struct diags *problems_of(struct arena *a) {
  struct diags *d = NEW(a, struct diags);
  d->arena = a;
  return d;
}

static void one_that_is_there_hands_over_its_functions(void **state) {
  (void)state;
  struct arena *a = arena_new();
  struct shared_library math = {"sums", "libc6", {"libnothing-of-ours.so.9", "libm.so.6"}};
  static const char *const NAMES[] = {"floor", "ceil"};
  struct {
    double (*floor)(double), (*ceil)(double);
  } f;
  assert_true(shared_library_load(&math, NAMES, 2, &f, problems_of(a)));
  assert_true(f.floor(2.5) == 2 && f.ceil(2.5) == 3);
  arena_free(a);
}

static void one_that_is_missing_is_named_with_its_package(void **state) {
  (void)state;
  struct arena *a = arena_new();
  struct diags *d = problems_of(a);
  struct shared_library none = {"painting", "libours9", {"libnothing-of-ours.so.9"}};
  static const char *const NAMES[] = {"paint"};
  void *f = NULL;
  assert_false(shared_library_load(&none, NAMES, 1, &f, d));
  assert_null(f);
  assert_int_equal(d->errors, 1);
  assert_string_equal(diags_error(d)->kind->code, "V0706");
  assert_string_equal(diags_failure(d),
                      "painting needs the library libnothing-of-ours.so.9, which this machine does "
                      "not have: install the package libours9 (apt-get install libours9)");
  arena_free(a);
}

static void one_that_is_too_old_is_said_to_be(void **state) {
  (void)state;
  struct arena *a = arena_new();
  struct diags *d = problems_of(a);
  struct shared_library math = {"sums", "libc6", {"libm.so.6"}};
  static const char *const NAMES[] = {"floor", "floor_of_next_year"};
  void *f[2] = {NULL, NULL};
  assert_false(shared_library_load(&math, NAMES, 2, f, d));
  assert_null(f[0]);
  assert_string_equal(diags_failure(d),
                      "sums needs a newer libm.so.6 than this machine has: there is no "
                      "floor_of_next_year in it; install a newer package libc6");
  arena_free(a);
}

static void every_library_has_a_file_and_a_package(void **state) {
  (void)state;
  for (int id = LIBRARY_CURL; id <= LIBRARY_EXPAT; id++) {
    const struct shared_library *l = shared_library((enum shared_library_id)id);
    assert_non_null(l->files[0]);
    assert_null(l->files[LIBRARY_FILES_MAX]);
    assert_non_null(l->package);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(one_that_is_there_hands_over_its_functions),
      cmocka_unit_test(one_that_is_missing_is_named_with_its_package),
      cmocka_unit_test(one_that_is_too_old_is_said_to_be),
      cmocka_unit_test(every_library_has_a_file_and_a_package)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
