/* The life cycle of action items, without a database. */
#include "life_world.h"

static struct level level; /* of an escalating rule */

/* Judging the same data again must change nothing. */
static void assert_settled(struct world *w) {
  long open = 0;
  for (size_t i = 0; i < w->n; i++) open += w->items[i].state == ITEM_OPEN;
  run(w);
  assert_int_equal(w->d.n_changes, 0);
  assert_int_equal(
      w->d.counts.opened + w->d.counts.resolved + w->d.counts.updated + w->d.counts.escalated, 0);
  assert_int_equal(w->d.counts.unchanged, open);
}

static struct item *newest(struct world *w) { return &w->items[w->n - 1]; }

static void close_by_person(struct item *i, enum item_state how) {
  i->state = how;
  i->closed = 20514;
  i->armed = false;
}

static void opens_once(void **state) {
  struct world *w = *state;
  stub_row(&w->s, "A", TRUTH_TRUE);
  stub_row(&w->s, "B", TRUTH_FALSE);
  stub_row(&w->s, "C", TRUTH_UNKNOWN);
  run(w);
  assert_int_equal(w->d.counts.opened, 1);
  assert_int_equal(w->n, 1);
  assert_string_equal(w->items[0].key, "A");
  assert_int_equal(w->items[0].seq, 1);
  assert_int_equal(w->items[0].opened, 20513);
  assert_int_equal(w->items[0].due, 20520);
  assert_int_equal(w->d.changes[0].kind, CHANGE_OPEN);
  assert_null(w->d.changes[0].old);
  assert_settled(w);
}

static void cleared_resolves_and_opens_again(void **state) {
  struct world *w = *state;
  stub_row(&w->s, "A", TRUTH_TRUE);
  run(w);
  stub_row(&w->s, "A", TRUTH_FALSE);
  w->s.v.as_of++;
  run(w);
  assert_int_equal(w->d.counts.resolved, 1);
  assert_int_equal(w->items[0].state, ITEM_RESOLVED);
  assert_int_equal(w->items[0].closed, 20514);
  assert_settled(w);
  stub_row(&w->s, "A", TRUTH_TRUE);
  run(w);
  assert_int_equal(w->d.counts.opened, 1);
  assert_int_equal(w->n, 2);
  assert_int_equal(newest(w)->seq, 2);
  assert_int_equal(w->d.changes[0].kind, CHANGE_REOPEN);
  assert_string_equal(w->d.changes[0].old, "resolved");
  assert_settled(w);
}

static void unknown_keeps(void **state) {
  struct world *w = *state;
  stub_row(&w->s, "A", TRUTH_TRUE);
  run(w);
  stub_row(&w->s, "A", TRUTH_UNKNOWN);
  assert_settled(w);
  assert_int_equal(w->items[0].state, ITEM_OPEN);
}

static void vanished_row_is_marked_and_comes_back(void **state) {
  struct world *w = *state;
  struct stub_row *row = stub_row(&w->s, "A", TRUTH_TRUE);
  run(w);
  row->standing.present = false;
  run(w);
  assert_int_equal(w->d.n_changes, 1);
  assert_int_equal(w->d.changes[0].kind, CHANGE_ROW_GONE);
  assert_int_equal(w->d.counts.updated, 1);
  assert_true(w->items[0].row_gone);
  assert_int_equal(w->items[0].state, ITEM_OPEN);
  assert_settled(w);
  row->standing.present = true;
  run(w);
  assert_int_equal(w->d.changes[0].kind, CHANGE_ROW_BACK);
  assert_false(w->items[0].row_gone);
  assert_settled(w);
  row->standing.present = false;
  run(w);
  stub_row(&w->s, "A", TRUTH_FALSE); /* back, and cleared at once */
  run(w);
  assert_int_equal(w->d.n_changes, 2);
  assert_int_equal(w->d.counts.resolved, 1);
  assert_int_equal(w->d.counts.updated, 0);
  assert_false(w->items[0].row_gone);
}

static void clear_when_is_a_second_door(void **state) {
  struct world *w = *state;
  w->s.rule.has_clear = true;
  struct stub_row *row = stub_row(&w->s, "A", TRUTH_TRUE);
  run(w);
  row->standing = (struct standing){.present = true, .when = TRUTH_FALSE, .clear = TRUTH_FALSE};
  assert_settled(w);
  row->standing = (struct standing){.present = true, .when = TRUTH_FALSE, .clear = TRUTH_UNKNOWN};
  assert_settled(w);
  row->standing = (struct standing){
      .present = true, .when = TRUTH_TRUE, .clear = TRUTH_TRUE}; /* a true `when` wins */
  assert_settled(w);
  row->standing = (struct standing){.present = true, .when = TRUTH_FALSE, .clear = TRUTH_TRUE};
  run(w);
  assert_int_equal(w->d.counts.resolved, 1);
  assert_settled(w);
}

static void closed_by_a_person_waits_for_false(void **state) {
  struct world *w = *state;
  stub_row(&w->s, "A", TRUTH_TRUE);
  run(w);
  close_by_person(&w->items[0], ITEM_DISMISSED);
  assert_settled(w);
  stub_row(&w->s, "A", TRUTH_UNKNOWN);
  assert_settled(w);
  stub_row(&w->s, "A", TRUTH_TRUE);
  assert_settled(w);
  stub_row(&w->s, "A", TRUTH_FALSE);
  run(w);
  assert_int_equal(w->d.n_changes, 1);
  assert_int_equal(w->d.changes[0].kind, CHANGE_REARM);
  assert_int_equal(w->items[0].state, ITEM_DISMISSED);
  assert_settled(w);
  stub_row(&w->s, "A", TRUTH_TRUE);
  run(w);
  assert_int_equal(w->d.counts.opened, 1);
  assert_int_equal(newest(w)->seq, 2);
  assert_string_equal(w->d.changes[0].old, "dismissed");
}

static void data_is_followed_but_not_what_was_said_at_opening(void **state) {
  struct world *w = *state;
  struct stub_row *row = stub_row(&w->s, "A", TRUTH_TRUE);
  run(w);
  row->hit.owner = "bob@acme.example";
  row->hit.label = "Acme SA";
  row->hit.action = "Something else";
  row->hit.due += 30;
  row->hit.worth = stub_money(12000001);
  w->s.rule.team = "VP_CS";
  w->s.rule.priority = "low";
  run(w);
  assert_int_equal(w->d.n_changes, 5);
  assert_int_equal(w->d.counts.updated, 1);
  assert_string_equal(w->items[0].owner, "bob@acme.example");
  assert_string_equal(w->items[0].label, "Acme SA");
  assert_string_equal(w->items[0].team, "VP_CS");
  assert_string_equal(w->items[0].priority, "low");
  assert_true(w->items[0].worth.num == 12000001);
  assert_string_equal(w->items[0].action, "Call them");
  assert_int_equal(w->items[0].due, 20520);
  assert_settled(w);
  row->hit.owner = NULL;
  row->hit.worth.known = false;
  run(w);
  assert_null(w->items[0].owner);
  assert_false(w->items[0].worth.known);
  assert_settled(w);
}

static void what_a_person_set_stays(void **state) {
  struct world *w = *state;
  struct stub_row *row = stub_row(&w->s, "A", TRUTH_TRUE);
  run(w);
  w->items[0].owner = "zoe@acme.example";
  w->items[0].owner_by_person = true;
  w->items[0].due = 20600;
  w->items[0].due_by_person = true;
  w->items[0].note = "on holiday";
  row->hit.owner = "bob@acme.example";
  assert_settled(w);
  assert_string_equal(w->items[0].owner, "zoe@acme.example");
  assert_int_equal(w->items[0].due, 20600);
  assert_string_equal(w->items[0].note, "on holiday");
}

static void once_moves_with_an_open_item(void **state) {
  struct world *w = *state;
  w->s.rule.once_per = true;
  struct stub_row *row = stub_row(&w->s, "A", TRUTH_TRUE);
  row->hit.once = "2026-04-10";
  run(w);
  row->hit.once = "2027-04-10";
  run(w);
  assert_int_equal(w->d.counts.updated, 1);
  assert_int_equal(w->d.n_changes, 1);
  assert_string_equal(w->d.changes[0].field, "once");
  assert_string_equal(w->items[0].once, "2027-04-10");
  assert_settled(w);
  row->hit.once = NULL; /* unknown today: keeps */
  assert_settled(w);
  assert_string_equal(w->items[0].once, "2027-04-10");
}

static void once_opens_anew_when_the_old_one_is_closed(void **state) {
  struct world *w = *state;
  w->s.rule.once_per = true;
  struct stub_row *row = stub_row(&w->s, "A", TRUTH_TRUE);
  row->hit.once = "2026-04-10";
  run(w);
  close_by_person(&w->items[0], ITEM_DONE);
  assert_settled(w);
  row->hit.once = NULL; /* may well be the one that is done */
  assert_settled(w);
  row->hit.once = "2027-04-10";
  run(w);
  assert_int_equal(w->d.counts.opened, 1);
  assert_int_equal(newest(w)->seq, 1);
  assert_int_equal(w->d.changes[0].kind, CHANGE_OPEN);
  row->hit.once = "2026-04-10"; /* back to the old value: a second item of that identity */
  run(w);
  assert_int_equal(w->n, 2);
  assert_int_equal(newest(w)->seq, 2);
  assert_settled(w);
}

/* Due on Sunday 2026-03-08; three business days later is Wednesday the 11th. */
static struct item *escalating(struct world *w) {
  static struct calendar calendar;
  calendar_init(&calendar);
  w->s.v.calendar = &calendar;
  level = (struct level){{3, DUR_BDAY}, "VP_CS"};
  w->s.rule.levels = &level;
  w->s.rule.n_levels = 1;
  stub_row(&w->s, "A", TRUTH_TRUE);
  run(w);
  return w->items;
}

static void late_items_are_told_above_once(void **state) {
  struct world *w = *state;
  struct item *i = escalating(w);
  w->s.v.as_of = 20522;
  assert_settled(w);
  assert_null(i->escalated_to);
  w->s.v.as_of = 20523;
  run(w);
  assert_int_equal(w->d.n_changes, 1);
  assert_int_equal(w->d.changes[0].kind, CHANGE_ESCALATE);
  assert_string_equal(w->d.changes[0].now, "VP_CS");
  assert_int_equal(w->d.counts.escalated, 1);
  assert_int_equal(w->d.counts.unchanged + w->d.counts.updated, 0);
  assert_string_equal(i->escalated_to, "VP_CS");
  assert_int_equal(i->escalated_on, 20523);
  assert_string_equal(i->team, "CS");
  assert_string_equal(i->owner, "ana@acme.example");
  assert_int_equal(i->state, ITEM_OPEN);
  assert_settled(w);
  w->s.v.as_of = 20600;
  level.to = "Board"; /* what was said stays */
  assert_settled(w);
  assert_string_equal(i->escalated_to, "VP_CS");
}

static void a_due_day_that_a_person_moved_counts(void **state) {
  struct world *w = *state;
  struct item *i = escalating(w);
  i->due = 20600; /* a Wednesday */
  i->due_by_person = true;
  w->s.v.as_of = 20604;
  assert_settled(w);
  assert_null(i->escalated_to);
  w->s.v.as_of = 20605;
  run(w);
  assert_int_equal(w->d.counts.escalated, 1);
}

static void what_is_not_open_or_has_no_due_day_is_not_told(void **state) {
  struct world *w = *state;
  struct item *i = escalating(w);
  w->s.v.as_of = 20600;
  stub_row(&w->s, "A", TRUTH_FALSE);
  run(w);
  assert_int_equal(w->d.counts.resolved, 1);
  assert_int_equal(w->d.counts.escalated, 0);
  stub_row(&w->s, "A", TRUTH_TRUE)->hit.due = DAY_NONE; /* a new item */
  run(w);
  w->s.v.as_of = 20700;
  assert_settled(w);
  assert_null(i->escalated_to);
  assert_null(newest(w)->escalated_to);
}

/* A gone row is told to nobody: life_rules_test.c. */
static void unknown_rows_are_told(void **state) {
  struct world *w = *state;
  struct item *i = escalating(w);
  w->s.v.as_of = 20600;
  stub_row(&w->s, "A", TRUTH_UNKNOWN);
  run(w);
  assert_int_equal(w->d.counts.escalated, 1);
  assert_string_equal(i->escalated_to, "VP_CS");
  assert_settled(w);
}

static void never_on_the_day_of_opening(void **state) {
  struct world *w = *state;
  struct item *i = escalating(w);
  level.after = (struct duration){0, DUR_DAY};
  stub_row(&w->s, "B", TRUTH_TRUE)->hit.due = w->s.v.as_of; /* late at opening */
  run(w);
  assert_settled(w);
  assert_null(newest(w)->escalated_to);
  w->s.v.as_of++;
  run(w);
  assert_int_equal(w->d.counts.escalated, 1);
  assert_null(i->escalated_to);
}

static void a_rule_that_left_keeps_its_items(void **state) {
  struct world *w = *state;
  stub_row(&w->s, "A", TRUTH_TRUE);
  run(w);
  w->s.rule.rule = "another";
  w->s.n = 0;
  run(w);
  assert_int_equal(w->d.n_changes, 1);
  assert_int_equal(w->d.changes[0].kind, CHANGE_RULE_GONE);
  assert_int_equal(w->d.counts.rule_gone, 1);
  assert_int_equal(w->d.counts.updated, 1);
  assert_int_not_equal(w->items[0].rule_gone, DAY_NONE);
  assert_int_equal(w->items[0].state, ITEM_OPEN);
}

static void unknown_group_is_a_group(void **state) {
  struct world *w = *state;
  stub_row(&w->s, NULL, TRUTH_TRUE);
  stub_row(&w->s, "", TRUTH_TRUE);
  stub_row(&w->s, "Pro", TRUTH_TRUE);
  run(w);
  assert_int_equal(w->d.counts.opened, 3);
  assert_settled(w);
  stub_row(&w->s, NULL, TRUTH_FALSE);
  run(w);
  assert_int_equal(w->d.counts.resolved, 1);
  assert_int_equal(w->d.counts.unchanged, 2);
  assert_settled(w);
}

static void order_of_rows_does_not_matter_to_readers(void **state) {
  (void)state;
  struct item a = {.rule = "r", .key = "1", .due = 10, .worth = stub_money(5)},
              b = {.rule = "r", .key = "2", .due = 10, .worth = stub_money(50)},
              c = {.rule = "r", .key = "3", .due = DAY_NONE, .worth = stub_money(500)},
              d = {.rule = "r", .key = "4", .due = 9}, e = {.rule = "r", .key = "5", .due = 10};
  const struct item *all[] = {&e, &c, &a, &d, &b};
  items_sort(all, 5);
  assert_ptr_equal(all[0], &d);
  assert_ptr_equal(all[1], &b);
  assert_ptr_equal(all[2], &a);
  assert_ptr_equal(all[3], &e);
  assert_ptr_equal(all[4], &c);
}

int main(void) {
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
  const struct CMUnitTest tests[] = {T(opens_once),
                                     T(cleared_resolves_and_opens_again),
                                     T(unknown_keeps),
                                     T(vanished_row_is_marked_and_comes_back),
                                     T(clear_when_is_a_second_door),
                                     T(closed_by_a_person_waits_for_false),
                                     T(data_is_followed_but_not_what_was_said_at_opening),
                                     T(what_a_person_set_stays),
                                     T(once_moves_with_an_open_item),
                                     T(once_opens_anew_when_the_old_one_is_closed),
                                     T(late_items_are_told_above_once),
                                     T(a_due_day_that_a_person_moved_counts),
                                     T(what_is_not_open_or_has_no_due_day_is_not_told),
                                     T(unknown_rows_are_told),
                                     T(never_on_the_day_of_opening),
                                     T(a_rule_that_left_keeps_its_items),
                                     T(unknown_group_is_a_group),
                                     T(order_of_rows_does_not_matter_to_readers)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
