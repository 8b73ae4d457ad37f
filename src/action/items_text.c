/* In: items, and how they were asked for. Out: a screen of at most the terminal's width, where
 * words are whole, what is late comes first, and what is left out is counted with the command that
 * shows it. */
#include "action/items_text.h"

#include <stdlib.h>
#include <string.h>

#include "action/compare.h"
#include "action/day_word.h"
#include "action/owner_table.h"
#include "action/short_name.h"
#include "action/stake.h"
#include "action/steps_text.h"
#include "base/table.h"
#include "base/text.h"

/* How much is shown before the rest is counted. */
enum { SECTION_ROWS = 5, NARROW_ROWS = 50, WHOLE_ROWS = 12, ACCOUNT_ROWS = 20, PERSON_ROWS = 25 };

struct screen {
  FILE *f;
  const struct items_screen *s;
  const struct text_style *style;
  const char *domain;
  struct arena *a;
};

/* ---- what stands above ---------------------------------------------------------------- */

/* The sentence that goes on in the lines below it. */
static void say(const struct screen *x, const char *first, const char *text) {
  struct table_col cols[] = {{.header = ""}, {.header = "", .fit = FIT_WRAP, .min_width = 30}};
  struct table *t = table_new(x->a, cols, *first ? 2 : 1);
  if (*first)
    table_row(t, (const char *const[]){first, text});
  else
    table_line(t, 0, text);
  table_print(t, x->f, x->style->width, false);
}

static const char *listed(const char *text, const char *more, struct arena *a) {
  return *text ? arena_printf(a, "%s, %s", text, more) : more;
}

/* "4 wait for room, 1,098 EUR arr; 1 sleeps": of each of hold.def that holds back. */
static const char *held_text(const struct screen *x) {
  static const struct {
    enum item_hold hold;
    const char *one, *many;
  } words[] = {{HOLD_WAITING, "waits for room", "wait for room"},
               {HOLD_SNOOZED, "sleeps", "sleep"},
               {HOLD_MUTED, "is muted", "are muted"}};
  const char *text = "";
  for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
    struct stake of = {0};
    for (size_t i = 0; i < x->s->n; i++)
      if (item_hold(x->s->items[i]) == words[w].hold) stake_add(&of, x->s->items[i], x->a);
    if (!of.items) continue;
    const char *money = stake_money(&of, true, x->a);
    const char *part =
        arena_printf(x->a, "%ld %s%s%s%s", of.items, plural(of.items, words[w].one, words[w].many),
                     *money ? " (" : "", money, *money ? ")" : "");
    text = listed(text, part, x->a);
  }
  return text;
}

static const char *command_of(const struct screen *x, const char *more) {
  return arena_printf(x->a, "%s%s", x->s->command, more);
}

static void say_counts(const struct screen *x) {
  struct item_counts c = items_count(x->s->items, x->s->n, x->s->as_of);
  struct stake all = {0};
  long living = 0;
  for (size_t i = 0; i < x->s->n; i++) {
    stake_add(&all, x->s->items[i], x->a);
    living += item_living(x->s->items[i]);
  }
  const char *who = x->s->person ? arena_printf(x->a, "%s, ", x->s->person) : "";
  const char *line =
      arena_printf(x->a, "%s%s: %ld %s to do", who, day_with_weekday(x->s->as_of, x->a), c.to_do,
                   plural(c.to_do, "item", "items"));
  if (c.late) line = arena_printf(x->a, "%s, %ld late", line, c.late);
  if (c.gone) line = arena_printf(x->a, "%s, %ld whose row or rule is gone", line, c.gone);
  long closed = (long)x->s->n - living;
  if (closed) line = arena_printf(x->a, "%s, %ld closed", line, closed);
  if (x->s->n_steps)
    line = arena_printf(x->a, x->s->late ? "%s, %zu late %s" : "%s, %zu %s in items of others",
                        line, x->s->n_steps, plural((long)x->s->n_steps, "step", "steps"));
  say(x, "", line);
  const char *money = stake_sums(&all, x->a);
  if (*money) say(x, "At stake:", money);
  const char *held = held_text(x);
  bool alone = living && !c.to_do && !x->s->held && !x->s->all && x->s->by == ITEMS_BY_DAY;
  if (*held)
    say(x,
        "Held back:", alone ? arena_printf(x->a, "%s: %s", held, command_of(x, " --all")) : held);
}

/* ---- one item ------------------------------------------------------------------------- */

static const char *number_text(const struct screen *x, const struct item *i) {
  return arena_printf(x->a, " #%lld", (long long)i->id);
}

/* When: for a person's own list as it is said, in a long one as a day. */
static const char *when_text(const struct screen *x, const struct item *i) {
  char day[16];
  if (!item_living(i))
    return i->closed == DAY_NONE
               ? item_state_word(i->state)
               : arena_printf(x->a, "%s %s", item_state_word(i->state),
                              day_short(i->closed, x->s->as_of, x->style->width, x->a));
  if (item_hold(i) == HOLD_MUTED)
    return arena_printf(x->a, "muted by #%lld", (long long)i->muted_by);
  if (item_hold(i) == HOLD_SNOOZED)
    return arena_printf(x->a, x->s->as_of < i->snoozed_until ? "sleeps until %s" : "slept until %s",
                        day_text(i->snoozed_until, day));
  if (item_hold(i) == HOLD_WAITING) return "waits";
  if (x->s->person || x->s->by == ITEMS_BY_ACCOUNT)
    return day_due(i->due, x->s->as_of, x->style->width, x->a);
  if (i->due == DAY_NONE) return "no due day";
  return arena_printf(x->a, "due %s", day_short(i->due, x->s->as_of, x->style->width, x->a));
}

/* "step 1 is late": of those that its owner does. */
static const char *late_steps(const struct screen *x, const struct item *i) {
  const char *numbers = "";
  long n = 0;
  for (size_t k = 0; item_to_do(i) && k < i->n_steps; k++)
    if (!i->steps[k].team && step_late(&i->steps[k], x->s->as_of) && ++n)
      numbers = listed(numbers, arena_printf(x->a, "%zu", k + 1), x->a);
  return n ? arena_printf(x->a, "%s %s %s late", plural(n, "step", "steps"), numbers,
                          plural(n, "is", "are"))
           : NULL;
}

/* What else is to be known of it. */
static const char *remarks(const struct screen *x, const struct item *i) {
  struct arena *a = x->a;
  char day[16];
  const char *text = "";
  if (!item_living(i)) return text;
  if (strcmp(i->priority, "normal") != 0) text = arena_printf(a, "%s priority", i->priority);
  if (i->acknowledged != DAY_NONE)
    text = listed(text,
                  i->acknowledged_by ? arena_printf(a, "acknowledged by %s",
                                                    short_name(i->acknowledged_by, x->domain, a))
                                     : "acknowledged",
                  a);
  if (i->escalated_to)
    text = listed(
        text, arena_printf(a, "with %s since %s", i->escalated_to, day_text(i->escalated_on, day)),
        a);
  if (steps_checked(i))
    text = listed(text, arena_printf(a, "%zu of %zu steps", steps_checked(i), i->n_steps), a);
  const char *late = late_steps(x, i);
  if (late) text = listed(text, late, a);
  if (i->row_gone) text = listed(text, "row gone", a);
  if (i->rule_gone != DAY_NONE) text = listed(text, "its rule is gone", a);
  if (i->not_judged != DAY_NONE)
    text =
        listed(text, arena_printf(a, "not enough data since %s", day_text(i->not_judged, day)), a);
  if (i->note) text = listed(text, arena_printf(a, "note: %s", i->note), a);
  return text;
}

static void add_item(const struct screen *x, struct table *t, const struct item *i) {
  char worth[96];
  table_row(t,
            (const char *const[]){number_text(x, i), when_text(x, i), item_about(i, x->a),
                                  i->worth.known ? value_text(&i->worth, worth, sizeof worth) : "",
                                  x->s->person ? "" : short_name(i->owner, x->domain, x->a)});
  const char *more = remarks(x, i);
  table_line(t, 1, *more ? arena_printf(x->a, "%s (%s)", i->action, more) : i->action);
}

/* ---- by day --------------------------------------------------------------------------- */

enum section { LATE, TODAY, LATER, NO_DAY, GONE, WAITING, ASLEEP, MUTED, CLOSED, SECTIONS };

/* What shows the rest of a section. */
static const struct {
  const char *title, *option;
} sections[SECTIONS] = {[LATE] = {"Late", " --late"},
                        [TODAY] = {"Today", " --due today"},
                        [LATER] = {"Tomorrow and later", NULL},
                        [NO_DAY] = {"Without a due day", NULL},
                        [GONE] = {"Gone from the data or the rules", NULL},
                        [WAITING] = {"Wait for room", NULL},
                        [ASLEEP] = {"Asleep", NULL},
                        [MUTED] = {"Muted", NULL},
                        [CLOSED] = {"Closed", NULL}};

static enum section section_of(const struct item *i, day_t as_of) {
  if (!item_living(i)) return CLOSED;
  switch (item_hold(i)) {
    case HOLD_WAITING: return WAITING;
    case HOLD_SNOOZED: return ASLEEP;
    case HOLD_MUTED: return MUTED;
    default: break;
  }
  if (!item_counts(i)) return GONE;
  if (i->due == DAY_NONE) return NO_DAY;
  return i->due < as_of ? LATE : i->due == as_of ? TODAY : LATER;
}

static int by_money(const void *pa, const void *pb) {
  return item_money_cmp(*(const struct item *const *)pa, *(const struct item *const *)pb);
}

static int by_closing(const void *pa, const void *pb) {
  const struct item *a = *(const struct item *const *)pa, *b = *(const struct item *const *)pb;
  int c = (a->closed < b->closed) - (a->closed > b->closed);
  return c ? c : (a->id > b->id) - (a->id < b->id);
}

static void add_section(const struct screen *x, struct table *t, enum section of,
                        const struct item **items, size_t n) {
  if (!n) return;
  if (of == LATE) qsort(items, n, sizeof *items, by_money);
  if (of == CLOSED) qsort(items, n, sizeof *items, by_closing);
  size_t most = x->s->narrow ? NARROW_ROWS : SECTION_ROWS;
  bool whole = x->s->all || n <= most + 1 || x->s->n <= WHOLE_ROWS;
  size_t shown = whole ? n : most;
  table_line(t, 0, "");
  table_line(t, 0, sections[of].title);
  for (size_t i = 0; i < shown; i++) add_item(x, t, items[i]);
  if (shown == n) return;
  const char *option = sections[of].option;
  bool asked = !option || strstr(x->s->command, option);
  table_line(
      t, 1,
      arena_printf(x->a, "%zu more: %s", n - shown, command_of(x, asked ? " --all" : option)));
}

static void print_days(const struct screen *x) {
  const struct item **sorted = NEW_N(x->a, const struct item *, x->s->n);
  struct table_col cols[] = {{.header = ""},
                             {.header = "", .fit = FIT_WRAP, .min_width = 14},
                             {.header = "", .fit = FIT_WRAP, .min_width = 24},
                             {.header = "", .align = ALIGN_RIGHT},
                             {.header = "", .fit = FIT_WRAP, .min_width = 12}};
  struct table *t = table_new(x->a, cols, sizeof cols / sizeof *cols);
  for (int of = LATE; of < SECTIONS; of++) {
    bool held = of == WAITING || of == ASLEEP || of == MUTED;
    if (held && !x->s->held && !x->s->all) continue;
    size_t n = 0;
    for (size_t i = 0; i < x->s->n; i++)
      if ((int)section_of(x->s->items[i], x->s->as_of) == of) sorted[n++] = x->s->items[i];
    add_section(x, t, (enum section)of, sorted, n);
  }
  table_print(t, x->f, x->style->width, false);
}

/* Of a person's own list, what waits for room, and how to take it. */
static void say_waiting(const struct screen *x) {
  const char *names = "";
  long n = 0;
  int64_t first = 0;
  for (size_t i = 0; i < x->s->n; i++) {
    const struct item *it = x->s->items[i];
    if (item_hold(it) != HOLD_WAITING) continue;
    if (!n++) first = it->id;
    if (n <= SECTION_ROWS)
      names =
          listed(names, arena_printf(x->a, "#%lld %s", (long long)it->id, item_subject(it)), x->a);
  }
  if (!n || x->s->held || x->s->all) return;
  if (n > SECTION_ROWS) names = listed(names, command_of(x, " --waiting"), x->a);
  fputc('\n', x->f);
  say(x, "",
      arena_printf(x->a, "%ld %s: %s. Take one with: vigie items ack %lld", n,
                   plural(n, "waits for room", "wait for room"), names, (long long)first));
}

/* ---- by account ----------------------------------------------------------------------- */

/* The customer of an item, whatever its entity; of a group or the company itself. */
static const char *account_id(const struct item *i, struct arena *a) {
  const char *entity = i->account_entity ? i->account_entity : i->entity;
  const char *key = i->account_key ? i->account_key : i->key;
  return arena_printf(a, "%s %s", entity, key ? key : "");
}

static const char *account_name(const struct item *i, struct arena *a) {
  const char *name = i->account ? i->account : item_subject(i);
  if (!i->account_key) return i->account ? name : arena_printf(a, "%s %s", i->entity, name);
  return strcmp(name, i->account_key) == 0 ? name
                                           : arena_printf(a, "%s (%s)", name, i->account_key);
}

struct account {
  const struct item *first; /* that is about it */
  VEC(const struct item *) items;
  VEC(const struct step_of *) steps;
  struct stake stake;
};
typedef VEC(struct account *) account_list;

static struct account *account_of(const struct screen *x, struct map *by_id, account_list *list,
                                  const struct item *i) {
  const char *id = account_id(i, x->a);
  struct account *c = map_get(by_id, id);
  if (c) return c;
  c = NEW(x->a, struct account);
  c->first = i;
  map_put(by_id, x->a, id, c);
  VEC_PUSH(x->a, list, c);
  return c;
}

/* In the order of their first item: the most urgent customer first; behind them those of steps in
 * items of others. */
static account_list accounts_of(const struct screen *x) {
  account_list list = {0};
  struct map by_id = {0};
  for (size_t i = 0; i < x->s->n; i++) {
    const struct item *it = x->s->items[i];
    struct account *c = account_of(x, &by_id, &list, it);
    VEC_PUSH(x->a, &c->items, it);
    stake_add(&c->stake, it, x->a);
  }
  for (size_t i = 0; i < x->s->n_steps; i++) {
    struct account *c = account_of(x, &by_id, &list, x->s->steps[i].item);
    VEC_PUSH(x->a, &c->steps, &x->s->steps[i]);
  }
  return list;
}

/* Where no item has an amount, nothing is said of one: most such rules ask for none. */
static const char *account_head(const struct screen *x, const struct account *c) {
  const char *money = stake_money((struct stake *)&c->stake, true, x->a);
  const char *name = account_name(c->first, x->a);
  if (!c->items.n) return arena_printf(x->a, "%s: in items of others", name);
  return *money ? arena_printf(x->a, "%s: %s", name, money) : name;
}

static void add_account(const struct screen *x, struct table *t, const struct account *c) {
  table_line(t, 0, account_head(x, c));
  for (size_t k = 0; k < c->items.n; k++)
    table_row(t, (const char *const[]){number_text(x, c->items.v[k]), when_text(x, c->items.v[k]),
                                       c->items.v[k]->rule,
                                       short_name(c->items.v[k]->owner, x->domain, x->a)});
  for (size_t k = 0; k < c->steps.n; k++) {
    const struct item *i = c->steps.v[k]->item;
    const struct item_step *s = &i->steps[c->steps.v[k]->at];
    table_row(t, (const char *const[]){
                     arena_printf(x->a, "%s step %zu", number_text(x, i), c->steps.v[k]->at + 1),
                     day_due(s->due, x->s->as_of, x->style->width, x->a), s->text,
                     short_name(step_owner(i, s), x->domain, x->a)});
  }
}

static void say_accounts(const struct screen *x, size_t n) {
  struct item_counts c = items_count(x->s->items, x->s->n, x->s->as_of);
  const char *text =
      arena_printf(x->a, "%zu %s, %zu %s: %ld to do", n, plural((long)n, "customer", "customers"),
                   x->s->n, plural((long)x->s->n, "item", "items"), c.to_do);
  if (c.late) text = arena_printf(x->a, "%s, %ld of them late", text, c.late);
  if (x->s->n_steps)
    text = arena_printf(x->a, "%s; %zu %s of others", text, x->s->n_steps,
                        plural((long)x->s->n_steps, "step", "steps"));
  const char *held = held_text(x);
  say(x, "", *held ? arena_printf(x->a, "%s; %s", text, held) : text);
}

static void print_accounts(const struct screen *x) {
  account_list list = accounts_of(x);
  struct table_col cols[] = {{.header = ""},
                             {.header = "", .fit = FIT_WRAP, .min_width = 14},
                             {.header = "", .fit = FIT_WRAP, .min_width = 20},
                             {.header = "", .fit = FIT_WRAP, .min_width = 12}};
  struct table *t = table_new(x->a, cols, sizeof cols / sizeof *cols);
  bool whole = x->s->all || list.n <= ACCOUNT_ROWS + 1;
  size_t shown = whole ? list.n : ACCOUNT_ROWS;
  for (size_t i = 0; i < shown; i++) add_account(x, t, list.v[i]);
  table_print(t, x->f, x->style->width, false);
  if (x->style->quiet) return;
  fputc('\n', x->f);
  if (shown < list.n)
    say(x, "",
        arena_printf(x->a, "%zu more customers: %s", list.n - shown, command_of(x, " --all")));
  say_accounts(x, list.n);
}

/* ---- by owner ------------------------------------------------------------------------- */

static void print_owners(const struct screen *x) {
  if (!x->style->quiet) {
    say_counts(x);
    fputc('\n', x->f);
  }
  struct ledger money = {0};
  for (size_t i = 0; i < x->s->n; i++) ledger_enter_item(&money, x->s->items[i], x->a);
  const struct owner_view view = {.as_of = x->s->as_of,
                                  .money = &money,
                                  .teams = x->s->settings->teams,
                                  .n_teams = x->s->settings->n_teams,
                                  .steps = x->s->steps,
                                  .n_steps = x->s->n_steps,
                                  .most = x->s->all ? x->s->n + x->s->n_steps : PERSON_ROWS,
                                  .width = x->style->width};
  size_t left = print_owner_table(x->f, x->s->items, x->s->n, &view, x->style, x->a);
  if (left) say(x, "", arena_printf(x->a, "%zu more people: %s", left, command_of(x, " --all")));
}

/* ---- the whole ------------------------------------------------------------------------ */

void print_items_text(FILE *f, const struct items_screen *s, const struct text_style *style,
                      struct arena *a) {
  struct screen x = {.f = f, .s = s, .style = style, .a = a};
  x.domain = common_domain(s->items, s->n, a);
  if (s->by == ITEMS_BY_ACCOUNT) {
    print_accounts(&x);
  } else if (s->by == ITEMS_BY_OWNER) {
    print_owners(&x);
  } else {
    if (!style->quiet) say_counts(&x);
    print_days(&x);
    print_steps_text(
        f,
        &(struct steps_view){.title = s->late ? "Late steps" : "Steps in items of others",
                             .as_of = s->as_of,
                             .steps = s->steps,
                             .n = s->n_steps,
                             .doers = s->of_team,
                             .most = s->all ? s->n_steps : NARROW_ROWS,
                             .command = command_of(&x, " --all"),
                             .domain = x.domain},
        style, a);
    if (s->person && !style->quiet) say_waiting(&x);
  }
}
