/* In: items, living and closed, one by one. Out: a line for each rule, person or month, and one for
 * all. */
#include "action/items_stats.h"

#include <stdlib.h>
#include <string.h>

#include "action/outcome.h"
#include "action/short_name.h"
#include "action/value_json.h"
#include "base/map.h"
#include "base/table.h"
#include "base/check.h"
#include "base/plot.h"
#include "base/text.h"
#include "base/vec.h"

enum {
  OUTCOMES_FOR_A_SHARE = 10, /* fewer are told as they are: a percent would lie */
  GROUPS_SHOWN = 20          /* of a long list */
};

struct stats {
  const char *name;
  long opened, done, dismissed, by_data, to_do, late_now;
  long late, with_due; /* of those that started and had a due day */
  long told[OUTCOMES];
  /* from start to closing: how many took so many days; by days */
  VEC(long) took;
  long closed;
};

struct items_stats {
  struct arena *a;
  day_t as_of, first; /* first: the earliest opening; DAY_NONE: there is none */
  enum stats_by by;
  struct map by_name;
  VEC(struct stats *) list;
  struct stats all;
  long held[HOLD_NONE], gone; /* living items that are not to do */
  /* the group of the item before: most often the next one's, too */
  const char *last_text;
  day_t last_opened;
  struct stats *last;
};

const char *const items_stats_fields[] = {
    "rule",      "owner",   "state",         "opened",   "started",   "due",      "closed",
    "closed_by", "outcome", "snoozed_until", "muted_by", "waits_for", "row_gone", "rule_gone"};
const size_t n_items_stats_fields = sizeof items_stats_fields / sizeof *items_stats_fields;

struct items_stats *items_stats_new(day_t as_of, enum stats_by by, struct arena *a) {
  struct items_stats *x = NEW(a, struct items_stats);
  *x = (struct items_stats){.a = a, .as_of = as_of, .first = DAY_NONE, .by = by, .all.name = "all"};
  return x;
}

bool items_stats_empty(const struct items_stats *x) { return x->first == DAY_NONE; }

/* ---- counting ------------------------------------------------------------------------- */

/* Closed because the work was over: not by a policy that changed, nor taken as the baseline. */
static bool was_over(const struct item *i) {
  return i->state == ITEM_DONE || i->state == ITEM_DISMISSED || i->state == ITEM_RESOLVED;
}

static void add_days(struct stats *s, size_t days, long n, struct arena *a) {
  while (s->took.n <= days) VEC_PUSH(a, &s->took, 0);
  s->took.v[days] += n;
  s->closed += n;
}

/* What waited or was muted until it closed never started, and is in no share and no median. */
static void count_times(struct stats *s, const struct item *i, day_t as_of, struct arena *a) {
  if (i->started == DAY_NONE) return;
  if (was_over(i) && i->closed != DAY_NONE)
    add_days(s, i->closed > i->started ? (size_t)(i->closed - i->started) : 0, 1, a);
  if (i->due == DAY_NONE || !(was_over(i) || item_living(i))) return;
  s->with_due++;
  s->late += item_living(i) ? item_late(i, as_of) : i->closed != DAY_NONE && i->closed > i->due;
}

static void count_item(struct stats *s, const struct item *i, day_t as_of, struct arena *a) {
  bool by_data = i->state == ITEM_RESOLVED || (i->state == ITEM_DONE && !i->closed_by);
  bool to_do = item_to_do(i) && item_counts(i);
  s->opened += i->state != ITEM_BASELINE;
  s->done += i->state == ITEM_DONE && !by_data;
  s->dismissed += i->state == ITEM_DISMISSED;
  s->by_data += by_data;
  s->to_do += to_do;
  s->late_now += to_do && item_late(i, as_of);
  for (int o = 0; i->outcome && o < OUTCOMES; o++)
    s->told[o] += strcmp(i->outcome, outcome_name((enum outcome_told)o)) == 0;
  count_times(s, i, as_of, a);
}

static const char *group_name_of(const struct items_stats *x, const struct item *i) {
  char day[16];
  if (x->by == STATS_BY_OWNER) return i->owner ? i->owner : "";
  if (x->by == STATS_BY_MONTH) return arena_strndup(x->a, day_text(i->opened, day), 7);
  return i->rule;
}

static struct stats *group_of_item(struct items_stats *x, const struct item *i) {
  const char *text = x->by == STATS_BY_OWNER ? i->owner : x->by == STATS_BY_RULE ? i->rule : NULL;
  if (x->last && x->last_text == text && (x->by != STATS_BY_MONTH || x->last_opened == i->opened))
    return x->last;
  const char *name = group_name_of(x, i);
  x->last_text = text;
  x->last_opened = i->opened;
  x->last = map_get(&x->by_name, name);
  if (x->last) return x->last;
  x->last = NEW(x->a, struct stats);
  x->last->name = name;
  map_put(&x->by_name, x->a, name, x->last);
  VEC_PUSH(x->a, &x->list, x->last);
  return x->last;
}

void items_stats_add(void *ctx, const struct item *i) {
  struct items_stats *x = ctx;
  enum item_hold h = item_hold(i);
  count_item(group_of_item(x, i), i, x->as_of, x->a);
  count_item(&x->all, i, x->as_of, x->a);
  if (i->state != ITEM_BASELINE && (x->first == DAY_NONE || i->opened < x->first))
    x->first = i->opened;
  if (item_to_do(i))
    x->gone += !item_counts(i);
  else if (h != HOLD_NONE)
    x->held[h]++;
}

static void merge(struct stats *to, const struct stats *s, struct arena *a) {
  to->opened += s->opened;
  to->done += s->done;
  to->dismissed += s->dismissed;
  to->by_data += s->by_data;
  to->to_do += s->to_do;
  to->late_now += s->late_now;
  to->late += s->late;
  to->with_due += s->with_due;
  for (int o = 0; o < OUTCOMES; o++) to->told[o] += s->told[o];
  for (size_t days = 0; days < s->took.n; days++)
    if (s->took.v[days]) add_days(to, days, s->took.v[days], a);
}

/* How many days the one took that stands at this place when all are sorted. */
static size_t days_at(const struct stats *s, long place) {
  size_t days = 0;
  for (long before = 0; before + s->took.v[days] <= place; days++) before += s->took.v[days];
  return days;
}

/* False: nothing has closed. */
static bool median_days(const struct stats *s, double *out) {
  if (!s->closed) return false;
  *out = (double)(days_at(s, (s->closed - 1) / 2) + days_at(s, s->closed / 2)) / 2;
  return true;
}

/* ---- the order, and the names --------------------------------------------------------- */

static int by_opened(const void *pa, const void *pb) {
  const struct stats *a = *(struct stats *const *)pa, *b = *(struct stats *const *)pb;
  if (a->opened != b->opened) return a->opened > b->opened ? -1 : 1;
  return strcmp(a->name, b->name);
}

static int by_month(const void *pa, const void *pb) {
  return strcmp((*(struct stats *const *)pa)->name, (*(struct stats *const *)pb)->name);
}

static void name_people(struct items_stats *x) {
  const char **people = NEW_N(x->a, const char *, x->list.n + 1);
  size_t *items = NEW_N(x->a, size_t, x->list.n + 1);
  for (size_t i = 0; i < x->list.n; i++) {
    people[i] = *x->list.v[i]->name ? x->list.v[i]->name : NULL;
    items[i] = (size_t)x->list.v[i]->opened;
  }
  const char *domain = common_domain_of(people, items, x->list.n, x->a);
  for (size_t i = 0; i < x->list.n; i++) x->list.v[i]->name = short_name(people[i], domain, x->a);
}

/* Most items first; months in their order. */
static void finish(struct items_stats *x) {
  if (x->by == STATS_BY_OWNER) name_people(x);
  if (x->list.n)
    qsort(x->list.v, x->list.n, sizeof *x->list.v, x->by == STATS_BY_MONTH ? by_month : by_opened);
}

/* What is behind the first groups of a long list as one; NULL: the list is shown whole. */
static struct stats *others_of(struct items_stats *x, bool all) {
  if (all || x->by == STATS_BY_MONTH || x->list.n <= GROUPS_SHOWN + 1) return NULL;
  struct stats *others = NEW(x->a, struct stats);
  others->name = arena_printf(x->a, "%zu others", x->list.n - GROUPS_SHOWN);
  for (size_t i = GROUPS_SHOWN; i < x->list.n; i++) merge(others, x->list.v[i], x->a);
  return others;
}

/* ---- printing ------------------------------------------------------------------------- */

static const char *number(long n, struct arena *a) { return arena_printf(a, "%ld", n); }

static const char *percent(long part, long of, struct arena *a) {
  return of ? arena_printf(a, "%.0f%%", 100.0 * (double)part / (double)of) : "";
}

static long judged(const struct stats *s) {
  return s->told[OUTCOME_USEFUL] + s->told[OUTCOME_FALSE_ALARM];
}

/* "83% of 24", or "2 of 3" while there are too few for a share. */
static const char *useful_text(const struct stats *s, struct arena *a) {
  long of = judged(s), useful = s->told[OUTCOME_USEFUL];
  if (of < OUTCOMES_FOR_A_SHARE) return arena_printf(a, "%ld of %ld", useful, of);
  return arena_printf(a, "%s of %ld", percent(useful, of, a), of);
}

static void add_row(struct table *t, const struct stats *s, struct arena *a) {
  double days;
  table_row(t, (const char *const[]){s->name, number(s->opened, a), number(s->done, a),
                                     number(s->by_data, a), number(s->to_do, a),
                                     number(s->late_now, a), percent(s->late, s->with_due, a),
                                     median_days(s, &days) ? arena_printf(a, "%g", days) : ""});
}

static void say(FILE *f, const char *text, const struct text_style *style, struct arena *a) {
  const struct table_col whole = {.header = ""};
  struct table *t = table_new(a, &whole, 1);
  table_line(t, 0, text);
  table_print(t, f, style->width, false);
}

static const char *listed(const char *list, const char *one, struct arena *a) {
  return arena_printf(a, "%s%s%s", list, *list ? ", " : "", one);
}

/* "2 wait, 2 are muted, 1 sleeps"; "" where all that lives is to do. */
static const char *held_list(const struct items_stats *x) {
  const struct {
    long n;
    const char *one, *many;
  } words[] = {
      {x->held[HOLD_WAITING], "waits", "wait"},
      {x->held[HOLD_MUTED], "is muted", "are muted"},
      {x->held[HOLD_SNOOZED], "sleeps", "sleep"},
      {x->gone, "is gone from the data or the rules", "are gone from the data or the rules"}};
  const char *text = "";
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (words[i].n)
      text = listed(
          text,
          arena_printf(x->a, "%ld %s", words[i].n, plural(words[i].n, words[i].one, words[i].many)),
          x->a);
  return text;
}

/* "small 0 of 7 (1 known), tiny 3 of 3": of whom something was told. */
static const char *useful_list(const struct items_stats *x) {
  const char *text = "";
  for (size_t i = 0; i < x->list.n; i++) {
    const struct stats *s = x->list.v[i];
    long known = s->told[OUTCOME_KNOWN];
    if (!judged(s) && !known) continue;
    const char *one = arena_printf(x->a, "%s %s", s->name, useful_text(s, x->a));
    text = listed(text, known ? arena_printf(x->a, "%s (%ld known)", one, known) : one, x->a);
  }
  return text;
}

static const char *outcomes_text(const struct items_stats *x) {
  const struct stats *all = &x->all;
  const char *text = arena_printf(x->a, "Outcomes told: %ld useful, %ld false alarm, %ld known",
                                  all->told[OUTCOME_USEFUL], all->told[OUTCOME_FALSE_ALARM],
                                  all->told[OUTCOME_KNOWN]);
  if (judged(all) < OUTCOMES_FOR_A_SHARE)
    return arena_printf(x->a, "%s. Too few for a share.", text);
  return arena_printf(x->a, "%s: %s useful.", text,
                      percent(all->told[OUTCOME_USEFUL], judged(all), x->a));
}

static void say_span(FILE *f, const struct items_stats *x, const struct text_style *style) {
  char from[16], to[16];
  if (x->first == DAY_NONE) return;
  say(f,
      arena_printf(x->a, "%s to %s, %ld %s", day_text(x->first, from), day_text(x->as_of, to),
                   x->all.opened, plural(x->all.opened, "item", "items")),
      style, x->a);
}

static void say_rest(FILE *f, const struct items_stats *x, bool cut,
                     const struct text_style *style) {
  const char *held = held_list(x), *useful = x->list.n > 1 ? useful_list(x) : "";
  long dismissed = x->all.dismissed;
  fputc('\n', f);
  if (*held) say(f, arena_printf(x->a, "Not to do: %s.", held), style, x->a);
  if (dismissed)
    say(f,
        arena_printf(x->a, "%ld %s.", dismissed,
                     plural(dismissed, "was dismissed", "were dismissed")),
        style, x->a);
  say(f, outcomes_text(x), style, x->a);
  if (*useful) say(f, arena_printf(x->a, "Useful: %s.", useful), style, x->a);
  if (cut) say(f, "All of them: --all", style, x->a);
  if (x->by == STATS_BY_RULE) say(f, "By person: --by owner; by month: --by month", style, x->a);
}

void print_stats_text(FILE *f, struct items_stats *x, bool all, const struct text_style *style) {
  static const char *const what[] = {"rule", "who", "opened in"};
  finish(x);
  const struct table_col cols[] = {{.header = what[x->by], .fit = FIT_WRAP, .min_width = 16},
                                   {.header = "opened", .align = ALIGN_RIGHT},
                                   {.header = "done", .align = ALIGN_RIGHT},
                                   {.header = "by data", .align = ALIGN_RIGHT},
                                   {.header = "to do", .align = ALIGN_RIGHT},
                                   {.header = "late", .align = ALIGN_RIGHT},
                                   {.header = "late share", .align = ALIGN_RIGHT},
                                   {.header = "days to close", .align = ALIGN_RIGHT}};
  struct table *t = table_new(x->a, cols, sizeof cols / sizeof *cols);
  const struct stats *others = others_of(x, all);
  size_t shown = others ? GROUPS_SHOWN : x->list.n;
  for (size_t i = 0; i < shown; i++) add_row(t, x->list.v[i], x->a);
  if (others) add_row(t, others, x->a);
  if (x->list.n != 1) add_row(t, &x->all, x->a);
  if (!style->quiet) say_span(f, x, style);
  table_print(t, f, style->width, style->color);
  if (!style->quiet) say_rest(f, x, others != NULL, style);
}

static json_t *stats_json(const struct stats *s) {
  json_t *j = json_object();
  const struct {
    const char *name;
    long n;
  } counts[] = {{"opened", s->opened},
                {"done", s->done},
                {"dismissed", s->dismissed},
                {"by_data", s->by_data},
                {"to_do", s->to_do},
                {"late_to_do", s->late_now},
                {"late", s->late},
                {"with_due", s->with_due},
                {"useful", s->told[OUTCOME_USEFUL]},
                {"false_alarm", s->told[OUTCOME_FALSE_ALARM]},
                {"known", s->told[OUTCOME_KNOWN]}};
  double days;
  json_object_set_new(j, "group", text_json(s->name));
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
    json_object_set_new(j, counts[i].name, json_integer(counts[i].n));
  json_object_set_new(j, "median_days", median_days(s, &days) ? json_real(days) : json_null());
  return j;
}

void print_stats_json(FILE *f, struct items_stats *x) {
  static const char *const what[] = {"rule", "owner", "month"};
  json_t *j = json_object(), *groups = json_array(), *held = json_object();
  finish(x);
  for (size_t i = 0; i < x->list.n; i++) json_array_append_new(groups, stats_json(x->list.v[i]));
  json_object_set_new(held, "waiting", json_integer(x->held[HOLD_WAITING]));
  json_object_set_new(held, "snoozed", json_integer(x->held[HOLD_SNOOZED]));
  json_object_set_new(held, "muted", json_integer(x->held[HOLD_MUTED]));
  json_object_set_new(j, "as_of", day_json(x->as_of));
  json_object_set_new(j, "by", json_string(what[x->by]));
  json_object_set_new(j, "from", day_json(x->first));
  json_object_set_new(j, "held", held);
  json_object_set_new(j, "gone", json_integer(x->gone));
  json_object_set_new(j, "groups", groups);
  json_object_set_new(j, "all", stats_json(&x->all));
  json_print(f, j);
}

/* "2026-03" to its first day. */
static day_t month_day(const char *name) {
  day_t day = DAY_NONE;
  char text[16];
  snprintf(text, sizeof text, "%.7s-01", name);
  day_parse(text, strlen(text), &day);
  return day;
}

void print_stats_plot(FILE *f, struct items_stats *x, int width) {
  CHECK(x->by == STATS_BY_MONTH);
  size_t n = x->list.n;
  day_t *days = NEW_N(x->a, day_t, n + 1);
  double *opened = NEW_N(x->a, double, n + 1), *closed = NEW_N(x->a, double, n + 1);
  finish(x);
  for (size_t i = 0; i < n; i++) {
    const struct stats *s = x->list.v[i];
    days[i] = month_day(s->name);
    opened[i] = (double)s->opened;
    closed[i] = (double)(s->done + s->dismissed);
  }
  const struct {
    const char *title;
    const double *values;
  } plots[] = {{"opened, by month", opened}, {"of these closed by people", closed}};
  for (size_t i = 0; i < sizeof plots / sizeof *plots; i++) {
    bool none = true;
    for (size_t k = 0; k < n; k++) none &= plots[i].values[k] == 0;
    fprintf(f, "%s%s%s\n", i ? "\n" : "", plots[i].title, none ? ": none" : "");
    plot_print(f,
               &(struct plot){.days = days,
                              .values = plots[i].values,
                              .n = n,
                              .unit = "",
                              .from_zero = true,
                              .width = width},
               x->a);
  }
}
