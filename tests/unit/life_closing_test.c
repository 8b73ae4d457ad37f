/* Closing and coming back, rows and rules that are gone, without a database. */
#include "life_world.h"

static void close_by_person(struct item *i, day_t day) {
  i->state = ITEM_DONE;
  i->closed = day;
  i->armed = false;
}

static void must_19_it_is_asked_again_while_the_same_episode_lasts(void **state) {
  struct world *w = *state;
  w->s.rule.reopens = (struct duration){30, DUR_DAY};
  stub_row(&w->s, "A", TRUTH_TRUE);
  run_on(w, SUNDAY);
  close_by_person(&w->items[0], SUNDAY + 2);
  assert_int_equal(run_on(w, SUNDAY + 31), 0);
  assert_int_equal(run_on(w, SUNDAY + 32), 1);
  assert_int_equal(w->d.changes[0].kind, CHANGE_REOPEN);
  assert_int_equal(w->n, 2);
  assert_int_equal(w->items[1].again_of, 1);
}

static void must_19_a_new_episode_need_not_wait(void **state) {
  struct world *w = *state;
  w->s.rule.reopens = (struct duration){30, DUR_DAY};
  stub_row(&w->s, "A", TRUTH_TRUE);
  run_on(w, SUNDAY);
  close_by_person(&w->items[0], SUNDAY + 2);
  stub_row(&w->s, "A", TRUTH_FALSE);
  run_on(w, SUNDAY + 3);
  stub_row(&w->s, "A", TRUTH_TRUE);
  assert_int_equal(run_on(w, SUNDAY + 4), 1);
  assert_int_equal(w->n, 2);
}

static void must_17_closed_it_stays_closed_until_its_episode_is_over(void **state) {
  struct world *w = *state;
  stub_row(&w->s, "A", TRUTH_TRUE);
  run_on(w, SUNDAY);
  close_by_person(&w->items[0], SUNDAY + 2);
  assert_int_equal(run_on(w, SUNDAY + 300), 0);
  stub_row(&w->s, "A", TRUTH_UNKNOWN);
  assert_int_equal(run_on(w, SUNDAY + 301), 0);
  stub_row(&w->s, "A", TRUTH_FALSE);
  run_on(w, SUNDAY + 302);
  assert_int_equal(w->d.changes[0].kind, CHANGE_REARM);
}

static void must_18_clear_when_decides_that_too(void **state) {
  struct world *w = *state;
  w->s.rule.has_clear = true;
  stub_row(&w->s, "A", TRUTH_TRUE);
  run_on(w, SUNDAY);
  close_by_person(&w->items[0], SUNDAY + 2);
  struct stub_row *row = stub_row(&w->s, "A", TRUTH_FALSE);
  assert_int_equal(run_on(w, SUNDAY + 3), 0); /* around its threshold */
  stub_row(&w->s, "A", TRUTH_TRUE);
  assert_int_equal(run_on(w, SUNDAY + 4), 0);
  stub_row(&w->s, "A", TRUTH_FALSE);
  row->standing.clear = TRUTH_TRUE;
  run_on(w, SUNDAY + 5);
  assert_true(w->items[0].armed);
}

static void must_20_each_value_of_once_waits_for_itself(void **state) {
  struct world *w = *state;
  w->s.rule.once_per = true;
  w->s.rule.reopens = (struct duration){30, DUR_DAY};
  struct stub_row *row = stub_row(&w->s, "A", TRUTH_TRUE);
  row->hit.once = "Q1";
  run_on(w, SUNDAY);
  close_by_person(&w->items[0], SUNDAY);
  row->hit.once = NULL; /* an unknown one counts as the last */
  assert_int_equal(run_on(w, SUNDAY + 10), 0);
  row->hit.once = "Q2"; /* a new one opens at once */
  assert_int_equal(run_on(w, SUNDAY + 11), 1);
  close_by_person(&w->items[1], SUNDAY + 11);
  assert_int_equal(run_on(w, SUNDAY + 40), 0);
  assert_int_equal(run_on(w, SUNDAY + 41), 1);
}

static void must_26_a_gone_row_is_neither_escalated_nor_reminded(void **state) {
  struct world *w = *state;
  static const struct level level = {{1, DUR_DAY}, "VP_CS"};
  w->s.rule.levels = &level;
  w->s.rule.n_levels = 1;
  w->s.rule.reminds = (struct duration){1, DUR_DAY};
  struct stub_row *row = stub_row(&w->s, "A", TRUTH_TRUE);
  run_on(w, SUNDAY);
  row->standing.present = false;
  assert_int_equal(run_on(w, SUNDAY + 20), 1);
  assert_int_equal(w->d.changes[0].kind, CHANGE_ROW_GONE);
  assert_false(item_counts(&w->items[0]));
  row->standing.present = true;
  run_on(w, SUNDAY + 21);
  assert_int_equal(changed(w, CHANGE_ROW_BACK), 1);
  assert_int_equal(changed(w, CHANGE_ESCALATE), 1);
}

static void a_gone_row_is_resolved_where_the_rule_says_so(void **state) {
  struct world *w = *state;
  w->s.rule.row_gone_resolves = true;
  struct stub_row *row = stub_row(&w->s, "A", TRUTH_TRUE);
  run_on(w, SUNDAY);
  row->standing.present = false;
  run_on(w, SUNDAY + 1);
  assert_int_equal(w->items[0].state, ITEM_RESOLVED);
  assert_string_equal(w->items[0].why, "row gone");
  assert_int_equal(w->d.counts.resolved, 1);
}

static void a_row_that_ended_is_not_asked(void **state) {
  struct world *w = *state;
  struct stub_row *row = stub_row(&w->s, "A", TRUTH_TRUE);
  stub_row(&w->s, "B", TRUTH_TRUE);
  run_on(w, SUNDAY);
  close_by_person(&w->items[1], SUNDAY + 1);
  for (int i = 0; i < 2; i++)
    row[i].standing = (struct standing){.when = TRUTH_UNKNOWN, .ended = true};
  run_on(w, SUNDAY + 2);
  assert_int_equal(w->items[0].state, ITEM_NOT_ASKED);
  assert_string_equal(w->items[0].why, "row ended");
  assert_int_equal(w->items[1].state, ITEM_DONE);
  assert_true(w->items[1].armed);
}

static void must_27_a_rule_that_is_gone_for_30_days_closes_its_items(void **state) {
  struct world *w = *state;
  static const struct level level = {{1, DUR_DAY}, "VP_CS"};
  w->s.rule.levels = &level;
  w->s.rule.n_levels = 1;
  stub_row(&w->s, "A", TRUTH_TRUE);
  run_on(w, SUNDAY);
  const char *name = w->s.rule.rule;
  w->s.rule.rule = "another";
  w->s.n = 0;
  assert_int_equal(run_on(w, SUNDAY + 20), 1);
  assert_int_equal(w->d.changes[0].kind, CHANGE_RULE_GONE);
  assert_int_equal(w->items[0].rule_gone, SUNDAY + 20);
  assert_false(item_counts(&w->items[0])); /* MUST 26 */
  assert_int_equal(run_on(w, SUNDAY + 49), 0);
  struct item kept = w->items[0];
  assert_int_equal(run_on(w, SUNDAY + 50), 1);
  assert_int_equal(w->items[0].state, ITEM_NOT_ASKED);
  assert_string_equal(w->items[0].why, "rule removed");
  w->items[0] = kept; /* had it come back in time */
  w->s.rule.rule = name;
  stub_row(&w->s, "A", TRUTH_TRUE);
  run_on(w, SUNDAY + 49);
  assert_int_equal(changed(w, CHANGE_RULE_BACK), 1);
  assert_int_equal(w->items[0].rule_gone, DAY_NONE);
}

int main(void) {
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
  const struct CMUnitTest tests[] = {T(must_19_it_is_asked_again_while_the_same_episode_lasts),
                                     T(must_19_a_new_episode_need_not_wait),
                                     T(must_17_closed_it_stays_closed_until_its_episode_is_over),
                                     T(must_18_clear_when_decides_that_too),
                                     T(must_20_each_value_of_once_waits_for_itself),
                                     T(must_26_a_gone_row_is_neither_escalated_nor_reminded),
                                     T(a_gone_row_is_resolved_where_the_rule_says_so),
                                     T(a_row_that_ended_is_not_asked),
                                     T(must_27_a_rule_that_is_gone_for_30_days_closes_its_items)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
