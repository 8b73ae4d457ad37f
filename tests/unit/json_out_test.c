/* What json_out writes, value by value, is what jansson writes of the whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "action/json_out.h"

static void say_tree(struct json_out *o, const void *ctx) {
  json_put_tree(o, *(json_t *const *)ctx);
}

/* As lines, and on one line. Lets go of the document. */
static void assert_same(json_t *document) {
  struct arena *a = arena_new();
  char *want = NULL, *got = NULL;
  size_t n_want, n_got;
  FILE *w = open_memstream(&want, &n_want), *g = open_memstream(&got, &n_got);
  json_print_said(g, say_tree, &document);
  const char *line = json_text_said(say_tree, &document, NULL, a);
  json_print(w, json_incref(document));
  fclose(w);
  fclose(g);
  assert_string_equal(got, want);
  assert_ptr_equal(json_text_said(say_tree, &document, line, a), line);
  assert_string_equal(line, json_text(document, a));
  free(want);
  free(got);
  arena_free(a);
}

static void nested_and_empty(void **state) {
  (void)state;
  assert_same(json_pack("{s:[], s:{}, s:[[], {}, [{s:[i, b, n]}]], s:s}", "none", "nothing", "deep",
                        "x", -7, 1, "text", "end"));
  assert_same(json_array());
}

static void texts_with_signs(void **state) {
  (void)state;
  char every[256];
  for (int c = 1; c < 128; c++) every[c - 1] = (char)c;
  every[127] = 0;
  assert_same(json_pack("[s, s, s]", every, "é – 漢字", ""));
  json_t *broken = json_array();
  json_array_append_new(broken, text_json("a\xff"
                                          "b"));
  assert_same(broken);
}

static void numbers_of_all_sizes(void **state) {
  (void)state;
  static const double plain[] = {
      0,        -0.0,  1,    0.1,    -0.25,    12.5,    1e15,
      1e16,     1e100, 1e-5, 1.5e-7, 0.01,     99.99,   -3.07,
      123456.7, 1e13,  1e11, 1e300,  4.9e-324, 7.0e-12, 9999999999999.99};
  for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) assert_same(json_pack("[f]", plain[i]));
  uint64_t seed = 7;
  for (int i = 0; i < 4000; i++) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    double hundredths = (double)((int64_t)seed >> (20 + i % 40)) / 100;
    assert_same(json_pack("[f, f]", hundredths, i % 3 ? 0.5 : (double)(seed >> 11) * 0x1p-53));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(nested_and_empty),
                                     cmocka_unit_test(texts_with_signs),
                                     cmocka_unit_test(numbers_of_all_sizes)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
