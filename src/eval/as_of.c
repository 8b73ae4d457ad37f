/* As-of joins. In: tables of (key, day, value) records, with or without an end. Out: for each row
 * and its own day, the record that began last among those that hold on that day.
 *
 * All records of an attribute are held, by row and beginning: a row asks for any day. What counts
 * on a day is as in history.c. */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/date_civil.h"
#include "base/text.h"
#include "data/cell_kind.h"
#include "eval/chunk.h"
#include "eval/evaluation.h"

struct record {
  int32_t row;
  day_t day, end; /* its first day, and the first without it; DAY_NONE: no end */
  double began;   /* in microseconds */
  bool known;
  union {
    double num;
    const struct str *txt;
    bool yes;
  };
};

enum { KEY, BEGIN, VALUE, END }; /* columns of the scan */

struct records { /* of one attribute, sorted by row and beginning */
  const struct attr *attr;
  int domain;
  enum column_kind kind;
  struct record *v;
  size_t n, cap;
  size_t *first; /* by row: its first record; one more at the end */
  long orphans;
  struct day_set *days;
  struct evaluation *ev;
  int32_t rows[BATCH];
};

/* ---- reading -------------------------------------------------------------------------- */

static void add(struct records *s, struct record r) {
  if (s->n == s->cap) {
    s->cap = s->cap ? s->cap * 2 : 1024;
    s->v = xrealloc(s->v, s->cap * sizeof *s->v);
  }
  s->v[s->n++] = r;
}

static bool take_records(void *ctx, const struct batch *b) {
  struct records *s = ctx;
  const struct column *key = &b->columns[KEY], *begin = &b->columns[BEGIN], *v = &b->columns[VALUE],
                      *end = &b->columns[END];
  const struct history *h = &s->attr->history;
  day_set_add_moments(s->days, begin, b->n);
  keymap_find_many(s->ev->rows[s->domain].keys, key, b->n, s->rows);
  for (size_t i = 0; i < b->n; i++) {
    s->orphans += s->rows[i] < 0 && bit_get(key->valid, i);
    if (s->rows[i] < 0 || !bit_get(begin->valid, i)) continue;
    struct record r = {.row = s->rows[i],
                       .began = begin->num[i],
                       .day = (day_t)floor_div((int64_t)begin->num[i], MICROSECONDS_A_DAY),
                       .end = DAY_NONE,
                       .known = bit_get(v->valid, i)};
    if (h->until && bit_get(end->valid, i)) r.end = (day_t)end->num[i] + h->through;
    if (!r.known)
      r.num = 0;
    else if (s->kind == COL_NUM)
      r.num = v->num[i];
    else if (s->kind == COL_TXT)
      r.txt = dict_add_str(s->ev->texts, v->txt[i]);
    else
      r.yes = bit_get(v->yes, i);
    add(s, r);
  }
  return true;
}

static bool same_value(const struct records *s, const struct record *a, const struct record *b) {
  if (a->known != b->known || !a->known) return a->known == b->known;
  return s->kind == COL_NUM   ? a->num == b->num
         : s->kind == COL_TXT ? str_eq(a->txt, b->txt)
                              : a->yes == b->yes;
}

static int by_row_and_beginning(const void *x, const void *y) {
  const struct record *a = x, *b = y;
  if (a->row != b->row) return (a->row > b->row) - (a->row < b->row);
  return (a->began > b->began) - (a->began < b->began);
}

static void sort_records(struct records *s) {
  if (s->n) qsort(s->v, s->n, sizeof *s->v, by_row_and_beginning);
  size_t rows = s->ev->rows[s->domain].n;
  s->first = xcalloc(rows + 1, sizeof *s->first);
  for (size_t i = 0; i < s->n; i++) s->first[s->v[i].row + 1]++;
  for (size_t r = 0; r < rows; r++) s->first[r + 1] += s->first[r];
}

static void note_ties(struct records *s) {
  bool tie = false;
  for (size_t i = 1; i < s->n && !tie; i++)
    tie = by_row_and_beginning(&s->v[i - 1], &s->v[i]) == 0 && s->v[i].end != s->v[i].day &&
          !same_value(s, &s->v[i - 1], &s->v[i]);
  if (tie)
    evaluation_note(s->ev,
                    "%s: records of the same time have different values: %s is unknown there",
                    s->attr->history.table, s->attr->name);
}

static bool read_records(struct records *s) {
  struct evaluation *ev = s->ev;
  const struct attr *at = s->attr;
  const struct history *h = &at->history;
  struct scan_column columns[] = {
      [KEY] = {.column = h->by,
               .kind = CELL_KEY,
               .what = at->entity->name,
               .form = lenient_form(&h->day_form)},
      [BEGIN] = {.column = h->at, .kind = CELL_MOMENT, .what = at->name, .form = h->day_form},
      [VALUE] = {.column = h->value,
                 .kind = cell_kind_of(&at->type, at->percent_column),
                 .what = at->name,
                 .form = at->form,
                 .currency = at->type.currency},
      [END] = {.column = h->until, .kind = CELL_DATE, .what = at->name, .form = h->day_form}};
  columns[END].form.lenient = false; /* an empty one says that the record still holds */
  struct scan scan = {.table = h->table,
                      .columns = columns,
                      .n_columns = h->until ? END + 1 : END,
                      .key_column = 0,
                      .tz = ev->plan->domains.v[s->domain].tz,
                      .take = take_records,
                      .ctx = s};
  struct diags problems = {.arena = ev->arena};
  s->days = history_days(ev, at);
  if (ev->progress) ev->progress(ev->progress_ctx, h->table);
  bool good = dataset_scan(ev->dataset, &scan, &problems);
  evaluation_scanned(ev, &scan, at->entity, at);
  if (problems.errors) evaluation_fail_as(ev, diags_error(&problems));
  if (s->orphans)
    evaluation_note(ev, "%s: in %s %s the column %s names nothing in %s", h->table,
                    grouped_count(s->orphans, ev->arena), plural(s->orphans, "record", "records"),
                    h->by, at->entity->table);
  if (!good) return false;
  sort_records(s);
  note_ties(s);
  return true;
}

static struct records *records_of(struct evaluation *ev, const struct node *n) {
  for (size_t i = 0; i < ev->plan->nodes.n; i++) {
    struct records *s = ev->records[i];
    if (s && s->domain == n->home && same_history(s->attr, n->attr)) return s;
  }
  return NULL;
}

bool load_records(struct evaluation *ev) {
  for (size_t i = 0; i < ev->plan->nodes.n; i++) {
    const struct node *n = &ev->plan->nodes.v[i];
    if (n->op != N_ASOF || !ev->needed[i] || ev->records[i]) continue;
    struct records *s = records_of(ev, n);
    bool old = s != NULL;
    if (!old) {
      s = NEW(ev->arena, struct records);
      *s = (struct records){.ev = ev, .attr = n->attr, .domain = n->home, .kind = n->col};
    }
    ev->records[i] = s;
    if (!old && !read_records(s)) return false;
  }
  return true;
}

void records_free(struct evaluation *ev) {
  for (size_t i = 0; i < ev->plan->nodes.n; i++) {
    struct records *s = ev->records[i];
    if (!s) continue;
    free(s->v); /* shared by nodes of one attribute */
    free(s->first);
    s->v = NULL;
    s->first = NULL;
  }
}

/* ---- looking up ----------------------------------------------------------------------- */

static bool holds(const struct record *r, day_t day) {
  return r->day <= day && (r->end == DAY_NONE || day < r->end);
}

/* The record of the row that counts on the day; NULL: none, it is too old, or two that began at one
 * time differ. */
static const struct record *record_on(const struct records *s, int32_t row, day_t day) {
  CHECK(row >= 0 && (size_t)row < s->ev->rows[s->domain].n);
  size_t first = s->first[row], lo = first, hi = s->first[row + 1];
  while (lo < hi) { /* the first that begins after the day */
    size_t middle = lo + (hi - lo) / 2;
    if (s->v[middle].day <= day)
      lo = middle + 1;
    else
      hi = middle;
  }
  while (lo > first && !holds(&s->v[lo - 1], day)) lo--;
  if (lo == first) return NULL;
  const struct record *last = &s->v[lo - 1];
  for (size_t i = lo - 1; i > first && s->v[i - 1].began == last->began; i--)
    if (holds(&s->v[i - 1], day) && !same_value(s, &s->v[i - 1], last)) return NULL;
  int fresh = s->attr->history.fresh;
  return fresh >= 0 && day - last->day > fresh ? NULL : last;
}

void k_as_of(struct chunk *f, int node, struct column *out) {
  const struct node *n = &f->ev->plan->nodes.v[node];
  const struct records *s = f->ev->records[node];
  const struct column *day = chunk_column(f, n->a), *row = chunk_column(f, n->b);
  CHECK(s);
  for (size_t i = 0; i < f->n; i++) {
    bool asked = bit_get(day->valid, i) && bit_get(row->valid, i);
    const struct record *r = asked ? record_on(s, (int32_t)row->num[i], (day_t)day->num[i]) : NULL;
    bool known = r && r->known;
    bit_put(out->valid, i, known);
    if (s->kind == COL_NUM)
      out->num[i] = known ? r->num : 0;
    else if (s->kind == COL_TXT)
      out->txt[i] = known ? r->txt : NULL;
    else
      bit_put(out->yes, i, known && r->yes);
  }
}
