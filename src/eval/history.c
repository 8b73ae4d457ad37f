/* Histories. In: tables of (key, day, value) records. Out: for each row and day asked for, the
 * last record on or before that day; one scan a table however many days. */
#include <stdlib.h>
#include <string.h>

#include "data/cell_kind.h"
#include "eval/evaluation.h"
#include "base/text.h"

struct slot { /* one N_HISTORY node being made: an attribute on a day */
  int node;
  day_t on;      /* the day asked for */
  day_t *day;    /* of the record held, by row; DAY_NONE: none yet */
  uint64_t *tie; /* two different values on that day */
};

/* The days asked for of one attribute, ascending. A record goes to the first of them that it
 * comes before; when all are read, a day without a record of its own takes over what the day
 * before it holds. So a record costs the same however many days are asked for. */
struct chain {
  const struct attr *attr;
  int value; /* column of the scan */
  VEC(struct slot) slots;
};

struct history_scan {
  struct evaluation *ev;
  const struct attr *first; /* names table, key and day columns */
  int domain;
  VEC(struct scan_column) columns;
  VEC(struct chain) chains;
  int32_t rows[BATCH];
  long orphans;
};

/* Of one domain: are they columns of one scan? */
static bool same_scan(const struct attr *a, const struct attr *b) {
  const struct history *x = &a->history, *y = &b->history;
  bool format =
      a->format == b->format || (a->format && b->format && strcmp(a->format, b->format) == 0);
  return strcmp(x->table, y->table) == 0 && strcmp(x->by, y->by) == 0 &&
         strcmp(x->at, y->at) == 0 && format;
}

static int value_column(struct history_scan *s, const struct attr *at) {
  enum cell_kind kind = cell_kind_of(&at->type, at->percent_column);
  for (size_t i = 2; i < s->columns.n; i++)
    if (s->columns.v[i].kind == kind && strcmp(s->columns.v[i].column, at->history.value) == 0)
      return (int)i;
  struct scan_column c = {
      .column = at->history.value, .kind = kind, .what = at->name, .currency = at->type.currency};
  VEC_PUSH(s->ev->arena, &s->columns, c);
  return (int)s->columns.n - 1;
}

static void put(struct evaluation *ev, struct slot *x, const struct column *v, size_t i, size_t r,
                day_t day) {
  struct materialised *h = &ev->materialised[x->node];
  bool none = x->day[r] == DAY_NONE, known = bit_get(v->valid, i);
  if (!none && day < x->day[r]) return;
  if (!none && day == x->day[r]) {
    bool same = known == bit_get(h->col.valid, r) &&
                (!known || (v->num   ? h->col.num[r] == v->num[i]
                            : v->txt ? str_eq(h->col.txt[r], v->txt[i])
                                     : bit_get(h->col.yes, r) == bit_get(v->yes, i)));
    if (!same) bit_set(x->tie, r);
    return;
  }
  x->day[r] = day;
  bit_clear(x->tie, r);
  bit_put(h->col.valid, r, known);
  if (v->num)
    h->col.num[r] = v->num[i];
  else if (v->txt)
    h->col.txt[r] = known ? dict_add_str(ev->texts, v->txt[i]) : NULL;
  else
    bit_put(h->col.yes, r, bit_get(v->yes, i));
}

/* The first day asked for that is not before the record's; NULL: all are. */
static struct slot *slot_of(const struct chain *c, day_t day) {
  size_t lo = 0, hi = c->slots.n;
  while (lo < hi) {
    size_t mid = (lo + hi) / 2;
    if (c->slots.v[mid].on < day)
      lo = mid + 1;
    else
      hi = mid;
  }
  return lo < c->slots.n ? &c->slots.v[lo] : NULL;
}

static bool take(void *ctx, const struct batch *b) {
  struct history_scan *s = ctx;
  const struct column *key = &b->columns[0], *day = &b->columns[1];
  keymap_find_many(s->ev->rows[s->domain].keys, key, b->n, s->rows);
  for (size_t i = 0; i < b->n; i++) s->orphans += s->rows[i] < 0 && bit_get(key->valid, i);
  for (size_t k = 0; k < s->chains.n; k++) {
    const struct chain *c = &s->chains.v[k];
    for (size_t i = 0; i < b->n; i++) {
      if (s->rows[i] < 0 || !bit_get(day->valid, i)) continue;
      struct slot *x = slot_of(c, (day_t)day->num[i]);
      if (x) put(s->ev, x, &b->columns[c->value], i, (size_t)s->rows[i], (day_t)day->num[i]);
    }
  }
  return true;
}

static void take_over(struct evaluation *ev, const struct slot *before, struct slot *x,
                      size_t rows) {
  const struct column *from = &ev->materialised[before->node].col;
  struct column *to = &ev->materialised[x->node].col;
  for (size_t r = 0; r < rows; r++) {
    if (x->day[r] != DAY_NONE || before->day[r] == DAY_NONE) continue;
    x->day[r] = before->day[r];
    bit_put(x->tie, r, bit_get(before->tie, r));
    bit_put(to->valid, r, bit_get(from->valid, r));
    if (to->num)
      to->num[r] = from->num[r];
    else if (to->txt)
      to->txt[r] = from->txt[r];
    else
      bit_put(to->yes, r, bit_get(from->yes, r));
  }
}

/* A value that is too old is unknown; so is one of a day that says two things. */
static void forget_stale(struct evaluation *ev, const struct slot *x, int fresh, size_t rows) {
  struct materialised *h = &ev->materialised[x->node];
  for (size_t r = 0; r < rows; r++) {
    bool stale = fresh >= 0 && x->day[r] != DAY_NONE && x->on - x->day[r] > fresh;
    if (!stale && !bit_get(x->tie, r)) continue;
    bit_clear(h->col.valid, r);
    if (h->col.yes) bit_clear(h->col.yes, r);
  }
  h->ready = true;
}

static void finish(struct history_scan *s, struct chain *c) {
  size_t rows = s->ev->rows[s->domain].n;
  for (size_t k = 1; k < c->slots.n; k++)
    take_over(s->ev, &c->slots.v[k - 1], &c->slots.v[k], rows);
  for (size_t k = 0; k < c->slots.n; k++)
    forget_stale(s->ev, &c->slots.v[k], c->attr->history.fresh, rows);
}

static struct chain *chain_of(struct history_scan *s, const struct attr *at) {
  for (size_t k = 0; k < s->chains.n; k++)
    if (same_history(s->chains.v[k].attr, at)) return &s->chains.v[k];
  struct chain c = {.attr = at, .value = value_column(s, at)};
  VEC_PUSH(s->ev->arena, &s->chains, c);
  return &s->chains.v[s->chains.n - 1];
}

static void add_slot(struct history_scan *s, int node) {
  struct evaluation *ev = s->ev;
  const struct node *n = &ev->plan->nodes.v[node];
  size_t rows = ev->rows[s->domain].n;
  materialised_new(ev, node, rows, false);
  struct slot x = {.node = node,
                   .on = n->day,
                   .day = xmalloc((rows + 1) * sizeof(day_t)),
                   .tie = xcalloc(bit_words(rows) + 1, 8)};
  for (size_t r = 0; r < rows; r++) x.day[r] = DAY_NONE;
  struct chain *c = chain_of(s, n->attr);
  VEC_PUSH(ev->arena, &c->slots, x);
  /* in the order of days */
  for (size_t k = c->slots.n - 1; k > 0 && c->slots.v[k - 1].on > x.on; k--) {
    c->slots.v[k] = c->slots.v[k - 1];
    c->slots.v[k - 1] = x;
  }
}

static bool load_table(struct evaluation *ev, int domain, const struct attr *first, bool *done) {
  struct history_scan s = {.ev = ev, .first = first, .domain = domain};
  struct scan_column key = {
      .column = first->history.by, .kind = CELL_KEY, .what = first->entity->name};
  struct scan_column day = {
      .column = first->history.at, .kind = CELL_DATE, .what = first->name, .format = first->format};
  VEC_PUSH(ev->arena, &s.columns, key);
  VEC_PUSH(ev->arena, &s.columns, day);
  for (size_t i = 0; i < ev->plan->nodes.n; i++) {
    const struct node *n = &ev->plan->nodes.v[i];
    if (n->op != N_HISTORY || n->domain != domain || !ev->needed[i] || done[i] ||
        !same_scan(n->attr, first))
      continue;
    done[i] = true;
    add_slot(&s, (int)i);
  }
  struct scan scan = {.table = first->history.table,
                      .columns = s.columns.v,
                      .n_columns = s.columns.n,
                      .key_column = 0,
                      .tz = ev->plan->domains.v[s.domain].tz,
                      .take = take,
                      .ctx = &s};
  struct diags problems = {.arena = ev->arena};
  if (ev->progress) ev->progress(ev->progress_ctx, first->history.table);
  bool good = dataset_scan(ev->dataset, &scan, &problems);
  if (problems.errors) evaluation_fail(ev, "%s", diags_failure(&problems));
  if (s.orphans)
    evaluation_note(ev, "%s: in %ld %s the column %s names nothing in %s", first->history.table,
                    s.orphans, plural(s.orphans, "record", "records"), first->history.by,
                    first->entity->table);
  for (size_t k = 0; k < s.chains.n; k++) {
    if (good) finish(&s, &s.chains.v[k]);
    for (size_t i = 0; i < s.chains.v[k].slots.n; i++) {
      free(s.chains.v[k].slots.v[i].day);
      free(s.chains.v[k].slots.v[i].tie);
    }
  }
  return good;
}

bool load_histories(struct evaluation *ev) {
  bool *done = NEW_N(ev->arena, bool, ev->plan->nodes.n + 1);
  for (size_t i = 0; i < ev->plan->nodes.n; i++) done[i] = ev->materialised[i].ready;
  for (size_t i = 0; i < ev->plan->nodes.n; i++) {
    const struct node *n = &ev->plan->nodes.v[i];
    if (n->op == N_HISTORY && ev->needed[i] && !done[i] &&
        !load_table(ev, n->domain, n->attr, done))
      return false;
  }
  return true;
}
