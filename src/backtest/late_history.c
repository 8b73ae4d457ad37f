/* In: histories, three days. Out: the rows whose first record comes too late. */
#include "backtest/late_history.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/text.h"

/* A row that was there, and its first record; DAY_NONE: none was met. */
struct there {
  const char *key;
  day_t first;
};

struct late_scan {
  struct arena *a;
  struct map rows; /* key -> struct there */
  VEC(struct there *) list;
  day_t since;
  bool has_day; /* the rows have a day from which they exist: the second column */
};

enum { KEY_WORDS_MAX = 24 };

/* As key_text, without an arena: there is a record a row and day. */
static const char *key_words(struct key k, char buf[KEY_WORDS_MAX]) {
  if (k.text) return k.text->s;
  snprintf(buf, KEY_WORDS_MAX, "%" PRId64, k.number);
  return buf;
}

static bool take_rows(void *ctx, const struct batch *b) {
  struct late_scan *s = ctx;
  char buf[KEY_WORDS_MAX];
  for (size_t i = 0; i < b->n; i++) {
    if (!bit_get(b->columns[0].valid, i)) continue;
    if (s->has_day && (!bit_get(b->columns[1].valid, i) || b->columns[1].num[i] > (double)s->since))
      continue;
    const char *key = arena_strdup(s->a, key_words(b->columns[0].key[i], buf));
    struct there *t = NEW(s->a, struct there);
    *t = (struct there){key, DAY_NONE};
    if (map_put(&s->rows, s->a, key, t)) continue; /* a key that stands twice: the run says so */
    VEC_PUSH(s->a, &s->list, t);
  }
  return true;
}

static bool take_records(void *ctx, const struct batch *b) {
  struct late_scan *s = ctx;
  char buf[KEY_WORDS_MAX];
  for (size_t i = 0; i < b->n; i++) {
    if (!bit_get(b->columns[0].valid, i) || !bit_get(b->columns[1].valid, i)) continue;
    struct there *t = map_get(&s->rows, key_words(b->columns[0].key[i], buf));
    day_t day = (day_t)b->columns[1].num[i];
    if (t && (t->first == DAY_NONE || day < t->first)) t->first = day;
  }
  return true;
}

static bool scan_two(const struct ruleset *rs, struct dataset *dataset, const char *table,
                     const struct scan_column *columns, size_t n,
                     bool (*take)(void *, const struct batch *), struct late_scan *s,
                     struct diags *problems) {
  struct scan scan = {.table = table,
                      .columns = columns,
                      .n_columns = n,
                      .key_column = 0,
                      .leave_out_keyless = columns[0].form.lenient,
                      .tz = rs->tz,
                      .take = take,
                      .ctx = s};
  return dataset_scan(dataset, &scan, problems);
}

static bool scan_history(const struct ruleset *rs, struct dataset *dataset, const struct attr *at,
                         struct late_scan *s, struct diags *problems) {
  const struct entity *e = at->entity;
  const struct scan_column rows[] = {
      {.column = e->key, .kind = CELL_KEY, .what = "key", .form = e->key_form},
      {.column = e->life.from, .kind = CELL_DATE, .what = e->name, .form = e->life.from_form}};
  const struct scan_column records[] = {
      {.column = at->history.by, .kind = CELL_KEY, .what = e->name},
      {.column = at->history.at,
       .kind = CELL_DATE,
       .what = at->name,
       .form = at->history.day_form}};
  s->has_day = e->life.from != NULL;
  return scan_two(rs, dataset, e->table, rows, s->has_day ? 2 : 1, take_rows, s, problems) &&
         scan_two(rs, dataset, at->history.table, records, 2, take_records, s, problems);
}

static int by_key(const void *pa, const void *pb) {
  return strcmp((*(struct there *const *)pa)->key, (*(struct there *const *)pb)->key);
}

bool late_histories(const struct ruleset *rs, struct dataset *dataset, const attr_list *of,
                    day_t since, day_t from, day_t today, struct arena *a, late_history_list *out,
                    struct diags *problems) {
  for (size_t h = 0; h < of->n; h++) {
    struct arena *passing = arena_new();
    struct late_scan s = {.a = passing, .since = since};
    struct late_history l = {.attr = of->v[h], .begins = DAY_NONE};
    bool good = scan_history(rs, dataset, of->v[h], &s, problems);
    if (s.list.n) qsort(s.list.v, s.list.n, sizeof *s.list.v, by_key);
    for (size_t i = 0; good && i < s.list.n; i++) {
      day_t first = s.list.v[i]->first;
      if (first == DAY_NONE || first <= from || first > today) continue;
      if (l.rows < LATE_KEYS_SHOWN) l.keys[l.rows] = arena_strdup(a, s.list.v[i]->key);
      if (l.begins == DAY_NONE || first < l.begins) l.begins = first;
      l.rows++;
    }
    arena_free(passing);
    if (!good) return false;
    if (l.rows) VEC_PUSH(a, out, l);
  }
  return true;
}

static const char *one_text(const struct late_history *l, struct arena *a) {
  const char *keys = "";
  char day[16];
  long shown = l->rows < LATE_KEYS_SHOWN ? l->rows : LATE_KEYS_SHOWN;
  for (long i = 0; i < shown; i++)
    keys = arena_printf(a, "%s%s%s", keys, i ? ", " : "", l->keys[i]);
  if (shown < l->rows) keys = arena_printf(a, "%s and %ld more", keys, l->rows - shown);
  return arena_printf(a, "%s of %ld %s (%s), from %s on", l->attr->name, l->rows,
                      counted_name(a, l->rows, l->attr->entity->name), keys,
                      day_text(l->begins, day));
}

const char *late_histories_text(const late_history_list *list, struct arena *a) {
  const char *text = "";
  for (size_t i = 0; i < list->n; i++)
    text = arena_printf(a, "%s%s%s", text, i ? "; " : "", one_text(&list->v[i], a));
  return text;
}
