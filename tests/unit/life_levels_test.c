/* Levels of an escalation and reminders, without a database. */
#include "life_world.h"

/* Due on Sunday 2026-03-08; a business day later is Monday the 9th, three are Wednesday. */
static struct item *escalating(struct world *w) {
  static const struct level levels[] = {
      {{1, DUR_BDAY}, "Lead"}, {{3, DUR_BDAY}, "VP_CS"}, {{8, DUR_BDAY}, NULL}};
  w->s.rule.levels = levels;
  w->s.rule.n_levels = 3;
  stub_row(&w->s, "A", TRUTH_TRUE);
  run_on(w, SUNDAY);
  return &w->items[0];
}

static void must_49_each_level_is_written_once(void **state) {
  struct world *w = *state;
  struct item *i = escalating(w);
  assert_int_equal(run_on(w, SUNDAY + 7), 0);
  assert_int_equal(run_on(w, SUNDAY + 8), 1);
  assert_string_equal(i->escalated_to, "Lead");
  assert_int_equal(run_on(w, SUNDAY + 9), 0);
  assert_int_equal(run_on(w, SUNDAY + 10), 1);
  assert_string_equal(i->escalated_to, "VP_CS");
  assert_string_equal(i->escalated,
                      "[{\"level\":1,\"to\":\"Lead\",\"on\":\"2026-03-09\"},"
                      "{\"level\":2,\"to\":\"VP_CS\",\"on\":\"2026-03-11\"}]");
  i->due = SUNDAY + 20; /* moving the due day brings no level back */
  i->due_by_person = true;
  assert_int_equal(run_on(w, SUNDAY + 60), 0);
}

static void must_50_a_late_run_writes_all_and_tells_the_highest(void **state) {
  struct world *w = *state;
  struct item *i = escalating(w);
  assert_int_equal(run_on(w, SUNDAY + 12), 2);
  assert_int_equal(w->d.counts.escalated, 1);
  assert_string_equal(w->d.changes[0].now, "Lead");
  assert_string_equal(w->d.changes[0].why, "passed in this run: VP_CS is told");
  assert_string_equal(w->d.changes[1].old, "Lead");
  assert_string_equal(w->d.changes[1].now, "VP_CS");
  assert_null(w->d.changes[1].why);
  assert_string_equal(i->escalated_to, "VP_CS");
  assert_string_equal(i->escalated,
                      "[{\"level\":1,\"to\":\"Lead\",\"on\":\"2026-03-13\"},"
                      "{\"level\":2,\"to\":\"VP_CS\",\"on\":\"2026-03-13\"}]");
}

static void must_51_above_the_top_nothing_happens(void **state) {
  struct world *w = *state;
  struct item *i = escalating(w);
  run_on(w, SUNDAY + 12);
  assert_int_equal(run_on(w, SUNDAY + 90), 0);
  assert_string_equal(i->escalated_to, "VP_CS");
}

static void must_52_not_on_the_day_of_a_new_owner_and_the_delay_counts_from_then(void **state) {
  struct world *w = *state;
  struct item *i = escalating(w);
  stub_row(&w->s, "A", TRUTH_TRUE)->hit.owner = "bob@acme.example";
  assert_int_equal(run_on(w, SUNDAY + 15), 1); /* Monday the 16th: the owner, no level */
  assert_string_equal(i->owner, "bob@acme.example");
  assert_null(i->escalated_to);
  assert_int_equal(run_on(w, SUNDAY + 16), 1);
  assert_string_equal(i->escalated_to, "Lead");
  assert_int_equal(run_on(w, SUNDAY + 18), 1);
  assert_string_equal(i->escalated_to, "VP_CS");
}

static void must_52_not_while_it_is_held_back(void **state) {
  struct world *w = *state;
  struct item *i = escalating(w);
  /* nor while it waits: tests/run/life_gates.test */
  i->snoozed_until = SUNDAY + 60;
  assert_int_equal(run_on(w, SUNDAY + 30), 0);
  i->snoozed_until = DAY_NONE;
  assert_int_equal(run_on(w, SUNDAY + 30), 2);
}

static void must_48_acknowledging_stops_no_escalation(void **state) {
  struct world *w = *state;
  struct item *i = escalating(w);
  i->acknowledged = SUNDAY + 1;
  i->acknowledged_by = "ana@acme.example";
  assert_int_equal(run_on(w, SUNDAY + 8), 1);
  assert_string_equal(i->escalated_to, "Lead");
}

static void must_57_a_new_owner_ends_ack_and_snooze(void **state) {
  struct world *w = *state;
  struct item *i = escalating(w);
  i->acknowledged = SUNDAY;
  i->acknowledged_by = "ana@acme.example";
  i->snoozed_until = SUNDAY + 20;
  stub_row(&w->s, "A", TRUTH_TRUE)->hit.owner = "bob@acme.example";
  assert_int_equal(run_on(w, SUNDAY + 2), 1);
  assert_int_equal(i->acknowledged, DAY_NONE);
  assert_null(i->acknowledged_by);
  assert_int_equal(i->snoozed_until, DAY_NONE);
  assert_int_equal(i->due, SUNDAY + 7);
  assert_int_equal(i->rested, SUNDAY + 2);
  assert_int_equal(i->told, SUNDAY + 2);
}

/* ---- reminders ------------------------------------------------------------------------ */

static struct item *reminding(struct world *w) {
  w->s.rule.reminds = (struct duration){2, DUR_BDAY};
  stub_row(&w->s, "A", TRUTH_TRUE);
  run_on(w, SUNDAY);
  return &w->items[0];
}

static void must_53_reminders_count_from_what_was_told_last(void **state) {
  struct world *w = *state;
  struct item *i = reminding(w);
  assert_int_equal(run_on(w, SUNDAY + 1), 0);
  assert_int_equal(run_on(w, SUNDAY + 2), 1);
  assert_int_equal(w->d.changes[0].kind, CHANGE_REMIND);
  assert_int_equal(w->d.counts.reminded, 1);
  assert_int_equal(w->d.counts.unchanged, 0);
  stub_row(&w->s, "A", TRUTH_TRUE)->hit.owner = "bob@acme.example"; /* told by another message */
  assert_int_equal(run_on(w, SUNDAY + 3), 1);
  assert_int_equal(run_on(w, SUNDAY + 4), 0);
  assert_int_equal(run_on(w, SUNDAY + 5), 1);
  assert_int_equal(i->told, SUNDAY + 5);
}

static void must_48_acknowledging_stops_reminders_until_the_due_day(void **state) {
  struct world *w = *state;
  struct item *i = reminding(w);
  i->acknowledged = SUNDAY;
  i->acknowledged_by = "ana@acme.example";
  assert_int_equal(run_on(w, SUNDAY + 5), 0);
  assert_int_equal(run_on(w, SUNDAY + 7), 0);
  assert_int_equal(run_on(w, SUNDAY + 8), 1);
}

static void must_54_what_goes_up_is_not_reminded_of_on_that_day(void **state) {
  struct world *w = *state;
  escalating(w);
  reminding(w);
  assert_int_equal(run_on(w, SUNDAY + 8), 1);
  assert_int_equal(w->d.changes[0].kind, CHANGE_ESCALATE);
}

static void what_is_held_back_or_nobodys_is_not_reminded_of(void **state) {
  struct world *w = *state;
  struct item *i = reminding(w);
  i->snoozed_until = SUNDAY + 60;
  assert_int_equal(run_on(w, SUNDAY + 5), 0);
  i->snoozed_until = DAY_NONE;
  stub_row(&w->s, "A", TRUTH_TRUE)->hit.owner = NULL;
  assert_int_equal(run_on(w, SUNDAY + 5), 1); /* the owner, no reminder */
  assert_int_equal(run_on(w, SUNDAY + 9), 0);
}

int main(void) {
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
  const struct CMUnitTest tests[] = {
      T(must_49_each_level_is_written_once),
      T(must_50_a_late_run_writes_all_and_tells_the_highest),
      T(must_51_above_the_top_nothing_happens),
      T(must_52_not_on_the_day_of_a_new_owner_and_the_delay_counts_from_then),
      T(must_52_not_while_it_is_held_back),
      T(must_48_acknowledging_stops_no_escalation),
      T(must_57_a_new_owner_ends_ack_and_snooze),
      T(must_53_reminders_count_from_what_was_told_last),
      T(must_48_acknowledging_stops_reminders_until_the_due_day),
      T(must_54_what_goes_up_is_not_reminded_of_on_that_day),
      T(what_is_held_back_or_nobodys_is_not_reminded_of)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
