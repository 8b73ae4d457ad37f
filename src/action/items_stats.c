/* In: items, living and closed. Out: a line for each rule, person or month, and one for all. */
#include "action/items_stats.h"

#include <stdlib.h>
#include <string.h>

#include "action/compare.h"
#include "action/outcome.h"
#include "action/short_name.h"
#include "action/value_json.h"
#include "base/map.h"
#include "base/table.h"
#include "base/text.h"
#include "base/vec.h"

enum { OUTCOMES_FOR_A_SHARE = 10 /* fewer are told as they are: a percent would lie */ };

struct stats {
  const char *name;
  long opened, done, dismissed, by_data, living, to_do;
  long late, with_due; /* of those that started and had a due day */
  long useful, false_alarm, known;
  VEC(long) days; /* from start to closing */
};

/* ---- counting ------------------------------------------------------------------------- */

/* Closed because the work was over: not by a policy that changed, nor taken as the baseline. */
static bool was_over(const struct item *i) {
  return i->state == ITEM_DONE || i->state == ITEM_DISMISSED || i->state == ITEM_RESOLVED;
}

/* What waited or was muted until it closed never started, and is in no share and no median. */
static void count_times(struct stats *s, const struct item *i, day_t as_of, struct arena *a) {
  if (i->started == DAY_NONE) return;
  if (was_over(i) && i->closed != DAY_NONE) VEC_PUSH(a, &s->days, (long)i->closed - i->started);
  if (i->due == DAY_NONE || !(was_over(i) || item_living(i))) return;
  s->with_due++;
  s->late += item_living(i) ? item_late(i, as_of) : i->closed != DAY_NONE && i->closed > i->due;
}

static void count_item(struct stats *s, const struct item *i, day_t as_of, struct arena *a) {
  bool by_data = i->state == ITEM_RESOLVED || (i->state == ITEM_DONE && !i->closed_by);
  s->opened += i->state != ITEM_BASELINE;
  s->done += i->state == ITEM_DONE && !by_data;
  s->dismissed += i->state == ITEM_DISMISSED;
  s->by_data += by_data;
  s->living += item_living(i);
  s->to_do += item_to_do(i) && item_counts(i);
  if (i->outcome) {
    s->useful += strcmp(i->outcome, outcome_name(OUTCOME_USEFUL)) == 0;
    s->false_alarm += strcmp(i->outcome, outcome_name(OUTCOME_FALSE_ALARM)) == 0;
    s->known += strcmp(i->outcome, outcome_name(OUTCOME_KNOWN)) == 0;
  }
  count_times(s, i, as_of, a);
}

static const char *group_of(const struct item *i, enum stats_by by, const char *domain,
                            struct arena *a) {
  char day[16];
  if (by == STATS_BY_OWNER) return short_name(i->owner, domain, a);
  if (by == STATS_BY_MONTH) return arena_strndup(a, day_text(i->opened, day), 7);
  return i->rule;
}

static int by_opened(const void *pa, const void *pb) {
  const struct stats *a = *(struct stats *const *)pa, *b = *(struct stats *const *)pb;
  if (a->opened != b->opened) return a->opened > b->opened ? -1 : 1;
  return strcmp(a->name, b->name);
}

static int by_name(const void *pa, const void *pb) {
  return strcmp((*(struct stats *const *)pa)->name, (*(struct stats *const *)pb)->name);
}

typedef VEC(struct stats *) stats_list;

/* Most items first; months in their order. all: gets every item. */
static stats_list count_all(const struct item *const *items, size_t n, day_t as_of,
                            enum stats_by by, struct stats *all, struct arena *a) {
  stats_list list = {0};
  struct map groups = {0};
  const char *domain = common_domain(items, n, a);
  *all = (struct stats){.name = "all"};
  for (size_t i = 0; i < n; i++) {
    const char *name = group_of(items[i], by, domain, a);
    struct stats *s = map_get(&groups, name);
    if (!s) {
      s = NEW(a, struct stats);
      s->name = name;
      map_put(&groups, a, name, s);
      VEC_PUSH(a, &list, s);
    }
    count_item(s, items[i], as_of, a);
    count_item(all, items[i], as_of, a);
  }
  if (list.n) qsort(list.v, list.n, sizeof *list.v, by == STATS_BY_MONTH ? by_name : by_opened);
  return list;
}

static int by_length(const void *pa, const void *pb) {
  long a = *(const long *)pa, b = *(const long *)pb;
  return (a > b) - (a < b);
}

/* False: nothing has closed. */
static bool median(struct stats *s, double *out) {
  if (!s->days.n) return false;
  qsort(s->days.v, s->days.n, sizeof *s->days.v, by_length);
  size_t half = s->days.n / 2;
  *out =
      s->days.n % 2 ? (double)s->days.v[half] : (double)(s->days.v[half - 1] + s->days.v[half]) / 2;
  return true;
}

/* ---- printing ------------------------------------------------------------------------- */

static const char *number(long n, struct arena *a) { return arena_printf(a, "%ld", n); }

static const char *percent(long part, long of, struct arena *a) {
  return of ? arena_printf(a, "%.0f%%", 100.0 * (double)part / (double)of) : "";
}

/* "83%", or "2 of 3" while there are too few for a share. */
static const char *useful_text(const struct stats *s, struct arena *a) {
  long told = s->useful + s->false_alarm;
  if (!told) return "";
  if (told < OUTCOMES_FOR_A_SHARE) return arena_printf(a, "%ld of %ld", s->useful, told);
  return percent(s->useful, told, a);
}

static void add_row(struct table *t, struct stats *s, struct arena *a) {
  double days;
  table_row(t, (const char *const[]){
                   s->name, number(s->opened, a), number(s->done, a), number(s->by_data, a),
                   number(s->to_do, a), percent(s->late, s->with_due, a),
                   median(s, &days) ? arena_printf(a, "%g", days) : "", useful_text(s, a)});
}

static void say_rest(FILE *f, const struct stats *all) {
  fprintf(f, "Outcomes told: %ld useful, %ld false alarm, %ld known.", all->useful,
          all->false_alarm, all->known);
  if (all->useful + all->false_alarm < OUTCOMES_FOR_A_SHARE) fputs(" Too few for a share.", f);
  if (all->dismissed)
    fprintf(f, " %ld %s.", all->dismissed,
            plural(all->dismissed, "was dismissed", "were dismissed"));
  if (all->living > all->to_do)
    fprintf(f, " %ld open %s not to do: held back or gone.", all->living - all->to_do,
            plural(all->living - all->to_do, "item is", "items are"));
  fputc('\n', f);
}

void print_stats_text(FILE *f, day_t as_of, const struct item *const *items, size_t n,
                      enum stats_by by, const struct text_style *style, struct arena *a) {
  static const char *const what[] = {"rule", "who", "opened in"};
  struct stats all;
  stats_list list = count_all(items, n, as_of, by, &all, a);
  const struct table_col cols[] = {{.header = what[by], .fit = FIT_WRAP, .min_width = 16},
                                   {.header = "opened", .align = ALIGN_RIGHT},
                                   {.header = "done", .align = ALIGN_RIGHT},
                                   {.header = "by data", .align = ALIGN_RIGHT},
                                   {.header = "to do", .align = ALIGN_RIGHT},
                                   {.header = "late", .align = ALIGN_RIGHT},
                                   {.header = "days to close", .align = ALIGN_RIGHT},
                                   {.header = "useful", .align = ALIGN_RIGHT}};
  struct table *t = table_new(a, cols, sizeof cols / sizeof *cols);
  for (size_t i = 0; i < list.n; i++) add_row(t, list.v[i], a);
  if (list.n != 1) add_row(t, &all, a);
  table_print(t, f, style->width, style->color);
  if (style->quiet) return;
  fputc('\n', f);
  say_rest(f, &all);
}

static json_t *stats_json(struct stats *s) {
  json_t *j = json_object();
  const struct {
    const char *name;
    long n;
  } counts[] = {{"opened", s->opened},     {"done", s->done},     {"dismissed", s->dismissed},
                {"by_data", s->by_data},   {"to_do", s->to_do},   {"late", s->late},
                {"with_due", s->with_due}, {"useful", s->useful}, {"false_alarm", s->false_alarm},
                {"known", s->known}};
  double days;
  json_object_set_new(j, "group", text_json(s->name));
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
    json_object_set_new(j, counts[i].name, json_integer(counts[i].n));
  json_object_set_new(j, "median_days", median(s, &days) ? json_real(days) : json_null());
  return j;
}

void print_stats_json(FILE *f, day_t as_of, const struct item *const *items, size_t n,
                      enum stats_by by) {
  static const char *const what[] = {"rule", "owner", "month"};
  struct arena *a = arena_new();
  struct stats all;
  json_t *j = json_object(), *groups = json_array();
  stats_list list = count_all(items, n, as_of, by, &all, a);
  for (size_t i = 0; i < list.n; i++) json_array_append_new(groups, stats_json(list.v[i]));
  json_object_set_new(j, "as_of", day_json(as_of));
  json_object_set_new(j, "by", json_string(what[by]));
  json_object_set_new(j, "groups", groups);
  json_object_set_new(j, "all", stats_json(&all));
  json_print(f, j);
  arena_free(a);
}
