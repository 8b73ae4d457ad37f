/* Histories. In: tables of (key, day, value) records, with or without an end. Out: for each row and
 * day asked for, the record that began last among those that hold on that day; one scan a table
 * however many days. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date_civil.h"
#include "base/text.h"
#include "data/cell_kind.h"
#include "eval/evaluation.h"
#include "eval/row_key.h"

/* One N_HISTORY node being made: an attribute on a day. Reading writes to it, and not to the
 * evaluation, which gets the column when all records are read. */
struct slot {
  int node;
  day_t on;                 /* the day asked for */
  struct materialised made; /* the node's column, when all is read */
  double *began;            /* of the record held, by row, in microseconds; NO_RECORD: none yet */
  uint64_t *tie;            /* two different values that began then */
};
#define NO_RECORD (-INFINITY)

/* The days asked for of one attribute, ascending. A record without an end goes to the first of
 * them that it comes before; when all are read, a day without a record of its own takes over what
 * the day before it holds. So a record costs the same however many days are asked for. A record
 * with an end goes to each day on which it holds. */
struct chain {
  const struct attr *attr;
  int value; /* column of the scan */
  VEC(struct slot) slots;
};

enum { KEY, BEGIN, FIRST_VALUE }; /* columns of the scan */

struct history_scan {
  struct evaluation *ev;
  const struct attr *first; /* names table, key and day columns */
  int domain;
  int until; /* column of the scan; -1: records have no end */
  VEC(struct scan_column) columns;
  VEC(struct chain) chains;
  struct dict *texts; /* of the values read so far */
  struct day_set *days;
  int32_t rows[BATCH];
  long orphans;
};

/* Of one domain: are they columns of one scan? */
static bool same_scan(const struct attr *a, const struct attr *b) {
  const struct history *x = &a->history, *y = &b->history;
  return strcmp(x->table, y->table) == 0 && strcmp(x->by, y->by) == 0 &&
         strcmp(x->at, y->at) == 0 && same_text(x->until, y->until) && x->through == y->through &&
         cell_form_same(&x->day_form, &y->day_form);
}

static int value_column(struct history_scan *s, const struct attr *at) {
  enum cell_kind kind = cell_kind_of(&at->type, at->percent_column);
  for (size_t i = FIRST_VALUE; i < s->columns.n; i++)
    if ((int)i != s->until && s->columns.v[i].kind == kind &&
        strcmp(s->columns.v[i].column, at->history.value) == 0 &&
        cell_form_same(&s->columns.v[i].form, &at->form))
      return (int)i;
  struct scan_column c = {.column = at->history.value,
                          .kind = kind,
                          .what = at->name,
                          .form = at->form,
                          .currency = at->type.currency};
  VEC_PUSH(s->ev->arena, &s->columns, c);
  return (int)s->columns.n - 1;
}

static bool same_value(const struct column *held, size_t r, const struct column *v, size_t i) {
  bool known = bit_get(v->valid, i);
  if (known != bit_get(held->valid, r)) return false;
  if (!known) return true;
  if (v->num) return held->num[r] == v->num[i];
  if (v->txt) return str_eq(held->txt[r], v->txt[i]);
  return bit_get(held->yes, r) == bit_get(v->yes, i);
}

/* Value i of the batch's column v, of a record that began then, for row r. */
static void take_value(struct dict *texts, struct slot *x, const struct column *v, size_t i,
                       size_t r, double began) {
  struct column *held = &x->made.col;
  bool known = bit_get(v->valid, i);
  if (began < x->began[r]) return;
  if (began == x->began[r]) {
    if (!same_value(held, r, v, i)) bit_set(x->tie, r);
    return;
  }
  x->began[r] = began;
  bit_clear(x->tie, r);
  bit_put(held->valid, r, known);
  if (v->num)
    held->num[r] = v->num[i];
  else if (v->txt)
    held->txt[r] = known ? dict_add_str(texts, v->txt[i]) : NULL;
  else
    bit_put(held->yes, r, bit_get(v->yes, i));
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

/* The first day without the record. */
static day_t end_of(const struct history_scan *s, const struct batch *b, size_t i) {
  if (s->until < 0 || !bit_get(b->columns[s->until].valid, i)) return DAY_NONE;
  return (day_t)b->columns[s->until].num[i] + s->first->history.through;
}

/* Record i of the batch goes to the days of the chain on which it holds. */
static void take_record(struct history_scan *s, const struct chain *c, const struct batch *b,
                        size_t i) {
  double began = b->columns[BEGIN].num[i];
  day_t end = end_of(s, b, i);
  struct slot *last = c->slots.v + c->slots.n;
  for (struct slot *x = slot_of(c, moment_day(began)); x && x < last; x++) {
    if (end != DAY_NONE && x->on >= end) return;
    take_value(s->texts, x, &b->columns[c->value], i, (size_t)s->rows[i], began);
    if (s->until < 0) return;
  }
}

static bool take_records(void *ctx, const struct batch *b) {
  struct history_scan *s = ctx;
  const struct column *key = &b->columns[KEY], *begin = &b->columns[BEGIN];
  day_set_add_moments(s->days, begin, b->n);
  keymap_find_many(s->ev->rows[s->domain].keys, key, b->n, s->rows);
  for (size_t i = 0; i < b->n; i++) s->orphans += s->rows[i] < 0 && bit_get(key->valid, i);
  for (size_t k = 0; k < s->chains.n; k++)
    for (size_t i = 0; i < b->n; i++)
      if (s->rows[i] >= 0 && bit_get(begin->valid, i)) take_record(s, &s->chains.v[k], b, i);
  return true;
}

static void take_over(const struct slot *before, struct slot *x, size_t rows) {
  const struct column *from = &before->made.col;
  struct column *to = &x->made.col;
  for (size_t r = 0; r < rows; r++) {
    if (x->began[r] != NO_RECORD || before->began[r] == NO_RECORD) continue;
    x->began[r] = before->began[r];
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

/* A value that is too old is unknown; so is one of a moment that says two things. */
static void forget_stale(struct slot *x, int fresh, size_t rows) {
  struct column *c = &x->made.col;
  for (size_t r = 0; r < rows; r++) {
    bool stale = fresh >= 0 && x->began[r] != NO_RECORD && x->on - moment_day(x->began[r]) > fresh;
    if (!stale && !bit_get(x->tie, r)) continue;
    bit_clear(c->valid, r);
    if (c->yes) bit_clear(c->yes, r);
  }
}

/* The column becomes the evaluation's, its texts too. */
static void hand_over(struct evaluation *ev, struct slot *x, size_t rows) {
  struct column *c = &x->made.col;
  for (size_t r = 0; c->txt && r < rows; r++)
    c->txt[r] = bit_get(c->valid, r) ? dict_add_str(ev->texts, c->txt[r]) : NULL;
  materialised_free(&ev->materialised[x->node]);
  ev->materialised[x->node] = x->made;
  ev->materialised[x->node].ready = true;
  x->made = (struct materialised){0};
}

/* Rows of which two records began at the same time with different values, on one of the days. */
static void note_ties(struct history_scan *s, const struct chain *c, size_t rows) {
  size_t n = 0, first = 0;
  for (size_t r = 0; r < rows; r++) {
    bool tie = false;
    for (size_t k = 0; k < c->slots.n; k++) tie |= bit_get(c->slots.v[k].tie, r);
    if (tie && n++ == 0) first = r;
  }
  if (!n) return;
  const struct attr *at = c->attr;
  const char *name = evaluation_row_name(s->ev, s->domain, (int32_t)first, s->ev->arena);
  evaluation_note(
      s->ev, "%s: records of the same time have different values, so %s is unknown of %s %s (%s%s)",
      at->history.table, at->name, grouped_count((long)n, s->ev->arena),
      counted_name(s->ev->arena, (long)n, at->entity->name), name, n == 1 ? "" : ", …");
}

static void finish_chain(struct history_scan *s, struct chain *c) {
  size_t rows = s->ev->rows[s->domain].n;
  for (size_t k = 1; k < c->slots.n && s->until < 0; k++)
    take_over(&c->slots.v[k - 1], &c->slots.v[k], rows);
  for (size_t k = 0; k < c->slots.n; k++)
    forget_stale(&c->slots.v[k], c->attr->history.fresh, rows);
  note_ties(s, c, rows);
  for (size_t k = 0; k < c->slots.n; k++) hand_over(s->ev, &c->slots.v[k], rows);
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
  struct slot x = {.node = node,
                   .on = n->day,
                   .began = xmalloc((rows + 1) * sizeof(double)),
                   .tie = xcalloc(bit_words(rows) + 1, 8)};
  materialised_make_room(&x.made, n->col, rows + 64);
  for (size_t r = 0; r < rows; r++) x.began[r] = NO_RECORD;
  struct chain *c = chain_of(s, n->attr);
  VEC_PUSH(ev->arena, &c->slots, x);
  /* in the order of days */
  for (size_t k = c->slots.n - 1; k > 0 && c->slots.v[k - 1].on > x.on; k--) {
    c->slots.v[k] = c->slots.v[k - 1];
    c->slots.v[k - 1] = x;
  }
}

static void plan_columns(struct history_scan *s) {
  const struct attr *at = s->first;
  struct scan_column key = {.column = at->history.by,
                            .kind = CELL_KEY,
                            .what = at->entity->name,
                            .form = lenient_form(&at->history.day_form)};
  struct scan_column day = {.column = at->history.at,
                            .kind = CELL_MOMENT,
                            .what = at->name,
                            .form = at->history.day_form};
  VEC_PUSH(s->ev->arena, &s->columns, key);
  VEC_PUSH(s->ev->arena, &s->columns, day);
  if (!at->history.until) return;
  day.kind = CELL_DATE;
  day.column = at->history.until;
  day.form.lenient = false; /* an empty one says that the record still holds */
  s->until = (int)s->columns.n;
  VEC_PUSH(s->ev->arena, &s->columns, day);
}

static bool scan_records(struct history_scan *s) {
  struct evaluation *ev = s->ev;
  const struct attr *at = s->first;
  struct scan scan = {.table = at->history.table,
                      .columns = s->columns.v,
                      .n_columns = s->columns.n,
                      .key_column = KEY,
                      .tz = ev->plan->domains.v[s->domain].tz,
                      .take = take_records,
                      .ctx = s};
  struct diags problems = {.arena = ev->arena};
  if (ev->progress) ev->progress(ev->progress_ctx, at->history.table);
  bool good = dataset_scan(ev->dataset, &scan, &problems);
  evaluation_scanned(ev, &scan, at->entity, at);
  if (problems.errors) evaluation_fail_as(ev, diags_error(&problems));
  if (s->orphans)
    evaluation_note(ev, "%s: in %s %s the column %s names nothing in %s", at->history.table,
                    grouped_count(s->orphans, ev->arena), plural(s->orphans, "record", "records"),
                    at->history.by, at->entity->table);
  return good;
}

static void free_slots(struct chain *c) {
  for (size_t i = 0; i < c->slots.n; i++) {
    free(c->slots.v[i].began);
    free(c->slots.v[i].tie);
    materialised_free(&c->slots.v[i].made); /* what was not handed over */
  }
}

static bool load_table(struct evaluation *ev, int domain, const struct attr *first, bool *done) {
  struct history_scan s = {
      .ev = ev, .first = first, .domain = domain, .until = -1, .texts = dict_new()};
  s.days = history_days(ev, first);
  plan_columns(&s);
  for (size_t i = 0; i < ev->plan->nodes.n; i++) {
    const struct node *n = &ev->plan->nodes.v[i];
    if (n->op != N_HISTORY || n->domain != domain || !ev->needed[i] || done[i] ||
        !same_scan(n->attr, first))
      continue;
    done[i] = true;
    add_slot(&s, (int)i);
  }
  bool good = scan_records(&s);
  for (size_t k = 0; k < s.chains.n; k++) {
    if (good) finish_chain(&s, &s.chains.v[k]);
    free_slots(&s.chains.v[k]);
  }
  dict_free(s.texts);
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
