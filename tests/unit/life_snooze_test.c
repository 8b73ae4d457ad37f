/* Snoozes that end, and occasions that change, without a database. */
#include <math.h>

#include "life_world.h"

static struct measured drop = {"health drop", {.unit = U_SCORE}, 1};
static double beyond;

/* Drops by 10 points more than its rule allows. */
static struct item *measured(struct world *w) {
  w->s.rule.measured = &drop;
  w->s.rule.n_measured = 1;
  beyond = 10;
  stub_row(&w->s, "A", TRUTH_TRUE)->hit.margins = &beyond;
  run_on(w, SUNDAY);
  return &w->items[0];
}

static void snooze(struct item *i, day_t until, bool until_worse) {
  i->snoozed_until = until;
  i->snoozed_margins = until_worse ? i->margins : NULL;
}

static void must_28_it_wakes_on_its_day(void **state) {
  struct world *w = *state;
  struct item *i = measured(w);
  i->acknowledged = SUNDAY;
  i->acknowledged_by = "ana@acme.example";
  snooze(i, SUNDAY + 5, false);
  assert_int_equal(run_on(w, SUNDAY + 4), 0);
  assert_int_equal(run_on(w, SUNDAY + 5), 1);
  assert_int_equal(w->d.changes[0].kind, CHANGE_WAKE);
  assert_string_equal(w->d.changes[0].old, "2026-03-06");
  assert_int_equal(i->snoozed_until, DAY_NONE);
  assert_int_equal(i->acknowledged, DAY_NONE); /* MUST 32 */
  assert_true(item_to_do(i));
  assert_int_equal(i->rested, SUNDAY + 5);
  assert_int_equal(i->told, SUNDAY + 5);
  assert_int_equal(i->due, SUNDAY + 7); /* MUST 31 */
}

static void must_29_it_wakes_when_a_margin_has_grown_by_a_tenth(void **state) {
  struct world *w = *state;
  struct item *i = measured(w);
  assert_string_equal(i->margins, "[10.0]");
  snooze(i, SUNDAY + 90, true);
  beyond = 10.9; /* a tenth is 1, which is what is printed, too */
  assert_int_equal(run_on(w, SUNDAY + 1), 0);
  assert_true(w->d.noted[0]);
  beyond = 11;
  assert_int_equal(run_on(w, SUNDAY + 2), 1);
  assert_string_equal(w->d.changes[0].why, "worse: health drop is 11 beyond its bound, and was 10");
}

static void must_29_at_least_by_what_is_printed(void **state) {
  struct world *w = *state;
  struct item *i = measured(w);
  beyond = 2;
  run_on(w, SUNDAY + 1);
  snooze(i, SUNDAY + 90, true);
  beyond = 2.9;
  assert_int_equal(run_on(w, SUNDAY + 2), 0);
  beyond = 3;
  assert_int_equal(run_on(w, SUNDAY + 3), 1);
}

static void must_29_worth_alone_does_not_count_and_priority_does(void **state) {
  struct world *w = *state;
  w->s.rule.priority = "normal";
  struct item *i = measured(w);
  snooze(i, SUNDAY + 90, true);
  stub_row(&w->s, "A", TRUTH_TRUE)->hit.worth = stub_money(99900000);
  run_on(w, SUNDAY + 1);
  assert_int_equal(changed(w, CHANGE_WAKE), 0);
  w->s.rule.priority = "high";
  run_on(w, SUNDAY + 2);
  assert_int_equal(changed(w, CHANGE_WAKE), 1);
  assert_string_equal(w->d.changes[0].why, "worse: its priority is high, and was normal");
}

static void must_29_a_comparison_that_was_not_true_counts(void **state) {
  struct world *w = *state;
  struct item *i = measured(w);
  beyond = NAN;
  run_on(w, SUNDAY + 1);
  assert_string_equal(i->margins, "[null]");
  snooze(i, SUNDAY + 90, true);
  beyond = 1;
  assert_int_equal(run_on(w, SUNDAY + 2), 1);
}

static void unknown_wakes_nobody_and_says_since_when(void **state) {
  struct world *w = *state;
  struct item *i = measured(w);
  snooze(i, SUNDAY + 5, false);
  stub_row(&w->s, "A", TRUTH_UNKNOWN);
  assert_int_equal(run_on(w, SUNDAY + 4), 0);
  assert_int_equal(i->not_judged, SUNDAY + 4);
  assert_int_equal(run_on(w, SUNDAY + 7), 0);
  assert_int_equal(i->not_judged, SUNDAY + 4);
  assert_int_equal(i->snoozed_until, SUNDAY + 5);
  stub_row(&w->s, "A", TRUTH_TRUE);
  assert_int_equal(run_on(w, SUNDAY + 8), 1);
  assert_int_equal(i->not_judged, DAY_NONE);
}

static void must_30_what_comes_back_sleeps_until_the_same_day(void **state) {
  struct world *w = *state;
  struct item *i = measured(w);
  snooze(i, SUNDAY + 10, false);
  stub_row(&w->s, "A", TRUTH_FALSE);
  run_on(w, SUNDAY + 2);
  assert_int_equal(i->state, ITEM_RESOLVED);
  stub_row(&w->s, "A", TRUTH_TRUE);
  run_on(w, SUNDAY + 3);
  assert_int_equal(w->n, 2);
  assert_int_equal(w->items[1].snoozed_until, SUNDAY + 10);
  assert_int_equal(item_hold(&w->items[1]), HOLD_SNOOZED);
  assert_int_equal(w->items[1].told, DAY_NONE);
  assert_string_equal(w->d.changes[0].why, "asleep until 2026-03-11, as #1 was");
  run_on(w, SUNDAY + 10);
  assert_int_equal(changed(w, CHANGE_WAKE), 1);
  assert_int_equal(w->items[1].started, SUNDAY + 10);
}

static void must_30_not_after_its_day_nor_when_a_person_closed_it(void **state) {
  struct world *w = *state;
  struct item *i = measured(w);
  snooze(i, SUNDAY + 10, false);
  stub_row(&w->s, "A", TRUTH_FALSE);
  run_on(w, SUNDAY + 2);
  stub_row(&w->s, "A", TRUTH_TRUE);
  run_on(w, SUNDAY + 10);
  assert_int_equal(w->items[1].snoozed_until, DAY_NONE);
  snooze(&w->items[1], SUNDAY + 30, false);
  w->items[1].state = ITEM_DONE;
  w->items[1].closed = SUNDAY + 11;
  stub_row(&w->s, "A", TRUTH_FALSE);
  run_on(w, SUNDAY + 12);
  stub_row(&w->s, "A", TRUTH_TRUE);
  run_on(w, SUNDAY + 13);
  assert_int_equal(w->n, 3);
  assert_int_equal(w->items[2].snoozed_until, DAY_NONE);
}

/* ---- another occasion ----------------------------------------------------------------- */

static struct item *occasional(struct world *w) {
  static const struct level level = {{1, DUR_DAY}, "VP_CS"};
  w->s.rule.once_per = w->s.rule.due_by_once = true;
  w->s.rule.levels = &level;
  w->s.rule.n_levels = 1;
  stub_row(&w->s, "A", TRUTH_TRUE)->hit.once = "2026-03-22";
  run_on(w, SUNDAY);
  return &w->items[0];
}

static void must_21_another_occasion_keeps_the_item_and_begins_anew(void **state) {
  struct world *w = *state;
  struct item *i = occasional(w);
  run_on(w, SUNDAY + 8);
  assert_string_equal(i->escalated_to, "VP_CS");
  i->acknowledged = SUNDAY + 8;
  i->acknowledged_by = "ana@acme.example";
  snooze(i, SUNDAY + 30, false);
  struct stub_row *row = stub_row(&w->s, "A", TRUTH_TRUE);
  row->hit.once = "2026-04-22";
  row->hit.due = SUNDAY + 38;
  run_on(w, SUNDAY + 9);
  assert_int_equal(w->n, 1);
  assert_int_equal(i->due, SUNDAY + 38);
  assert_null(i->escalated_to);
  assert_int_equal(i->acknowledged, DAY_NONE);
  assert_int_equal(i->snoozed_until, DAY_NONE);
  run_on(w, SUNDAY + 39);
  assert_string_equal(i->escalated_to, "VP_CS"); /* MUST 49: once per value */
  row->hit.once = "2026-03-22";                  /* back: that was told of already */
  row->hit.due = SUNDAY + 40;
  run_on(w, SUNDAY + 40);
  assert_int_equal(i->escalated_on, SUNDAY + 8);
  assert_int_equal(run_on(w, SUNDAY + 60), 0);
}

static void must_21_a_due_day_that_a_person_set_stays(void **state) {
  struct world *w = *state;
  struct item *i = occasional(w);
  i->due_by_person = true;
  struct stub_row *row = stub_row(&w->s, "A", TRUTH_TRUE);
  row->hit.once = "2026-04-22";
  row->hit.due = SUNDAY + 38;
  run_on(w, SUNDAY + 1);
  assert_int_equal(i->due, SUNDAY + 7);
}

static void must_21_a_due_day_against_something_else_stays(void **state) {
  struct world *w = *state;
  struct item *i = occasional(w);
  w->s.rule.due_by_once = false;
  struct stub_row *row = stub_row(&w->s, "A", TRUTH_TRUE);
  row->hit.once = "2026-04-22";
  row->hit.due = SUNDAY + 38;
  run_on(w, SUNDAY + 1);
  assert_int_equal(i->due, SUNDAY + 7);
}

static void a_value_that_becomes_known_is_the_same_occasion(void **state) {
  struct world *w = *state;
  struct item *i = occasional(w);
  i->once = NULL;
  i->acknowledged = SUNDAY;
  i->acknowledged_by = "ana@acme.example";
  run_on(w, SUNDAY + 1);
  assert_string_equal(i->once, "2026-03-22");
  assert_int_equal(i->acknowledged, SUNDAY);
}

int main(void) {
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
  const struct CMUnitTest tests[] = {T(must_28_it_wakes_on_its_day),
                                     T(must_29_it_wakes_when_a_margin_has_grown_by_a_tenth),
                                     T(must_29_at_least_by_what_is_printed),
                                     T(must_29_worth_alone_does_not_count_and_priority_does),
                                     T(must_29_a_comparison_that_was_not_true_counts),
                                     T(unknown_wakes_nobody_and_says_since_when),
                                     T(must_30_what_comes_back_sleeps_until_the_same_day),
                                     T(must_30_not_after_its_day_nor_when_a_person_closed_it),
                                     T(must_21_another_occasion_keeps_the_item_and_begins_anew),
                                     T(must_21_a_due_day_that_a_person_set_stays),
                                     T(must_21_a_due_day_against_something_else_stays),
                                     T(a_value_that_becomes_known_is_the_same_occasion)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
