/* Texts and keys: one address a text, one key however it is stored, dense row numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "data/dict.h"

#define NFC "Caf\xC3\xA9"
#define NFD "Cafe\xCC\x81"

static const struct str *add(struct dict *d, const char *s) { return dict_add(d, s, strlen(s)); }

static void texts_are_cleaned_and_shared(void **state) {
  (void)state;
  struct dict *d = dict_new();
  const struct str *t = add(d, NFD);
  assert_string_equal(t->s, NFC);
  assert_ptr_equal(add(d, NFC), t);
  assert_ptr_equal(add(d, "  " NFD "\t"), t);
  assert_ptr_equal(add(d, NFD), t);
  assert_ptr_equal(add(d, " Pro "), add(d, "Pro"));
  assert_ptr_not_equal(add(d, "pro"), add(d, "Pro"));
  assert_null(add(d, ""));
  assert_null(add(d, " \t\n"));
  assert_null(add(d, "\xC2\xA0")); /* a no-break space; twice, for the second time it is known */
  assert_null(add(d, "\xC2\xA0"));
  dict_free(d);
  dict_free(NULL);
}

static void a_text_of_another_dict_is_equal(void **state) {
  (void)state;
  struct dict *d = dict_new(), *other = dict_new();
  const struct str *t = add(d, "Enterprise"), *u = dict_add_str(other, t);
  assert_ptr_not_equal(t, u);
  assert_true(str_eq(t, u));
  assert_ptr_equal(dict_add_str(d, u), t);
  dict_free(d);
  dict_free(other);
}

static void many_at_once_are_the_same_as_one_by_one(void **state) {
  (void)state;
  enum { N = 5000 };
  static char names[N][16];
  static struct dict_ask asks[N];
  static const struct str *out[N];
  struct dict *d = dict_new();
  for (int i = 0; i < N; i++) {
    int n = snprintf(names[i], sizeof names[i], "A-%d", i % 3000);
    asks[i] = (struct dict_ask){.s = names[i], .n = (uint32_t)n};
  }
  dict_add_many(d, asks, N, out);
  for (int i = 0; i < N; i++) assert_ptr_equal(add(d, names[i]), out[i]);
  size_t bytes = dict_bytes(d);
  dict_clear(d);
  assert_true(dict_bytes(d) < bytes);
  dict_add_many(d, asks, 0, out);
  assert_string_equal(add(d, "A-7")->s, "A-7");
  dict_free(d);
}

static struct key text_key(struct dict *d, const char *s) {
  struct key k;
  assert_true(key_from_text(d, s, strlen(s), &k));
  return k;
}

static void a_key_is_one_however_it_is_stored(void **state) {
  (void)state;
  struct dict *d = dict_new();
  struct keymap *m = keymap_new();
  struct arena *a = arena_new();
  struct key k;
  bool added;
  assert_int_equal(keymap_add(m, key_from_int(17), &added), 0);
  assert_true(added);
  assert_int_equal(keymap_find(m, text_key(d, "17")), 0);
  assert_int_equal(keymap_find(m, text_key(d, " 17 ")), 0);
  assert_true(key_from_real(d, 17.0, &k));
  assert_int_equal(keymap_find(m, k), 0);
  static const char *const others[] = {"017", "17.0", "+17", "-17", "1 7", "17a"};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    assert_int_equal(keymap_find(m, text_key(d, others[i])), -1);
  assert_true(key_from_real(d, 17.5, &k));
  assert_string_equal(key_text(a, k), "17.5");
  assert_int_equal(keymap_add(m, k, &added), 1);
  assert_int_equal(keymap_find(m, text_key(d, "17.5")), 1);
  /* by the form in which the state keeps it */
  assert_int_equal(keymap_find_text(m, "17", 2), 0);
  assert_int_equal(keymap_find_text(m, " 17 ", 4), -1);
  assert_int_equal(keymap_find_text(m, "17.5", 4), 1);
  assert_int_equal(keymap_find_text(m, "17.5, 2", 4), 1);
  assert_int_equal(keymap_find_text(m, "17.6", 4), -1);
  assert_true(key_from_real(d, 0.1, &k));
  assert_string_equal(key_text(a, k), "0.1");
  assert_false(key_from_real(d, INFINITY, &k));
  assert_false(key_from_real(d, NAN, &k));
  assert_false(key_from_text(d, "  ", 2, &k));
  assert_false(key_from_text(d, "", 0, &k));
  arena_free(a);
  keymap_free(m);
  dict_free(d);
}

static void the_edges_of_64_bits_are_kept(void **state) {
  (void)state;
  struct dict *d = dict_new();
  struct arena *a = arena_new();
  static const struct {
    const char *text;
    bool integer;
  } rows[] = {{"9223372036854775807", true},
              {"9223372036854775808", false},
              {"-9223372036854775808", true},
              {"-9223372036854775809", false},
              {"99999999999999999999", false},
              {"0", true},
              {"-0", false},
              {"-", false},
              {"00", false}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct key k = text_key(d, rows[i].text);
    assert_int_equal(k.text == NULL, rows[i].integer);
    assert_string_equal(key_text(a, k), rows[i].text);
  }
  struct key k;
  assert_true(key_from_real(d, 0x1p63, &k));
  assert_non_null(k.text);
  assert_true(key_from_real(d, -0x1p63, &k));
  assert_true(!k.text && k.number == INT64_MIN);
  arena_free(a);
  dict_free(d);
}

static void a_hundred_thousand_keys(void **state) {
  (void)state;
  enum { N = 100000 };
  struct dict *d = dict_new();
  struct keymap *m = keymap_new();
  struct arena *a = arena_new();
  struct column keys = column_new(a, COL_KEY, BATCH);
  int32_t rows[BATCH];
  char name[24];
  bool added;
  for (int i = 0; i < N; i++) {
    int n = snprintf(name, sizeof name, "A-%d", i);
    struct key k = i % 2 ? key_from_int(i) : (struct key){.text = dict_add(d, name, (size_t)n)};
    assert_int_equal(keymap_add(m, k, &added), i);
    assert_true(added);
  }
  assert_int_equal(keymap_size(m), N);
  dict_clear(d); /* the map has its own copies */
  assert_string_equal(key_text(a, keymap_key(m, 99998)), "A-99998");
  assert_int_equal(keymap_add(m, text_key(d, "A-4242"), &added), 4242);
  assert_false(added);
  for (int i = 0; i < BATCH; i++) { /* every third is unknown, every fifth is in no table */
    int at = i * 97;
    snprintf(name, sizeof name, i % 5 ? "A-%d" : "B-%d", at);
    keys.key[i] = at % 2 ? key_from_int(i % 5 ? at : -at) : text_key(d, name);
    if (i % 3) bit_set(keys.valid, (size_t)i);
  }
  keymap_find_many(m, &keys, BATCH, rows);
  for (int i = 0; i < BATCH; i++) assert_int_equal(rows[i], i % 3 && i % 5 ? i * 97 : -1);
  arena_free(a);
  keymap_free(m);
  dict_free(d);
}

/* Integers close together, far apart, and beside texts: the table finds what the hash finds. */
static void an_index_finds_what_the_hash_finds(void **state) {
  (void)state;
  struct dict *d = dict_new();
  struct arena *a = arena_new();
  static const int64_t steps[] = {1, 3, 1000000007};
  for (size_t s = 0; s < 3; s++) {
    struct keymap *m = keymap_new();
    bool added;
    for (int64_t i = -500; i < 500; i++) keymap_add(m, key_from_int(i * steps[s]), &added);
    keymap_add(m, text_key(d, "A-7"), &added);
    keymap_index(m);
    struct column asks = column_new(a, COL_KEY, BATCH);
    int32_t rows[BATCH];
    for (int64_t i = 0; i < BATCH; i++) {
      asks.key[i] = i == 5   ? text_key(d, "A-7")
                    : i == 6 ? text_key(d, "A-8")
                             : key_from_int((i - 512) * steps[s]);
      bit_put(asks.valid, (size_t)i, i != 7);
    }
    keymap_find_many(m, &asks, BATCH, rows);
    for (int i = 0; i < BATCH; i++)
      assert_int_equal(rows[i], i == 7 ? -1 : keymap_find(m, asks.key[i]));
    assert_int_equal(rows[5], 1000);
    keymap_add(m, key_from_int(INT64_MAX), &added);
    asks.key[9] = key_from_int(INT64_MAX);
    keymap_find_many(m, &asks, BATCH, rows);
    assert_int_equal(rows[9], 1001);
    keymap_free(m);
  }
  arena_free(a);
  dict_free(d);
}

static void columns_have_the_arrays_of_their_kind(void **state) {
  (void)state;
  struct arena *a = arena_new();
  struct column c = column_new(a, COL_BOOL, 65);
  assert_non_null(c.yes);
  assert_null(c.num);
  assert_null(c.txt);
  bit_put(c.valid, 127, true); /* rounded up to 128 */
  assert_true(bit_get(c.valid, 127));
  bit_put(c.valid, 127, false);
  assert_false(bit_get(c.valid, 127));
  assert_non_null(column_new(a, COL_NUM, 1).num);
  assert_non_null(column_new(a, COL_TXT, 1).txt);
  assert_non_null(column_new(a, COL_KEY, 1).key);
  arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(texts_are_cleaned_and_shared),
      cmocka_unit_test(a_text_of_another_dict_is_equal),
      cmocka_unit_test(many_at_once_are_the_same_as_one_by_one),
      cmocka_unit_test(an_index_finds_what_the_hash_finds),
      cmocka_unit_test(a_key_is_one_however_it_is_stored),
      cmocka_unit_test(the_edges_of_64_bits_are_kept),
      cmocka_unit_test(a_hundred_thousand_keys),
      cmocka_unit_test(columns_have_the_arrays_of_their_kind),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
