/* In: a move of items, before it is made or after. Out: what is said of it, as text or JSON. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "action/day_word.h"
#include "action/short_name.h"
#include "action/stake.h"
#include "action/value_json.h"
#include "base/check.h"
#include "base/map.h"
#include "base/table.h"
#include "base/terminal.h"
#include "base/text.h"
#include "cmd/items_move.h"

enum { NUMBER_SHOWN = 20 /* items that are listed: the rest is counted */ };

bool move_checks(const struct moving_items *x) {
  return x->m.kind == MOVE_check || x->m.kind == MOVE_uncheck;
}

size_t moves_count(const struct moving_items *x, enum move_answer answer) {
  size_t n = 0;
  for (size_t i = 0; i < x->n; i++) n += x->answers[i].answer == answer;
  return n;
}

/* ---- what several items share ----------------------------------------------------------- */

static const char *with_detail(const struct moving_items *x, size_t i, const char *text) {
  const char *detail = x->answers[i].detail;
  return detail ? arena_printf(x->a, "%s (%s)", text, detail) : text;
}

static const char *subject_of(const struct moving_items *x, size_t i) {
  const char *text =
      arena_printf(x->a, "#%lld %s", (long long)x->items[i].id, item_subject(&x->items[i]));
  return with_detail(x, i, text);
}

/* Items of which the same is said, by their places. */
struct alike {
  const char *text;
  VEC(size_t) items;
};
typedef VEC(struct alike) alike_list;

static void add_alike(const struct moving_items *x, alike_list *list, size_t i, const char *text) {
  size_t k = 0;
  while (k < list->n && strcmp(list->v[k].text, text) != 0) k++;
  if (k == list->n) VEC_PUSH(x->a, list, (struct alike){.text = text});
  VEC_PUSH(x->a, &list->v[k].items, i);
}

/* Thousands may be alike: their texts are put together once. */
static const char *joined(struct arena *a, const char **parts, size_t n, const char *between) {
  size_t size = 1;
  for (size_t i = 0; i < n; i++) size += strlen(parts[i]) + strlen(between);
  char *text = arena_alloc(a, size), *w = text;
  for (size_t i = 0; i < n; i++) w = stpcpy(stpcpy(w, i ? between : ""), parts[i]);
  return text;
}

/* "12 14" */
static const char *numbers_of(const struct moving_items *x, const struct alike *all) {
  const char **parts = NEW_N(x->a, const char *, all->items.n);
  for (size_t k = 0; k < all->items.n; k++)
    parts[k] = arena_printf(x->a, "%lld", (long long)x->items[all->items.v[k]].id);
  return joined(x->a, parts, all->items.n, " ");
}

/* "#12, #14 (due 2026-03-08)" */
static const char *listed(const struct moving_items *x, const struct alike *all) {
  const char **parts = NEW_N(x->a, const char *, all->items.n);
  for (size_t k = 0; k < all->items.n; k++) {
    size_t i = all->items.v[k];
    parts[k] = with_detail(x, i, arena_printf(x->a, "#%lld", (long long)x->items[i].id));
  }
  return joined(x->a, parts, all->items.n, ", ");
}

/* "3 of #12, 1 of #14": the steps that the move would leave open; "": none. */
static const char *steps_left(const struct moving_items *x) {
  const char *text = "";
  for (size_t i = 0; x->m.kind == MOVE_done && i < x->n; i++) {
    size_t open = x->items[i].n_steps - steps_checked(&x->items[i]);
    if (open && item_living(&x->items[i]))
      text = arena_printf(x->a, "%s%s%zu of #%lld", text, *text ? ", " : "", open,
                          (long long)x->items[i].id);
  }
  return text;
}

/* What the list with the same filter counts apart. */
static void say_held(const struct moving_items *x) {
  long asleep = 0, waiting = 0, by_run = 0;
  bool takes = x->m.kind == MOVE_ack || x->m.kind == MOVE_assign;
  for (size_t i = 0; i < x->n; i++) {
    asleep += item_hold(&x->items[i]) == HOLD_SNOOZED;
    waiting += item_hold(&x->items[i]) == HOLD_WAITING;
    by_run += !item_living(&x->items[i]) && !x->items[i].closed_by;
  }
  if (asleep)
    printf("%ld of them %s%s.\n", asleep, plural(asleep, "sleeps", "sleep"),
           takes ? ": this ends it" : "");
  if (waiting)
    printf("%ld of them %s for room%s.\n", waiting, plural(waiting, "waits", "wait"),
           takes ? ": this starts them" : "");
  if (by_run)
    printf("%ld of them %s closed by a run, not by a person.\n", by_run,
           plural(by_run, "was", "were"));
}

/* How a closed item was closed: what is reopened was so for a reason. */
static const char *closed_text(const struct moving_items *x, const struct item *i,
                               const char *domain) {
  if (item_living(i)) return "";
  const char *text = item_state_word(i->state);
  if (i->closed != DAY_NONE)
    text = arena_printf(x->a, "%s %s", text, day_short(i->closed, x->m.day, term_width(), x->a));
  return i->closed_by ? arena_printf(x->a, "%s by %s", text, short_name(i->closed_by, domain, x->a))
                      : text;
}

static void list_items(const struct moving_items *x) {
  const struct item **items = NEW_N(x->a, const struct item *, x->n);
  const struct table_col cols[] = {{.header = ""},
                                   {.header = "", .fit = FIT_WRAP, .min_width = 20},
                                   {.header = "", .fit = FIT_WRAP, .min_width = 12},
                                   {.header = "", .align = ALIGN_RIGHT},
                                   {.header = "", .fit = FIT_WRAP, .min_width = 12}};
  struct table *t = table_new(x->a, cols, sizeof cols / sizeof *cols);
  for (size_t i = 0; i < x->n; i++) items[i] = &x->items[i];
  const char *domain = common_domain(items, x->n, x->a);
  for (size_t i = 0; i < x->n && i < NUMBER_SHOWN; i++) {
    const struct item *it = items[i];
    char money[96];
    table_row(
        t, (const char *const[]){arena_printf(x->a, "  #%lld", (long long)it->id), item_subject(it),
                                 closed_text(x, it, domain),
                                 it->worth.known ? value_text(&it->worth, money, sizeof money) : "",
                                 short_name(it->owner, domain, x->a)});
  }
  table_print(t, stdout, term_width(), false);
  if (x->n <= NUMBER_SHOWN) return;
  char day[16];
  bool other_day = x->args->as_of != DAY_NONE;
  text_print_line(stdout, "  and %zu more: %s%s%s%s", x->n - NUMBER_SHOWN,
                  items_command(x->args, x->a),
                  x->m.kind == MOVE_reopen ? " --status all" : " --all",
                  other_day ? " --as-of " : "", other_day ? day_text(x->m.day, day) : "");
}

/* "3 items of 1 other person, 1,098 EUR arr." */
static void say_sum(const struct moving_items *x) {
  struct stake all = {0};
  struct map owners = {0};
  size_t people = 0;
  for (size_t i = 0; i < x->n; i++) {
    const struct item *it = &x->items[i];
    struct item living = *it;
    living.state = ITEM_OPEN;
    stake_add(&all, &living, x->a);
    if (it->owner && strcmp(it->owner, x->m.by.person) != 0)
      people += !map_put(&owners, x->a, it->owner, (void *)it);
  }
  const char *whose = people ? arena_printf(x->a, " of %zu other %s", people,
                                            plural((long)people, "person", "people"))
                             : "";
  const char *sum = stake_money(&all, true, x->a);
  const char *left = steps_left(x);
  text_print_line(stdout, "%zu %s%s%s%s.%s%s%s", x->n, plural((long)x->n, "item", "items"), whose,
                  *sum ? ", " : "", sum, *left ? " Steps left open: " : "", left, *left ? "." : "");
}

/* " to ana@acme.example", " until Monday 2026-03-09" */
static const char *where_to(const struct moving_items *x) {
  const char *day = x->m.until == DAY_NONE ? NULL : day_with_weekday(x->m.until, x->a);
  if (x->m.kind == MOVE_assign) return arena_printf(x->a, " to %s", x->m.to);
  if (x->m.kind == MOVE_due && day) return arena_printf(x->a, ", %s", day);
  if (x->m.kind == MOVE_snooze)
    return arena_printf(x->a, "%s%s%s", x->m.until_worse ? " until it gets worse" : "",
                        !day               ? ""
                        : x->m.until_worse ? ", or until "
                                           : " until ",
                        day ? day : "");
  return x->m.outcome ? arena_printf(x->a, ", %s", x->m.outcome) : "";
}

void move_say_preview(const struct moving_items *x, bool would) {
  text_print_line(stdout, "%s%s%s:", would ? "Would be " : "To be ", move_past(x->m.kind),
                  where_to(x));
  list_items(x);
  say_sum(x);
  say_held(x);
  fflush(stdout); /* what is wrong is said below it */
}

/* ---- after ----------------------------------------------------------------------------- */

/* "is closed: done by ana on 2026-03-02. Reopen it first: vigie items reopen 12" */
static const char *refusal_text(const struct moving_items *x, const struct alike *all) {
  const char *first = x->answers[all->items.v[0]].first;
  if (!first) return all->text;
  return arena_printf(x->a, "%s. Reopen %s first: vigie items %s %s", all->text,
                      all->items.n > 1 ? "them" : "it", first, numbers_of(x, all));
}

void move_say_refused(struct moving_items *x) {
  alike_list list = {0};
  for (size_t i = 0; i < x->n; i++)
    if (x->answers[i].answer == MOVE_REFUSED) add_alike(x, &list, i, x->answers[i].why);
  for (size_t k = 0; k < list.n; k++)
    if (list.v[k].items.n == 1)
      diag_add(&x->problems, V0612, NO_SPAN, "%s %s", subject_of(x, list.v[k].items.v[0]),
               refusal_text(x, &list.v[k]));
    else
      diag_add(&x->problems, V0612, NO_SPAN, "%s: each %s", listed(x, &list.v[k]),
               refusal_text(x, &list.v[k]));
  if (x->n > 1) diag_add(&x->problems, V0612, NO_SPAN, "nothing was changed");
}

/* "step 1", "steps 1, 2" */
static const char *steps_named(const struct moving_items *x) {
  const char *text = x->m.n_steps == 1 ? "step" : "steps";
  for (size_t k = 0; k < x->m.n_steps; k++)
    text = arena_printf(x->a, "%s%s %lld", text, k ? "," : "", (long long)x->m.steps[k]);
  return text;
}

/* A command is to be copied: it is one line, however narrow the terminal is. */
static void say_undo(const char *words) {
  fputs("To take it back: vigie items ", stdout);
  text_print_safe(stdout, words, strlen(words));
  putchar('\n');
}

/* "is done already: …", "snoozed until 2026-03-16" */
static const char *answer_text(const struct moving_items *x, size_t i) {
  const struct moved *m = &x->answers[i];
  const struct item *it = &x->items[i];
  char day[16];
  const char *more = "";
  if (m->answer == MOVE_SAME) return arena_printf(x->a, "%s. Nothing changed", m->why);
  if (x->m.kind == MOVE_snooze)
    more =
        arena_printf(x->a, it->snoozed_margins ? " until it gets worse, or until %s" : " until %s",
                     day_text(it->snoozed_until, day));
  if (x->m.kind == MOVE_assign) more = arena_printf(x->a, " to %s", it->owner);
  if (x->m.kind == MOVE_due) more = arena_printf(x->a, ": %s", day_text(it->due, day));
  if (x->m.outcome) more = arena_printf(x->a, ", %s", x->m.outcome);
  if (move_checks(x)) more = arena_printf(x->a, " %s", steps_named(x));
  if (x->slept[i] && it->snoozed_until == DAY_NONE && item_living(it))
    more = arena_printf(x->a, "%s; it no longer sleeps", more);
  return arena_printf(x->a, "%s%s%s%s", move_past(x->m.kind), more, m->why ? "; it " : "",
                      m->why ? m->why : "");
}

static void say_one(const struct moving_items *x, size_t i) {
  bool same = x->answers[i].answer == MOVE_SAME;
  text_print_line(stdout, "%s%s %s.", subject_of(x, i), same ? "" : ":", answer_text(x, i));
  if (x->answers[i].undo && x->n == 1) say_undo(x->answers[i].undo);
}

/* Of many items one line for each answer. */
static void say_many(const struct moving_items *x) {
  alike_list list = {0};
  for (size_t i = 0; i < x->n; i++) add_alike(x, &list, i, answer_text(x, i));
  for (size_t k = 0; k < list.n; k++)
    if (list.v[k].items.n == 1)
      say_one(x, list.v[k].items.v[0]);
    else
      text_print_line(stdout, "%zu items: each %s.", list.v[k].items.n, list.v[k].text);
}

/* The ways back of several items, as few as there are: "assign 12 --to ana" and "assign 13 --to
 * ana" are one command. What stands in it around the number is the same. */
static void say_ways_back(const struct moving_items *x) {
  alike_list list = {0};
  if (x->n < 2) return;
  for (size_t i = 0; i < x->n; i++) {
    const char *text = x->answers[i].undo;
    if (x->answers[i].answer != MOVED || !text) continue;
    const char *number = arena_printf(x->a, " %lld", (long long)x->items[i].id);
    size_t verb = strcspn(text, " ");
    CHECK(strncmp(text + verb, number, strlen(number)) == 0);
    add_alike(x, &list, i,
              arena_printf(x->a, "%.*s&%s", (int)verb, text, text + verb + strlen(number)));
  }
  for (size_t k = 0; k < list.n; k++) {
    size_t verb = strcspn(list.v[k].text, "&");
    say_undo(arena_printf(x->a, "%.*s %s%s", (int)verb, list.v[k].text, numbers_of(x, &list.v[k]),
                          list.v[k].text + verb + 1));
  }
}

void move_say_text(const struct moving_items *x) {
  if (x->n > NUMBER_SHOWN) say_many(x);
  for (size_t i = 0; i < x->n && x->n <= NUMBER_SHOWN; i++) say_one(x, i);
  say_ways_back(x);
  if (x->taker.kind == WHOM_NEW && !x->taker.near)
    text_print_line(stdout, "Nobody with the address %s has had an item: see that it is right.",
                    x->m.to);
  else if (x->taker.kind == WHOM_NEW)
    text_print_line(stdout, "Nobody with the address %s has had an item; %s has.", x->m.to,
                    x->taker.near);
  if (x->mover.kind == WHOM_NEW)
    text_print_line(stdout, "But %s%s", person_new_text(&x->mover, x->a), x->mover.near ? "" : ".");
}

static json_t *answer_json(const struct moving_items *x, size_t i) {
  const struct moved *m = &x->answers[i];
  json_t *one = json_object();
  json_object_set_new(one, "number", json_integer(x->items[i].id));
  if (m->answer == MOVED) {
    json_object_set_new(one, "from", text_json(x->words[i]));
    json_object_set_new(one, "to", text_json(item_word(&x->items[i])));
  }
  json_object_set_new(one, "rev", json_integer(x->items[i].rev));
  const struct alike alone = {.text = m->why, .items = {.v = &i, .n = 1}};
  if (m->why)
    json_object_set_new(one, "why", text_json(with_detail(x, i, refusal_text(x, &alone))));
  return one;
}

/* Where one is refused nothing was changed: what would have been is not listed. */
void move_say_json(const struct moving_items *x) {
  json_t *j = json_object(), *undo = json_array();
  json_t *by_answer[] = {
      [MOVED] = json_array(), [MOVE_SAME] = json_array(), [MOVE_REFUSED] = json_array()};
  bool refused = moves_count(x, MOVE_REFUSED) > 0;
  for (size_t i = 0; i < x->n; i++) {
    const struct moved *m = &x->answers[i];
    if (refused && m->answer != MOVE_REFUSED) continue;
    json_array_append_new(by_answer[m->answer], answer_json(x, i));
    if (m->undo)
      json_array_append_new(undo, text_json(arena_printf(x->a, "vigie items %s", m->undo)));
  }
  json_object_set_new(j, "move", text_json(move_name(x->m.kind)));
  json_object_set_new(j, "by", text_json(x->m.by.person));
  json_object_set_new(j, "how_known", text_json(x->m.by.known_by));
  json_object_set_new(j, "day", day_json(x->m.day));
  json_object_set_new(j, "changed", by_answer[MOVED]);
  json_object_set_new(j, "same", by_answer[MOVE_SAME]);
  json_object_set_new(j, "refused", by_answer[MOVE_REFUSED]);
  json_object_set_new(j, "undo", undo);
  json_print(stdout, j);
}
