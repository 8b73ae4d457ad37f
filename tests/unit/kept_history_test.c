/* Kept histories: the column of a day is that of all records that began by then, whichever days are
 * asked for, and in whichever order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/date_civil.h"
#include "eval/kept_history.h"
#include "eval/newest.h"

enum { ROWS = 70, RECORDS = 900, FIRST = 100, LAST = 160, ASKED = 90, ROUNDS = 12, VALUES = 4 };

static uint64_t seed = 20260301;

static int rnd(int below) {
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return (int)((seed >> 33) % (uint64_t)below);
}

struct world {
  struct arena *arena;
  struct column values; /* of the records, in the order in which they come */
  double began[RECORDS];
  size_t row[RECORDS];
  struct dict *texts;
  struct attr attr;
  enum column_kind kind;
};

/* Two records in seven begin at one time of a day, so that some of them differ at that time. */
static void fill(struct world *w, enum column_kind kind, int fresh) {
  w->texts = dict_new();
  w->kind = kind;
  w->attr.history.fresh = fresh;
  w->values = column_new(w->arena, kind, RECORDS);
  for (size_t i = 0; i < RECORDS; i++) {
    int value = rnd(VALUES);
    w->row[i] = (size_t)rnd(ROWS);
    w->began[i] = (double)(FIRST - 20 + rnd(LAST - FIRST + 40)) * MICROSECONDS_A_DAY + rnd(7) / 2;
    bit_put(w->values.valid, i, rnd(5) > 0);
    if (kind == COL_NUM) w->values.num[i] = value;
    if (kind == COL_TXT) w->values.txt[i] = dict_add(w->texts, &"abcd"[value], 1);
    if (kind == COL_BOOL) bit_put(w->values.yes, i, bit_get(w->values.valid, i) && value > 1);
  }
}

/* From all records, for one day alone. */
static void make_alone(const struct world *w, day_t day, struct newest *out, struct dict *texts) {
  out->col = column_new(w->arena, w->kind, ROWS);
  newest_begin(out, ROWS);
  for (size_t i = 0; i < RECORDS; i++)
    if (moment_day(w->began[i]) <= day)
      newest_take(out, texts, &w->values, i, w->row[i], w->began[i]);
}

static bool is_known(const struct world *w, const struct newest *x, size_t r, day_t day) {
  int fresh = w->attr.history.fresh;
  if (!bit_get(x->col.valid, r) || bit_get(x->tie, r)) return false;
  return fresh < 0 || day - moment_day(x->began[r]) <= fresh;
}

static void compare(const struct world *w, const struct newest *alone,
                    const struct materialised *made, day_t day) {
  for (size_t r = 0; r < ROWS; r++) {
    bool known = is_known(w, alone, r, day);
    assert_int_equal(bit_get(made->col.valid, r), known);
    if (w->kind == COL_TXT && !known) assert_null(made->col.txt[r]);
    if (w->kind == COL_BOOL)
      assert_int_equal(bit_get(made->col.yes, r), known && bit_get(alone->col.yes, r));
    if (!known) continue;
    if (w->kind == COL_NUM) assert_true(made->col.num[r] == alone->col.num[r]);
    if (w->kind == COL_TXT) assert_true(str_eq(made->col.txt[r], alone->col.txt[r]));
  }
}

static void check_day(const struct world *w, struct kept_history *kept, day_t day) {
  struct dict *texts = dict_new();
  struct newest alone;
  struct materialised made = {0};
  uint64_t ties[ROWS / 64 + 1] = {0};
  make_alone(w, day, &alone, texts);
  kept_history_day(kept, day, &made, ties);
  compare(w, &alone, &made, day);
  for (size_t r = 0; r < ROWS; r++) assert_int_equal(bit_get(ties, r), bit_get(alone.tie, r));
  materialised_free(&made);
  newest_end(&alone);
  dict_free(texts);
}

static void a_day_is_all_records_up_to_it(void **state) {
  (void)state;
  const enum column_kind kinds[] = {COL_NUM, COL_TXT, COL_BOOL};
  for (int round = 0; round < ROUNDS; round++) {
    struct world w = {.arena = arena_new()};
    fill(&w, kinds[round % 3], round % 2 ? 15 : -1);
    struct kept_history *kept = kept_history_new(&w.attr, w.kind, ROWS, FIRST, LAST);
    for (size_t i = 0; i < RECORDS; i++) kept_history_add(kept, w.row[i], w.began[i], &w.values, i);
    kept_history_finish(kept);
    for (day_t day = FIRST; day <= LAST; day++) check_day(&w, kept, day);
    for (int i = 0; i < ASKED; i++) check_day(&w, kept, FIRST + rnd(LAST - FIRST + 1));
    kept_history_free(kept);
    dict_free(w.texts);
    arena_free(w.arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_day_is_all_records_up_to_it)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
